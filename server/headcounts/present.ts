import type { AccountId } from '../../domain/ids.ts';
import type {
  FrozenSummary,
  SummaryDifference as Difference,
} from '../../domain/reports/headcount-summary.ts';
import type { Language } from '../../domain/text/language.ts';
import {
  DIFFERENCES_LISTED,
  type SummaryDifference,
  type SummaryRow,
  type SummaryVersion,
} from '../../domain/wire/versions.ts';
import { OPERATOR_NAME } from '../reports/sentences.ts';
import type { Named, SummaryBridge } from './queries.ts';

function nameOf(by: AccountId | null, { names }: Named, language: Language): string | null {
  return by === null ? null : (names.get(by) ?? OPERATOR_NAME[language]);
}

export function presentSummaryDifference(
  one: Difference,
  named: Named,
  language: Language,
): SummaryDifference {
  const { bridge, figure, key, before, after, at } = one;
  const bridgeName = named.tree?.get(bridge)?.name ?? bridge;
  return { bridge, bridgeName, figure, key, before, after, at, by: nameOf(one.by, named, language) };
}

export function presentSummary(
  summary: Omit<FrozenSummary, 'lines'> & { readonly differing: number },
  named: Named,
  language: Language,
): SummaryVersion {
  const { version, dueBefore, at, totals, differing } = summary;
  const differences = summary.differences
    .slice(0, DIFFERENCES_LISTED)
    .map((one) => presentSummaryDifference(one, named, language));
  return { version, dueBefore, at, ...totals, differing, differences };
}

/** A bridge that is gone since is named by its id: what was frozen of it stays. */
export function presentSummaryRow(row: SummaryBridge, named: Named, language: Language): SummaryRow {
  const { bridge, node, total, chairName, status, lateByMs, at } = row;
  const own = { bridge, name: node?.name ?? bridge, class: node?.class ?? '' };
  return { ...own, total, chairName, status, lateByMs, at, by: nameOf(row.by, named, language) };
}
