import { parseDate } from '../text/dates.ts';
import { isCommonFamily } from '../text/names.ts';
import { tidy } from '../text/normalize.ts';
import { fold } from '../text/search.ts';
import { readColumns, ROSTER_FIELDS, type RosterColumn, type RosterField } from './roster.ts';

/** How a column came to be understood as it is. */
export type ColumnGround = 'given' | 'remembered' | 'header' | 'content' | null;

export interface ProposedColumn extends RosterColumn {
  readonly ground: ColumnGround;
}

/** Fewer cells than these say nothing about a column. */
const ENOUGH = 3;
/** How many of the cells that have something in them must look like the field. */
const MOST_OF_THEM = 0.8;
const FIRST_WORDS_OF_POSTS =
  /^(?:bi thu|pho|chu tich|truong|uy vien|giam doc|hieu truong|can bo|chuyen vien|vien chuc|cong chuc|to truong|thanh vien|dai bieu|bao cao vien|thu truong|bo truong|chanh|cuc truong|vu truong|ke toan|giao vien|thuong truc)\b/;

const LOOKS_LIKE: readonly (readonly [RosterField, (text: string) => boolean])[] = [
  ['email', (text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)],
  ['citizenNumber', (text) => /^\d{12}$/.test(text.replaceAll(' ', ''))],
  ['phone', (text) => /^(?:\+84|0)\d{9}$/.test(text.replaceAll(/[ .-]/g, ''))],
  ['birthDate', (text) => /[/.-]/.test(text) && parseDate(text) !== null],
  ['name', looksLikeName],
  ['position', (text) => FIRST_WORDS_OF_POSTS.test(fold(text))],
];

function looksLikeName(text: string): boolean {
  const words = text.split(' ');
  return (
    words.length >= 2 &&
    words.length <= 6 &&
    isCommonFamily(words[0] ?? '') &&
    words.every((word) => /^\p{Lu}[\p{L}'-]*$/u.test(word))
  );
}

/**
 * How the columns of a file are understood: as somebody said for a file of this shape before, else by their headers, and where
 * these say nothing by what is in them.
 *
 * @param rows the first rows of the file, cells in the order of the headers
 * @param remembered fields by column, where files of this shape were read before
 */
export function proposeColumns(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  remembered: readonly (RosterField | null)[] | null,
): ProposedColumn[] {
  if (remembered !== null) return withFields(headers, remembered, 'remembered');
  const byHeader = readColumns(headers);
  const taken = new Set(byHeader.map(({ field }) => field));
  return byHeader.map((column, at): ProposedColumn => {
    if (column.field !== null) return { ...column, ground: 'header' };
    const cells = rows.map((row) => tidy(row[at] ?? '')).filter((text) => text !== '' && text.length < 200);
    const field = cells.length < ENOUGH ? undefined : fieldOf(cells, taken);
    if (field === undefined) return { ...column, ground: null };
    taken.add(field);
    return { ...column, field, ground: 'content' };
  });
}

/** The columns as somebody gave or once gave them. */
export function withFields(
  headers: readonly string[],
  fields: readonly (RosterField | null)[],
  ground: 'given' | 'remembered',
): ProposedColumn[] {
  return headers.map((header, at) => {
    const field = fields[at] ?? null;
    return { header, field, ground: field === null ? null : ground };
  });
}

function fieldOf(cells: readonly string[], taken: ReadonlySet<RosterField | null>): RosterField | undefined {
  return LOOKS_LIKE.find(
    ([field, looks]) => !taken.has(field) && cells.filter(looks).length >= cells.length * MOST_OF_THEM,
  )?.[0];
}

/** What files of one shape have in common: their headers, in order, without regard to case and marks. */
export function shapeOf(headers: readonly string[]): string {
  return headers.map((header) => fold(tidy(header))).join('\n');
}

/** `name,,position` as fields by column; null where it is no such list. A field stands once. */
export function parseFields(text: string): (RosterField | null)[] | null {
  const fields = text.split(',').map((field) => (field === '' ? null : field));
  const known: readonly string[] = ROSTER_FIELDS;
  const named = fields.filter((field) => field !== null);
  if (named.some((field) => !known.includes(field)) || new Set(named).size < named.length) return null;
  return fields as (RosterField | null)[];
}
