import { assertNever } from '../result.ts';
import type { Instant } from '../time.ts';

/**
 * How a bridge stands with its host. Every bridge is one of these, so that their counts add up to the bridges.
 * - `in`: somebody is its host.
 * - `waiting`: a code for it is out and still good.
 * - `expired`: its last code ended unused.
 * - `none`: no code was made for it since, or it was revoked.
 */
export const BRIDGE_STANDINGS = ['in', 'waiting', 'expired', 'none'] as const;
export type BridgeStanding = (typeof BRIDGE_STANDINGS)[number];

/** How many bridges stand how. */
export type StandingCounts = Readonly<Record<BridgeStanding, number>>;

/** What is known of one bridge. */
export interface BridgeFacts {
  readonly hosts: number;
  /** When its last code ends, if nobody has used, revoked or replaced it. */
  readonly openUntil: Instant | null;
}

export function standingOf({ hosts, openUntil }: BridgeFacts, now: Instant): BridgeStanding {
  if (hosts > 0) return 'in';
  if (openUntil === null) return 'none';
  return now < openUntil ? 'waiting' : 'expired';
}

/**
 * For which bridges codes are made.
 * - `uncovered`: those without a host and without a good code. What was handed out stays good.
 * - `without-host`: those without a host; earlier codes of theirs end.
 * - `all`: also those that have a host.
 */
export const CODES_FOR = ['uncovered', 'without-host', 'all'] as const;
export type CodesFor = (typeof CODES_FOR)[number];

export function needsCode(standing: BridgeStanding, codesFor: CodesFor): boolean {
  switch (codesFor) {
    case 'all':
      return true;
    case 'without-host':
      return standing !== 'in';
    case 'uncovered':
      return standing === 'none' || standing === 'expired';
    default:
      return assertNever(codesFor);
  }
}
