import { createHmac, hash, randomInt } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

import { CODE_LENGTH, CODE_LETTERS, pairingCode } from '../../domain/devices/pairing-code.ts';
import type { AccountId, BridgeId, DeviceId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { Keys } from '../platform/keys.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { machinePaired } from './live.ts';
import { standingsChanged } from './standing.ts';
import { addCodes, addDevice, codeByHash, deviceAt, revokedAnywhere, useCode } from './store.ts';
import { countTry, secondsToWait, takeBackTry } from './tries.ts';
import { pairingAdded } from './trust.ts';

/** A code on a screen is typed at once. */
export const SHOWN_FOR_MS = 15 * 60_000;
/** A used code is known so long, for a machine that repeats its request. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

type Connection = Parameters<typeof addCodes>[0];

/** A pairing code, told to whoever made it and kept nowhere. */
export interface NewCode {
  /** Eight letters, without a hyphen. */
  readonly code: string;
  readonly expiresAt: Instant;
}

/** Makes a code that pairs one machine to a bridge within a quarter of an hour. */
export async function newPairingCode(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'devices'> | AuthorizedBridgeId<'host'>,
): Promise<NewCode> {
  const until = (context.clock() + SHOWN_FOR_MS) as Instant;
  const made = await transaction(context.database, (connection) =>
    writeCodes(context, conference, [bridge], until, false, connection),
  );
  return made.get(bridge)!;
}

/**
 * Makes a code for each of these bridges of a conference, to be printed: good once, until a moment. Codes that stand on an earlier
 * sheet of the same bridges and were not used are good no more.
 *
 * @param connection of the transaction in which the rest of the sheet is written
 */
export async function newPairingCodes(
  context: Context,
  conference: AuthorizedConferenceId,
  bridges: readonly BridgeId[],
  until: Instant,
  connection: Connection,
): Promise<ReadonlyMap<BridgeId, NewCode>> {
  return writeCodes(context, conference, bridges, until, true, connection);
}

async function writeCodes(
  context: Context,
  conference: AuthorizedConferenceId,
  bridges: readonly BridgeId[],
  until: Instant,
  printed: boolean,
  connection: Connection,
): Promise<ReadonlyMap<BridgeId, NewCode>> {
  const at = context.clock();
  context.audit.note({ after: { codes: bridges.length, until, printed } });
  const made = new Map<BridgeId, NewCode>();
  const rows: { readonly bridge: BridgeId; readonly hash: string }[] = [];
  for (const bridge of bridges) {
    const code = drawnCode();
    made.set(bridge, { code, expiresAt: until });
    rows.push({ bridge, hash: hashOf(context.keys, bridge, code) });
    if (rows.length % CODES_AT_A_TIME === 0) await breathe();
  }
  const by: AccountId | null = context.actor?.account ?? null;
  const forgotten = (at - FORGOTTEN_AFTER_MS) as Instant;
  await addCodes(connection, rows, { conference, at, by, until, printed }, forgotten);
  return made;
}

/** Codes drawn without a pause for whoever is at a door. */
const CODES_AT_A_TIME = 500;

function drawnCode(): string {
  return pairingCode(Array.from({ length: CODE_LENGTH }, () => randomInt(CODE_LETTERS.length)));
}

const secrets = new WeakMap<Keys, Buffer>();

/**
 * What is kept of a code. It is short enough to be found again out of a plain hash: a secret goes into it that is not in the
 * database. So does the bridge: a code of another one is no code here.
 */
function hashOf(keys: Keys, bridge: BridgeId, code: string): string {
  // An Ed25519 signature of one text is always the same, and nobody makes it without the key.
  const secret = secrets.get(keys) ?? hash('sha256', keys.passes.sign('nhipcau pairing secret 1'), 'buffer');
  secrets.set(keys, secret);
  return createHmac('sha256', secret).update(`${bridge}\n${code}`).digest('base64url');
}

/** A machine that shows its key, and the code that somebody typed. */
export interface Pairing {
  readonly device: DeviceId;
  /** 65 bytes in base64url; that the machine has the private half was proven before. */
  readonly publicKey: string;
  /** As `readCode` gives it. */
  readonly code: string;
  readonly name: string | null;
  /** The revoked machine whose place this one takes, as its page says. */
  readonly replaces: DeviceId | null;
}

export type PairFailure =
  | { readonly reason: 'wrong code' | 'code used' | 'code expired' | 'key revoked' }
  | { readonly reason: 'too many tries'; readonly seconds: number };

/**
 * Pairs a machine to a bridge with a code, which is used up. A machine that is paired there already stays so, and the code stays
 * good. One that is revoked anywhere has to make a new key first: it becomes a new machine.
 */
export async function pairDevice(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  pairing: Pairing,
): Promise<Result<null, PairFailure>> {
  const { database } = context;
  const now = context.clock();
  const by: AccountId | null = context.actor?.account ?? null;
  const { device, publicKey, code, name, replaces } = pairing;
  context.audit.note({ on: { device } });
  if (await revokedAnywhere(database.read, device)) return { ok: false, reason: 'key revoked' };
  if ((await deviceAt(database.read, bridge, device)) !== undefined) return ok(null);
  const seconds = secondsToWait(database, by, bridge, now);
  if (seconds > 0) return { ok: false, reason: 'too many tries', seconds };
  countTry(database, by, bridge, now);
  const codeHash = hashOf(context.keys, bridge, code);
  const known = await codeByHash(database.read, codeHash);
  if (known?.conference !== conference || known.bridge !== bridge) return { ok: false, reason: 'wrong code' };
  takeBackTry(database, by, bridge);
  if (known.used_at !== null) return { ok: false, reason: 'code used' };
  if (known.expires_at <= now) return { ok: false, reason: 'code expired' };
  const paired = await transaction(database, async (connection) => {
    // Two machines with the same code: the second finds it used.
    if (!(await useCode(connection, codeHash, device, now))) return false;
    await addDevice(
      connection,
      { conference, bridge, device, publicKey, name, replaces, at: now, by },
      { id: context.newId(), conference, bridge, device, step: 'pair', at: now, by, text: replaces },
    );
    return true;
  });
  if (!paired) return { ok: false, reason: 'code used' };
  context.audit.note({ after: { paired: true, name, replaces } });
  pairingAdded(database, bridge, device);
  await machinePaired(context, bridge, device);
  // What it sent before it was paired may be held.
  await standingsChanged(context);
  return ok(null);
}
