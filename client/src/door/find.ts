import { passIn } from '../../../domain/passes/pass.ts';
import { searchFor, type SearchKey, searchKeyOf } from '../../../domain/text/search.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';

export const MOST_FOUND = 8;
const LONGEST_NAME = 100;
const BEGINS_PASS = /NC\d\S*$/i;
/** Shorter ids could end a name by accident. */
const SHORTEST_BADGE = 6;

/** Somebody of a list as searches read them. */
interface Known {
  readonly row: DoorRow;
  readonly name: SearchKey;
  readonly whole: SearchKey;
}

/** A list made ready for searches: five thousand people are folded once, not with every letter. */
export interface People {
  readonly known: readonly Known[];
  /** By their ids, in small letters. */
  readonly byId: ReadonlyMap<string, DoorRow>;
  /** The lengths of those ids that a scanner may have typed behind a half-typed name. */
  readonly badges: readonly number[];
}

/** What was read of a row before: a row that somebody's arrival did not touch is the same one. */
const read = new WeakMap<DoorRow, Known>();

export function peopleOf(rows: readonly DoorRow[]): People {
  const byId = new Map(rows.map((row) => [row.person.toLowerCase(), row]));
  const lengths = new Set([...byId.keys()].map((id) => id.length));
  return {
    known: rows.map(knownOf),
    byId,
    badges: [...lengths].filter((length) => length >= SHORTEST_BADGE).toSorted((a, b) => b - a),
  };
}

function knownOf(row: DoorRow): Known {
  const before = read.get(row);
  if (before !== undefined) return before;
  const name = searchKeyOf(row.name);
  const known = { row, name, whole: searchKeyOf(`${row.name} ${row.position}`) };
  read.set(row, known);
  return known;
}

/**
 * Whom a typed or scanned text means. A code (an id, also one that a scanner typed behind a half-typed name) means one
 * person; a name those whose words it begins, marks set aside: exact ones first, then those who are still expected.
 */
export function find(
  text: string,
  people: People,
): { code: DoorRow | null; found: DoorRow[]; total: number } {
  const query = text.trim();
  // A scanner types a hundred letters in a moment: nobody is looked for by the beginning of a pass.
  if (query === '' || query.length > LONGEST_NAME || BEGINS_PASS.test(query)) {
    return { code: null, found: [], total: 0 };
  }
  const code = byCode(query.toLowerCase(), people);
  if (code !== null) return { code, found: [code], total: 1 };
  const qualityOf = searchFor(query);
  const ranked: { row: DoorRow; rank: number }[] = [];
  for (const { row, name, whole } of people.known) {
    // Most answer to neither, and the one text has the other in it.
    if (qualityOf(whole) === null) continue;
    const quality = qualityOf(name) ?? 'position';
    const rank = { exact: 0, folded: 2, position: 4 }[quality] + (row.presence.state === 'present' ? 1 : 0);
    ranked.push({ row, rank });
  }
  ranked.sort((a, b) => a.rank - b.rank);
  return { code: null, found: ranked.slice(0, MOST_FOUND).map(({ row }) => row), total: ranked.length };
}

function byCode(typed: string, { byId, badges }: People): DoorRow | null {
  const whole = byId.get(typed);
  if (whole !== undefined) return whole;
  for (const length of badges) {
    const end = typed.length > length ? byId.get(typed.slice(-length)) : undefined;
    if (end !== undefined) return end;
  }
  return null;
}

/**
 * Whether a text that nobody answers to looks like a scanned code rather than a name: a number among letters without
 * blanks, an address, or the data of a card.
 */
export function looksLikeCode(text: string): boolean {
  const scanned = text.trim();
  return /^\S{4,}$/.test(scanned) ? /\d|:\/\//.test(scanned) : /\d.*\||\|.*\d/.test(scanned);
}

/** What a whole text means that somebody typed or scanned and ended with Enter. `several`: who of them, a person says. */
export type Meaning =
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'person'; readonly row: DoorRow }
  | { readonly kind: 'stranger'; readonly name: string }
  | { readonly kind: 'several' };

/** @param people null while no list is there: then only codes mean anything */
export function meaningOf(text: string, people: People | null): Meaning {
  const query = text.trim();
  const pass = passIn(query);
  if (pass !== null) return { kind: 'scan', text: pass };
  if (people === null) return looksLikeCode(query) ? { kind: 'scan', text: query } : { kind: 'several' };
  const { code, found, total } = find(query, people);
  const only = code ?? (total === 1 ? found[0] : undefined);
  if (only !== undefined) return { kind: 'person', row: only };
  if (total > 1) return { kind: 'several' };
  return looksLikeCode(query) ? { kind: 'scan', text: query } : { kind: 'stranger', name: query };
}
