import type { AccountId, BridgeId, ConferenceId, DeviceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { DeviceHello } from '../../domain/wire/devices.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import type { AuthorizedBridgeId } from '../platform/scopes.ts';
import { deviceAt, devicesAt, writeContacts, type ContactRow, type DeviceRecord } from './store.ts';

/** What is known of a machine beyond what is on the disk. */
export interface Contact {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly number: number;
  name: string | null;
  account: AccountId | null;
  browser: string;
  first: Instant | null;
  last: Instant | null;
  waiting: number;
  since: Instant | null;
  /** Open lines on which it has announced itself. */
  lines: number;
  /** A name that the host gave and that is not on the disk yet. */
  given: string | null;
  /** When it was written last, by `performance.now()`. */
  writtenAt: number;
}

interface Shelf {
  readonly bridges: Map<BridgeId, Promise<Map<DeviceId, Contact>>>;
  /** The same, where they have been read. */
  readonly known: Map<BridgeId, Map<DeviceId, Contact>>;
  /** Those that said something that is not on the disk. */
  readonly news: Set<Contact>;
  /** Machines that are on line now. */
  readonly present: Set<Contact>;
  writing: Promise<void>;
}

/** What a machine says is written at most so often. */
const WRITE_EVERY_MS = 60_000;
/** That it is still there is written less often: tens of thousands of machines are, all day long. */
const STILL_THERE_MS = 5 * 60_000;
/** Each time those are written whose time has come: never all machines of the nation in one go. */
const LOOK_EVERY_MS = 5000;
/** As many as are written without a check-in having to wait noticeably (500 take the processor 6 ms). */
const MOST_PER_STATEMENT = 500;

const shelves = new WeakMap<Database, Shelf>();

function shelfOf(database: Database): Shelf {
  const known = shelves.get(database);
  if (known !== undefined) return known;
  const shelf: Shelf = {
    bridges: new Map(),
    known: new Map(),
    news: new Set(),
    present: new Set(),
    writing: Promise.resolve(),
  };
  shelves.set(database, shelf);
  return shelf;
}

/** A machine that has announced itself at a bridge since the start, or was there with one that has; else null. */
export function contactKnown(database: Database, bridge: BridgeId, device: DeviceId): Contact | null {
  return shelfOf(database).known.get(bridge)?.get(device) ?? null;
}

/** The machines of a bridge, read once and kept. */
function contactsAt(context: Context, bridge: BridgeId): Promise<Map<DeviceId, Contact>> {
  const { bridges, known } = shelfOf(context.database);
  const asked = bridges.get(bridge);
  if (asked !== undefined) return asked;
  const reading = readContacts(context, bridge);
  bridges.set(bridge, reading);
  reading.then(
    (contacts) => known.set(bridge, contacts),
    () => bridges.delete(bridge),
  );
  return reading;
}

async function readContacts(context: Context, bridge: BridgeId): Promise<Map<DeviceId, Contact>> {
  const rows = await devicesAt(context.database.read, bridge);
  return new Map(rows.map((row) => [row.device, contactOf(row)]));
}

function contactOf(row: DeviceRecord): Contact {
  return {
    conference: row.conference,
    bridge: row.bridge,
    device: row.device,
    number: row.number,
    name: row.name,
    account: row.account,
    browser: row.browser,
    first: row.first_contact,
    last: row.last_contact,
    waiting: row.waiting,
    since: row.waiting_since,
    lines: 0,
    given: null,
    writtenAt: -Infinity,
  };
}

/** After a machine was paired: whoever has the machines of its bridge in memory has it too. */
export async function machinePaired(context: Context, bridge: BridgeId, device: DeviceId): Promise<void> {
  const here = await shelfOf(context.database).bridges.get(bridge);
  if (here !== undefined) await pairedSince(context, here, bridge, device);
}

/** A machine that was paired after those of its bridge were read; undefined where it is not paired. */
async function pairedSince(
  context: Context,
  here: Map<DeviceId, Contact>,
  bridge: BridgeId,
  device: DeviceId,
): Promise<Contact | undefined> {
  const row = await deviceAt(context.database.read, bridge, device);
  // Two messages of one machine at once: there is one contact.
  const known = here.get(device);
  if (known !== undefined || row === undefined) return known;
  const contact = contactOf(row);
  here.set(device, contact);
  return contact;
}

/**
 * Takes in what a paired machine says of itself; null where it is not paired at the bridge. It is written later, together with what
 * the others say.
 */
export async function takeHello(
  context: Context,
  bridge: AuthorizedBridgeId<'host'>,
  said: DeviceHello,
  browser: string,
): Promise<Contact | null> {
  const here = await contactsAt(context, bridge);
  const now = context.clock();
  const contact = here.get(said.device) ?? (await pairedSince(context, here, bridge, said.device));
  if (contact === undefined) return null;
  if (said.name !== undefined) contact.name = contact.given = said.name;
  contact.account = context.actor?.account ?? contact.account;
  contact.browser = browser;
  contact.first ??= now;
  contact.last = now;
  contact.waiting = said.waiting;
  contact.since = said.waitingSince;
  shelfOf(context.database).news.add(contact);
  return contact;
}

/** A line on which a machine has announced itself was opened. */
export function lineOpened(context: Context, contact: Contact): void {
  contact.lines += 1;
  shelfOf(context.database).present.add(contact);
}

/** Such a line was closed: the moment is the machine's last contact. */
export function lineClosed(context: Context, contact: Contact): void {
  contact.lines -= 1;
  if (contact.lines > 0) return;
  shelfOf(context.database).present.delete(contact);
  contact.last = context.clock();
  shelfOf(context.database).news.add(contact);
}

/** What machines said and is not on the disk yet: for lists. Of a machine that is on line, the last contact is now. */
export async function contactsKnown(context: Context, bridges: ReadonlySet<BridgeId>): Promise<Contact[]> {
  const { news, present } = shelfOf(context.database);
  const now = context.clock();
  for (const contact of present) contact.last = now;
  return [...new Set([...news, ...present])].filter(({ bridge }) => bridges.has(bridge));
}

/** The machines that are on line now, at every bridge of every conference. */
export function machinesPresent(database: Database): Iterable<Contact> {
  return shelfOf(database).present;
}

/** After a machine was named by somebody else than its host. */
export async function nameChanged(
  context: Context,
  bridge: BridgeId,
  device: DeviceId,
  name: string | null,
): Promise<void> {
  const contact = (await shelfOf(context.database).bridges.get(bridge))?.get(device);
  if (contact === undefined) return;
  contact.name = name;
  contact.given = null;
}

async function writeDue(context: Context): Promise<void> {
  const { news, present } = shelfOf(context.database);
  const now = performance.now();
  const clock = context.clock();
  for (const contact of present) {
    if (now - contact.writtenAt < STILL_THERE_MS) continue;
    contact.last = clock;
    news.add(contact);
  }
  await write(
    context,
    [...news].filter(({ writtenAt }) => now - writtenAt >= WRITE_EVERY_MS),
  );
}

/** Writes everything that machines said: before a deed that looks for them on the disk, and at the end. */
export async function writeEveryContact(context: Context): Promise<void> {
  await write(context, [...shelfOf(context.database).news]);
}

/** One statement after the other: what is said while one is written goes with a later one. */
function write(context: Context, contacts: readonly Contact[]): Promise<void> {
  const shelf = shelfOf(context.database);
  const writing = writeAfter(context, shelf, shelf.writing, contacts);
  // Who waits for the next one does not wait for the failure of this one.
  shelf.writing = writing.catch(() => undefined);
  return writing;
}

async function writeAfter(
  context: Context,
  shelf: Shelf,
  before: Promise<void>,
  contacts: readonly Contact[],
): Promise<void> {
  await before;
  for (let at = 0; at < contacts.length; at += MOST_PER_STATEMENT) {
    await writeTogether(context, shelf, contacts.slice(at, at + MOST_PER_STATEMENT));
  }
}

async function writeTogether(context: Context, shelf: Shelf, contacts: readonly Contact[]): Promise<void> {
  const now = performance.now();
  const rows = contacts.map(rowOf);
  for (const contact of contacts) {
    shelf.news.delete(contact);
  }
  try {
    const written = await writeContacts(context.database.write, rows);
    const names = new Map(written.map(({ bridge, device, name }) => [`${bridge} ${device}`, name]));
    for (const [at, contact] of contacts.entries()) {
      contact.writtenAt = now;
      if (contact.given !== rows[at]?.name) continue;
      contact.given = null;
      // Another process may have named it.
      contact.name = names.get(`${contact.bridge} ${contact.device}`) ?? null;
    }
  } catch (error) {
    for (const contact of contacts) {
      shelf.news.add(contact);
    }
    throw error;
  }
}

function rowOf({
  bridge,
  device,
  given,
  account,
  browser,
  first,
  last,
  waiting,
  since,
}: Contact): ContactRow {
  const known = (last ?? first ?? 0) as Instant;
  return {
    bridge,
    device,
    name: given,
    account,
    browser,
    first: first ?? known,
    last: known,
    waiting,
    since,
  };
}

/** Writes what machines say while the server runs, and the rest when it stops. */
export function keepContacts(context: Context): RunningJob {
  const writing = again(
    () => writeDue(context),
    LOOK_EVERY_MS,
    (error) => context.log.error({ err: error }, 'contacts were not written'),
  );
  return {
    async stop() {
      await writing.stop();
      await writeEveryContact(context);
    },
  };
}
