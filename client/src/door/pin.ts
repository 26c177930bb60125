import { nfc } from '../../../domain/text/normalize.ts';

export const SHORTEST_PIN = 6;
export const LONGEST_PIN = 64;

/** Why a PIN is not taken. */
export type PinFault = 'short' | 'plain';

/** Of the PINs that people choose first, those that no rule below finds. */
const FIRST_GUESSES = new Set([
  '112358',
  '142536',
  '147258',
  '147852',
  '159357',
  '159753',
  '246810',
  '258456',
  '314159',
  '357159',
  '369258',
  '741852',
  '753951',
  '789456',
  '852456',
  '963852',
  '147258369',
  '789456123',
]);

/** A PIN as it is meant: without the blanks that some type between groups, in one normal form. */
export function pinOf(typed: string): string {
  return nfc(typed).replaceAll(/\s/g, '');
}

/** What is wrong with a PIN that somebody chooses; null where nothing is. */
export function faultOfPin(typed: string): PinFault | null {
  const pin = pinOf(typed);
  if (pin.length < SHORTEST_PIN) return 'short';
  const letters = Array.from(pin.toLowerCase());
  if (new Set(letters).size < 3 || FIRST_GUESSES.has(pin) || isSteps(letters) || isRepeated(pin))
    return 'plain';
  // 112233, 123321
  if (isSteps(letters.filter((letter, at) => letter !== letters[at - 1]))) return 'plain';
  const half = letters.slice(0, Math.ceil(letters.length / 2));
  if (letters.join('') === letters.toReversed().join('') && isSteps(half)) return 'plain';
  return null;
}

/** 123456, 987654, 135790: each one as far from the one before. */
function isSteps(letters: readonly string[]): boolean {
  const codes = letters.map((letter) => letter.codePointAt(0) ?? 0);
  const digits = letters.every((letter) => /\d/.test(letter));
  const steps = codes.slice(1).map((code, at) => {
    const step = code - (codes[at] ?? 0);
    return digits ? (step + 10) % 10 : step;
  });
  return new Set(steps).size <= 1;
}

/** 123123, 121212. */
function isRepeated(pin: string): boolean {
  return /^(.{1,5})\1+$/u.test(pin);
}

/** How long to wait after so many wrong ones in a row, in milliseconds: hands at the screen get tired. */
const PAUSES_MS = [0, 0, 0, 5000, 15_000, 30_000, 60_000];
const LONGEST_PAUSE_MS = 5 * 60_000;

export function pauseAfter(failures: number): number {
  return PAUSES_MS[failures] ?? LONGEST_PAUSE_MS;
}

/** What is left of the pause. A clock that was set back or forth does not make it longer than it was. */
export function pauseLeft(failures: number, failedAt: number, now: number): number {
  const pause = pauseAfter(failures);
  return Math.min(pause, Math.max(0, failedAt + pause - now));
}
