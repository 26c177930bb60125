import { expect, test } from 'vitest';

import { downKbps, hearsTone, steadyOf, upKbps, type LineCounts } from '../../../domain/media/measuring.ts';
import type { Instant } from '../../../domain/time.ts';

const count = (second: number, more: Partial<LineCounts> = {}): LineCounts => ({
  at: (second * 1000) as Instant,
  bytesSent: 0,
  packetsSent: 0,
  lostUp: 0,
  bytesReceived: 0,
  packetsReceived: 0,
  lostDown: 0,
  jitterMs: null,
  delayMs: null,
  ...more,
});

test('the rate up is what arrived, over the second half', () => {
  const sent = [0, 1, 2, 3, 4].map((at) =>
    count(at, { bytesSent: at <= 2 ? at * 10 : 20 + (at - 2) * 250_000, packetsSent: at * 100 }),
  );
  expect(upKbps(sent)).toBe(2000);
  const lossy = sent.map((one, at) => ({ ...one, lostUp: at * 25 }));
  expect(upKbps(lossy)).toBe(1500);
});

test('the rate down is what was received; without two counts there is none', () => {
  const received = [0, 1, 2].map((at) => count(at, { bytesReceived: at * 125_000 }));
  expect(downKbps(received)).toBe(1000);
  expect(downKbps([count(0)])).toBeNull();
  expect(upKbps([])).toBeNull();
});

test('loss is that of the worse way, jitter and delay their middle', () => {
  const counts = [
    count(0, { jitterMs: 4, delayMs: 30 }),
    count(1, { packetsSent: 100, lostUp: 2, packetsReceived: 90, lostDown: 10, jitterMs: 900, delayMs: 31 }),
    count(2, { packetsSent: 200, lostUp: 4, packetsReceived: 180, lostDown: 20, jitterMs: 6, delayMs: 35 }),
  ];
  expect(steadyOf(counts)).toEqual({ loss: 0.1, jitterMs: 6, delayMs: 31 });
  expect(steadyOf([count(0), count(1)])).toEqual({ loss: null, jitterMs: null, delayMs: null });
});

test('packets that came late after all are not lost', () => {
  const counts = [count(0, { lostDown: 5 }), count(1, { packetsReceived: 50, lostDown: 3, packetsSent: 1 })];
  expect(steadyOf(counts).loss).toBe(0);
});

test('a microphone hears the tone where it is louder with it, and not a hum that is always there', () => {
  expect(hearsTone([-40, -42, -41], [-80, -79, -90])).toBe(true);
  expect(hearsTone([-40, -42, -41], [-41, -40, -42])).toBe(false);
  expect(hearsTone([-Infinity, -Infinity], [-Infinity, -Infinity])).toBe(false);
  expect(hearsTone([], [-80])).toBe(false);
});
