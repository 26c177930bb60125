import type { Explain } from '../../domain/composition/placement.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { Language } from '../../domain/text/language.ts';
import type { PlacedPerson, PlacementSummary } from '../../domain/wire/placement.ts';
import type { CurrentPlacement, FoundPlacement } from './queries.ts';

/** A placement in one language. */
export function presentSummary(
  { run, settings, stale }: CurrentPlacement,
  language: Language,
): PlacementSummary {
  const { people, seated, unplaced, clauses, findings } = run.summary;
  return {
    people,
    seated,
    unplaced,
    planRevision: run.planRevision,
    stale,
    settings,
    clauses: clauses.map((clause) => ({ ...clause, understood: clause.understood[language] })),
    findings: findings.map((finding) => ({ ...finding, path: null, message: finding.message[language] })),
  };
}

/** One person, where they sit and why. */
export function presentPlaced(
  { placement, person }: FoundPlacement,
  tree: BridgeTree,
  explain: Explain,
  language: Language,
): PlacedPerson {
  const { bridge } = placement;
  return {
    person: placement.person,
    name: person.name,
    positions: [...person.positions],
    bridge,
    bridgeName: bridge === null ? null : (tree.get(bridge)?.name ?? null),
    as: placement.as,
    basis: placement.basis,
    clause: placement.clause,
    why: explain(placement, language),
  };
}
