import { openBook, type AttendanceBook } from '../../domain/attendance/book.ts';
import type { AttendanceEvent, RecordedEvent } from '../../domain/attendance/event.ts';
import { personIn, walkInOf } from '../../domain/attendance/person.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, DeviceId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Soon } from '../../domain/result.ts';
import type { Taking } from '../../domain/schedule/session.ts';
import type { Instant } from '../../domain/time.ts';
import { serialsOf } from '../passes/queries.ts';
import { rosterIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionOf, sessionsOf, type SessionRecord } from '../schedule/queries.ts';
import { seatingSince } from '../seating/queries.ts';
import { askedNow, audienceOf, standingTree, type Asked } from './expected.ts';
import { lastSequence, readEvents } from './store.ts';

export type WalkInEvent = Extract<AttendanceEvent, { kind: 'walk-in' }>;

/** The last change at a door, as places in the ledger. */
export interface DoorChange {
  readonly at: number;
  /** The machine of this door that wrote it; null where it came from another door. */
  readonly device: DeviceId | null;
  /** The last change that came from anywhere else; 0 where there was none. */
  readonly others: number;
}

/** The open book of one session: what the ledger says of it, in memory. */
export interface LiveSession {
  readonly session: SessionId;
  /** All bridges of the conference. */
  readonly whole: BridgeTree;
  readonly taking: Taking;
  /** Those that stand in the session: that take part, or recorded all the same, with the levels above. `whole` where all take part. */
  tree: BridgeTree;
  readonly book: AttendanceBook;
  /** Who arrived at a bridge at any time without a seat there, first come first; walk-ins stand apart. */
  readonly visitors: Map<BridgeId, PersonId[]>;
  readonly visits: Map<PersonId, BridgeId[]>;
  /** What the doors wrote down of people of no list, by bridge; whether each still stands, the book says. */
  readonly walkIns: Map<BridgeId, Map<PersonId, WalkInEvent>>;
  /** Current serials of the passes that were issued again. */
  readonly serials: Map<PersonId, number>;
  /** How often passes were issued again to people expected at a bridge. */
  readonly reissues: Map<BridgeId, number>;
  /** When the seat numbers of a bridge changed last; none where they never did. */
  readonly seating: Map<BridgeId, number>;
  /** Up to here all changes of seat numbers are known. */
  seatingUpTo: number;
  asked: Asked;
  /** Place in the ledger of the last event that the book knows. */
  sequence: number;
  /** What last changed anything at a bridge's door. */
  readonly changedAt: Map<BridgeId, DoorChange>;
  /** Up to here the book has seen the whole ledger; another process may have written between here and `sequence`. */
  readUpTo: number;
}

/** An event that has come into the ledger. */
export interface News {
  readonly recorded: RecordedEvent;
  readonly sequence: number;
  /** The socket that sent it, which knows it already; null where it came another way. */
  readonly from: string | null;
}

/** What has changed in a session: the bridges whose figures moved, and the events that did it. */
export interface Change {
  readonly live: LiveSession;
  readonly moved: readonly BridgeId[];
  /** Null where the book was opened anew, or other bridges stand in the session: everything may be different. */
  readonly news: readonly News[] | null;
  /** Whose pass was issued again. */
  readonly reissued?: PersonId;
  /** Where seat numbers were changed. */
  readonly renumbered?: BridgeId;
}
export type Listener = (change: Change) => void;

interface Shelf {
  readonly books: Map<SessionId, Opened>;
  readonly listeners: Set<Listener>;
}
interface Opened {
  readonly conference: ConferenceId;
  readonly lookedAt: Instant;
  readonly live: Promise<LiveSession | null>;
  /** The same once it is there: whoever has to be quick does not wait for a promise. */
  ready: LiveSession | null;
}

/** Another process (the command line) may write to the same ledger, or place people anew: noticed after this long. */
export const LOOK_AGAIN_MS = 2000;

/** A book that nobody has asked for so long is let go; the ledger has everything that it said. */
const UNUSED_MS = 3_600_000;

const shelves = new WeakMap<Database, Shelf>();

function shelfOf(database: Database): Shelf {
  const known = shelves.get(database);
  if (known !== undefined) return known;
  const shelf: Shelf = { books: new Map(), listeners: new Set() };
  shelves.set(database, shelf);
  return shelf;
}

/**
 * The book of a session, opened from the ledger on first use and kept. Every two seconds of use it takes in what another
 * process has written, and is opened anew where seats, roster or bridges have changed. Null where the conference has no
 * such session, or no bridges yet.
 */
export function liveSession(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Soon<LiveSession | null> {
  const { books } = shelfOf(context.database);
  const known = books.get(session);
  if (known !== undefined && known.conference !== conference) return null;
  const now = context.clock();
  // A clock that was put back must not keep a book from looking for hours.
  if (known !== undefined && Math.abs(now - known.lookedAt) < LOOK_AGAIN_MS) return known.ready ?? known.live;
  for (const [unused, { lookedAt }] of books) if (now - lookedAt > UNUSED_MS) books.delete(unused);
  // Whoever comes while this one is being opened waits for it: there is never a second book of a session.
  const live = renew(context, conference, session, known?.live ?? null);
  const opened: Opened = { conference, lookedAt: now, live, ready: null };
  books.set(session, opened);
  const forget = (): void => {
    if (books.get(session) === opened) books.delete(session);
  };
  const keep = (found: LiveSession | null): void => {
    opened.ready = found;
    if (found === null) forget();
  };
  live.then(keep, forget);
  return live;
}

async function renew(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
  earlier: Promise<LiveSession | null> | null,
): Promise<LiveSession | null> {
  const before = await earlier?.catch(() => null);
  const record = await sessionOf(context, conference, session);
  if (record === null) return null;
  const heardNow = () => mainBooks(context, conference);
  // Read before what it speaks of: a change in between makes the book open once more, never stay behind.
  const asked = await askedNow(context, conference, record, before?.asked ?? null, heardNow);
  if (before != null && before.asked.revision === asked.revision) {
    before.asked = asked;
    await Promise.all([takeIn(context, before), takeInSeating(context, conference, before)]);
    return before;
  }
  const live = await open(context, conference, record, asked);
  if (before != null && live !== null) {
    tell(context.database, { live, moved: live.tree.bridges.map(({ id }) => id), news: null });
  }
  return live;
}

async function open(
  context: Context,
  conference: AuthorizedConferenceId,
  record: SessionRecord,
  asked: Asked,
): Promise<LiveSession | null> {
  const [audience, roster, serials] = await Promise.all([
    audienceOf(context, conference, record, () => mainBooks(context, conference)),
    rosterIds(context, conference),
    serialsOf(context, conference),
  ]);
  if (audience === null) return null;
  const { whole, taking, expected } = audience;
  const live: LiveSession = {
    session: record.id,
    whole,
    taking,
    tree: standingTree(whole, taking, []),
    book: openBook(whole, expected, roster, taking),
    visitors: new Map(),
    visits: new Map(),
    walkIns: new Map(),
    serials: new Map(),
    reissues: new Map(),
    seating: new Map(),
    seatingUpTo: 0,
    asked,
    sequence: 0,
    changedAt: new Map(),
    readUpTo: 0,
  };
  for (const [person, serial] of serials) noteSerial(live, person, serial);
  await Promise.all([takeIn(context, live), takeInSeating(context, conference, live)]);
  return live;
}

/** The open books of all sessions of a conference, without rehearsals, line tests and follow-up sessions; empty before the first. */
export async function mainBooks(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<LiveSession[]> {
  const sessions = await sessionsOf(context, conference);
  const books = await Promise.all(
    sessions
      .filter(({ kind }) => kind === 'session')
      .map(async ({ id }) => await liveSession(context, conference, id)),
  );
  return books.filter((live) => live !== null);
}

/** Takes in at which bridges seat numbers have changed, and tells their doors. */
async function takeInSeating(context: Context, conference: ConferenceId, live: LiveSession): Promise<void> {
  for (const { bridge, revision } of await seatingSince(context, conference, live.seatingUpTo)) {
    live.seatingUpTo = revision;
    noteSeating(context.database, live, bridge, revision);
  }
}

/** Enters after its commit that seat numbers of a bridge were changed, and tells its doors. */
export function enterSeating(
  { database }: Context,
  conference: ConferenceId,
  bridge: BridgeId,
  revision: number,
): void {
  for (const opened of shelfOf(database).books.values()) {
    if (opened.conference !== conference) continue;
    // One that is being opened may have read the revisions already. Whoever opens it hears of a failure.
    if (opened.ready !== null) noteSeating(database, opened.ready, bridge, revision);
    else {
      const note = (live: LiveSession | null) => live && noteSeating(database, live, bridge, revision);
      opened.live.then(note, () => undefined);
    }
  }
}

function noteSeating(database: Database, live: LiveSession, bridge: BridgeId, revision: number): void {
  if (revision <= (live.seating.get(bridge) ?? 0)) return;
  live.seating.set(bridge, revision);
  tell(database, { live, moved: [], news: [], renumbered: bridge });
}

/** Enters after its commit that somebody's pass was issued again, and tells the doors that show them. */
export function enterReissue(
  { database }: Context,
  conference: ConferenceId,
  person: PersonId,
  serial: number,
): void {
  for (const opened of shelfOf(database).books.values()) {
    if (opened.conference !== conference) continue;
    const note = (live: LiveSession | null): void => {
      if (live === null || !noteSerial(live, person, serial)) return;
      tell(database, { live, moved: [], news: [], reissued: person });
    };
    if (opened.ready !== null) note(opened.ready);
    // One that is being opened may have read the serials already. Whoever opens it hears of a failure.
    else opened.live.then(note, () => undefined);
  }
}

function noteSerial({ serials, reissues, book }: LiveSession, person: PersonId, serial: number): boolean {
  const before = serials.get(person) ?? 1;
  if (serial <= before) return false;
  serials.set(person, serial);
  const seat = book.seat(person);
  if (seat !== null) reissues.set(seat, (reissues.get(seat) ?? 0) + serial - before);
  return true;
}

/** Takes in what the ledger has after the book's place in it, and tells the listeners. */
async function takeIn(context: Context, live: LiveSession): Promise<void> {
  const { read } = context.database;
  const end = await lastSequence(read);
  if (end <= live.readUpTo) return;
  for await (const rows of readEvents(read, live.session, live.readUpTo, end)) {
    if (rows.length > 0)
      add(
        context.database,
        live,
        rows.map((row) => ({ ...row, from: null })),
      );
  }
  live.readUpTo = Math.max(live.readUpTo, end);
}

/**
 * Enters events after the commit that holds them into the book of their session as it is by now. Nothing is lost when one
 * was taken in already: the book is a set, and a repetition changes nothing.
 */
export function enter(database: Database, session: SessionId, news: readonly News[]): Soon<void> {
  const opened = shelfOf(database).books.get(session);
  if (opened === undefined) return undefined;
  if (opened.ready !== null) return enterInto(database, opened.ready, news);
  return opened.live.then((live) => (live === null ? undefined : enterInto(database, live, news)));
}

function enterInto(database: Database, live: LiveSession, news: readonly News[]): void {
  for (const { sequence } of news) if (sequence === live.readUpTo + 1) live.readUpTo = sequence;
  add(database, live, news);
}

/** The book of a session as it is by now, where one is open. */
export function bookOf({ database }: Context, session: SessionId): LiveSession | null {
  return shelfOf(database).books.get(session)?.ready ?? null;
}

function add(database: Database, live: LiveSession, news: readonly News[]): void {
  const moved = live.book.addAll(news.map(({ recorded }) => recorded));
  for (const { recorded, sequence } of news) {
    const { event } = recorded;
    live.sequence = Math.max(live.sequence, sequence);
    if (event.kind === 'arrive') noteVisit(live, event.person, event.bridge);
    if (event.kind === 'walk-in') {
      const here = live.walkIns.get(event.bridge) ?? new Map<PersonId, WalkInEvent>();
      live.walkIns.set(event.bridge, here.set(walkInOf(event.id), event));
    }
    noteChange(live, event.bridge, event.device);
    for (const bridge of otherDoors(live, event)) {
      if (bridge !== event.bridge) noteChange(live, bridge, null);
    }
  }
  const hasGrown = live.taking !== 'all' && takeInStrangers(live, news);
  tell(database, { live, moved, news });
  if (hasGrown) tell(database, { live, moved: live.tree.bridges.map(({ id }) => id), news: null });
}

/** A bridge that records and takes no part stands in the session from then on. Gives back whether there was one. */
function takeInStrangers(live: LiveSession, news: readonly News[]): boolean {
  const { tree, whole, taking } = live;
  const strangers = news.flatMap(({ recorded: { event } }) =>
    tree.get(event.bridge) === undefined && whole.get(event.bridge) !== undefined ? [event.bridge] : [],
  );
  if (strangers.length === 0) return false;
  live.tree = standingTree(whole, taking, [...tree.bridges.map(({ id }) => id), ...strangers]);
  return true;
}

function noteChange({ changedAt, sequence }: LiveSession, bridge: BridgeId, device: DeviceId | null): void {
  const before = changedAt.get(bridge);
  const isSame = before !== undefined && before.device === device;
  changedAt.set(bridge, { at: sequence, device, others: isSame ? before.others : (before?.at ?? 0) });
}

/**
 * Place in the ledger of the last event that changed anything at a bridge's door; of those that a machine did not write
 * itself, where one is given. 0 where there is none.
 */
export function lastChangeAt({ changedAt }: LiveSession, bridge: BridgeId, besides?: DeviceId): number {
  const last = changedAt.get(bridge);
  if (last === undefined) return 0;
  return besides !== undefined && last.device === besides ? last.others : last.at;
}

const NO_DOORS: readonly BridgeId[] = [];

/** The doors beside its own whose rows an event touches: where its person has a seat, and wherever else they came. */
export function otherDoors(live: LiveSession, event: AttendanceEvent): readonly BridgeId[] {
  const person = personIn(event) ?? live.book.subject(event.id);
  if (person === null || (live.book.seat(person) === event.bridge && !live.visits.has(person)))
    return NO_DOORS;
  return doorsOf(live, person);
}

function noteVisit({ book, visitors, visits }: LiveSession, person: PersonId, bridge: BridgeId): void {
  if (book.seat(person) === bridge) return;
  const bridges = visits.get(person) ?? [];
  if (bridges.includes(bridge)) return;
  visits.set(person, [...bridges, bridge]);
  const others = visitors.get(bridge);
  if (others === undefined) visitors.set(bridge, [person]);
  else others.push(person);
}

/** The bridges whose doors show a person: where they have a seat, and wherever else they came. */
export function doorsOf({ book, visits }: LiveSession, person: PersonId): readonly BridgeId[] {
  const seat = book.seat(person);
  const visited = visits.get(person) ?? [];
  return seat === null ? visited : [seat, ...visited];
}

function tell(database: Database, change: Change): void {
  for (const listener of shelfOf(database).listeners) listener(change);
}

/** Calls `listener` after each change of any book; the answer ends it. */
export function listen(database: Database, listener: Listener): () => void {
  const { listeners } = shelfOf(database);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
