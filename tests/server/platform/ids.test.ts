import fc from 'fast-check';
import { expect, test } from 'vitest';

import { bytesOfUuid, isUuid, uuidOfBytes, uuidv7Maker } from '../../../server/platform/ids.ts';

test('an id has the version, the variant and the clock of its making', () => {
  const at = Date.parse('2025-01-13T08:00:00+07:00');
  const id = uuidv7Maker(() => at)();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
});

test('later ids sort after earlier ones, within a millisecond and when the clock goes back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 200 }), (steps) => {
      let now = Date.parse('2025-01-13T08:00:00+07:00');
      const make = uuidv7Maker(() => now);
      const ids = steps.map((step) => {
        now += step;
        return make();
      });
      expect(ids.toSorted()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('a hundred thousand ids of one millisecond are different and in order', () => {
  const make = uuidv7Maker(() => 1_736_730_000_000);
  const ids = Array.from({ length: 100_000 }, make);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});

test('a UUID is sixteen bytes and back', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const bytes = bytesOfUuid(uuid);
      expect(bytes).toHaveLength(16);
      expect(uuidOfBytes(bytes)).toBe(uuid);
    }),
  );
});

test.each(['', 'abc', '0190A0B0-0000-7000-8000-000000000000', '0190a0b0-0000-7000-8000-00000000000g'])(
  'what is no UUID in its usual form is refused: %s',
  (text) => {
    expect(isUuid(text)).toBe(false);
    expect(() => bytesOfUuid(text)).toThrow('not a UUID');
  },
);
