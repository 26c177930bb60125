import { useEffect, useState } from 'react';

/** A browser that finds no rest is taken to have drawn all the same. */
const PATIENCE_MS = 1000;

/** Whether what is there has been drawn: what is fetched behind it must not hold it up on a slow line. */
export function useDrawn(isThere: boolean): boolean {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    if (!isThere) return undefined;
    const asked = requestIdleCallback(() => setDrawn(true), { timeout: PATIENCE_MS });
    return () => cancelIdleCallback(asked);
  }, [isThere]);
  return isDrawn;
}
