import type { Knex } from 'knex';

import type { DeedLabel } from '../../domain/plan/deed.ts';
import type { Step } from '../../domain/plan/history.ts';
import type { Patch } from '../../domain/plan/patch.ts';
import type { WorkingCopy } from '../../domain/plan/working-copy.ts';
import type { Instant } from '../../domain/time.ts';
import type { DraftOrigin } from '../../domain/wire/drafts.ts';

export interface DraftRecord {
  readonly id: string;
  readonly origin: DraftOrigin;
  readonly fileName: string | null;
  readonly text: string | null;
  readonly copy: WorkingCopy;
  readonly revision: number;
  /** Revision of the conference's plan that it was last the same as; null while there is no conference. */
  readonly planRevision: number | null;
  /** Revision of the draft at which it was the same. */
  readonly sameRevision: number | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

export interface StepRecord extends Step {
  readonly at: Instant;
  readonly label: DeedLabel;
}

interface DraftRow {
  readonly id: string;
  readonly origin: DraftOrigin;
  readonly file_name: string | null;
  readonly source_text: string | null;
  readonly copy: string;
  readonly revision: number;
  readonly plan_revision: number | null;
  readonly same_revision: number | null;
  readonly created_at: number;
  readonly changed_at: number;
}

function draftOf(row: DraftRow): DraftRecord {
  return {
    id: row.id,
    origin: row.origin,
    fileName: row.file_name,
    text: row.source_text,
    copy: JSON.parse(row.copy) as WorkingCopy,
    revision: row.revision,
    planRevision: row.plan_revision,
    sameRevision: row.same_revision,
    createdAt: row.created_at as Instant,
    changedAt: row.changed_at as Instant,
  };
}

function rowOf(draft: DraftRecord): DraftRow {
  return {
    id: draft.id,
    origin: draft.origin,
    file_name: draft.fileName,
    source_text: draft.text,
    copy: JSON.stringify(draft.copy),
    revision: draft.revision,
    plan_revision: draft.planRevision,
    same_revision: draft.sameRevision,
    created_at: draft.createdAt,
    changed_at: draft.changedAt,
  };
}

/** Writes a draft, whether it was there before or not. */
export async function writeDraft(connection: Knex, draft: DraftRecord): Promise<void> {
  await connection('plan_draft').insert(rowOf(draft)).onConflict('id').merge();
}

/**
 * Says that a conference has the plan of a draft at its revision. False where the draft has changed or has its conference
 * already, and nothing is written.
 */
export async function markCreated(connection: Knex, id: string, revision: number): Promise<boolean> {
  const marked = await connection('plan_draft')
    .where({ id, revision })
    .whereNull('plan_revision')
    .update({ plan_revision: 1, same_revision: revision });
  return marked === 1;
}

export async function readDraft(connection: Knex, id: string): Promise<DraftRecord | null> {
  const row = (await connection('plan_draft').where({ id }).first()) as DraftRow | undefined;
  return row === undefined ? null : draftOf(row);
}

/** Drafts without a conference, the last changed first. */
export async function listOpenDrafts(connection: Knex, limit: number): Promise<DraftRecord[]> {
  const rows = (await connection('plan_draft')
    .whereNull('plan_revision')
    .orderBy('changed_at', 'desc')
    .limit(limit)) as DraftRow[];
  return rows.map(draftOf);
}

/** Deletes a draft that has no conference; false where there is none. */
export async function deleteOpenDraft(connection: Knex, id: string): Promise<boolean> {
  return (await connection('plan_draft').where({ id }).whereNull('plan_revision').delete()) === 1;
}

interface StepRow {
  readonly revision: number;
  readonly account: string;
  readonly at: number;
  readonly kind: Step['kind'];
  readonly of: number | null;
  readonly label: string;
  readonly patches: string;
}

export async function insertStep(connection: Knex, draft: string, step: StepRecord): Promise<void> {
  await connection('plan_deed').insert({
    draft,
    revision: step.revision,
    account: step.by,
    at: step.at,
    kind: step.kind,
    of: step.of,
    label: JSON.stringify(step.label),
    patches: JSON.stringify(step.patches),
  });
}

/** The last steps of a draft, in their order. */
export async function readSteps(connection: Knex, draft: string, limit: number): Promise<StepRecord[]> {
  const rows = (await connection('plan_deed')
    .where({ draft })
    .orderBy('revision', 'desc')
    .limit(limit)) as StepRow[];
  return rows.toReversed().map((row) => ({
    revision: row.revision,
    by: row.account,
    at: row.at as Instant,
    kind: row.kind,
    of: row.of,
    label: JSON.parse(row.label) as DeedLabel,
    patches: JSON.parse(row.patches) as Patch[],
  }));
}
