import { z } from 'zod';

import {
  AttendanceEvent,
  type Flag,
  type Outcome,
  type RecordedEvent,
} from '../../domain/attendance/event.ts';
import { EventId, type SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { groupCommit } from '../platform/group-commit.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionOf } from '../schedule/queries.ts';
import { enter, liveSession, type LiveSession } from './live.ts';
import { appendEvents, isLedgerId, type Entry, type Written } from './store.ts';

export type RefusedBecause = 'other-content' | 'other-bridge' | 'no-such-session' | 'malformed';

/** What became of one event of a batch. */
export interface Recorded {
  readonly id: EventId;
  readonly outcome: Outcome;
  readonly reason: RefusedBecause | null;
  /** The event itself, where it could be read. */
  readonly event: AttendanceEvent | null;
  readonly flags: readonly Flag[];
}

export type RecordFailure = { readonly reason: 'no such session' } | { readonly reason: 'no bridges' };

const ledgers = new WeakMap<Database, (entries: readonly Entry[]) => Promise<readonly Written[]>>();

/** All that wait for the ledger of a database share its commits. */
function ledgerOf(database: Database): (entries: readonly Entry[]) => Promise<readonly Written[]> {
  const known = ledgers.get(database);
  if (known !== undefined) return known;
  const ledger = groupCommit((entries: readonly Entry[]) => appendEvents(database.write, entries));
  ledgers.set(database, ledger);
  return ledger;
}

/**
 * Records a batch of events of one bridge. Each is judged for itself: a bad one spoils no other. The promise resolves
 * after the commit that holds them; a replay gets the first answer, the same id with other content is a conflict.
 */
export async function recordEvents(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  session: SessionId,
  events: readonly unknown[],
): Promise<Result<{ readonly live: LiveSession; readonly items: Recorded[] }, RecordFailure>> {
  if ((await sessionOf(context, conference, session)) === null)
    return { ok: false, reason: 'no such session' };
  const live = await liveSession(context, conference, session);
  if (live === null) return { ok: false, reason: 'no bridges' };

  const receivedAt = context.clock();
  const judged = events.map((event) => judge(event, bridge, session));
  const entries = judged.flatMap((one): Entry[] =>
    one.event !== null && one.reason === null ? [{ event: one.event, receivedAt }] : [],
  );
  const written = entries.length === 0 ? [] : await ledgerOf(context.database)(entries);

  const news: { recorded: RecordedEvent; sequence: number }[] = [];
  for (const [index, entry] of entries.entries()) {
    const { outcome, sequence } = written[index] ?? { outcome: 'conflict', sequence: 0 };
    if (outcome === 'written') news.push({ recorded: entry, sequence });
  }
  if (news.length > 0) enter(context, live, news);

  let next = 0;
  const items = judged.map((one): Recorded => {
    if (one.event === null || one.reason !== null) return { ...one, outcome: 'refused', flags: [] };
    const conflict = written[next]?.outcome === 'conflict';
    next += 1;
    if (conflict) return { ...one, outcome: 'conflict', reason: 'other-content', flags: [] };
    return { ...one, outcome: 'recorded', flags: live.book.flags(one.id) };
  });
  return ok({ live, items });
}

type Judged = Pick<Recorded, 'id' | 'reason' | 'event'>;

const WithId = z.object({ id: z.string().max(64) });

/** Whether an event can go into the ledger of this bridge at all. */
function judge(input: unknown, bridge: AuthorizedBridgeId<'host'>, session: SessionId): Judged {
  const read = AttendanceEvent.safeParse(input);
  if (!read.success || !isLedgerId(read.data.id)) {
    const named = WithId.safeParse(input);
    return { id: EventId.parse((named.success && named.data.id) || '-'), reason: 'malformed', event: null };
  }
  const event = read.data;
  if (event.session !== session) return { id: event.id, reason: 'no-such-session', event };
  if (event.bridge !== bridge) return { id: event.id, reason: 'other-bridge', event };
  return { id: event.id, reason: null, event };
}
