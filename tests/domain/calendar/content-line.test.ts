import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { calendarLine, calendarText, fold, unfold } from '../../../domain/calendar/content-line.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const vietnamese = fc.string({
  unit: fc.constantFrom(
    'Ặ',
    'ữ',
    'Ổ',
    'đ',
    'e',
    '\u0301',
    ' ',
    ',',
    ';',
    ':',
    'x',
    '😀',
    'Ữ'.normalize('NFD'),
  ),
  maxLength: 400,
});

describe('a content line', () => {
  test('is folded so that no piece is longer than 75 bytes, and reads as it was', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const line = `SUMMARY:${text}`;
        const pieces = fold(line).split('\r\n');
        expect(Math.max(...pieces.map(bytes))).toBeLessThanOrEqual(75);
        expect(unfold(pieces.join('\r\n'))).toEqual([line]);
        expect(pieces.slice(1).every((piece) => piece.startsWith(' '))).toBe(true);
      }),
    );
  });

  test('is never cut within a letter, nor between a letter and its marks', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const pieces = fold(`SUMMARY:${text}`).split('\r\n ');
        for (const piece of pieces) expect(piece.isWellFormed()).toBe(true);
        for (const piece of pieces.slice(1)) expect(piece).not.toMatch(/^\p{M}/u);
      }),
    );
  });

  test('of up to 75 bytes stays as it is', () => {
    const line = 'x'.repeat(75);
    expect(fold(line)).toBe(line);
    expect(fold(`${line}x`)).toBe(`${line}\r\n x`);
  });
});

describe('a text of a calendar', () => {
  test.each([
    ['a line break of any kind', 'a\r\nb\rc\nd\u2028e\u0085f', 'a\nb\nc\nd\ne\nf'],
    ['a tab', 'a\tb', 'a b'],
    ['control characters', 'a\u0000\u0007\u001B\u007F\u009Fb', 'ab'],
    ['marks that stand apart', 'Ữ'.normalize('NFD'), 'Ữ'],
  ])('has %s only as readers expect it', (_, text, expected) => {
    expect(calendarText(text)).toBe(expected);
  });

  test('in one line has no line break at all', () => {
    expect(calendarLine(' Hội nghị\r\nATTENDEE:mailto:x@y ')).toBe('Hội nghị ATTENDEE:mailto:x@y');
  });
});
