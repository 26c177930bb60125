import type { BridgeId, SessionId } from '../ids.ts';
import type { Hash } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Proof } from './export.ts';
import { isAbsent, isIncluded } from './merkle.ts';
import type { BridgeVerdict, CheckpointName, Finding, KeptName, Spot } from './verdict.ts';
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

/** A checkpoint of the file, its signature checked. */
export interface Known extends Checkpoint, CheckpointName {}

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

/** A head that something vouches for: the chain has to have this hash at this place. */
interface Claim {
  readonly place: number;
  readonly hash: string;
  readonly against: number | KeptName;
  /** Vouched for by what was kept: it stands also against whoever has the key. */
  readonly isKept: boolean;
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
  if (tampered !== null) return tampered;

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
  const failed = firstFailed(bridge, chain, claims);
  if (failed !== null) return failed;

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

function numbered(checkpoints: readonly Known[], number: number): Known | undefined {
  return checkpoints[number - (checkpoints[0]?.number ?? 0)];
}

export function nameOf({ number, at, fingerprint }: Known): CheckpointName {
  return { number, at, fingerprint };
}

/** The first event behind those that are vouched for. */
function spotAfter({ bridge, chain }: Section, claims: readonly Claim[]): Spot {
  const place = Math.max(0, ...claims.map((claim) => claim.place)) + 1;
  return { bridge, place, id: chain.idAt(place) };
}

function proofHolds({ session, bridge }: Section, proof: Proof, { checkpoints, hash }: Witnesses): boolean {
  const under = numbered(checkpoints, proof.checkpoint);
  if (under === undefined) return false;
  const chain = { session, bridge };
  return 'included' in proof
    ? proof.included.place > 0 && isIncluded(chain, proof.included, under, hash)
    : isAbsent(chain, proof.absent, under, hash);
}

/**
 * The first head that is vouched for and that the chain does not have. The chain before the last one that agrees is
 * beyond doubt; against whoever has the key only what was kept counts for that.
 */
function firstFailed(bridge: BridgeId, chain: ChainCheck, claims: readonly Claim[]): Finding | null {
  const failed = claims.filter(({ place, hash }) => chain.hashAt(place) !== hash);
  const [first] = failed;
  if (first === undefined) return null;
  const { place: upTo, against } = first;
  const hasKey = failed.some(({ isKept }) => isKept);
  const agreed = claims.filter((claim) => !failed.includes(claim) && (claim.isKept || !hasKey));
  const sure = Math.max(0, ...agreed.map(({ place }) => place).filter((place) => place < upTo));
  if (chain.hashAt(upTo) === null) {
    const place = Math.max(sure, chain.length) + 1;
    return { kind: 'cut', bridge, place, id: null, upTo, against };
  }
  return { kind: 'rewritten', bridge, place: sure + 1, id: chain.idAt(sure + 1), upTo, against };
}
