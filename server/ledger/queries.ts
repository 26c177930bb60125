import { ok, type Result } from '../../domain/result.ts';
import { readFingerprint } from '../../domain/ledger/checkpoint.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { sha256 } from '../platform/keys.ts';
import { isOwn, named, type NamedCheckpoint } from './commands.ts';
import { catchUp, chainKey, inTurn, liveHeads } from './live.ts';
import {
  checkpointsAfter,
  checkpointsBefore,
  lastCheckpoint,
  lastEvent,
  proofsOf,
  type CheckpointRow,
} from './store.ts';

/** The newest checkpoint; null while nothing was signed. */
export async function latestCheckpoint({ database }: Context): Promise<NamedCheckpoint | null> {
  const last = await lastCheckpoint(database.read);
  return last === null ? null : named(last);
}

/** How far the ledger is signed: when it was signed last, null before the first time, and how many events came after. */
export async function signedSoFar({
  database,
}: Context): Promise<{ readonly at: Instant | null; readonly unsigned: number }> {
  const [last, end] = await Promise.all([lastCheckpoint(database.read), lastEvent(database.read)]);
  return { at: last?.at ?? null, unsigned: end - (last?.seq ?? 0) };
}

/** Checkpoints before a number, newest first, at most `limit`. */
export async function listCheckpoints(
  { database }: Context,
  before: number,
  limit: number,
): Promise<NamedCheckpoint[]> {
  return (await checkpointsBefore(database.read, before, limit)).map(named);
}

/** Checkpoints read at a time. */
const PAGE = 500;

/** All checkpoints from a number up to another, oldest first. */
export async function* everyCheckpoint(
  { database }: Context,
  from = 1,
  upTo = Infinity,
): AsyncGenerator<CheckpointRow> {
  for (let after = from - 1; ;) {
    const page = await checkpointsAfter(database.read, after, PAGE);
    for (const checkpoint of page) {
      if (checkpoint.number > upTo) return;
      yield checkpoint;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.number;
  }
}

/** From which checkpoint on the present key signed all, as far as it was looked. */
const ownRows = new WeakMap<Database, { first: number; lookedUpTo: number }>();

/**
 * The number from which on every checkpoint is signed with the present key: 1, unless an older key was lost. What the
 * older one signed cannot be checked with this one, and goes into no export.
 */
export async function firstOwnCheckpoint(context: Context): Promise<number> {
  const row = ownRows.get(context.database) ?? { first: 1, lookedUpTo: 0 };
  ownRows.set(context.database, row);
  for await (const checkpoint of everyCheckpoint(context, row.lookedUpTo + 1)) {
    if (!isOwn(context, checkpoint)) row.first = checkpoint.number + 1;
    row.lookedUpTo = checkpoint.number;
  }
  return row.first;
}

/** The checkpoint that closes a bridge: what its summary names and its chair signs. */
export interface ClosingCheckpoint {
  readonly number: number;
  readonly at: Instant;
  /** `K7QF-2M9X-4TZA-9C3D` */
  readonly fingerprint: string;
  /** SHA-256 of the statement, of which the fingerprint is the beginning. */
  readonly digest: string;
  /** Head of the bridge's chain under it: how many events, and the hash over all of them. */
  readonly place: number;
  readonly hash: string;
}

/**
 * The signed checkpoint that covers the last event of a closed bridge. Null while the bridge is open, has been opened
 * again by an undo, or something came in that the next checkpoint (signed within a second or two) is yet to cover.
 */
export function closingCheckpoint(
  context: Context,
  session: SessionId,
  bridge: BridgeId,
): Promise<ClosingCheckpoint | null> {
  return inTurn(context, async () => {
    const { read } = context.database;
    const live = liveHeads(context);
    await catchUp(context, live, await lastEvent(read));
    if (live.closings.get(chainKey(session, bridge))?.isClosed() !== true) return null;
    const head = live.tree.inclusion(session, bridge);
    const proof = (await proofsOf(read, session, [bridge])).at(-1);
    if (head === null || proof === undefined || proof.included.place !== head.place) return null;
    const [checkpoint] = await checkpointsAfter(read, proof.checkpoint - 1, 1);
    if (checkpoint === undefined) return null;
    const { number, at, fingerprint, statement } = named(checkpoint);
    return { number, at, fingerprint, digest: sha256(statement), place: head.place, hash: head.hash };
  });
}

/** The checkpoints that somebody names by their numbers or fingerprints. */
export async function findCheckpoints(
  context: Context,
  asked: readonly string[],
): Promise<Result<NamedCheckpoint[], { readonly reason: 'no such checkpoint'; readonly asked: string }>> {
  const found = new Map<string, NamedCheckpoint>();
  if (asked.length > 0) {
    for await (const row of everyCheckpoint(context, await firstOwnCheckpoint(context))) {
      const checkpoint = named(row);
      for (const name of asked) {
        if (name === String(checkpoint.number) || readFingerprint(name) === checkpoint.fingerprint) {
          found.set(name, checkpoint);
        }
      }
    }
  }
  const unknown = asked.find((name) => !found.has(name));
  if (unknown !== undefined) return { ok: false, reason: 'no such checkpoint', asked: unknown };
  return ok([...found.values()]);
}
