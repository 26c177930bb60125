import { ok, type Result } from '../../domain/result.ts';
import { readFingerprint } from '../../domain/attendance/checkpoint.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import { sha256 } from '../platform/keys.ts';
import { named, type NamedCheckpoint } from './commands.ts';
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

/** Checkpoints before a number, newest first, at most `limit`. */
export async function listCheckpoints(
  { database }: Context,
  before: number,
  limit: number,
): Promise<NamedCheckpoint[]> {
  return (await checkpointsBefore(database.read, before, limit)).map(named);
}

/** Checkpoints read at a time. */
const PAGE = 1000;

/** All checkpoints up to a number, from the first one on. */
export async function* everyCheckpoint(
  { database }: Context,
  upTo = Infinity,
): AsyncGenerator<CheckpointRow> {
  for (let after = 0; ;) {
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
    for await (const row of everyCheckpoint(context)) {
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
