import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  CODE_ALPHABET,
  CODE_CHANCE,
  CODE_LENGTH,
  codeFrom,
  readCode,
  showCode,
} from '../../../domain/activation/code.ts';

const letter = fc.integer({ min: 0, max: CODE_ALPHABET.length - 1 });
const chance = fc.array(letter, { minLength: CODE_CHANCE, maxLength: CODE_CHANCE });

test('a code has no sign that is mistaken for another one', () => {
  expect(CODE_ALPHABET).not.toMatch(/[01OIL]/);
  expect(new Set(CODE_ALPHABET).size).toBe(31);
});

test('a code is long enough that nobody guesses one of a nation within its time', () => {
  const guessesPerHit = 31 ** CODE_CHANCE / 15_345;
  // A hundred thousand guesses a second for ninety days.
  expect(guessesPerHit).toBeGreaterThan(100_000 * 90 * 24 * 3600 * 1000);
});

test('a code is read as it is printed, in any case, with or without blanks and hyphens', () => {
  fc.assert(
    fc.property(chance, (numbers) => {
      const code = codeFrom(numbers);
      expect(code).toHaveLength(CODE_LENGTH);
      expect(showCode(code)).toMatch(/^(\w{4}-){3}\w{4}$/);
      for (const typed of [
        code,
        showCode(code),
        showCode(code).toLowerCase(),
        ` ${code.slice(0, 3)} ${code.slice(3)} `,
      ]) {
        expect(readCode(typed)).toEqual({ ok: true, code });
      }
    }),
  );
});

test('a wrong letter, or two that changed places, is found without asking anybody', () => {
  fc.assert(
    fc.property(chance, fc.nat(CODE_LENGTH - 1), fc.nat(CODE_LENGTH - 1), letter, (numbers, i, j, other) => {
      const right = Array.from(codeFrom(numbers));
      const wrong = right.with(i, CODE_ALPHABET[other]!);
      fc.pre(wrong[i] !== right[i]);
      expect(readCode(wrong.join(''))).toEqual({ ok: false, fault: 'mistyped' });
      const swapped = right.with(i, right[j]!).with(j, right[i]!);
      fc.pre(right[i] !== right[j]);
      expect(readCode(swapped.join(''))).toEqual({ ok: false, fault: 'mistyped' });
    }),
  );
});

test('what is too short is incomplete, what has other letters is mistyped', () => {
  expect(readCode('')).toEqual({ ok: false, fault: 'incomplete' });
  expect(readCode('7KPM-2QXD')).toEqual({ ok: false, fault: 'incomplete' });
  expect(readCode('O000-1111-IIII-LLLL')).toEqual({ ok: false, fault: 'mistyped' });
  expect(readCode('Ư'.repeat(16))).toEqual({ ok: false, fault: 'mistyped' });
  expect(readCode('A'.repeat(17))).toEqual({ ok: false, fault: 'mistyped' });
});
