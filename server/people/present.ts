import { differencesOf, joined } from '../../domain/composition/merge.ts';
import type { ImportRow, RosterDeed } from '../../domain/wire/people.ts';
import type { FaultyEntry, ReadEntry } from './import-content.ts';
import type { RosterChange } from './change-store.ts';

/** A row that was read, beside the one with whom they may be one person. */
export function presentRead({ row, person, other }: ReadEntry): ImportRow {
  return {
    row,
    person,
    other: other === null ? null : { row: 'row' in other ? other.row : null, person: other.person },
    differs: other === null ? [] : differencesOf(other.person, joined(other.person, person)),
    cells: [],
    faults: [],
  };
}

export function presentFaulty({ row, cells, faults }: FaultyEntry): ImportRow {
  return { row, person: null, other: null, differs: [], cells: [...cells], faults: [...faults] };
}

/** The last changes of a roster; the newest that stands can be taken back, where it is still known how. */
export function presentChanges(changes: readonly RosterChange[]): RosterDeed[] {
  const last = changes.find(({ undone }) => !undone);
  return changes.map(({ kept, ...change }) => ({ ...change, canUndo: kept && change.place === last?.place }));
}
