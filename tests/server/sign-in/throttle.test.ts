import { expect, test } from 'vitest';

import type { Instant } from '../../../domain/time.ts';
import { createThrottle } from '../../../server/sign-in/throttle.ts';

const at = (seconds: number): Instant => (seconds * 1000) as Instant;

test('the sixth try within a quarter of an hour waits for its end', () => {
  const throttle = createThrottle();
  for (let i = 0; i < 5; i++) {
    expect(throttle.wait('an', '10.0.0.1', at(i))).toBe(0);
    throttle.failed('an', '10.0.0.1', at(i));
  }
  expect(throttle.wait('an', '10.0.0.1', at(300))).toBe(600);
  expect(throttle.wait('an', '10.0.0.1', at(900))).toBe(0);
});

test('it is the name at the address that waits, not the name elsewhere nor others there', () => {
  const throttle = createThrottle();
  for (let i = 0; i < 5; i++) throttle.failed('an', '10.0.0.1', at(0));
  expect(throttle.wait('an', '10.0.0.2', at(1))).toBe(0);
  expect(throttle.wait('binh', '10.0.0.1', at(1))).toBe(0);
});

test('an address that tries many names waits as a whole', () => {
  const throttle = createThrottle();
  for (let i = 0; i < 1000; i++) throttle.failed(`ten-${i}`, '10.0.0.1', at(0));
  expect(throttle.wait('binh', '10.0.0.1', at(1))).toBeGreaterThan(0);
  expect(throttle.wait('binh', '10.0.0.2', at(1))).toBe(0);
});

test('a whole office that signs in from one address in the morning does not wait', () => {
  const throttle = createThrottle();
  for (let i = 0; i < 200; i++) {
    expect(throttle.wait(`ten-${i}`, '10.0.0.1', at(i))).toBe(0);
    throttle.failed(`ten-${i}`, '10.0.0.1', at(i));
    throttle.succeeded(`ten-${i}`, '10.0.0.1');
  }
});

test('coming in clears the name', () => {
  const throttle = createThrottle();
  for (let i = 0; i < 4; i++) throttle.failed('an', '10.0.0.1', at(0));
  throttle.succeeded('an', '10.0.0.1');
  throttle.failed('an', '10.0.0.1', at(1));
  expect(throttle.wait('an', '10.0.0.1', at(1))).toBe(0);
});
