import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { PersonId } from '../../../domain/ids.ts';
import { readRowNames, readRowSeats, rowName, rowsOf, SeatLayout } from '../../../domain/seating/layout.ts';
import { readSeatNumber, type SeatNumber } from '../../../domain/seating/number.ts';
import { numberSeats, type Guest } from '../../../domain/seating/numbering.ts';

const number = (text: string): SeatNumber => readSeatNumber(text)!;

function guest(name: string, own: Partial<Guest> = {}): Guest {
  return { person: PersonId.parse(name), name, unit: null, isChair: false, number: null, ...own };
}

function layout(own: Partial<SeatLayout>): SeatLayout {
  return SeatLayout.parse({ rowNames: 'letters', rowSeats: [3, 3], ...own });
}

function numbersIn(guests: readonly Guest[], own: Partial<SeatLayout> = {}): Record<string, string> {
  return Object.fromEntries(numberSeats(guests, layout(own)).numbers);
}

describe('a seat number', () => {
  test.each([
    ['b 12', 'B12'],
    ['1–12', '1-12'],
    [' đ3 ', 'Đ3'],
    ['12a', '12A'],
    ['VIP-7', 'VIP-7'],
  ])('typed as "%s" is kept as %s', (typed, kept) => {
    expect(readSeatNumber(typed)).toBe(kept);
  });

  test.each([
    '',
    'VIP',
    '1-Dec',
    '2025-12-01',
    '01/12/2025',
    '-3',
    'A1-',
    '=A1',
    'A1234567890123',
    'A\u00001',
  ])('is not "%s"', (typed) => {
    expect(readSeatNumber(typed)).toBeNull();
  });
});

describe('the rows of a hall', () => {
  test('are called by letters as columns of a spreadsheet are, or by figures', () => {
    expect([0, 25, 26, 27, 51, 52].map((place) => rowName(place, 'letters'))).toEqual([
      'A',
      'Z',
      'AA',
      'AB',
      'AZ',
      'BA',
    ]);
    expect([0, 26].map((place) => rowName(place, 'figures'))).toEqual(['1', '27']);
  });

  test('between figures the seat stands behind a hyphen, as 112 could be of row 1 or row 11', () => {
    const [first] = rowsOf(layout({ rowNames: 'figures', rowSeats: [12] }));
    expect(first?.numbers.at(-1)).toBe('1-12');
  });

  test('that are kept free have nobody, and keep their names', () => {
    expect(rowsOf(layout({ rowSeats: [1, 1, 2], freeRows: [1] }))).toEqual([
      { name: 'A', numbers: ['A1'] },
      { name: 'C', numbers: ['C1', 'C2'] },
    ]);
  });

  test('are read as people type them', () => {
    expect(readRowNames('a, C', 3, 'letters')).toEqual([0, 2]);
    expect(readRowNames('', 3, 'letters')).toEqual([]);
    expect(readRowNames('D', 3, 'letters')).toBeNull();
    expect(readRowNames('3', 3, 'figures')).toEqual([2]);
    expect(readRowSeats('20, 22;24')).toEqual([20, 22, 24]);
    expect(readRowSeats('20, hai')).toBeNull();
    expect(readRowSeats('0')).toBeNull();
    expect(readRowSeats('')).toBeNull();
  });
});

describe('numbering a hall', () => {
  const three = [guest('An'), guest('Bình', { isChair: true }), guest('Chi')];

  test('gives the first seat to who chairs, then goes by official order', () => {
    expect(numbersIn(three)).toEqual({ Bình: 'A1', An: 'A2', Chi: 'A3' });
  });

  test('by unit keeps those of one unit together, those of none come last', () => {
    const guests = [
      guest('An', { unit: 'Xóm 1' }),
      guest('Ba'),
      guest('Chi', { unit: 'Xóm 2' }),
      guest('Dũng', { unit: 'Xóm 1' }),
      guest('Em', { unit: 'Xóm 2', isChair: true }),
    ];
    expect(numbersIn(guests, { order: 'unit' })).toEqual({
      Em: 'A1',
      Chi: 'A2',
      An: 'A3',
      Dũng: 'B1',
      Ba: 'B2',
    });
  });

  test('leaves a number that somebody has, and the seat of it to them', () => {
    const guests = [
      guest('An'),
      guest('Bình', { number: number('A1') }),
      guest('Chi', { number: number('VIP1') }),
    ];
    expect(numbersIn(guests)).toEqual({ An: 'A2', Bình: 'A1', Chi: 'VIP1' });
    expect(numbersIn(guests, { keep: false })).toEqual({ An: 'A1', Bình: 'A2', Chi: 'A3' });
  });

  test('says whom the rows have no seat for, and who of them loses a number', () => {
    const guests = [guest('An'), guest('Bình'), guest('Chi', { number: number('A1') })];
    const numbered = numberSeats(guests, layout({ rowSeats: [2], keep: false }));
    expect(numbered.unfit.map(({ name }) => name)).toEqual(['Chi']);
    expect(numbered).toMatchObject({ kept: 0, given: 2, losing: 1 });
    expect(numbered.numbers.has(PersonId.parse('Chi'))).toBe(false);
  });

  test('shows the first and the last of each row where anybody sits', () => {
    expect(numberSeats(three, layout({ rowSeats: [2, 5, 4] })).rows).toEqual([
      {
        name: 'A',
        seats: 2,
        taken: 2,
        first: { number: 'A1', name: 'Bình' },
        last: { number: 'A2', name: 'An' },
      },
      {
        name: 'B',
        seats: 5,
        taken: 1,
        first: { number: 'B1', name: 'Chi' },
        last: { number: 'B1', name: 'Chi' },
      },
    ]);
  });

  const anyHall = fc
    .record({
      rowNames: fc.constantFrom('letters' as const, 'figures' as const),
      rowSeats: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 30 }),
      freeRows: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { maxLength: 5 }),
      order: fc.constantFrom('official' as const, 'unit' as const),
      keep: fc.boolean(),
      people: fc.array(
        fc.record({
          unit: fc.constantFrom(null, 'Xóm 1', 'Xóm 2'),
          isChair: fc.boolean(),
          number: fc.option(fc.constantFrom('A1', 'A2', 'B1', '1-1', '2-3', 'VIP1').map(number)),
        }),
        { maxLength: 60 },
      ),
    })
    .map(({ people, ...own }) => {
      const taken = new Set<string>();
      const guests = people.map(({ number: had, ...one }, at) => {
        const kept = had === null || taken.has(had) ? null : had;
        if (kept !== null) taken.add(kept);
        return guest(`P${at}`, { ...one, number: kept });
      });
      return { guests, hall: SeatLayout.parse(own) };
    });

  test('never gives one number twice, skips no seat, keeps whoever is to keep theirs, and leaves nobody out', () => {
    fc.assert(
      fc.property(anyHall, ({ guests, hall }) => {
        const { numbers, unfit, kept, given } = numberSeats(guests, hall);
        expect(new Set(numbers.values()).size).toBe(numbers.size);
        const seats = rowsOf(hall).flatMap((row) => row.numbers);
        const held = new Set<string>(numbers.values());
        const free = seats.filter((seat) => !held.has(seat));
        // Seats stay empty only where nobody waits, and only behind the last that was given.
        expect(unfit.length === 0 || free.length === 0).toBe(true);
        const had = new Set(hall.keep ? guests.map((one) => one.number) : []);
        const givenSeats = seats.filter((seat) => held.has(seat) && !had.has(seat));
        expect(givenSeats).toEqual(seats.filter((seat) => !had.has(seat)).slice(0, givenSeats.length));
        const keeping = hall.keep ? guests.filter((one) => one.number !== null) : [];
        expect(keeping.every((one) => numbers.get(one.person) === one.number)).toBe(true);
        expect(kept + given + unfit.length).toBe(guests.length);
      }),
    );
  });
});
