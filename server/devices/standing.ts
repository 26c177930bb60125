import type { BridgeId, DeviceId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import { readWatched, setWatched, type WatchedDevice } from './store.ts';

/** The machines of one database that are watched, by bridge; true for those that are revoked at present. */
interface Standings {
  readonly watched: ReadonlyMap<BridgeId, ReadonlyMap<DeviceId, boolean>>;
  readonly readAt: number;
}

interface Shelf {
  known: Standings | null;
  reading: Promise<Standings> | null;
  /** Rises with every change made in this process: what was read before it may miss it. */
  changes: number;
  readonly listeners: Set<RevokedListener>;
}

/** Told of machines that are revoked since the last look, whichever process revoked them. */
export type RevokedListener = (bridge: BridgeId, device: DeviceId) => void;

/** What another process (the command line) has revoked is known after this long. */
const KNOWN_FOR_MS = 2000;
/** From this age on it is read again beside the work, so that nobody has to wait for it. */
const READ_AGAIN_MS = 1000;

const NOBODY: ReadonlySet<DeviceId> = new Set();
const shelves = new WeakMap<Database, Shelf>();

function shelfOf(database: Database): Shelf {
  const found = shelves.get(database);
  if (found !== undefined) return found;
  const shelf: Shelf = { known: null, reading: null, changes: 0, listeners: new Set() };
  shelves.set(database, shelf);
  return shelf;
}

/**
 * Which of these machines are watched at a bridge: they were revoked, now or at any time before, or the quarantine holds events in
 * their name. Their events go through `quarantine` of `server/quarantine/hold.ts`, which says what becomes of each. A machine that
 * was restored stays among them, as what it sent meanwhile may still wait for a decision, and has to get the same answer again.
 *
 * Answers at once, out of memory; only the first question to a database, and one after two seconds without any, waits
 * for a small query. While nobody is watched at the bridge it looks at nothing.
 */
export function watchedAmong(
  context: Context,
  bridge: BridgeId,
  devices: Iterable<DeviceId>,
): ReadonlySet<DeviceId> | Promise<ReadonlySet<DeviceId>> {
  const standings = standingsOf(context);
  if (standings instanceof Promise) return standings.then((found) => amongThem(found, bridge, devices));
  return amongThem(standings, bridge, devices);
}

function amongThem(
  { watched }: Standings,
  bridge: BridgeId,
  devices: Iterable<DeviceId>,
): ReadonlySet<DeviceId> {
  const here = watched.size === 0 ? undefined : watched.get(bridge);
  if (here === undefined) return NOBODY;
  const found = new Set<DeviceId>();
  for (const device of devices) if (here.has(device)) found.add(device);
  return found;
}

/** Whether a machine is revoked at a bridge at present. */
export async function isRevoked(context: Context, bridge: BridgeId, device: DeviceId): Promise<boolean> {
  const { watched } = await standingsOf(context);
  return watched.get(bridge)?.get(device) === true;
}

/** What is known, at once where it is fresh enough. */
function standingsOf(context: Context): Standings | Promise<Standings> {
  const shelf = shelfOf(context.database);
  const { known } = shelf;
  if (known === null) return read(context, shelf);
  // Also where the clock was set back: what was read in the future is not fresh.
  const age = Math.abs(context.clock() - known.readAt);
  if (age >= KNOWN_FOR_MS) return read(context, shelf);
  if (age >= READ_AGAIN_MS) {
    read(context, shelf).catch((error: unknown) =>
      context.log.error({ err: error }, 'revoked machines were not read'),
    );
  }
  return known;
}

function read(context: Context, shelf: Shelf): Promise<Standings> {
  shelf.reading ??= look(context, shelf).finally(() => {
    shelf.reading = null;
  });
  return shelf.reading;
}

async function look(context: Context, shelf: Shelf): Promise<Standings> {
  for (;;) {
    const { changes } = shelf;
    const readAt = context.clock();
    const rows = await readWatched(context.database.read);
    // A revocation that was committed here meanwhile may not be among them.
    if (changes !== shelf.changes) continue;
    const before = shelf.known;
    const known = { watched: byBridge(rows), readAt };
    shelf.known = known;
    if (before !== null) tell(shelf, before, known);
    return known;
  }
}

function byBridge(rows: readonly WatchedDevice[]): Map<BridgeId, Map<DeviceId, boolean>> {
  const watched = new Map<BridgeId, Map<DeviceId, boolean>>();
  for (const { bridge, device, revoked } of rows) {
    const here = watched.get(bridge) ?? new Map<DeviceId, boolean>();
    watched.set(bridge, here.set(device, revoked));
  }
  return watched;
}

function tell({ listeners }: Shelf, before: Standings, now: Standings): void {
  if (listeners.size === 0) return;
  for (const [bridge, here] of now.watched) {
    for (const [device, revoked] of here) {
      if (!revoked || before.watched.get(bridge)?.get(device) === true) continue;
      for (const listener of listeners) listener(bridge, device);
    }
  }
}

/** After the commit of a change made here: whoever asks from now on is told of it. */
export async function standingsChanged(context: Context): Promise<void> {
  const shelf = shelfOf(context.database);
  shelf.changes += 1;
  await read(context, shelf);
}

/** From now on the quarantine is asked first about these machines of a bridge, as it holds events in their name. */
export async function watch(context: Context, bridge: BridgeId, devices: readonly DeviceId[]): Promise<void> {
  if ((await setWatched(context.database.write, bridge, devices)) > 0) await standingsChanged(context);
}

/** Calls `listener` for each machine that is revoked from now on; the answer ends it. */
export function onRevoked(database: Database, listener: RevokedListener): () => void {
  const { listeners } = shelfOf(database);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What another process has revoked is looked for so often, so that nobody who records has to wait for it. */
const LOOK_EVERY_MS = 1500;

/** Looks for what other processes revoke, while the server runs. */
export function followRevocations(context: Context): RunningJob {
  return again(
    () => read(context, shelfOf(context.database)).then(() => undefined),
    LOOK_EVERY_MS,
    (error) => context.log.error({ err: error }, 'revoked machines were not read'),
  );
}
