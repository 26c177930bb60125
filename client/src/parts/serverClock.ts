import { useEffect, useState } from 'react';

import type { Instant } from '../../../domain/time.ts';
import { clockOffset } from '../api/socket.ts';

/** Seconds that are counted must not be left out. */
const TICK_MS = 500;

/** The server's time as this machine's clock was measured against it last. */
export function serverNow(): Instant {
  return (Date.now() + clockOffset()) as Instant;
}

/**
 * The server's clock, running: from the moment that it told last, or as this machine's clock was measured against it while it has told
 * none. Every screen shows the same second, whatever its own clock says.
 */
export function useServerClock(told: Instant | undefined): Instant {
  const [now, setNow] = useState(() => told ?? serverNow());
  useEffect(() => {
    const at = performance.now();
    const timer = setInterval(() => {
      const server = told === undefined ? serverNow() : told + performance.now() - at;
      setNow(Math.round(server) as Instant);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [told]);
  return told === undefined || now > told ? now : told;
}
