import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  fingerprintOf,
  NOTHING_BEFORE,
  readFingerprint,
  readStatement,
  statementOf,
  type Checkpoint,
} from '../../../domain/ledger/checkpoint.ts';
import { Instant } from '../../../domain/time.ts';
import { sha256 } from './small-ledger.ts';

const ONE: Checkpoint = {
  number: 17,
  at: Instant.parse(1_736_729_999_000),
  seq: 123_456,
  events: 123_400,
  chains: 15_345,
  root: sha256('root'),
  audit: { place: 5021, hash: sha256('audit') },
  before: NOTHING_BEFORE,
};

describe('the statement of a checkpoint', () => {
  test('is fixed lines, and reads back', () => {
    expect(statementOf(ONE).split('\n')).toEqual([
      'nhipcau checkpoint 1',
      'number 17',
      'at 1736729999000',
      'seq 123456',
      'events 123400',
      'chains 15345',
      `root ${ONE.root}`,
      `audit 5021 ${ONE.audit.hash}`,
      `before ${ONE.before}`,
      '',
    ]);
    expect(readStatement(statementOf(ONE))).toEqual(ONE);
  });

  test.each([
    ['a zero before a number', statementOf(ONE).replace('number 17', 'number 017')],
    ['another format', statementOf(ONE).replace('checkpoint 1', 'checkpoint 2')],
    ['a line more', `${statementOf(ONE)}x\n`],
    ['capitals', statementOf({ ...ONE, root: ONE.root.toUpperCase() })],
    ['nothing', ''],
  ])('with %s is none', (_, text) => {
    expect(readStatement(text)).toBeNull();
  });
});

describe('its fingerprint', () => {
  test('is the first 80 bits of its hash in letters that are not mistaken for each other', () => {
    const bits = BigInt(`0x${sha256(statementOf(ONE))}`)
      .toString(2)
      .padStart(256, '0')
      .slice(0, 80);
    const letters = (bits.match(/.{5}/g) ?? []).map(
      (five) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number.parseInt(five, 2)],
    );
    expect(fingerprintOf(statementOf(ONE), sha256).replaceAll('-', '')).toBe(letters.join(''));
    expect(fingerprintOf(statementOf(ONE), sha256)).toMatch(
      /^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/,
    );
  });

  test('is read however somebody types it off the paper', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const print = fingerprintOf(text, sha256);
        const typed = print.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o').replaceAll('-', ' ');
        expect(readFingerprint(typed)).toBe(print);
        expect(readFingerprint(print.replaceAll('-', ''))).toBe(print);
      }),
    );
    for (const none of ['', 'K7QF', 'K7QF-2M9X-4TZA-9C3U', 'K7QF-2M9X-4TZA-9C3D-0']) {
      expect(readFingerprint(none)).toBeNull();
    }
  });
});
