import { tidy } from '../text/normalize.ts';
import { toneKey } from '../text/search.ts';
import { columnsOf } from './columns.ts';
import type { SheetRow } from './columns.ts';

/**
 * The statistics office gives its list one line per commune, with the units above it repeated on every line. Each pair
 * is a code and a name with its title, from the top down.
 */
const PAIRS = [
  {
    code: ['ma tp', 'ma tinh', 'ma tinh thanh pho', 'ma tinh tp', 'province code'],
    name: ['tinh thanh pho', 'tinh tp', 'ten tinh', 'ten tinh thanh pho', 'tinh', 'province'],
  },
  {
    code: ['ma qh', 'ma huyen', 'ma quan huyen', 'district code'],
    name: ['quan huyen', 'ten huyen', 'ten quan huyen', 'huyen', 'district'],
  },
  {
    code: ['ma px', 'ma xa', 'ma phuong xa', 'ma xa phuong', 'commune code'],
    name: ['phuong xa', 'xa phuong', 'ten xa', 'ten phuong xa', 'xa', 'commune', 'ward'],
  },
] as const;

interface Pair {
  readonly code: string;
  readonly name: string;
}

/** One unit out of a line of a wide list. */
export interface WideCell {
  readonly line: SheetRow;
  readonly codeColumn: string;
  readonly nameColumn: string;
  readonly code: string;
  readonly fullName: string;
  readonly parent: string;
}

/** A code that stands with two names; the first is taken. */
export interface NameClash {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly name: string;
  readonly before: string;
}

/** The columns of a wide list; null where the headers are not those of one. */
export function wideColumns(headers: readonly string[]): readonly Pair[] | null {
  const pairs: Pair[] = [];
  for (const names of PAIRS) {
    const columns = columnsOf<'code' | 'name'>(headers, names);
    const code = columns.get('code');
    const name = columns.get('name');
    if (code !== undefined && name !== undefined) pairs.push({ code, name });
  }
  return pairs.length >= 2 ? pairs : null;
}

/** Each unit of a wide list once, where it first stands. A line without a commune gives its district (an island). */
export function readWide(
  rows: readonly SheetRow[],
  pairs: readonly Pair[],
): { readonly cells: readonly WideCell[]; readonly clashes: readonly NameClash[] } {
  const first = new Map<string, WideCell>();
  const clashes: NameClash[] = [];
  for (const line of rows) {
    const { row, cells } = line;
    let parent = '';
    for (const pair of pairs) {
      const code = tidy(cells[pair.code] ?? '');
      const fullName = tidy(cells[pair.name] ?? '');
      if (code === '' && fullName === '') continue;
      const before = first.get(code);
      if (before === undefined || code === '') {
        const cell = { line, codeColumn: pair.code, nameColumn: pair.name, code, fullName, parent };
        first.set(code === '' ? `\x01${first.size}` : code, cell);
      } else if (toneKey(before.fullName) !== toneKey(fullName) || before.parent !== parent) {
        clashes.push({ row, column: pair.code, code, name: fullName, before: before.fullName });
      }
      parent = code;
    }
  }
  return { cells: [...first.values()], clashes };
}
