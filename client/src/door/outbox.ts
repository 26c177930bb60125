import { Dexie, type EntityTable, liveQuery } from 'dexie';

import type { AttendanceEvent, Flag } from '../../../domain/attendance/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { BridgeState, DoorRow, RecordAnswer, TallyFigures } from '../../../domain/wire/attendance.ts';

/** Which door: one bridge in one session of one conference. */
export interface Place {
  readonly conference: string;
  readonly session: string;
  readonly bridge: string;
}

export function placeKey({ conference, session, bridge }: Place): string {
  return `${conference}/${session}/${bridge}`;
}

/**
 * An event on this device. `waiting` until the server has acknowledged it; `refused` where it would not have it: kept
 * and shown, never dropped; `done` afterwards, so that it can still be undone from here.
 */
export interface KeptEvent {
  id: string;
  place: string;
  conference: string;
  session: string;
  bridge: string;
  state: 'waiting' | 'refused' | 'done';
  event: AttendanceEvent;
  /** Whom it speaks of, for the page. */
  name: string;
  message: string | null;
  flags: Flag[];
}

/** What the door last knew, so that it comes up again without a line. */
export interface Snapshot {
  place: string;
  bridgeName: string;
  bridgeState: BridgeState;
  people: DoorRow[];
  walkIns: { id: string; name: string; unit: string; since: Instant }[];
  counted: Record<string, number>;
  tally: TallyFigures | null;
  sequence: number;
  at: Instant;
}

/** What this device last counted at its counting point. */
export interface Counter {
  place: string;
  point: string;
  counts: Record<string, number>;
}

class Outbox extends Dexie {
  declare events: EntityTable<KeptEvent, 'id'>;
  declare snapshots: EntityTable<Snapshot, 'place'>;
  declare counters: EntityTable<Counter, 'place'>;
}

/** Strict: what is in the outbox is on the disk, not in a cache of the browser, before the page says so. */
const database = new Outbox('nhipcau-door', { chromeTransactionDurability: 'strict' });
database.version(1).stores({ events: 'id, state, place', snapshots: 'place', counters: 'place' });

const KEEP_DONE_MS = 36 * 3600_000;

/** Keeps an event; once this resolves, a reload or a dead battery does not lose it. */
export async function keepEvent(place: Place, event: AttendanceEvent, name: string): Promise<void> {
  await database.events.add({
    ...place,
    id: event.id,
    place: placeKey(place),
    state: 'waiting',
    // A copy: Dexie may write into what it is given.
    event: structuredClone(event),
    name,
    message: null,
    flags: [],
  });
}

/** Waiting events of one door, oldest first; the door with the oldest event comes first. Leaves out the doors given. */
export async function nextBatch(most: number, without: ReadonlySet<string>): Promise<KeptEvent[]> {
  const all = await database.events.where('state').equals('waiting').sortBy('id');
  const waiting = all.filter((kept) => !without.has(kept.place));
  const place = waiting[0]?.place;
  return waiting.filter((kept) => kept.place === place).slice(0, most);
}

/** How many events wait on this device, over all doors. */
export async function waitingCount(): Promise<number> {
  return await database.events.where('state').equals('waiting').count();
}

/** Forgets the lists of people at the end of a sign-in; what the server has not acknowledged stays. */
export async function forgetPeople(): Promise<void> {
  await database.snapshots.clear();
  await database.counters.clear();
  await database.events.where('state').equals('done').delete();
}

/** Writes down what the server answered, in one go; returns to how many events that was an answer. */
export async function settle(answers: readonly RecordAnswer[]): Promise<number> {
  return await database.events.bulkUpdate(
    answers.map(({ id, outcome, message, flags }) => ({
      key: id,
      changes: { state: outcome === 'recorded' ? 'done' : 'refused', message, flags },
    })),
  );
}

/** Forgets acknowledged events that nobody will undo from here any more. */
export async function forgetOld(now: number): Promise<void> {
  await database.events
    .where('state')
    .equals('done')
    .and((kept) => kept.event.at < now - KEEP_DONE_MS)
    .delete();
}

/** Puts a refused event out of sight, after a person has read why. */
export async function dismiss(id: string): Promise<void> {
  await database.events.update(id, { state: 'done' });
}

/** Tells all events of a door, and again whenever they change, in any tab. */
export function watchEvents(place: Place, tell: (events: KeptEvent[]) => void): () => void {
  const watching = liveQuery(() => database.events.where('place').equals(placeKey(place)).sortBy('id'));
  const subscription = watching.subscribe(tell);
  return () => subscription.unsubscribe();
}

export async function readSnapshot(place: Place): Promise<Snapshot | undefined> {
  return await database.snapshots.get(placeKey(place));
}

export async function keepSnapshot(snapshot: Snapshot): Promise<void> {
  await database.snapshots.put(structuredClone(snapshot));
}

export async function readCounter(place: Place): Promise<Counter | undefined> {
  return await database.counters.get(placeKey(place));
}

export async function keepCounter(counter: Counter): Promise<void> {
  await database.counters.put(structuredClone(counter));
}
