import { instantOf, type Instant } from '../../domain/time.ts';

/** The day runs fast until here, shortly after the start of the conference. */
const SLOWS_DOWN = at('2025-01-13T08:05:00+07:00');
/** Forty-five minutes go by in three. */
const SPEED = 15;

/** The clock of the demo's server. */
export interface DemoClock {
  (): Instant;
  /** Stands still at an hour of the weeks before. */
  stopAt(iso: string): void;
  /** Runs from an hour on: fast until five past eight on the day, then like any other clock. */
  runFrom(iso: string): void;
}

export function demoClock(real: () => number): DemoClock {
  const prepared = at('2025-01-02T08:00:00+07:00');
  let now = (): Instant => prepared;
  return Object.assign(() => now(), {
    stopAt(iso: string) {
      const instant = at(iso);
      now = () => instant;
    },
    runFrom(iso: string) {
      const starts = at(iso);
      const begun = real();
      const fastMs = (SLOWS_DOWN - starts) / SPEED;
      now = () => {
        const passed = real() - begun;
        const shown = passed < fastMs ? starts + passed * SPEED : SLOWS_DOWN + (passed - fastMs);
        return Math.round(shown) as Instant;
      };
    },
  });
}

function at(iso: string): Instant {
  const instant = instantOf(iso);
  if (instant === null) throw new Error(`not an instant: ${iso}`);
  return instant;
}
