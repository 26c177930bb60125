import { useEffect, useState } from 'react';

import { useLine } from '../api/line.ts';

/** A page that shows nothing new for so long, although it tries, is loaded anew: it may be older than the server by now. */
const STALE_MS = 90_000;

/** Keeps the screen from going dark, for as long as the page is in sight. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isGone = false;
    const wake = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      // A machine that saves its battery says no: the screen goes dark as it is set to.
      const given = await navigator.wakeLock.request('screen').catch(() => null);
      if (isGone) await given?.release();
      else lock = given;
    };
    const wakeAgain = (): void => void wake();
    wakeAgain();
    document.addEventListener('visibilitychange', wakeAgain);
    return () => {
      isGone = true;
      document.removeEventListener('visibilitychange', wakeAgain);
      void lock?.release();
    };
  }, []);
}

/** Counts up while the page stands, so that lists turn their pages. */
export function useTurn(everyMs: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return turn;
}

/** Nobody stands at a wall: one that hears nothing although the server answers loads itself anew. */
export function useHealing(told: number | undefined): void {
  const line = useLine();
  useEffect(() => {
    const timer = setTimeout(() => {
      if (line !== 'connected') {
        // The line comes back by itself as soon as there is a server; only then is a new page worth anything.
        fetch('/readyz', { cache: 'no-store' }).then(
          ({ ok }) => ok && window.location.reload(),
          () => undefined,
        );
      } else window.location.reload();
    }, STALE_MS);
    return () => clearTimeout(timer);
    // Whatever is told begins the wait anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [told, line]);
}
