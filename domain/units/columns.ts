import { tidy } from '../text/normalize.ts';
import { fold } from '../text/search.ts';

/** One row of a table file: its number as a person sees it in the file, and its cells by header. */
export interface SheetRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** `Mã_đơn vị / cấp trên` as `ma don vi cap tren`. */
function headerKey(header: string): string {
  return tidy(
    fold(header)
      .replace(/\(.*?\)/g, ' ')
      .replace(/[_/,.-]+/g, ' '),
  );
}

/**
 * Which header of a file stands for which field: the first of the field's names that the file has, without regard to
 * case, marks, brackets and punctuation. Fields that the file lacks are missing in the answer.
 */
export function columnsOf<Field extends string>(
  headers: readonly string[],
  names: Readonly<Record<Field, readonly string[]>>,
): ReadonlyMap<Field, string> {
  const byKey = new Map<string, string>();
  for (const header of headers) {
    const key = headerKey(header);
    if (!byKey.has(key)) byKey.set(key, header);
  }
  const columns = new Map<Field, string>();
  for (const field in names) {
    const known = names[field].find((name) => byKey.has(name));
    if (known !== undefined) columns.set(field, byKey.get(known) ?? known);
  }
  return columns;
}
