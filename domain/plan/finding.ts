/** What a check of a plan or of a document noticed. `params` are the values that the sentence names, already civil dates and numbers. */
export interface PlanFinding {
  readonly code: PlanFindingCode;
  readonly severity: 'error' | 'warning' | 'note';
  /** `duties.3.deadline`, `leftovers.0` of what was left over; null where it speaks of the whole. */
  readonly path: string | null;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Findings of a plan and of its document, each once; the one that names a field is kept. */
export function mergeFindings(...lists: readonly (readonly PlanFinding[])[]): PlanFinding[] {
  const found = new Map<string, PlanFinding>();
  for (const finding of lists.flat()) {
    const place = finding.code === 'document-with-two-dates' ? '' : finding.path;
    const key = JSON.stringify([finding.code, place, finding.params]);
    const known = found.get(key);
    if (known === undefined || known.path === null) found.set(key, finding);
  }
  return [...found.values()];
}

export const PLAN_FINDING_CODES = [
  'no-start',
  'no-hour',
  'ends-before-start',
  'weekday-wrong',
  'issued-after-start',
  'no-bridge-classes',
  'no-clauses',
  'clause-class-not-listed',
  'class-without-clauses',
  'districts-gone',
  'quota-unstated',
  'chair-rule-missing',
  'agenda-too-long',
  'item-too-long',
  'deadline-before-issue',
  'deadline-after-start',
  'deadline-not-working-day',
  'deadline-undated',
  'report-before-study-ends',
  'document-with-two-dates',
  'document-later-than-plan',
  'held-before-its-plan',
  'committee-named-two-ways',
  'symbol-odd',
  'date-unclear',
  'owner-missing',
] as const;
export type PlanFindingCode = (typeof PLAN_FINDING_CODES)[number];
