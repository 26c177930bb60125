import { seatTraces, takeBackSeats, type SeatDeed, type SeatTrace } from '../../domain/seating/change.ts';
import { readSeatRows, type SeatFault } from '../../domain/seating/import.ts';
import type { SeatLayout } from '../../domain/seating/layout.ts';
import { readSeatNumber, type SeatNumber } from '../../domain/seating/number.ts';
import { numberSeats, type Guest, type Numbering } from '../../domain/seating/numbering.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { SheetRow } from '../../domain/units/columns.ts';
import type { SeatsRevision } from '../../domain/wire/seating.ts';
import { enterSeating } from '../attendance/live.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { wasDeleted } from '../retention/queries.ts';
import { hallOf, type Hall } from './queries.ts';
import {
  deleteNumbers,
  freeNumbers,
  insertChange,
  markUndone,
  raiseRevision,
  readNumbers,
  readTraces,
  writeNumber,
  writeTraces,
} from './store.ts';

type Organizing = AuthorizedBridgeId<'organize'>;

export type SeatingFailure =
  /** People or numbers are not any more what was looked at. */
  | { readonly reason: 'changed meanwhile' }
  /** Deleted after their retention period. */
  | { readonly reason: 'names deleted' };

export type SetSeatFailure =
  | SeatingFailure
  | { readonly reason: 'not expected here' }
  | { readonly reason: 'not a number' }
  | { readonly reason: 'taken'; readonly number: SeatNumber; readonly holder: string };

/** Gives somebody the seat number that was typed, or takes theirs away where nothing was. */
export async function setSeatNumber(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  person: PersonId,
  { was, number: typed }: { readonly was: SeatNumber | null; readonly number: string },
): Promise<Result<SeatNumber | null, SetSeatFailure>> {
  const number = readSeatNumber(typed);
  if (number === null && typed.trim() !== '') return { ok: false, reason: 'not a number' };
  return await inHall<SeatNumber | null, SetSeatFailure>(
    context,
    conference,
    bridge,
    async (hall, connection) => {
      const guest = hall.guests.find((one) => one.person === person);
      if (guest === undefined) return { ok: false, reason: 'not expected here' };
      if (guest.number === number) return ok({ value: number, changed: false });
      if (guest.number !== was) return { ok: false, reason: 'changed meanwhile' };
      if (number === null) await deleteNumbers(connection, conference, [person]);
      else if (!(await writeNumber(connection, conference, bridge, person, number))) {
        const holder = hall.guests.find((one) => one.number === number)?.name ?? '';
        return { ok: false, reason: 'taken', number, holder };
      }
      context.audit.note({ on: { person }, before: { seatNumber: was }, after: { seatNumber: number } });
      return ok({ value: number, changed: true });
    },
  );
}

/** What a deed did to the numbers of a bridge. */
export interface SeatDeedDone {
  readonly changed: number;
  /** Under which name it can be taken back; null where all were so already. */
  readonly change: string | null;
}

/**
 * Numbers the seats of a bridge, as one deed.
 *
 * @param seen of what was looked at; null takes things as they stand
 */
export async function numberBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  layout: SeatLayout,
  seen: SeatsRevision | null,
): Promise<Result<SeatDeedDone & { readonly numbering: Numbering }, SeatingFailure>> {
  return await inHall<SeatDeedDone & { readonly numbering: Numbering }, SeatingFailure>(
    context,
    conference,
    bridge,
    async (hall, connection) => {
      if (seen !== null && seen !== hall.revision) return { ok: false, reason: 'changed meanwhile' };
      const numbering = numberSeats(hall.guests, layout);
      const at = { context, connection, conference, bridge };
      const done = await writeDeed(at, hall.guests, numbering.numbers, 'numbered');
      return ok({ value: { ...done, numbering }, changed: done.changed > 0 });
    },
  );
}

/**
 * Gives one person's number to another, in the caller's transaction, before they change seats. Gives the revision to tell open doors of
 * after the commit (`enterSeating`); null where there was no number.
 */
export async function handNumberOver(
  connection: Connection,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  from: PersonId,
  to: PersonId,
): Promise<number | null> {
  const number = (await readNumbers(connection, conference, bridge, [from])).get(from);
  if (number === undefined) return null;
  await deleteNumbers(connection, conference, [from, to]);
  await writeNumber(connection, conference, bridge, to, number);
  return await raiseRevision(connection, conference, bridge);
}

/** Takes all seat numbers of a bridge away, as one deed. */
export async function clearBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  seen: SeatsRevision | null,
): Promise<Result<SeatDeedDone, SeatingFailure>> {
  return await inHall<SeatDeedDone, SeatingFailure>(context, conference, bridge, async (hall, connection) => {
    if (seen !== null && seen !== hall.revision) return { ok: false, reason: 'changed meanwhile' };
    const at = { context, connection, conference, bridge };
    const done = await writeDeed(at, hall.guests, new Map(), 'cleared');
    return ok({ value: done, changed: done.changed > 0 });
  });
}

/** What a file says, and whether it was taken over. */
export interface SeatImport {
  readonly revision: SeatsRevision;
  readonly guests: readonly Guest[];
  readonly traces: readonly SeatTrace[];
  readonly faults: readonly SeatFault[];
  readonly imported: boolean;
  readonly change: string | null;
}

/** Rows of a file as they were sent, and what is to become of them. */
export interface SentSeats {
  readonly rows: readonly SheetRow[];
  /** Whether every row of the file could be read. */
  readonly isWhole: boolean;
  /** Only look, write nothing. */
  readonly dryRun: boolean;
  readonly seen: SeatsRevision | null;
}

/** Takes seat numbers out of a file, as one deed: all of it, or nothing where anything is wrong or it is only looked at. */
export async function importSeats(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  { rows, isWhole, dryRun, seen }: SentSeats,
): Promise<Result<SeatImport, SeatingFailure>> {
  return await inHall<SeatImport, SeatingFailure>(context, conference, bridge, async (hall, connection) => {
    if (seen !== null && seen !== hall.revision) return { ok: false, reason: 'changed meanwhile' };
    const { numbers, faults } = readSeatRows(rows, hall.guests);
    const traces = seatTraces(numbersOf(hall.guests), numbers);
    const told = { revision: hall.revision, guests: hall.guests, traces, faults };
    if (dryRun || !isWhole || faults.length > 0) {
      return ok({ value: { ...told, imported: false, change: null }, changed: false });
    }
    const at = { context, connection, conference, bridge };
    const done = await writeDeed(at, hall.guests, numbers, 'imported');
    return ok({ value: { ...told, imported: true, change: done.change }, changed: done.changed > 0 });
  });
}

export type UndoSeatsFailure =
  | SeatingFailure
  | { readonly reason: 'no such change' | 'undone already' | 'changed since' };

/** Takes a deed back, as far as nobody has changed the same numbers since. */
export async function undoSeats(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  id: string,
): Promise<Result<{ readonly changed: number; readonly left: number }, UndoSeatsFailure>> {
  return await inHall<{ readonly changed: number; readonly left: number }, UndoSeatsFailure>(
    context,
    conference,
    bridge,
    async ({ guests }, connection) => {
      const kept = await readTraces(connection, conference, bridge, id);
      if (kept === null) return { ok: false, reason: 'no such change' };
      if (kept.isUndone) return { ok: false, reason: 'undone already' };
      const back = takeBackSeats(numbersOf(guests), kept.traces);
      if (!back.ok) return back;
      const { traces, left } = back.value;
      await writeTraces(connection, conference, bridge, traces);
      await markUndone(connection, id, context.clock());
      context.audit.note({ after: { change: id, people: traces.length, left } });
      return ok({ value: { changed: traces.length, left }, changed: true });
    },
  );
}

function numbersOf(guests: readonly Guest[]): Map<PersonId, SeatNumber | null> {
  return new Map(guests.map(({ person, number }) => [person, number]));
}

interface Place {
  readonly context: Context;
  readonly connection: Connection;
  readonly conference: AuthorizedConferenceId;
  readonly bridge: Organizing;
}

/** Writes the numbers that differ, and keeps what was done so that it can be taken back. */
async function writeDeed(
  { context, connection, conference, bridge }: Place,
  guests: readonly Guest[],
  after: ReadonlyMap<PersonId, SeatNumber>,
  deed: SeatDeed,
): Promise<SeatDeedDone> {
  const traces = seatTraces(numbersOf(guests), after);
  const changed = traces.length;
  if (changed === 0) return { changed, change: null };
  await writeTraces(connection, conference, bridge, traces);
  const change = context.newId();
  const by = context.actor?.account ?? null;
  const record = { id: change, at: context.clock(), by, deed, people: changed };
  await insertChange(connection, conference, bridge, record, traces);
  const had = guests.filter(({ number }) => number !== null).length;
  context.audit.note({ before: { numbered: had }, after: { numbered: after.size } });
  return { changed, change };
}

type Work<Value, Failure extends { readonly reason: string }> = (
  hall: Hall,
  connection: Connection,
) => Promise<Result<{ readonly value: Value; readonly changed: boolean }, Failure>>;

/**
 * Works on the seat numbers of a bridge as they stand, all of it or nothing: whoever comes at the same moment waits. Where any was changed,
 * open doors hear of it after the commit.
 */
async function inHall<Value, Failure extends { readonly reason: string }>(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  work: Work<Value, Failure | SeatingFailure>,
): Promise<Result<Value, Failure | SeatingFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  let revision: number | null = null;
  const worked = await transaction(context.database, async (connection) => {
    await freeNumbers(connection, conference, bridge);
    const hall = await hallOf(context, conference, bridge, connection);
    const done = await work(hall, connection);
    if (done.ok && done.value.changed) revision = await raiseRevision(connection, conference, bridge);
    return done;
  });
  if (revision !== null) enterSeating(context, conference, bridge, revision);
  return worked.ok ? ok(worked.value.value) : worked;
}
