import fc from 'fast-check';
import { expect, test } from 'vitest';

import { PersonId } from '../../../domain/ids.ts';
import { seatTraces, takeBackSeats } from '../../../domain/seating/change.ts';
import { readSeatNumber, type SeatNumber } from '../../../domain/seating/number.ts';

const seat = (text: string): SeatNumber => readSeatNumber(text)!;
const [an, binh, chi] = ['An', 'Bình', 'Chi'].map((id) => PersonId.parse(id)) as [
  PersonId,
  PersonId,
  PersonId,
];

test('a deed on untouched numbers is taken back as a whole, also where people changed chairs', () => {
  const before = new Map([
    [an, seat('A1')],
    [binh, seat('A2')],
    [chi, null],
  ]);
  const after = new Map([
    [an, seat('A2')],
    [binh, seat('A1')],
    [chi, seat('A3')],
  ]);
  const traces = seatTraces(before, after);
  expect(takeBackSeats(after, traces)).toEqual({
    ok: true,
    value: {
      left: 0,
      traces: [
        { person: an, before: 'A2', after: 'A1' },
        { person: binh, before: 'A1', after: 'A2' },
        { person: chi, before: 'A3', after: null },
      ],
    },
  });
});

test('whoever was given another number since keeps it, and so does whoever would go back to their chair', () => {
  const before = new Map([
    [an, seat('A1')],
    [binh, seat('A2')],
  ]);
  const traces = seatTraces(
    before,
    new Map([
      [an, seat('A2')],
      [binh, seat('A3')],
    ]),
  );
  // Somebody moved An back to nowhere near, and gave Chi the chair on which Bình had sat.
  const now = new Map([
    [an, seat('B9')],
    [binh, seat('A3')],
    [chi, seat('A2')],
  ]);
  expect(takeBackSeats(now, traces)).toEqual({ ok: false, reason: 'changed since' });
  now.set(chi, seat('C1'));
  expect(takeBackSeats(now, traces)).toMatchObject({
    ok: true,
    value: { left: 1, traces: [{ person: binh, after: 'A2' }] },
  });
});

test('of whoever is not expected there any more nothing is put back', () => {
  const traces = seatTraces(new Map([[an, null]]), new Map([[an, seat('A1')]]));
  expect(takeBackSeats(new Map([[binh, null]]), traces)).toEqual({ ok: false, reason: 'changed since' });
});

test('whatever was changed since, what taking back leaves has no number twice', () => {
  const numbers = fc.uniqueArray(fc.constantFrom('A1', 'A2', 'A3', 'A4', null), {
    minLength: 4,
    maxLength: 4,
    comparator: (a, b) => a !== null && a === b,
  });
  const people = ['1', '2', '3', '4'].map((id) => PersonId.parse(id));
  const hall = (list: readonly (string | null)[]) =>
    new Map(people.map((person, at) => [person, list[at] == null ? null : seat(list[at])]));
  fc.assert(
    fc.property(numbers, numbers, numbers, (before, after, since) => {
      const wanted = new Map(
        [...hall(after)].flatMap(([person, own]) => (own === null ? [] : [[person, own]])),
      );
      const now = hall(since);
      const back = takeBackSeats(now, seatTraces(hall(before), wanted));
      if (!back.ok) return;
      for (const { person, after: own } of back.value.traces) now.set(person, own);
      const held = [...now.values()].filter((own) => own !== null);
      expect(new Set(held).size).toBe(held.length);
    }),
  );
});
