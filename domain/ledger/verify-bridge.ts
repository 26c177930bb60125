import type { BridgeId, EventId, SessionId } from '../ids.ts';
import type { Hash } from './chain.ts';
import { numbered, type Known } from './checkpoint-row.ts';
import { firstFailed, type Claim } from './claims.ts';
import type { Proof } from './export.ts';
import { isAbsent, isIncluded } from './merkle.ts';
import type { BridgeVerdict, CheckpointName, Finding, Spot } from './verdict.ts';
import type { ChainCheck } from './verify-chain.ts';

/** A head that a device was given with its receipt. */
export interface KeptHead {
  readonly bridge: BridgeId;
  readonly place: number;
  readonly hash: string;
}

/** A checkpoint that somebody kept: its fingerprint, and its number where the whole statement was kept. */
export interface KeptCheckpoint {
  readonly fingerprint: string;
  readonly number: number | null;
}

/** Everything that the file has of one bridge. */
export interface Section {
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly name: string;
  readonly chain: ChainCheck;
  readonly proofs: Proof[];
}

/** What a bridge is judged by. */
export interface Witnesses {
  readonly hash: Hash;
  /** One number after the other. */
  readonly checkpoints: readonly Known[];
  readonly keptCheckpoints: readonly KeptCheckpoint[];
  readonly keptHeads: readonly KeptHead[];
  /** Those kept that are not among the checkpoints. */
  readonly missing: readonly KeptCheckpoint[];
}

/** What a bridge comes to, once all its lines were read; or the first thing about it that does not hold. */
export function judgeBridge(section: Section, witnesses: Witnesses): Finding | BridgeVerdict {
  const { bridge, name, chain, proofs } = section;
  const { checkpoints, keptCheckpoints, keptHeads, missing } = witnesses;
  const held = proofs.map((proof) => ({ proof, holds: proofHolds(section, proof, witnesses) }));
  const included = held.flatMap(({ proof, holds }) =>
    holds && 'included' in proof ? [{ ...proof.included, checkpoint: proof.checkpoint }] : [],
  );
  const tampered = chain.tampering(new Map(included.map(({ place, hash }) => [place, hash])));
  if (tampered !== null) return { ...tampered, bridge, id: tampered.id as EventId | null };

  const fingerprints = new Set(keptCheckpoints.map(({ fingerprint }) => fingerprint));
  const kept = checkpoints.filter(({ fingerprint }) => fingerprints.has(fingerprint));
  const claims: Claim[] = [
    ...keptHeads
      .filter((head) => head.bridge === bridge)
      .map(({ place, hash }) => ({ place, hash, against: { bridge, place }, isKept: true })),
    ...included.map(({ place, hash, checkpoint }) => ({
      place,
      hash,
      against: checkpoint,
      isKept: kept.some(({ number }) => number === checkpoint),
    })),
  ].toSorted((a, b) => a.place - b.place);
  const failed = firstFailed(chain, claims);
  if (failed !== null) return { ...failed, bridge, id: idAt(chain, failed.place) };

  const [lost] = missing;
  if (lost !== undefined) {
    const spot = spotAfter(
      section,
      claims.filter(({ isKept }) => isKept),
    );
    return { kind: 'signed-anew', kept: lost.fingerprint, number: lost.number, ...spot };
  }
  const hidden = kept.find(
    ({ number }) => !held.some(({ proof, holds }) => holds && proof.checkpoint === number),
  );
  if (hidden !== undefined) {
    return { kind: 'not-shown', bridge, kept: { fingerprint: hidden.fingerprint } };
  }
  const last = checkpoints.at(-1);
  const bad = held.find(({ holds }) => !holds);
  // Without its proof under the last checkpoint a chain that was cut would look like one that is still open.
  const isShown =
    last === undefined ? chain.length === 0 : held.some(({ proof }) => proof.checkpoint === last.number);
  if (bad !== undefined || !isShown) {
    const checkpoint = bad?.proof.checkpoint ?? last?.number ?? null;
    return { kind: 'unproven', checkpoint, ...spotAfter(section, claims) };
  }
  const covered = Math.max(0, ...included.map(({ place }) => place));
  const covering = included.filter(({ place }) => place === covered).map(({ checkpoint }) => checkpoint);
  const isClosed = chain.length > 0 && covered === chain.length && chain.isClosed();
  const closing = isClosed ? numbered(checkpoints, Math.min(...covering)) : undefined;
  return {
    bridge,
    name,
    state: closing !== undefined ? 'closed' : chain.length === 0 ? 'empty' : 'open',
    events: chain.length,
    covered,
    closing: closing === undefined ? null : nameOf(closing),
  };
}

export function nameOf({ number, at, fingerprint }: Known): CheckpointName {
  return { number, at, fingerprint };
}

/** The first event behind those that are vouched for. */
function spotAfter({ bridge, chain }: Section, claims: readonly Claim[]): Spot {
  const place = Math.max(0, ...claims.map((claim) => claim.place)) + 1;
  return { bridge, place, id: idAt(chain, place) };
}

function idAt(chain: ChainCheck, place: number): EventId | null {
  return chain.idAt(place) as EventId | null;
}

function proofHolds({ session, bridge }: Section, proof: Proof, { checkpoints, hash }: Witnesses): boolean {
  const under = numbered(checkpoints, proof.checkpoint);
  if (under === undefined) return false;
  const chain = { session, bridge };
  return 'included' in proof
    ? proof.included.place > 0 && isIncluded(chain, proof.included, under, hash)
    : isAbsent(chain, proof.absent, under, hash);
}
