import { type BridgeClass } from '../bridges/bridge.ts';
import type { ClauseId } from '../ids.ts';
import type { Basis } from '../plan/plan.ts';
import type { CompiledClause, Exclusion } from './compiled.ts';
import { predicateOf, type Predicate, type Readings } from './match.ts';
import type { PlacementReason } from './placement.ts';

/** A clause's part as the placement uses it. */
export interface ClausePart {
  readonly clause: ClauseId;
  readonly clauseIndex: number;
  readonly bridgeClass: BridgeClass;
  readonly basis: Basis;
  readonly quota: boolean;
  readonly predicate: Predicate;
  readonly exclusions: readonly Exclusion[];
  /** The part's own words. */
  readonly words: string;
  /** Shared by everybody whom the part seats. */
  readonly reason: PlacementReason;
  /** Among all parts of the plan. */
  readonly index: number;
  /** Breaks ties within a bridge: summoned before invited, then the plan's order. */
  readonly order: number;
}

/** Most parts that a plan can have; the order of seats leaves room for as many. */
export const MOST_PARTS = 4096;

/** The parts of all clauses, in the plan's order. */
export function partsOf(clauses: readonly CompiledClause[], readings: Readings): ClausePart[] {
  const parts: ClausePart[] = [];
  for (const [clauseIndex, compiled] of clauses.entries()) {
    for (const part of compiled.parts) {
      if (parts.length >= MOST_PARTS) throw new Error(`a plan of more than ${MOST_PARTS} rules`);
      const { id, basis, bridgeClass } = compiled.clause;
      parts.push({
        clause: id,
        clauseIndex,
        bridgeClass,
        basis,
        quota: part.quota,
        predicate: predicateOf(part.rule, readings),
        exclusions: compiled.exclusions,
        words: part.words,
        reason: { kind: 'clause', clause: id, words: part.words },
        index: parts.length,
        order: (basis === 'invited' ? MOST_PARTS : 0) + parts.length,
      });
    }
  }
  return parts;
}

export function isDirect(part: ClausePart): boolean {
  return part.basis === 'discretionary' || part.predicate.rule.kind === 'staff';
}

export function isCollective(part: ClausePart): boolean {
  return part.basis !== 'discretionary' && part.predicate.rule.kind === 'collective-leadership';
}
