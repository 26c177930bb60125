import type { HeadcountContent } from '../wire/headcount.ts';

/**
 * The figures of a report as its form asks for them. The total is nobody's to type: it is what the parts add up to. Undefined
 * is a field that nothing stands in yet.
 */
export interface HeadcountFigures {
  /** The parts that add up: by clause of the plan, or by category where the plan has no clause for the bridge. */
  readonly parts: Readonly<Record<string, number | undefined>>;
  /** Delegates outside every part. */
  readonly rest: number | undefined;
  /** Party members among all of them, where parts are clauses. */
  readonly members: number | undefined;
}

/** Which fields a form has: a field for each clause, or for Party members and others. */
export interface HeadcountFields {
  readonly by: 'clause' | 'category';
  readonly keys: readonly string[];
}

const CATEGORIES = ['partyMember', 'other'] as const;

export function fieldsOf(clauses: readonly { readonly id: string }[]): HeadcountFields {
  return clauses.length === 0
    ? { by: 'category', keys: CATEGORIES }
    : { by: 'clause', keys: clauses.map(({ id }) => id) };
}

/** What stands in the fields at the beginning, out of what was kept or sent. */
export function figuresOf(
  content: Pick<HeadcountContent, 'total' | 'byClause' | 'byCategory'> | null,
  { by, keys }: HeadcountFields,
): HeadcountFigures {
  if (content === null) return { parts: {}, rest: undefined, members: undefined };
  const counts = by === 'clause' ? content.byClause : content.byCategory;
  const parts = Object.fromEntries(keys.map((key) => [key, counts[key]]));
  const inParts = keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
  const rest = content.total - inParts;
  return {
    parts,
    // A report of nobody says so in the field that is left.
    rest: rest > 0 || inParts === 0 ? Math.max(0, rest) : undefined,
    members: by === 'clause' ? content.byCategory['partyMember'] : undefined,
  };
}

/** What the fields add up to; null while nothing stands in any of them: zero is a report, an empty form is none. */
export function totalOf({ parts, rest }: HeadcountFigures): number | null {
  const given = [...Object.values(parts), rest].filter((count) => count !== undefined);
  return given.length === 0 ? null : given.reduce((sum, count) => sum + count, 0);
}

/** The figures of a report out of its fields; null while they say nothing. */
export function contentOf(
  figures: HeadcountFigures,
  { by, keys }: HeadcountFields,
): Pick<HeadcountContent, 'total' | 'byClause' | 'byCategory'> | null {
  const total = totalOf(figures);
  if (total === null) return null;
  const counts: Record<string, number> = {};
  for (const key of keys) {
    const count = figures.parts[key];
    if (count !== undefined) counts[key] = count;
  }
  if (by === 'category') return { total, byClause: {}, byCategory: counts };
  const { members } = figures;
  if (members === undefined) return { total, byClause: counts, byCategory: {} };
  const byCategory = { partyMember: members, other: Math.max(0, total - members) };
  return { total, byClause: counts, byCategory };
}
