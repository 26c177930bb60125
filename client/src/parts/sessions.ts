import { useState } from 'react';

import type { SessionRow } from '../../../domain/wire/schedule.ts';
import { serverNow } from './serverClock.ts';

/** Doors open this long before a session begins. */
const DOORS_OPEN_MS = 3 * 3600_000;

/** Whether the door of a session is open by now, or was. */
export function areDoorsOpen({ startsAt }: Pick<SessionRow, 'startsAt'>, now: number): boolean {
  return now >= startsAt - DOORS_OPEN_MS;
}

/**
 * The session that a page shows when nobody chose one: the one that is on or about to begin, else the next one, else the
 * last that was. Rehearsals and line tests only where there is nothing else.
 */
export function sessionOfNow(sessions: readonly SessionRow[], now: number): SessionRow | undefined {
  const real = sessions.filter((session) => session.kind === 'session');
  const inOrder = (real.length > 0 ? real : sessions).toSorted((a, b) => a.startsAt - b.startsAt);
  return (
    inOrder.find((session) => areDoorsOpen(session, now) && now <= session.endsAt) ??
    inOrder.find((session) => session.startsAt > now) ??
    inOrder.at(-1)
  );
}

/** `sessionOfNow` at the time when the page came up. */
export function useSessionOfNow(sessions: readonly SessionRow[] | undefined): SessionRow | undefined {
  const [now] = useState(serverNow);
  return sessions === undefined ? undefined : sessionOfNow(sessions, now);
}
