import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { hashOf, openNumbering } from '../../../domain/attendance/numbering.ts';

/** Ids that look alike, UUIDs and what only resembles one. */
const hex = fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16));
const uuid = fc
  .tuple(
    fc.constantFrom('01945d3a-0000-7000-8000-', '01945d3a-0001-7000-8000-', 'ffffffff-ffff-7fff-bfff-'),
    hex,
  )
  .map(([start, digit]) => `${start}${digit.repeat(12)}`);
const resembling = uuid.chain((id) =>
  fc.constantFrom(
    id.toUpperCase(),
    id.replace('-7', '7-'),
    `${id.slice(0, 35)}ố`,
    `${id.slice(0, 35)}g`,
    `${id}0`,
  ),
);
const anId = fc.oneof(
  { arbitrary: uuid, weight: 4 },
  { arbitrary: resembling, weight: 2 },
  fc.constantFrom('e1', '__proto__', 'toString', '8934', 'x'.repeat(36)),
);

describe('numbers for ids', () => {
  test('say the same as a map would, and give the ids back as they were written', () => {
    fc.assert(
      fc.property(fc.array(anId, { maxLength: 60 }), fc.array(anId), (added, asked) => {
        const numbering = openNumbering<string>();
        const map = new Map<string, number>();
        for (const id of added) {
          if (!map.has(id)) map.set(id, map.size);
          expect(numbering.add(id)).toBe(map.get(id));
        }
        expect(numbering.size).toBe(map.size);
        for (const id of [...added, ...asked]) expect(numbering.find(id)).toBe(map.get(id) ?? -1);
        for (const [id, number] of map) expect(numbering.idOf(number)).toBe(id);
      }),
      { numRuns: 500 },
    );
  });

  test('compare as their ids do', () => {
    fc.assert(
      fc.property(anId, anId, (a, b) => {
        const numbering = openNumbering<string>();
        const [first, second] = [numbering.add(a), numbering.add(b)];
        expect(Math.sign(numbering.compare(first, second))).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
      { numRuns: 500 },
    );
  });

  test('grow, and what stands beside each id stays with it', () => {
    const numbering = openNumbering<string>(10, 2);
    const ids = Array.from({ length: 5000 }, (_, index) =>
      index % 7 === 0 ? `mã ${index}` : uuidWith(index, 0),
    );
    for (const [index, id] of ids.entries()) {
      numbering.add(id);
      numbering.setColumn(index, 0, index * 3);
      numbering.setColumn(index, 1, -1 - index);
    }
    for (const [index, id] of ids.entries()) {
      expect(numbering.find(id)).toBe(index);
      expect([numbering.column(index, 0), numbering.column(index, 1)]).toEqual([index * 3, -1 - index]);
    }
  });

  test('hold ids that were made to meet in one place of the table', () => {
    const crowd: string[] = [];
    for (let last = 0; crowd.length < 400; last++) {
      if ((hashOf(1, 2, 3, last) & 1023) === 5) crowd.push(uuidWith(last, 1));
    }
    const numbering = openNumbering<string>();
    for (const id of crowd) numbering.add(id);
    expect(crowd.map((id) => numbering.find(id))).toEqual(Array.from(crowd.keys()));
    expect(crowd.map((id) => numbering.add(id))).toEqual(Array.from(crowd.keys()));
    // Grows past the table in which they met.
    for (let index = 0; index < 2000; index++) numbering.add(uuidWith(index, 2));
    expect(crowd.map((id) => numbering.find(id))).toEqual(Array.from(crowd.keys()));
    expect(crowd.map((id) => numbering.add(id))).toEqual(Array.from(crowd.keys()));
    expect(crowd.map((_, index) => numbering.idOf(index))).toEqual(crowd);
    expect(numbering.size).toBe(2400);
  });
});

/** A UUID whose four words are `first`, 2, 3 and `last`. */
function uuidWith(last: number, first: number): string {
  const digits = [first, 2, 3, last].map((word) => word.toString(16).padStart(8, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
