import { describe, expect, test } from 'vitest';

import { passStatement } from '../../../domain/passes/pass.ts';
import { LAST_EDITION, linkStatement, readLink, writeLink } from '../../../domain/personal/link.ts';

const invitation = '0190a5d2-ac96-774b-bcce-b302099a8057';
const signature = 'aB3_-'.repeat(17) + 'x';

describe('a personal link', () => {
  test('is read as it was written', () => {
    for (const edition of [1, 2, 300, LAST_EDITION]) {
      const text = writeLink({ invitation, edition }, signature);
      expect(readLink(text)).toEqual({ link: { invitation, edition }, signature });
    }
  });

  test('stands in an address as it is, on one line of a letter', () => {
    const text = writeLink({ invitation, edition: 1 }, signature);
    expect(encodeURIComponent(text)).toBe(text);
    expect(text.length).toBeLessThanOrEqual(128);
  });

  test('has one spelling: capitals, blanks and what stands around it make another text', () => {
    const text = writeLink({ invitation, edition: 1 }, signature);
    const others = [
      text.slice(1),
      ` ${text}`,
      `${text}\n`,
      `${text}A`,
      text.slice(0, -1),
      text.replace('0190a', '0190A'),
      `2${text.slice(1)}`,
      '',
    ];
    expect(others.filter((other) => readLink(other) !== null)).toEqual([]);
  });

  test('of no invitation, or of an edition that there is not, is not written', () => {
    expect(() => writeLink({ invitation: 'x', edition: 1 }, signature)).toThrow('no invitation');
    expect(() => writeLink({ invitation, edition: 0 }, signature)).toThrow('edition');
    expect(() => writeLink({ invitation, edition: LAST_EDITION + 1 }, signature)).toThrow('edition');
  });

  test('is signed by another statement than a pass, whose key signs it', () => {
    const pass = { conference: invitation, person: invitation, serial: 1, until: '2025-01-13' };
    expect(linkStatement({ invitation, edition: 1 }).split('\n')[0]).toBe('nhipcau link 1');
    expect(passStatement(pass as never).split('\n')[0]).toBe('nhipcau pass 1');
  });
});
