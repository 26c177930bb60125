import type { ReportState } from '../../../domain/reports/due-list.ts';

/** What the list can be narrowed down to: a state, or the mark that stands beside any of them. */
export type DueFilterName = ReportState | 'late';
/** Spelt out here: this file comes with every page, and the rules of the list only with theirs. */
export const DUE_FILTERS: readonly DueFilterName[] = ['unsent', 'returned', 'submitted', 'accepted', 'late'];

export function isFilter(value: unknown): value is DueFilterName {
  return DUE_FILTERS.some((one) => one === value);
}

/** Which node of the tree, which part of its list, and whether sums stand in its place. */
export interface ReportsSearch {
  readonly bridge?: string;
  readonly state?: DueFilterName;
  readonly view?: 'levels';
}

export function reportsSearch(search: Record<string, unknown>): ReportsSearch {
  const { bridge, state, view } = search;
  return {
    ...(typeof bridge === 'string' && { bridge }),
    ...(isFilter(state) && { state }),
    ...(view === 'levels' && { view }),
  };
}
