import { liveQuery } from 'dexie';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { textsOf, type Texts } from '../../../domain/ledger/form.ts';
import type { RecordAnswer } from '../../../domain/wire/attendance.ts';
import { database, type Place, placeKey, type StoredEvent, withTexts } from './database.ts';
import { keepReceipts } from './receipts.ts';
import { dropEmptyVaults, isOpen, openVaultOf, seal, subscribeVaults, unseal } from './vault.ts';

/** An event on this machine, as the page reads it. */
export interface KeptEvent extends StoredEvent {
  /** False while its texts are sealed under a PIN that was not given: they are empty in `event` then. */
  readonly readable: boolean;
}

const KEEP_DONE_MS = 36 * 3600_000;

const headingOf = (id: string): string => `event ${id}`;

/** What people wrote, of the events that this page has read or made: each is opened once. */
const read = new Map<string, Texts>();

/** An event to keep, and whom it concerns where it does not say so itself. */
export interface NewEvent {
  readonly event: AttendanceEvent;
  readonly subject: string | null;
}

/** Keeps events, all of them or none; once this resolves, a reload or a dead battery does not lose them. */
export async function keepEvents(account: string, place: Place, events: readonly NewEvent[]): Promise<void> {
  const rows: StoredEvent[] = [];
  for (const one of events) rows.push(await newRow(account, place, one));
  await database.transaction('rw', database.events, () => database.events.bulkAdd(rows));
}

async function newRow(account: string, place: Place, { event, subject }: NewEvent): Promise<StoredEvent> {
  const texts = textsOf(event);
  const vault = texts === null ? null : await openVaultOf(account);
  const sealed = vault === null ? null : await seal(vault, headingOf(event.id), texts);
  if (texts !== null) read.set(event.id, texts);
  const { conference, session, bridge } = place;
  return {
    id: event.id,
    account,
    place: placeKey(place),
    conference,
    session,
    bridge,
    state: 'waiting',
    event: withTexts(event, null),
    texts: sealed === null ? texts : null,
    sealed,
    subject,
    keptAt: Date.now(),
    settledAt: null,
    reason: null,
    flags: [],
    receipt: null,
    seen: false,
  };
}

/** Seals what lies open from before there was a vault, or while it was locked in another tab. */
export async function sealOpenTexts(account: string): Promise<void> {
  const vault = await openVaultOf(account);
  if (vault === null) return;
  const rows = await database.events
    .where('[account+state]')
    .anyOf([account, 'waiting'], [account, 'refused'])
    .and(({ texts }) => texts !== null)
    .toArray();
  for (const { id, texts } of rows) {
    const sealed = await seal(vault, headingOf(id), texts);
    // Settled meanwhile, it has no text any more.
    await database.events
      .where('id')
      .equals(id)
      .and((row) => row.texts !== null)
      .modify({ sealed, texts: null });
  }
}

/** Gives an event its texts back, where they can be read. */
async function readable(row: StoredEvent): Promise<KeptEvent> {
  const written = textsOf(row.event) !== null;
  if (!written) return { ...row, readable: true };
  const known = row.texts ?? read.get(row.id) ?? null;
  // Of one that the server has, the text is gone from here: only this page may still remember it.
  if (row.state === 'done' || row.state === 'quarantined') {
    return { ...row, event: withTexts(row.event, known), readable: true };
  }
  const texts =
    known ?? (row.sealed === null ? null : ((await unseal(headingOf(row.id), row.sealed)) as Texts | null));
  if (texts === null) return { ...row, readable: false };
  read.set(row.id, texts);
  return { ...row, event: withTexts(row.event, texts), readable: true };
}

/**
 * Waiting events of one door of an account, oldest first; the door with the oldest event comes first. Leaves out the
 * doors given, and events whose texts cannot be read now: those wait for their PIN.
 */
export async function nextBatch(
  account: string,
  most: number,
  without: ReadonlySet<string>,
): Promise<KeptEvent[]> {
  const all = await database.events.where('[account+state]').equals([account, 'waiting']).sortBy('id');
  const open = all.filter(
    ({ place, sealed, id }) =>
      !without.has(place) && (sealed === null || isOpen(sealed.vault) || read.has(id)),
  );
  const place = open[0]?.place;
  const batch = await Promise.all(
    open
      .filter((row) => row.place === place)
      .slice(0, most)
      .map(readable),
  );
  return batch.filter((kept) => kept.readable);
}

/** How many events of an account wait on this machine, over all doors, and how many of others do. */
export async function waitingCounts(account: string): Promise<{ own: number; others: number }> {
  const own = await database.events.where('[account+state]').equals([account, 'waiting']).count();
  const all = await database.events.where('state').equals('waiting').count();
  return { own, others: all - own };
}

/** Writes down what the server answered, in one go; returns to how many events that was an answer. */
export async function settle(place: Place, answers: readonly RecordAnswer[], now: number): Promise<number> {
  return await database.transaction('rw', database.events, database.heads, async () => {
    await keepReceipts(place, answers);
    return await database.events.bulkUpdate(
      answers.map(({ id, outcome, reason, flags, receipt }) => {
        const state = outcome === 'recorded' ? 'done' : outcome === 'quarantined' ? outcome : 'refused';
        const changes = { state, reason, flags, receipt, settledAt: now } as const;
        // What people wrote is the server's by now; of a refused one it is still needed here.
        return {
          key: id,
          changes: state === 'refused' ? changes : { ...changes, texts: null, sealed: null },
        };
      }),
    );
  });
}

/** Forgets acknowledged events that nobody will undo from here any more, and vaults that seal nothing. */
export async function forgetOld(account: string, now: number): Promise<void> {
  await database.events
    .where('state')
    .anyOf('done', 'quarantined')
    .and((kept) => kept.keptAt < now - KEEP_DONE_MS)
    .delete();
  await dropEmptyVaults(account);
}

/** Forgets the lists of people at the end of a sign-in; what the server has not acknowledged stays. */
export async function forgetPeople(account: string): Promise<void> {
  await database.rosters.where('account').equals(account).delete();
  await database.counts.where('account').equals(account).delete();
  await database.doors.where('account').equals(account).delete();
  await database.events.where('[account+state]').anyOf([account, 'done'], [account, 'quarantined']).delete();
  read.clear();
}

/** Puts a refused event out of sight, or one that needed a look, after a person has read why. */
export async function dismiss(id: string): Promise<void> {
  read.delete(id);
  await database.events
    .where('id')
    .equals(id)
    .and(({ state }) => state !== 'waiting')
    .modify((row) => {
      row.seen = true;
      if (row.state !== 'refused') return;
      row.texts = null;
      row.sealed = null;
    });
}

/** The texts that nobody can read any more are given up, so that their events can be sent: a guest without a name. */
export async function giveUpTexts(account: string, instead: string): Promise<void> {
  await database.events
    .where('[account+state]')
    .equals([account, 'waiting'])
    .and(({ sealed, id }) => sealed !== null && !isOpen(sealed.vault) && !read.has(id))
    .modify((row) => {
      const fields = Object.keys(textsOf(row.event) ?? {});
      row.texts = Object.fromEntries(fields.map((field) => [field, field === 'unit' ? '' : instead]));
      row.sealed = null;
    });
  await dropEmptyVaults(account);
}

/** Tells all events of a door, and again whenever they change, in any tab, or can be read. */
export function watchEvents(
  account: string,
  place: Place,
  tell: (events: readonly KeptEvent[]) => void,
): () => void {
  let rows: readonly StoredEvent[] | null = null;
  let turn = 0;
  const say = async (): Promise<void> => {
    if (rows === null) return;
    turn += 1;
    const own = turn;
    const kept = await Promise.all(rows.map(readable));
    if (own === turn) tell(kept);
  };
  const watching = liveQuery(() =>
    database.events
      .where('[account+place]')
      .equals([account, placeKey(place)])
      .sortBy('id'),
  );
  const subscription = watching.subscribe((next) => {
    rows = next;
    void say();
  });
  const stop = subscribeVaults(() => void say());
  return () => {
    turn += 1;
    stop();
    subscription.unsubscribe();
  };
}
