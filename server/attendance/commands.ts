import { z } from 'zod';

import { AttendanceEvent, type Outcome } from '../../domain/attendance/event.ts';
import { EventId, type DeviceId, type SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { doubtsAmong, type Doubt } from '../devices/trust.ts';
import type { Context } from '../platform/context.ts';
import type { Instant } from '../../domain/time.ts';
import type { Receipt, RecordAnswer } from '../../domain/wire/attendance.ts';
import type { HeldCause } from '../../domain/wire/devices.ts';
import type { Database } from '../platform/database.ts';
import { groupCommit } from '../platform/group-commit.ts';
import { isUuid } from '../platform/ids.ts';
import { tellCommit } from '../platform/measures.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { quarantine } from '../quarantine/hold.ts';
import { ledgerOf, type Entry, type Written } from './ledger.ts';
import { bookOf, enter, liveSession, type LiveSession, type News } from './live.ts';

export type RefusedBecause = NonNullable<RecordAnswer['reason']>;

/** What became of one event of a batch. */
export interface Recorded {
  readonly id: EventId;
  readonly outcome: Outcome;
  readonly reason: RefusedBecause | null;
  /** The event itself, where it could be read. */
  readonly event: AttendanceEvent | null;
  /** Where it stands in its chain; null unless recorded. */
  readonly receipt: Receipt | null;
}

/** What a batch came to. */
export interface RecordedBatch {
  readonly live: LiveSession;
  readonly items: readonly Recorded[];
}

export type RecordFailure = { readonly reason: 'no such session' };

/**
 * Who brings events: a machine that has shown that it is itself; null for nobody who has; `vouched` where a person stands for them,
 * who decided on held ones or works at the server itself.
 */
export type Bringer = DeviceId | null | 'vouched';

/** An event that waits for the next commit, and which socket sent it. */
interface Waiting extends Entry {
  readonly from: string | null;
}
type Append = (entries: readonly Waiting[]) => Promise<readonly Written[]>;

const commits = new WeakMap<Database, Append>();

/** All that wait for the ledger of a database share its commits; after each, the open books take in what it wrote. */
function commitsOf(database: Database): Append {
  const known = commits.get(database);
  if (known !== undefined) return known;
  const ledger = ledgerOf(database);
  const append = groupCommit(async (entries: readonly Waiting[]) => {
    const began = performance.now();
    const written = await ledger.append(entries);
    const seconds = (performance.now() - began) / 1000;
    const news = new Map<SessionId, News[]>();
    let [replays, conflicts] = [0, 0];
    for (const [at, { event, receivedAt, from }] of entries.entries()) {
      const { outcome, sequence } = written[at]!;
      if (outcome !== 'written') {
        if (outcome === 'replay') replays += 1;
        else conflicts += 1;
        continue;
      }
      const one = { recorded: { event, receivedAt }, sequence, from };
      const others = news.get(event.session);
      if (others === undefined) news.set(event.session, [one]);
      else others.push(one);
    }
    for (const [session, own] of news) {
      const entered = enter(database, session, own);
      if (entered instanceof Promise) await entered;
    }
    tellCommit({ events: entries.length, replays, conflicts, seconds });
    return written;
  });
  commits.set(database, append);
  return append;
}

/**
 * Records a batch of events of one bridge. Each is judged for itself: a bad one spoils no other. The promise resolves
 * after the commit that holds them; a replay gets the first answer, the same id with other content is a conflict.
 *
 * @param by whose line or request brought them; events of any other machine go to quarantine
 * @param from the socket that sent them, which need not be told of them
 */
export async function recordEvents(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  session: SessionId,
  events: readonly unknown[],
  by: Bringer,
  from: string | null = null,
): Promise<Result<{ readonly live: LiveSession; readonly items: Recorded[] }, RecordFailure>> {
  const known = liveSession(context, conference, session);
  const opened = known instanceof Promise ? await known : known;
  if (opened === null) return { ok: false, reason: 'no such session' };

  const receivedAt = context.clock();
  const judged = events.map((event) => judge(event, bridge, session));
  if (by !== 'vouched') {
    const asked = doubtsAmong(context, conference, bridge, by, devicesOf(judged));
    const doubts = asked instanceof Promise ? await asked : asked;
    if (doubts.size > 0) await holdBack(context, conference, bridge, receivedAt, judged, doubts);
  }
  const waiting: Waiting[] = [];
  for (const { event, outcome } of judged) {
    if (event === null || outcome !== null) continue;
    waiting.push({ event, receivedAt, known: opened.book.knows(event.id), from });
  }
  const written = waiting.length === 0 ? [] : await commitsOf(context.database)(waiting);
  const live = bookOf(context, session) ?? opened;

  let next = 0;
  const items = judged.map(({ id, event, outcome, reason }): Recorded => {
    if (outcome !== null) return { id, event, outcome, reason, receipt: null };
    const { outcome: became, receipt } = written[next++]!;
    return became === 'conflict'
      ? { id, event, outcome: 'conflict', reason: 'other-content', receipt: null }
      : { id, event, outcome: 'recorded', reason: null, receipt };
  });
  return ok({ live, items });
}

/** What is found of an event before the ledger sees it. */
interface Judged {
  readonly id: EventId;
  readonly event: AttendanceEvent | null;
  /** Null for one that goes into the ledger. */
  outcome: Exclude<Outcome, 'recorded'> | null;
  reason: RefusedBecause | null;
}

/** Why an event is held, as its sender is told. */
const HELD_REASONS = {
  revoked: 'device-revoked',
  unpaired: 'device-unpaired',
  unproven: 'device-unproven',
  'other-machine': 'device-unproven',
} as const satisfies Record<HeldCause, RefusedBecause>;

/** Holds what something speaks against in quarantine, outside the ledger. */
async function holdBack(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  receivedAt: Instant,
  judged: readonly Judged[],
  doubts: ReadonlyMap<DeviceId, Doubt>,
): Promise<void> {
  const entries = judged.flatMap((one) => {
    const doubt = one.event === null || one.outcome !== null ? undefined : doubts.get(one.event.device);
    return one.event === null || doubt === undefined ? [] : [{ one, event: one.event, receivedAt, doubt }];
  });
  const held = await quarantine(context, conference, bridge, entries);
  for (const [at, { one }] of entries.entries()) {
    const became = held[at];
    if (became === undefined || became.outcome === 'ledger') continue;
    one.outcome = became.outcome;
    one.reason = became.outcome === 'conflict' ? 'other-content' : HELD_REASONS[became.cause];
  }
}

function devicesOf(judged: readonly Judged[]): DeviceId[] {
  const devices: DeviceId[] = [];
  for (const { event } of judged) if (event !== null) devices.push(event.device);
  return devices;
}

const WithId = z.object({ id: EventId });
const NO_ID = EventId.parse('-');
/** The last moment of the year 9999: beyond it, and as far before 1970, no calendar can say when an event was. */
const FARTHEST_MS = 253_402_300_799_999;
/** A head count by category is read by people; more categories than this are no count. */
const MOST_CATEGORIES = 50;

/** Whether an event can go into the ledger of this bridge at all. */
function judge(input: unknown, bridge: AuthorizedBridgeId<'host'>, session: SessionId): Judged {
  const read = AttendanceEvent.safeParse(input);
  if (!read.success || !isUuid(read.data.id) || !isSound(read.data)) {
    const named = WithId.safeParse(input);
    return refused(named.success ? named.data.id : NO_ID, null, 'malformed');
  }
  const event = read.data;
  if (event.session !== session) return refused(event.id, event, 'no-such-session');
  if (event.bridge !== bridge) return refused(event.id, event, 'other-bridge');
  return { id: event.id, event, outcome: null, reason: null };
}

function refused(id: EventId, event: AttendanceEvent | null, reason: RefusedBecause): Judged {
  return { id, event, outcome: 'refused', reason };
}

function isSound(event: AttendanceEvent): boolean {
  if (Math.abs(event.at + event.offset) > FARTHEST_MS) return false;
  return event.kind !== 'count' || Object.keys(event.counts).length <= MOST_CATEGORIES;
}
