import { z } from 'zod';

import { AttendanceEvent, type Flag, type Outcome } from '../../domain/attendance/event.ts';
import { EventId, type SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { groupCommit } from '../platform/group-commit.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
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

/** What a batch came to. */
export interface RecordedBatch {
  readonly live: LiveSession;
  readonly items: readonly Recorded[];
}

/** Told of each batch after its commit, with the scopes under which it was recorded. Must neither wait nor throw. */
export type AfterRecording = (
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  batch: RecordedBatch,
) => void;

export type RecordFailure = { readonly reason: 'no such session' };

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
  const opened = await liveSession(context, conference, session);
  if (opened === null) return { ok: false, reason: 'no such session' };

  const receivedAt = context.clock();
  const judged = events.map((event) => judge(event, bridge, session));
  const entries = judged.flatMap(({ event, reason }): Entry[] =>
    event !== null && reason === null ? [{ event, receivedAt }] : [],
  );
  const written = entries.length === 0 ? [] : await ledgerOf(context.database)(entries);
  const news = written.flatMap(({ outcome, sequence }, at) => {
    const recorded = entries[at];
    return outcome === 'written' && recorded !== undefined ? [{ recorded, sequence }] : [];
  });
  const live = (news.length === 0 ? null : await enter(context, opened, news)) ?? opened;

  const outcomes = written.values();
  const items = judged.map((one): Recorded => {
    if (one.reason !== null) return { ...one, outcome: 'refused', flags: [] };
    if (outcomes.next().value?.outcome === 'conflict') {
      return { ...one, outcome: 'conflict', reason: 'other-content', flags: [] };
    }
    return { ...one, outcome: 'recorded', flags: live.book.flags(one.id) };
  });
  return ok({ live, items });
}

type Judged = Pick<Recorded, 'id' | 'reason' | 'event'>;

const WithId = z.object({ id: EventId });
const NO_ID = EventId.parse('-');
/** The last moment of the year 9999: beyond it, and as far before 1970, no calendar can say when an event was. */
const FARTHEST_MS = 253_402_300_799_999;
/** A head count by category is read by people; more categories than this are no count. */
const MOST_CATEGORIES = 50;

/** Whether an event can go into the ledger of this bridge at all. */
function judge(input: unknown, bridge: AuthorizedBridgeId<'host'>, session: SessionId): Judged {
  const read = AttendanceEvent.safeParse(input);
  if (!read.success || !isLedgerId(read.data.id) || !isSound(read.data)) {
    const named = WithId.safeParse(input);
    return { id: named.success ? named.data.id : NO_ID, reason: 'malformed', event: null };
  }
  const event = read.data;
  if (event.session !== session) return { id: event.id, reason: 'no-such-session', event };
  if (event.bridge !== bridge) return { id: event.id, reason: 'other-bridge', event };
  return { id: event.id, reason: null, event };
}

function isSound(event: AttendanceEvent): boolean {
  if (Math.abs(event.at + event.offset) > FARTHEST_MS) return false;
  return event.kind !== 'count' || Object.keys(event.counts).length <= MOST_CATEGORIES;
}
