import type { Instant } from '../time.ts';
import type { SessionKind, SessionTimes } from './session.ts';

/** Doors open this long before a session begins, where nobody has said when. */
const DOORS_OPEN_MS = 3 * 3600_000;

/** Whether the door of a session is open by now, or was. */
export function areDoorsOpen({ startsAt }: Pick<SessionTimes, 'startsAt'>, now: number): boolean {
  return now >= startsAt - DOORS_OPEN_MS;
}

interface Choice {
  readonly kind: SessionKind;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Whether a bridge of whoever asks takes part. */
  readonly takesPart: boolean;
}

/** Of two that are on at once the one that comes first here is meant. */
const ORDER: readonly SessionKind[] = ['session', 'follow-up', 'rehearsal', 'line-test'];

/**
 * The session that is meant when nobody chose one: the one that is on or about to begin, else the next one, else the last that was.
 * Follow-up sessions, rehearsals and line tests only while they are on, or where there is nothing else; what is for other
 * bridges alone, only where nothing is for one's own.
 */
export function sessionOfNow<Session extends Choice>(
  sessions: readonly Session[],
  now: number,
): Session | undefined {
  const own = sessions.filter(({ takesPart }) => takesPart);
  const inOrder = (own.length > 0 ? own : sessions).toSorted((a, b) => a.startsAt - b.startsAt);
  const onNow = inOrder.filter((session) => areDoorsOpen(session, now) && now <= session.endsAt);
  for (const kind of ORDER) {
    const found = onNow.find((session) => session.kind === kind);
    if (found !== undefined) return found;
  }
  const held = inOrder.filter(({ kind }) => kind === 'session');
  const rest = held.length > 0 ? held : inOrder;
  return rest.find(({ startsAt }) => startsAt > now) ?? rest.at(-1);
}
