import fc from 'fast-check';
import { expect, test } from 'vitest';

import { binOf, curveAxis, openArrivals } from '../../../domain/control/curve.ts';
import { at, bridgeId } from '../attendance/factory.ts';

const axis = curveAxis(at('08:00'), at('11:00'));
const [one, other] = [bridgeId('x1'), bridgeId('x2')];

test('a curve has a point a minute, from an hour before the start', () => {
  expect(axis).toEqual({ from: at('07:00'), stepMs: 60_000, bins: 270 });
  expect(binOf(axis, at('07:00:59'))).toBe(0);
  expect(binOf(axis, at('05:00'))).toBe(0);
  expect(binOf(axis, at('23:00'))).toBe(269);
  expect(curveAxis(at('08:00'), at('20:00')).bins).toBeLessThanOrEqual(360);
});

test('a curve adds up what came by the end of each minute, people and heads', () => {
  const arrivals = openArrivals(axis);
  arrivals.came(one, at('07:00:30'));
  arrivals.came(other, at('07:02'));
  arrivals.counted(other, at('07:02:10'), 40);
  arrivals.counted(other, at('07:03'), -5);
  expect(arrivals.curve([one, other], at('07:03:20')).points).toEqual([1, 1, 42, 37]);
  expect(arrivals.curve([one], at('07:03:20')).points).toEqual([1, 1, 1, 1]);
  expect(arrivals.totals(other)).toEqual({ named: 1, heads: 35 });
});

test('a bridge that is read again stands as if it had been read so from the beginning', () => {
  const minute = fc.integer({ min: 0, max: 400 }).map((n) => (at('06:30') + n * 60_000) as typeof axis.from);
  fc.assert(
    fc.property(fc.array(minute), fc.array(minute), (before, after) => {
      const [grown, fresh] = [openArrivals(axis), openArrivals(axis)];
      for (const time of before) grown.came(one, time);
      grown.replace(one, after);
      for (const time of after) fresh.came(one, time);
      expect(grown.curve([one], at('11:00'))).toEqual(fresh.curve([one], at('11:00')));
      expect(grown.curve([one], at('23:00')).points.at(-1)).toBe(after.length);
    }),
  );
});
