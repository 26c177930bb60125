import { readFileSync } from 'node:fs';

import { acceptDraft } from '../../../domain/plan/accept.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { readPlan } from '../../../domain/plan/reader.ts';

const file = new URL('../../../fixtures/plans/national-clean.md', import.meta.url);

/** The sample plan of the national conference of 13/01/2025, as a document. */
export const SAMPLE_TEXT = readFileSync(file, 'utf8');

/** The same plan as the reader understands it, with what a test wants otherwise. */
export function samplePlan(changes: Partial<Plan> = {}): Plan {
  const accepted = acceptDraft(readPlan(SAMPLE_TEXT).plan);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.fields));
  return { ...accepted.value, ...changes };
}
