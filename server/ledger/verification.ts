import { fingerprintOf, NOTHING_BEFORE, readStatement } from '../../domain/ledger/checkpoint.ts';
import { headTree, isIncluded, type Head } from '../../domain/ledger/merkle.ts';
import type { Tampering } from '../../domain/ledger/verdict.ts';
import type { KeptCheckpoint, KeptHead } from '../../domain/ledger/verify-bridge.ts';
import {
  faultIn,
  followChain,
  type FollowedChain,
  type StoredEvent,
} from '../../domain/ledger/stored-event.ts';
import { checkChain, hasWords } from '../../domain/ledger/verify-chain.ts';
import type { BridgeId, EventId, SessionId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import { sha256 } from '../platform/keys.ts';
import { isOwn } from './commands.ts';
import { everyCheckpoint } from './queries.ts';
import { eventsAfter, eventsAt, lastEvent, placesOf, proofsAfter, type CheckpointRow } from './store.ts';

/** What does not hold in the database, the first of it. */
export type LedgerFinding =
  | {
      readonly kind: 'tampered';
      readonly how: Tampering;
      readonly session: SessionId;
      readonly bridge: BridgeId;
      readonly place: number;
      readonly id: EventId | null;
    }
  /** The chains hold in themselves, but a checkpoint says otherwise; counted over the whole ledger. */
  | { readonly kind: 'rewritten'; readonly checkpoint: number; readonly from: number; readonly upTo: number }
  | { readonly kind: 'bad-checkpoint'; readonly checkpoint: number }
  | { readonly kind: 'bad-proof'; readonly checkpoint: number; readonly bridge: BridgeId }
  | { readonly kind: 'kept-missing'; readonly fingerprint: string }
  | { readonly kind: 'head-differs'; readonly bridge: BridgeId; readonly place: number };

/** What a whole database comes to. */
export interface LedgerVerdict {
  readonly finding: LedgerFinding | null;
  readonly events: number;
  readonly chains: number;
  readonly checkpoints: number;
  /** How many of the first ones an older key signed, which was lost. */
  readonly otherKey: number;
  /** Events after the last checkpoint. */
  readonly unsigned: number;
  /** Events whose words were erased. */
  readonly erased: number;
}

/** What somebody kept, to hold the database against. */
export interface LedgerKept {
  readonly checkpoints: readonly KeptCheckpoint[];
  readonly heads: readonly KeptHead[];
}

/** Events read at a time. */
const CHUNK = 5000;

/**
 * Verifies the ledger of a data folder as it stands: every chain from its first event, what each row says beside its
 * form, the words that were not erased, every checkpoint with its signature, root and counts, and every proof that was
 * kept. Reads the ledger once, in its own order; memory grows with the bridges.
 */
export async function verifyLedger(context: Context, kept: LedgerKept): Promise<LedgerVerdict> {
  const { read } = context.database;
  const upTo = await lastEvent(read);
  const sessions = new Map<SessionId, Map<BridgeId, FollowedChain>>();
  const grown = new Set<FollowedChain>();
  const tree = headTree(sha256);
  const wantedHeads = new Map(kept.heads.map((head) => [`${head.bridge} ${head.place}`, head]));
  const missing = new Set(kept.checkpoints.map(({ fingerprint }) => fingerprint));
  const ahead = everyCheckpoint(context);
  let next = await nextOf(ahead);
  let before: CheckpointRow | null = null;
  let checkpoints = 0;
  let otherKey = 0;
  let events = 0;
  let erased = 0;
  const verdict = (finding: LedgerFinding | null): LedgerVerdict => {
    const unsigned = events - (before === null ? 0 : (readStatement(before.statement)?.events ?? 0));
    const chains = [...sessions.values()].reduce((sum, { size }) => sum + size, 0);
    return { finding, events, chains, checkpoints, otherKey, unsigned, erased };
  };

  /** Holds the heads against the checkpoints that end before an event. */
  async function passCheckpoints(until: number): Promise<LedgerFinding | null> {
    for (; next !== null && next.seq < until; next = await nextOf(ahead)) {
      const isSigned = isOwn(context, next);
      const found = checkpointFinding(next, before);
      if (found !== null) return found;
      // An older key may have signed the first ones. The first of the present key names them, one by one.
      if (!isSigned && otherKey < checkpoints) return { kind: 'bad-checkpoint', checkpoint: next.number };
      if (!isSigned) otherKey += 1;
      tree.set([...grown].map(({ session, bridge, link }): Head => ({ session, bridge, ...link })));
      grown.clear();
      const { root, chains: count, events: counted } = readStatement(next.statement)!;
      if (root !== tree.root() || count !== tree.size || counted !== events) {
        return { kind: 'rewritten', checkpoint: next.number, from: (before?.seq ?? 0) + 1, upTo: next.seq };
      }
      missing.delete(fingerprintOf(next.statement, sha256));
      checkpoints += 1;
      before = next;
    }
    return null;
  }

  for (let after = 0; after < upTo;) {
    const rows = await eventsAfter(read, after, upTo, CHUNK);
    for (const event of rows) {
      const signed = next !== null && next.seq < event.seq ? await passCheckpoints(event.seq) : null;
      if (signed !== null) return verdict(signed);
      const chain = chainOf(sessions, event);
      if (faultIn(event, chain, sha256) !== null) {
        return verdict(await tamperingOf(context, event, upTo));
      }
      chain.link = { place: event.place, hash: event.hash };
      if (wantedHeads.size > 0) {
        const name = `${event.bridge} ${event.place}`;
        if (wantedHeads.get(name)?.hash === event.hash) wantedHeads.delete(name);
      }
      grown.add(chain);
      events += 1;
      if (event.texts === null && hasWords(event.form)) erased += 1;
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.seq;
  }
  const signed = await passCheckpoints(Infinity);
  if (signed !== null) return verdict(signed);
  if (otherKey > 0 && otherKey === checkpoints) return verdict({ kind: 'bad-checkpoint', checkpoint: 1 });
  const proof = await badProof(context);
  if (proof !== null) return verdict(proof);
  const [fingerprint] = missing;
  if (fingerprint !== undefined) return verdict({ kind: 'kept-missing', fingerprint });
  const [head] = wantedHeads.values();
  if (head !== undefined) return verdict({ kind: 'head-differs', bridge: head.bridge, place: head.place });
  return verdict(null);
}

function chainOf(
  sessions: Map<SessionId, Map<BridgeId, FollowedChain>>,
  { session, bridge }: StoredEvent,
): FollowedChain {
  const bridges = sessions.get(session) ?? new Map<BridgeId, FollowedChain>();
  sessions.set(session, bridges);
  const known = bridges.get(bridge);
  if (known !== undefined) return known;
  const chain = followChain(session, bridge, sha256);
  bridges.set(bridge, chain);
  return chain;
}

async function nextOf(ahead: AsyncGenerator<CheckpointRow>): Promise<CheckpointRow | null> {
  const { value, done } = await ahead.next();
  return done === true ? null : value;
}

function checkpointFinding(
  { number, seq, at, statement }: CheckpointRow,
  before: CheckpointRow | null,
): LedgerFinding | null {
  const expected = (before?.number ?? 0) + 1;
  const read = readStatement(statement);
  const isNext =
    read !== null &&
    number === expected &&
    read.number === number &&
    read.seq === seq &&
    read.at === at &&
    read.before === (before === null ? NOTHING_BEFORE : sha256(before.statement));
  return isNext ? null : { kind: 'bad-checkpoint', checkpoint: expected };
}

/** What was done to the chain of an event that does not fit: the whole chain tells. */
async function tamperingOf(
  { database }: Context,
  { session, bridge, place, id }: StoredEvent,
  upTo: number,
): Promise<LedgerFinding> {
  const chain = checkChain(session, bridge, sha256);
  const places = (await placesOf(database.read, session, upTo, bridge)).get(bridge) ?? [];
  for (let at = 0; at < places.length; at += CHUNK) {
    for (const event of await eventsAt(database.read, places.slice(at, at + CHUNK))) chain.take(event);
  }
  const found = chain.tampering(new Map());
  // Where the chain itself holds, the row says something else beside it.
  if (found === null) {
    return { kind: 'tampered', how: 'changed', session, bridge, place, id: uuidIn(id) };
  }
  return {
    kind: 'tampered',
    how: found.kind,
    session,
    bridge,
    place: found.place,
    id: found.id as EventId | null,
  };
}

function uuidIn(hex: string): EventId {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as EventId;
}

/** Proofs read at a time. */
const PROOFS = 1000;

/** The first kept proof that does not lead to the root of its checkpoint. */
async function badProof(context: Context): Promise<LedgerFinding | null> {
  const roots = new Map<number, { root: string; chains: number }>();
  for await (const { number, statement } of everyCheckpoint(context)) {
    const read = readStatement(statement);
    if (read !== null) roots.set(number, read);
  }
  for (let after = 0; ;) {
    const page = await proofsAfter(context.database.read, after, PROOFS);
    for (const { session, bridge, checkpoint, included } of page) {
      const root = roots.get(checkpoint);
      if (root === undefined || !isIncluded({ session, bridge }, included, root, sha256)) {
        return { kind: 'bad-proof', checkpoint, bridge };
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PROOFS) return null;
    after = last.row;
  }
}
