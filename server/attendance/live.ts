import { openBook, type AttendanceBook } from '../../domain/attendance/book.ts';
import type { AttendanceEvent, RecordedEvent } from '../../domain/attendance/event.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, PersonId, SessionId } from '../../domain/ids.ts';
import { walkInOf } from '../../domain/attendance/person.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { expectedOf, seatsRevision } from '../composition/queries.ts';
import { peopleOf } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { lastSequence, readEvents } from './store.ts';

export type WalkInEvent = Extract<AttendanceEvent, { kind: 'walk-in' }>;

/** The open book of one session: what the ledger says of it, in memory. */
export interface LiveSession {
  readonly session: SessionId;
  readonly tree: BridgeTree;
  readonly book: AttendanceBook;
  /** Where everybody who has a seat is expected. */
  readonly seats: ReadonlyMap<PersonId, BridgeId>;
  /** What the doors wrote down of people of no list, by bridge; whether each still stands, the book says. */
  readonly walkIns: Map<BridgeId, Map<PersonId, WalkInEvent>>;
  /** Place in the ledger of the last event that the book knows. */
  sequence: number;
  /** Up to here the book has seen the whole ledger; another process may have written between here and `sequence`. */
  readUpTo: number;
}

/** Told after each commit: whose figures moved, and by which events. */
export type Listener = (
  live: LiveSession,
  moved: ReadonlySet<BridgeId>,
  events: readonly RecordedEvent[],
) => void;

interface Shelf {
  readonly books: Map<
    SessionId,
    { readonly seats: string; lookedAt: number; readonly live: Promise<LiveSession> }
  >;
  readonly listeners: Set<Listener>;
}

/** Another process (the command line) may write to the same ledger, or place people anew: noticed after this long. */
const LOOK_AGAIN_MS = 2000;

const shelves = new WeakMap<Database, Shelf>();

function shelfOf(database: Database): Shelf {
  const known = shelves.get(database);
  if (known !== undefined) return known;
  const shelf: Shelf = { books: new Map(), listeners: new Set() };
  shelves.set(database, shelf);
  return shelf;
}

/**
 * The book of a session, opened from the ledger on first use and kept. It is opened anew when the bridges or the
 * placements have changed since, and takes in what another process has written.
 */
export async function liveSession(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<LiveSession | null> {
  const { books } = shelfOf(context.database);
  const known = books.get(session);
  // Long runs of events come in between two looks; a look costs three small queries.
  const now = context.clock();
  if (known !== undefined && now - known.lookedAt < LOOK_AGAIN_MS) return known.live;
  const tree = await bridgeTreeOf(context, conference);
  if (tree === null) return null;
  const seats = await seatsRevision(context, conference);
  if (known !== undefined && known.seats === seats) {
    known.lookedAt = now;
    const live = await known.live;
    await takeIn(context, live);
    return live;
  }
  const live = open(context, conference, session, tree);
  books.set(session, { seats, lookedAt: now, live });
  live.catch(() => books.delete(session));
  return live;
}

async function open(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
  tree: BridgeTree,
): Promise<LiveSession> {
  const [expected, people] = await Promise.all([
    expectedOf(context, conference),
    peopleOf(context, conference),
  ]);
  const book = openBook(
    tree,
    expected,
    people.map((person) => person.id),
  );
  const seats = new Map(expected.map((seat) => [seat.person, seat.bridge]));
  const live: LiveSession = { session, tree, book, seats, walkIns: new Map(), sequence: 0, readUpTo: 0 };
  await takeIn(context, live);
  return live;
}

/** Takes in what the ledger has after the book's sequence, and tells the listeners. */
async function takeIn(context: Context, live: LiveSession): Promise<void> {
  const { read } = context.database;
  const end = await lastSequence(read);
  if (end === live.readUpTo) return;
  const news: RecordedEvent[] = [];
  for await (const { sequence, recorded } of readEvents(read, live.session, live.readUpTo, end)) {
    news.push(recorded);
    live.sequence = Math.max(live.sequence, sequence);
  }
  live.readUpTo = Math.max(live.readUpTo, end);
  if (news.length > 0) tell(context.database, live, news);
}

/**
 * Enters events into the book after the commit that holds them. Nothing is lost when one was taken in already: the book
 * is a set, and a repetition changes nothing.
 */
export function enter(
  context: Context,
  live: LiveSession,
  entries: readonly { readonly recorded: RecordedEvent; readonly sequence: number }[],
): void {
  for (const { sequence } of entries) {
    live.sequence = Math.max(live.sequence, sequence);
    if (sequence === live.readUpTo + 1) live.readUpTo = sequence;
  }
  tell(
    context.database,
    live,
    entries.map((entry) => entry.recorded),
  );
}

function tell(database: Database, live: LiveSession, events: readonly RecordedEvent[]): void {
  for (const { event } of events) {
    if (event.kind !== 'walk-in') continue;
    const here = live.walkIns.get(event.bridge) ?? new Map<PersonId, WalkInEvent>();
    live.walkIns.set(event.bridge, here.set(walkInOf(event.id), event));
  }
  const moved = new Set(live.book.addAll(events));
  for (const listener of shelfOf(database).listeners) listener(live, moved, events);
}

/** Calls `listener` after each commit that moved something; the answer ends it. */
export function listen(database: Database, listener: Listener): () => void {
  const { listeners } = shelfOf(database);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
