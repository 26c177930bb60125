import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  CODE_LENGTH,
  CODE_LETTERS,
  pairingCode,
  readCode,
  shownCode,
} from '../../../domain/devices/pairing-code.ts';

const drawn = fc.array(fc.nat(CODE_LETTERS.length - 1), { minLength: CODE_LENGTH, maxLength: CODE_LENGTH });

describe('a pairing code', () => {
  test('is read back however it is typed: with a hyphen, with spaces, in small letters, out of the link of its QR code', () => {
    fc.assert(
      fc.property(drawn, (numbers) => {
        const code = pairingCode(numbers);
        const shown = shownCode(code);
        for (const typed of [
          code,
          shown,
          ` ${shown.toLowerCase()} `,
          code.split('').join(' '),
          `https://diem-danh.example/pair/hoi-nghi/cau#${shown}`,
        ]) {
          expect(readCode(typed)).toBe(code);
        }
      }),
    );
  });

  test('has no letters that look alike, nor any that Vietnamese typing changes', () => {
    expect(new Set(CODE_LETTERS).size).toBe(20);
    expect(CODE_LETTERS).not.toMatch(/[01256 8AEIOUYDWSZ]/);
  });

  test('is none where a letter is missing, is one too many, or is in no code', () => {
    for (const typed of ['', 'BCFG-HJK', 'BCFG-HJKLM', 'BCFG-HJK0', 'ĐCFG-HJKL', 'BCFGHJKL#']) {
      expect(readCode(typed)).toBeNull();
    }
  });
});
