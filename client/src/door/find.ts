import { matchQuality } from '../../../domain/text/search.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';

export const MOST_FOUND = 8;
const LONGEST_NAME = 100;
const BEGINS_PASS = /NC\d\S*$/i;

/**
 * Whom a typed or scanned text means. A code (an id, also one that a scanner typed behind a half-typed name) means one
 * person; a name those whose words it begins, marks set aside: exact ones first, then those who are still expected.
 */
export function find(
  text: string,
  rows: readonly DoorRow[],
): { code: DoorRow | null; found: DoorRow[]; total: number } {
  const query = text.trim();
  // A scanner types a hundred letters in a moment: nobody is looked for by the beginning of a pass.
  if (query === '' || query.length > LONGEST_NAME || BEGINS_PASS.test(query)) {
    return { code: null, found: [], total: 0 };
  }
  const typed = query.toLowerCase();
  const code =
    rows.find((row) => row.person.toLowerCase() === typed) ??
    // Short ids could end a name by accident.
    rows.find((row) => row.person.length >= 6 && typed.endsWith(row.person.toLowerCase())) ??
    null;
  if (code !== null) return { code, found: [code], total: 1 };
  const ranked: { row: DoorRow; rank: number }[] = [];
  for (const row of rows) {
    const byName = matchQuality(query, row.name);
    const quality =
      byName ?? (matchQuality(query, `${row.name} ${row.position}`) === null ? null : 'position');
    if (quality === null) continue;
    const rank = { exact: 0, folded: 2, position: 4 }[quality] + (row.presence.state === 'present' ? 1 : 0);
    ranked.push({ row, rank });
  }
  ranked.sort((a, b) => a.rank - b.rank);
  return { code: null, found: ranked.slice(0, MOST_FOUND).map(({ row }) => row), total: ranked.length };
}

/**
 * Whether a text that nobody answers to looks like a scanned code rather than a name: a number among letters without
 * blanks, an address, or the data of a card.
 */
export function looksLikeCode(text: string): boolean {
  const scanned = text.trim();
  return /^\S{4,}$/.test(scanned) ? /\d|:\/\//.test(scanned) : /\d.*\||\|.*\d/.test(scanned);
}
