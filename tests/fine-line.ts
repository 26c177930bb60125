import type { LineMeasures } from '../domain/media/line-test.ts';

/** A line on which nothing is wrong. */
export const FINE_LINE: LineMeasures = {
  upKbps: 4000,
  downKbps: 9000,
  loss: 0,
  jitterMs: 8,
  delayMs: 40,
  camera: true,
  sound: true,
};
