import type { LinkCheck, Linked } from './links.ts';
import type { KeptName } from './verdict.ts';

/** A head that something vouches for: the chain has to have this hash at this place. */
export interface Claim {
  readonly place: number;
  readonly hash: string;
  /** The number of a checkpoint, or what was kept. */
  readonly against: number | KeptName;
  /** Vouched for by what was kept: it stands also against whoever has the key. */
  readonly isKept: boolean;
}

/** A head that is vouched for and that the chain does not have: it was made anew from about `place` on, or ends before. */
export interface FailedClaim {
  readonly kind: 'cut' | 'rewritten';
  readonly place: number;
  readonly upTo: number;
  readonly against: number | KeptName;
}

/**
 * The first of some claims, in the order of their places, that does not hold. The chain before the last one that agrees is
 * beyond doubt; against whoever has the key only what was kept counts for that.
 */
export function firstFailed(
  chain: Pick<LinkCheck<Linked>, 'length' | 'hashAt'>,
  claims: readonly Claim[],
): FailedClaim | null {
  const failed = claims.filter(({ place, hash }) => chain.hashAt(place) !== hash);
  const [first] = failed;
  if (first === undefined) return null;
  const { place: upTo, against } = first;
  const hasKey = failed.some(({ isKept }) => isKept);
  const differs = new Set(failed);
  let sure = 0;
  for (const claim of claims) {
    const agrees = !differs.has(claim) && (claim.isKept || !hasKey);
    if (agrees && claim.place < upTo) sure = Math.max(sure, claim.place);
  }
  return chain.hashAt(upTo) === null
    ? { kind: 'cut', place: Math.max(sure, chain.length) + 1, upTo, against }
    : { kind: 'rewritten', place: sure + 1, upTo, against };
}
