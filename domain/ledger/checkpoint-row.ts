import type { Hash } from './chain.ts';
import {
  fingerprintOf,
  NOTHING_BEFORE,
  readStatement,
  type Checkpoint,
  type SignedCheckpoint,
} from './checkpoint.ts';
import type { CheckpointName } from './verdict.ts';

/** A checkpoint of a file, its signature checked. */
export interface Known extends Checkpoint, CheckpointName {}

/** Why a checkpoint is refused. */
export type RowFinding =
  | { readonly kind: 'bad-signature'; readonly checkpoint: number | null }
  | { readonly kind: 'bad-checkpoints'; readonly checkpoint: number };

/** The checkpoints of a file, one after the other, each naming the one before. */
export interface CheckpointRow {
  readonly known: readonly Known[];
  /** Takes the next one; what does not hold of it, or null. */
  take(checkpoint: SignedCheckpoint): RowFinding | null;
}

export function checkpointRow({
  hash,
  isSigned,
}: {
  readonly hash: Hash;
  readonly isSigned: (text: string, signature: string) => boolean;
}): CheckpointRow {
  const known: Known[] = [];
  let previous = '';
  return {
    known,
    take({ statement, signature }) {
      const read = readStatement(statement);
      if (read === null || !isSigned(statement, signature)) {
        return { kind: 'bad-signature', checkpoint: read?.number ?? null };
      }
      const expected = (known.at(-1)?.number ?? read.number - 1) + 1;
      // The row may begin later than with 1, where an older key was lost: what is signed names the one before all the same.
      const isFirst = known.length === 0 && (read.number > 1 || read.before === NOTHING_BEFORE);
      if (read.number !== expected || !(isFirst || read.before === previous)) {
        return { kind: 'bad-checkpoints', checkpoint: expected };
      }
      previous = hash(statement);
      known.push({ ...read, fingerprint: fingerprintOf(statement, hash) });
      return null;
    },
  };
}

/** A checkpoint of a row by its number. */
export function numbered(checkpoints: readonly Known[], number: number): Known | undefined {
  return checkpoints[number - (checkpoints[0]?.number ?? 0)];
}
