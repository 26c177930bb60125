import { expect, test } from 'vitest';

import { faultOfPin, pauseAfter, pauseLeft, pinOf } from '../../client/src/door/pin.ts';

test.each(['', '12345', ' 1 2 3 4 5 '])('a PIN has at least six signs: %j is too short', (pin) => {
  expect(faultOfPin(pin)).toBe('short');
});

test.each([
  '111111',
  '121212',
  '112112',
  '123456',
  '012345',
  '567890',
  '654321',
  '098765',
  '135791',
  '123123',
  '112233',
  '332211',
  '123321',
  '147258',
  '159753',
  'abcdef',
  'aaaaaa',
])('%s is among the first that anybody would try', (pin) => {
  expect(faultOfPin(pin)).toBe('plain');
});

test.each(['802617', '918273', '20 47 93', '70911362', 'cầu 7 nhịp'])('%s is taken', (pin) => {
  expect(faultOfPin(pin)).toBeNull();
});

test('blanks between groups and the way in which marks were typed make no other PIN', () => {
  expect(pinOf('80 26 17')).toBe('802617');
  expect(pinOf('nhi\u0323p')).toBe(pinOf('nhịp'));
});

test('two slips cost nothing; after that each wrong PIN costs more, up to five minutes', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 7, 50].map(pauseAfter);
  expect(pauses).toEqual([0, 0, 0, 5000, 15_000, 30_000, 60_000, 300_000, 300_000]);
});

test('a clock that is set back or forth makes a pause no longer than it was', () => {
  expect(pauseLeft(3, 1_000_000, 1_002_000)).toBe(3000);
  expect(pauseLeft(3, 1_000_000, 1_009_000)).toBe(0);
  expect(pauseLeft(3, 1_000_000, 0)).toBe(5000);
});
