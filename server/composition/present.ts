import { sayChange } from '../../domain/composition/change.ts';
import type { CompiledClause, Exclusion } from '../../domain/composition/compiled.ts';
import { describe } from '../../domain/composition/describe.ts';
import type { Explain } from '../../domain/composition/placement.ts';
import { sayUnseated } from '../../domain/composition/sentences.ts';
import type { GivenExclusion, PlacementSettings } from '../../domain/composition/settings.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Reading } from '../../domain/plan/draft.ts';
import type { Language } from '../../domain/text/language.ts';
import type {
  ClauseForm,
  CompositionDeed,
  PlacedPerson,
  PlacementSummary,
  SettledByHand,
} from '../../domain/wire/placement.ts';
import type { ByHand, CurrentPlacement, FoundPlacement } from './queries.ts';
import type { KeptChange } from './change-store.ts';

/** A placement in one language. */
export function presentSummary(
  { run, settings, stale }: CurrentPlacement,
  language: Language,
): PlacementSummary {
  const { people, seated, unplaced, unseated, clauses, findings, findingCount } = run.summary;
  return {
    people,
    seated,
    unplaced,
    planRevision: run.planRevision,
    stale,
    settings,
    clauses: clauses.map((clause) => ({ ...clause, understood: clause.understood[language] })),
    findings: findings.map((finding) => ({
      ...finding,
      path: null,
      message: finding.message[language],
      todo: finding.todo[language],
    })),
    findingCount,
    unseated: unseated.map((one) => ({ ...one, words: sayUnseated(one.reason, language) })),
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

/** A clause for its form. */
export function presentClause(
  compiled: CompiledClause,
  settings: PlacementSettings,
  counts: ClauseForm['counts'],
  passage: ClauseForm['passage'],
  language: Language,
): ClauseForm {
  const { clause, parts, exclusions, unread, unreadExclusions, given } = compiled;
  const rules = new Map(parts.map(({ rule }) => [JSON.stringify(rule), rule]));
  return {
    clause: clause.id,
    bridgeClass: clause.bridgeClass,
    text: clause.text,
    excluding: clause.exclusions,
    condition: clause.condition,
    understood: describe(compiled, settings, language),
    unread: [...unread, ...unreadExclusions],
    given,
    basis: clause.basis,
    quota: clause.quota,
    rules: [...rules.values()],
    exclusions: exclusions.map(givenOf),
    counts,
    passage,
  };
}

function givenOf(exclusion: Exclusion): GivenExclusion {
  switch (exclusion.kind) {
    case 'seated-at':
      return { kind: 'seated-at', bridgeClass: exclusion.bridgeClass };
    case 'rules':
      return { kind: 'rules', rules: [...exclusion.rules] };
    default:
      return { kind: exclusion.kind };
  }
}

/** Letters shown before and after a passage. */
const AROUND = 160;

/** Where the document says the clause at a place of the plan; null where a person wrote it. */
export function passageOf(reading: Reading | null, text: string): ClauseForm['passage'] {
  const leaf = reading?.plan.clauses.find((clause) => clause.text.value === text)?.text;
  const [first] = leaf?.source ?? [];
  const last = leaf?.source.at(-1);
  if (reading === null || first === undefined || last === undefined) return null;
  const [from] = first;
  const [, to] = last;
  const from0 = Math.max(0, from - AROUND);
  return {
    before: `${from0 > 0 ? '…' : ''}${reading.text.slice(from0, from).toWellFormed()}`,
    words: reading.text.slice(from, to).toWellFormed(),
    after: `${reading.text.slice(to, to + AROUND).toWellFormed()}${to + AROUND < reading.text.length ? '…' : ''}`,
  };
}

/** A change of the composition as a sentence. */
export function presentChange(
  { place, at, by, change, undone }: KeptChange,
  names: ReadonlyMap<PersonId, string>,
  tree: BridgeTree | null,
  language: Language,
): CompositionDeed {
  const words = sayChange(
    change ?? { kind: 'options', options: {} },
    { person: (id) => names.get(id) ?? null, bridge: (id) => tree?.get(id)?.name ?? null },
    language,
  );
  return { place, at, by, words, undone };
}

/** What was settled by hand, with the people that there still are. */
export function presentByHand(
  one: ByHand,
  names: ReadonlyMap<PersonId, string>,
  tree: BridgeTree | null,
): SettledByHand {
  const { clause, bridge, seats, people, words } = one;
  return {
    clause,
    bridge,
    bridgeName: bridge === null ? null : (tree?.get(bridge)?.name ?? null),
    seats,
    people: people.flatMap((person) => {
      const name = names.get(person);
      return name === undefined ? [] : [{ person, name }];
    }),
    words,
  };
}
