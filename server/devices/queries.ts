import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeLine } from '../../domain/control/standing.ts';
import type { AccountId, BridgeId, DeviceId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import type { DeviceState, Revocation } from '../../domain/wire/devices.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { contactKnown, contactsKnown, machinesPresent, type Contact } from './live.ts';
import { numberedName } from './sentences.ts';
import { isRevoked } from './standing.ts';
import {
  deviceAt,
  devicesAt,
  devicesOf,
  heldCounts,
  readLines,
  revokersOf,
  type DeviceRecord,
} from './store.ts';

/** A machine at a bridge, with what is known of it on the disk and in memory. */
export interface KnownDevice {
  readonly bridge: Bridge;
  readonly device: DeviceId;
  readonly number: number;
  readonly name: string | null;
  readonly account: AccountId | null;
  readonly browser: string;
  readonly state: DeviceState;
  readonly pairedAt: Instant;
  readonly pairedBy: AccountId | null;
  /** The revoked machine whose place it takes. */
  readonly replaces: CalledDevice | null;
  readonly firstContact: Instant | null;
  readonly lastContact: Instant | null;
  readonly waiting: number;
  readonly waitingSince: Instant | null;
  readonly revoked: { readonly at: Instant; readonly reason: string; readonly by: AccountId | null } | null;
  /** Of its events, those in quarantine that nobody has decided on. */
  readonly held: number;
}

/** The machines of a bridge and of all below it, those that need somebody first. */
export async function devicesBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'devices'>,
): Promise<KnownDevice[]> {
  const tree = await bridgeTreeOf(context, conference);
  if (tree === null) return [];
  const inside = new Map(tree.subtree(bridge).map((one) => [one.id, one]));
  const { read } = context.database;
  const [rows, revokers, held] = await Promise.all([
    inside.size === 1 ? devicesAt(read, bridge) : devicesOf(read, conference),
    revokersOf(read, conference),
    heldCounts(read, conference),
  ]);
  // After the disk: what was written meanwhile is in one of the two.
  const heldOf = new Map(held.map((row) => [keyOf(row), row.events]));
  const live = await contactsKnown(context, new Set(inside.keys()));
  const revokedBy = new Map(revokers.map((row) => [keyOf(row), row.by]));
  const called = new Map(rows.map((row) => [keyOf(row), row]));
  const known = new Map<string, KnownDevice>();
  for (const row of rows) {
    const at = inside.get(row.bridge);
    if (at === undefined) continue;
    const key = keyOf(row);
    const replaced = row.replaces === null ? undefined : called.get(`${row.bridge} ${row.replaces}`);
    known.set(key, ofRecord(row, at, revokedBy.get(key) ?? null, replaced ?? null, heldOf.get(key) ?? 0));
  }
  for (const contact of live) {
    const key = keyOf(contact);
    const before = known.get(key);
    if (before === undefined) continue;
    known.set(key, {
      ...before,
      name: contact.given ?? before.name,
      account: contact.account,
      browser: contact.browser,
      state: before.revoked === null ? (contact.lines > 0 ? 'connected' : 'silent') : 'revoked',
      firstContact: before.firstContact ?? contact.first,
      lastContact: contact.last,
      waiting: contact.waiting,
      waitingSince: contact.since,
    });
  }
  return worstFirst([...known.values()], tree);
}

function keyOf({ bridge, device }: { readonly bridge: BridgeId; readonly device: DeviceId }): string {
  return `${bridge} ${device}`;
}

function ofRecord(
  row: DeviceRecord,
  bridge: Bridge,
  by: AccountId | null,
  replaced: CalledDevice | null,
  held: number,
): KnownDevice {
  const { revoked_at: at, revoke_reason: reason } = row;
  return {
    bridge,
    device: row.device,
    number: row.number,
    name: row.name,
    account: row.account,
    browser: row.browser,
    state: at === null ? 'silent' : 'revoked',
    pairedAt: row.paired_at,
    pairedBy: row.paired_by,
    replaces: replaced === null ? null : { number: replaced.number, name: replaced.name },
    firstContact: row.first_contact,
    lastContact: row.last_contact,
    waiting: row.waiting,
    waitingSince: row.waiting_since,
    revoked: at === null ? null : { at, reason: reason ?? '', by },
    held,
  };
}

/**
 * Those first that need somebody: where events wait for a decision, where they wait on a machine that is silent, then on
 * one that is there, each with the oldest first; then silent ones, those on line, and revoked ones that are settled.
 */
function worstFirst(devices: readonly KnownDevice[], tree: BridgeTree): KnownDevice[] {
  const place = new Map(tree.bridges.map(({ id }, at) => [id, at]));
  const order = (one: KnownDevice): number[] => [
    rankOf(one),
    one.waitingSince ?? Infinity,
    place.get(one.bridge.id) ?? 0,
    one.number,
  ];
  const keyed = devices.map((device) => ({ device, key: order(device) }));
  return keyed.toSorted((a, b) => compareKeys(a.key, b.key)).map(({ device }) => device);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? 0;
    // Not by a difference: two that never waited are both infinite.
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function rankOf({ held, waiting, state }: KnownDevice): number {
  if (held > 0) return 0;
  if (waiting > 0) return state === 'connected' ? 2 : 1;
  return state === 'silent' ? 3 : state === 'connected' ? 4 : 5;
}

/** What the accounts at machines, and those that revoked them, are called. */
export function namesAt(
  context: Context,
  devices: readonly KnownDevice[],
): Promise<ReadonlyMap<AccountId, string>> {
  const accounts = devices.flatMap(({ account, pairedBy, revoked }) => [
    account,
    pairedBy,
    revoked?.by ?? null,
  ]);
  return namesOf(
    context,
    accounts.filter((account) => account !== null),
  );
}

/** When and why a machine was revoked at a bridge; null for one that may work. Looks at the disk only where it was. */
export async function revocationOf(
  context: Context,
  bridge: BridgeId,
  device: DeviceId,
): Promise<Revocation | null> {
  if (!(await isRevoked(context, bridge, device))) return null;
  const row = await deviceAt(context.database.read, bridge, device);
  if (row === undefined || row.revoked_at === null) return null;
  return { at: row.revoked_at, reason: row.revoke_reason ?? '' };
}

/** What a machine is called: by its name, or while it has none by its number. */
export interface CalledDevice {
  readonly number: number;
  readonly name: string | null;
}

/** What the machines of a conference are called, by bridge and machine (`<bridge> <device>`). */
export async function deviceNames(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<ReadonlyMap<string, CalledDevice>> {
  const rows = await devicesOf(context.database.read, conference);
  return new Map(rows.map((row) => [keyOf(row), { number: row.number, name: row.name }]));
}

/** A machine of one bridge, and what it said last of what waits on it. */
export interface Machine extends CalledDevice {
  readonly device: DeviceId;
  readonly waiting: number;
  readonly waitingSince: Instant | null;
}

/** The machines of one bridge, as they were last heard of. */
export async function machinesAt(context: Context, bridge: BridgeId): Promise<Machine[]> {
  const machines = new Map<DeviceId, Machine>();
  for (const row of await devicesAt(context.database.read, bridge)) {
    const { device, number, name, waiting, waiting_since: waitingSince } = row;
    machines.set(device, { device, number, name, waiting, waitingSince });
  }
  for (const { device, number, given, name, waiting, since } of await contactsKnown(
    context,
    new Set([bridge]),
  )) {
    const called = given ?? machines.get(device)?.name ?? name;
    machines.set(device, { device, number, name: called, waiting, waitingSince: since });
  }
  return [...machines.values()].toSorted((x, y) => x.number - y.number);
}

/** How every bridge of a conference that has a machine was last heard of, as it is on the disk. */
export async function linesOf(
  { database }: Context,
  conference: AuthorizedConferenceId,
): Promise<Map<BridgeId, BridgeLine>> {
  const rows = await readLines(database.read, conference);
  return new Map(rows.map(({ bridge, ...line }) => [bridge, { ...line, connected: 0 }]));
}

/** The machines of a conference that are on line now. */
export function* machinesOnLine(
  { database }: Context,
  conference: AuthorizedConferenceId,
): Generator<Pick<Contact, 'bridge' | 'waiting' | 'since'>> {
  for (const contact of machinesPresent(database)) if (contact.conference === conference) yield contact;
}

/** What people at a bridge call a machine, for a sentence: "cửa 2", "máy 5"; null for one that nobody announced. */
export function machineNames(
  { database }: Context,
  language: Language,
): (bridge: BridgeId, device: DeviceId) => string | null {
  return (bridge, device) => {
    const contact = contactKnown(database, bridge, device);
    return contact === null ? null : (contact.name ?? numberedName(contact.number, language).toLowerCase());
  };
}
