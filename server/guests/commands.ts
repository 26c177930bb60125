import {
  guestFaults,
  guestKey,
  MOST_GUESTS,
  tidyGuest,
  type GuestAnswer,
  type GuestDraft,
  type GuestFault,
  type GuestList,
} from '../../domain/guests/guest.ts';
import { readGuestRows, type GuestRowFault } from '../../domain/guests/import.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { SheetRow } from '../../domain/units/columns.ts';
import { withdrawWaiting } from '../mail/commands.ts';
import { lettersChanged } from '../mail/live.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { wasDeleted } from '../retention/queries.ts';
import { GUEST } from './letters.ts';
import {
  deleteGuest,
  insertGuests,
  readGuest,
  readGuests,
  updateGuest,
  updateStanding,
  type StoredGuest,
} from './store.ts';

type Organizing = AuthorizedConferenceId<'organize'>;

export interface NoSuchGuest {
  readonly reason: 'no such guest';
}

export type GuestFailure =
  | { readonly reason: 'has faults'; readonly faults: readonly GuestFault[] }
  | { readonly reason: 'in the list already' | 'too many' | 'no such guest' }
  /** Deleted after their retention period. */
  | { readonly reason: 'names deleted' };

/** Adds somebody to a list. */
export async function addGuest(
  context: Context,
  conference: Organizing,
  list: GuestList,
  given: GuestDraft,
): Promise<Result<StoredGuest, GuestFailure>> {
  const guest = newGuest(context, list, tidyGuest(given));
  const faults = guestFaults(list, guest.draft);
  if (faults.length > 0) return { ok: false, reason: 'has faults', faults };
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  return await unlessTwice(context, async (db) => {
    const there = await readGuests(db, conference);
    if (there.filter((one) => one.list === list).length >= MOST_GUESTS)
      return { ok: false, reason: 'too many' };
    await insertGuests(db, conference, [guest], context.clock());
    context.audit.note({ on: { guest: guest.id }, after: { list, ...guest.draft } });
    return ok(guest);
  });
}

function newGuest({ newId }: Pick<Context, 'newId'>, list: GuestList, draft: GuestDraft): StoredGuest {
  return { id: newId(), list, draft, answer: null, arrivedAt: null };
}

/** Changes what is written of a guest. */
export async function changeGuest(
  context: Context,
  conference: Organizing,
  id: string,
  given: GuestDraft,
): Promise<Result<StoredGuest, GuestFailure>> {
  return await unlessTwice(context, async (db) => {
    const before = await readGuest(db, conference, id);
    if (before === null) return { ok: false, reason: 'no such guest' };
    const guest: StoredGuest = { ...before, draft: tidyGuest(given) };
    const faults = guestFaults(guest.list, guest.draft);
    if (faults.length > 0) return { ok: false, reason: 'has faults', faults };
    await updateGuest(db, conference, guest);
    context.audit.note({ on: { guest: id }, before: { ...before.draft }, after: { ...guest.draft } });
    return ok(guest);
  });
}

/** Enters what a guest answered and whether they have come. The moment at which they came stays the first one. */
export async function setGuestStanding(
  context: Context,
  conference: Organizing,
  id: string,
  { answer, arrived }: { readonly answer: GuestAnswer | null; readonly arrived: boolean },
): Promise<Result<StoredGuest, NoSuchGuest>> {
  return await transaction(context.database, async (db) => {
    const before = await readGuest(db, conference, id);
    if (before === null) return { ok: false, reason: 'no such guest' };
    const arrivedAt = arrived ? (before.arrivedAt ?? context.clock()) : null;
    const guest: StoredGuest = { ...before, answer, arrivedAt };
    await updateStanding(db, conference, guest);
    context.audit.note({
      on: { guest: id },
      before: { answer: before.answer, arrived: before.arrivedAt !== null },
      after: { answer, arrived },
    });
    return ok(guest);
  });
}

/** Takes somebody off their list. A letter to them that waits does not go. */
export async function removeGuest(
  context: Context,
  conference: Organizing,
  id: string,
): Promise<Result<null, NoSuchGuest>> {
  const done = await transaction(context.database, async (db): Promise<Result<null, NoSuchGuest>> => {
    const before = await readGuest(db, conference, id);
    if (before === null) return { ok: false, reason: 'no such guest' };
    await deleteGuest(db, conference, id);
    await withdrawWaiting(db, context, { kind: GUEST, id });
    context.audit.note({ on: { guest: id }, before: { list: before.list, ...before.draft } });
    return ok(null);
  });
  if (done.ok) await lettersChanged(context.database);
  return done;
}

async function unlessTwice(
  { database }: Context,
  work: Parameters<typeof transaction<Result<StoredGuest, GuestFailure>>>[1],
): Promise<Result<StoredGuest, GuestFailure>> {
  try {
    return await transaction(database, work);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { ok: false, reason: 'in the list already' };
  }
}

/** Rows of a file, and whether all of it could be read. */
export interface SentGuests {
  readonly list: GuestList;
  readonly rows: readonly SheetRow[];
  readonly isWhole: boolean;
  readonly dryRun: boolean;
}

export interface ImportedGuests {
  readonly added: number;
  readonly known: number;
  readonly faults: readonly GuestRowFault[];
  readonly imported: boolean;
}

export type ImportFailure = { readonly reason: 'names deleted' | 'too many' };

/** Adds the guests of a file to a list, all of them or none; those that it has already stay as they are. */
export async function importGuests(
  context: Context,
  conference: Organizing,
  { list, rows, isWhole, dryRun }: SentGuests,
): Promise<Result<ImportedGuests, ImportFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const { guests, faults } = readGuestRows(list, rows);
  return await transaction(context.database, async (db): Promise<Result<ImportedGuests, ImportFailure>> => {
    const own = (await readGuests(db, conference)).filter((one) => one.list === list);
    const there = new Set(own.map(({ draft }) => guestKey(draft)));
    const fresh = guests.filter((guest) => !there.has(guestKey(guest)));
    const counts = { added: fresh.length, known: guests.length - fresh.length, faults };
    if (own.length + fresh.length > MOST_GUESTS) return { ok: false, reason: 'too many' };
    if (dryRun || !isWhole || faults.length > 0) return ok({ ...counts, imported: false });
    const made = fresh.map((draft) => newGuest(context, list, draft));
    await insertGuests(db, conference, made, context.clock());
    context.audit.note({ after: { list, added: made.length } });
    return ok({ ...counts, imported: true });
  });
}
