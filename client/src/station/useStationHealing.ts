import { type RefObject, useEffect, useRef } from 'react';

import { currentLine } from '../api/socket.ts';
import type { RoomView } from '../media/room.ts';

const LOOK_MS = 5000;
/** A picture that is to come, and does not for so long although everything is tried, needs a page that begins anew. */
const PATIENCE_MS = 90_000;

/** Nobody stands at a station: one that shows nothing although it should loads itself anew, as soon as the server answers. */
export function useStationHealing(view: RoomView, screen: RefObject<HTMLElement | null>): void {
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    let seen = 0;
    let wellAt = performance.now();
    const timer = setInterval(() => {
      const video = screen.current?.querySelector('video');
      const played = video?.currentTime ?? 0;
      const isMoving = played !== seen;
      seen = played;
      const now = performance.now();
      if (isMoving || isWell(latest.current)) wellAt = now;
      if (now - wellAt < PATIENCE_MS) return;
      wellAt = now;
      fetch('/readyz', { cache: 'no-store' }).then(
        ({ ok }) => ok && window.location.reload(),
        () => undefined,
      );
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [screen]);
}

/** Whether there is nothing to be seen that is not seen. */
function isWell({ state, engine, program }: RoomView): boolean {
  if (document.visibilityState !== 'visible' || state === 'refused') return true;
  if (currentLine() !== 'connected' || state !== 'joined') return false;
  const isSent = program?.streams.some(({ kind, isMuted }) => kind === 'video' && !isMuted) === true;
  return engine?.isRunning !== true || !isSent;
}
