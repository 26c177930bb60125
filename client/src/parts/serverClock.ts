import { useEffect, useState } from 'react';

import type { Instant } from '../../../domain/time.ts';
import { clockOffset } from '../api/socket.ts';

/** Seconds that are counted must not be left out. */
const TICK_MS = 500;

/**
 * The server's clock, running: from the moment that it told last, or as this machine's clock was measured against it while it has told
 * none. Every screen shows the same second, whatever its own clock says.
 */
export function useServerClock(told: Instant | undefined): Instant {
  const [base, setBase] = useState({ told, at: performance.now() });
  const [at, setAt] = useState(() => performance.now());
  if (base.told !== told) {
    const now = performance.now();
    setBase({ told, at: now });
    setAt(now);
  }
  useEffect(() => {
    const timer = setInterval(() => setAt(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const now = base.told === undefined ? Date.now() + clockOffset() : base.told + Math.max(0, at - base.at);
  return Math.round(now) as Instant;
}
