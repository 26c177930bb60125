import type { BridgeId, ConferenceId, DeviceId } from '../../domain/ids.ts';
import type { Soon } from '../../domain/result.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { watchedAmong } from './standing.ts';
import { isPairedAt, pairedIn } from './store.ts';

/**
 * Why an event does not go straight into the ledger:
 * - `unproven`: the line, or the request, that brought it has not shown whose it is.
 * - `other-machine`: it was brought by another machine than the one that it names.
 * - `unpaired`: its machine is not paired at the bridge.
 * - `watched`: its machine was revoked at some time, or the quarantine holds something of it: that has to be asked first.
 */
export type Doubt = 'unproven' | 'other-machine' | 'unpaired' | 'watched';

/** Who is paired where, as far as this process has asked. Pairings only grow: a revoked machine stays one that was paired. */
interface Pairings {
  readonly at: Map<BridgeId, Set<DeviceId>>;
  readonly conferences: Map<ConferenceId, Promise<void>>;
  readonly read: Set<ConferenceId>;
}

const NOBODY: ReadonlyMap<DeviceId, Doubt> = new Map();
const pairings = new WeakMap<Database, Pairings>();

function pairingsOf(database: Database): Pairings {
  const found = pairings.get(database);
  if (found !== undefined) return found;
  const fresh: Pairings = { at: new Map(), conferences: new Map(), read: new Set() };
  pairings.set(database, fresh);
  return fresh;
}

/** After the commit that paired a machine in this process. */
export function pairingAdded(database: Database, bridge: BridgeId, device: DeviceId): void {
  add(pairingsOf(database), bridge, device);
}

function add({ at }: Pairings, bridge: BridgeId, device: DeviceId): void {
  const here = at.get(bridge);
  if (here === undefined) at.set(bridge, new Set([device]));
  else here.add(device);
}

/** Whether a machine is known in memory to be paired at a bridge: it has spoken since this process started, or others of its conference have. */
export function isKnownPair(database: Database, bridge: BridgeId, device: DeviceId): boolean {
  return pairingsOf(database).at.get(bridge)?.has(device) === true;
}

/**
 * What speaks against taking events of these machines into the ledger at once; machines that nothing speaks against are left out,
 * and for almost every batch there is nobody. Answers at once, out of memory, but for the first question about a conference and
 * for machines that are not known to be paired.
 *
 * @param proven the machine whose line or request brought the events; null where it has not shown whose it is
 */
export function doubtsAmong(
  context: Context,
  conference: ConferenceId,
  bridge: BridgeId,
  proven: DeviceId | null,
  devices: readonly DeviceId[],
): Soon<ReadonlyMap<DeviceId, Doubt>> {
  const paired =
    proven !== null && devices.includes(proven) ? isPaired(context, conference, bridge, proven) : true;
  const watched = watchedAmong(context, bridge, devices);
  if (paired instanceof Promise || watched instanceof Promise) {
    return Promise.all([paired, watched]).then(([is, ever]) => judged(devices, proven, is, ever));
  }
  return judged(devices, proven, paired, watched);
}

function judged(
  devices: readonly DeviceId[],
  proven: DeviceId | null,
  isProvenPaired: boolean,
  watched: ReadonlySet<DeviceId>,
): ReadonlyMap<DeviceId, Doubt> {
  if (isProvenPaired && watched.size === 0 && devices.every((device) => device === proven)) return NOBODY;
  const doubts = new Map<DeviceId, Doubt>();
  for (const device of devices) {
    if (device !== proven) doubts.set(device, proven === null ? 'unproven' : 'other-machine');
    else if (!isProvenPaired) doubts.set(device, 'unpaired');
    else if (watched.has(device)) doubts.set(device, 'watched');
  }
  return doubts;
}

/** Whether a machine is paired at a bridge, revoked or not. At once where it is known. */
export function isPaired(
  context: Context,
  conference: ConferenceId,
  bridge: BridgeId,
  device: DeviceId,
): Soon<boolean> {
  const known = pairingsOf(context.database);
  if (isKnownPair(context.database, bridge, device)) return true;
  return lookUp(context, known, conference, bridge, device);
}

async function lookUp(
  context: Context,
  known: Pairings,
  conference: ConferenceId,
  bridge: BridgeId,
  device: DeviceId,
): Promise<boolean> {
  if (!known.read.has(conference)) {
    await readConference(context, known, conference);
    if (known.at.get(bridge)?.has(device) === true) return true;
  }
  // Another process may have paired it since; one that is paired nowhere costs a small query each time.
  const found = await isPairedAt(context.database.read, bridge, device);
  if (found) add(known, bridge, device);
  return found;
}

/** All machines of a conference, once: a whole country comes on one morning, and one by one that is a query each. */
function readConference({ database }: Context, known: Pairings, conference: ConferenceId): Promise<void> {
  const asked = known.conferences.get(conference);
  if (asked !== undefined) return asked;
  const reading = (async () => {
    try {
      for (const [bridge, device] of await pairedIn(database.read, conference)) add(known, bridge, device);
      known.read.add(conference);
    } finally {
      known.conferences.delete(conference);
    }
  })();
  known.conferences.set(conference, reading);
  return reading;
}
