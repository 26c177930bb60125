import type { LineMeasures } from '../../../domain/media/line-test.ts';
import type { Words } from '../app/language.ts';
import { MediaRefused } from '../media/asking.ts';
import { tryCamera } from './camera.ts';
import { NoMedia, openTestLine } from './measure.ts';
import type { Place } from './place.ts';
import { SHARES, type Stage } from './stages.ts';
import { hearOwnSound } from './tone.ts';

export interface Watching {
  readonly onStage: (stage: Stage) => void;
  readonly onPicture: (stream: MediaStream | null) => void;
}

/**
 * Runs the whole test. Throws `NoMedia` where the server carries no pictures, an `AbortError` where it was stopped, else what asking throws.
 *
 * @param seconds for how long the line is measured
 */
export async function runLineTest(
  place: Place,
  seconds: number,
  { onStage, onPicture }: Watching,
  signal: AbortSignal,
): Promise<LineMeasures> {
  // First of all: where there is nothing to measure with, nobody has to hear beeps.
  const line = await openTestLine(place);
  try {
    onStage('camera');
    const camera = await tryCamera(onPicture, signal);
    onStage('sound');
    const sound = await hearOwnSound(signal);
    const ms = (stage: keyof typeof SHARES): number => SHARES[stage] * seconds * 1000;
    onStage('up');
    const up = await line.up(ms('up'), signal);
    onStage('down');
    const down = await line.down(ms('down'), signal);
    onStage('steady');
    const steady = await line.steady(ms('steady'), signal);
    return { ...up, ...down, ...steady, camera, sound };
  } finally {
    line.close();
  }
}

/** What to tell of a test that gave no result. */
export function whyNot(error: unknown, t: Words): string {
  if (error instanceof NoMedia) return t('lineTest.noMedia');
  if (error instanceof DOMException && error.name === 'AbortError') return t('lineTest.stopped');
  if (error instanceof MediaRefused) return t('lineTest.failed', { why: error.message });
  return t('lineTest.unreachable');
}
