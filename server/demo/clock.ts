import { instantOf, type Instant } from '../../domain/time.ts';

/** The demo opens in the half hour before eight on the day of the sample conference. */
const STARTS = instantOf('2025-01-13T07:20:00+07:00');
/** Until here time runs fast: the room fills while one watches. */
const SLOWS_DOWN = instantOf('2025-01-13T08:05:00+07:00');
/** Forty-five minutes go by in three. */
const SPEED = 15;

/** The clock of the demo's server: fast until shortly after the start of the conference, then like any other. */
export function demoClock(real: () => number): () => Instant {
  if (STARTS === null || SLOWS_DOWN === null) throw new Error('the demo has no day');
  const fastMs = (SLOWS_DOWN - STARTS) / SPEED;
  const begun = real();
  return () => {
    const passed = real() - begun;
    const shown = passed < fastMs ? STARTS + passed * SPEED : SLOWS_DOWN + (passed - fastMs);
    return Math.round(shown) as Instant;
  };
}
