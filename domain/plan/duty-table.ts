import { cells } from './heading.ts';
import { keyOf } from './passage.ts';
import type { Passage } from './passage.ts';

/** Which column of a table of duties (bảng phân công) says what. */
export interface DutyColumns {
  readonly count: number;
  readonly text: number;
  readonly owner: number;
  readonly due: number | null;
}

export interface DutyRow {
  readonly text: Passage;
  readonly owner: Passage;
  readonly due: Passage | null;
  /** Cells that only number the row, or that no field takes. */
  readonly rest: readonly Passage[];
}

const TEXT = /^(?:noi dung|cong viec|nhiem vu|ten cong viec)\b/;
const OWNER = /^(?:don vi|co quan|bo phan|nguoi)\b|^(?:chu tri|thuc hien|phu trach)\b/;
const DUE = /^(?:thoi han|thoi gian|han|tien do|ngay)\b/;

/** The columns that a row heads: "STT | Nội dung công việc | Đơn vị thực hiện | Thời hạn"; null where it heads none. */
export function dutyColumns(row: Passage): DutyColumns | null {
  const keys = cells(row).map((cell) => keyOf(cell.text));
  const text = keys.findIndex((key) => TEXT.test(key));
  const owner = keys.findIndex((key) => OWNER.test(key));
  const due = keys.findIndex((key) => DUE.test(key));
  return keys.length < 2 || text < 0 || owner < 0
    ? null
    : { count: keys.length, text, owner, due: due < 0 ? null : due };
}

/** One row below; null where a cell is empty, so that nobody can say which column is which. */
export function dutyRow(row: Passage, columns: DutyColumns): DutyRow | null {
  const found = cells(row);
  const text = found[columns.text];
  const owner = found[columns.owner];
  if (found.length !== columns.count || text === undefined || owner === undefined) return null;
  const due = columns.due === null ? null : (found[columns.due] ?? null);
  return { text, owner, due, rest: found.filter((cell) => cell !== text && cell !== owner && cell !== due) };
}
