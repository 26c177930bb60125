import { readFile } from 'node:fs/promises';

import { ConferenceId } from '../../domain/ids.ts';
import { acceptDraft } from '../../domain/plan/accept.ts';
import { isReverting, labelOf, type Deed, type DeedLabel, type Reverting } from '../../domain/plan/deed.ts';
import { movedDeed, patched, patchesOf, type EditFailure } from '../../domain/plan/edit.ts';
import { deedOf, reverting, stepToRedo, stepToUndo } from '../../domain/plan/history.ts';
import { isSame, type Patch } from '../../domain/plan/patch.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import {
  copyOfBeginning,
  copyOfEarlierPlan,
  copyOfPlan,
  copyOfReading,
  readingOfCopy,
  type Beginning,
  type WorkingCopy,
} from '../../domain/plan/working-copy.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { SentFile } from '../../domain/wire/contract.ts';
import type { DraftOrigin, SamplePlan } from '../../domain/wire/drafts.ts';
import { readPlanFile, type ReadingFailure } from '../documents/plan-reading.ts';
import { changePlan, createPlanned, type ChangeFailure } from '../plans/commands.ts';
import { planOf } from '../plans/queries.ts';
import type { UnitTreeFailure } from '../../domain/units/tree.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Database } from '../platform/database.ts';
import type { AuthorizedConferenceId, AuthorizedInstallation } from '../platform/scopes.ts';
import { correctionOf, openDraft, STEPS_KEPT, type NotWhole } from './queries.ts';
import { SAMPLE_NAME } from './sentences.ts';
import {
  deleteOpenDraft,
  insertStep,
  markCreated,
  readDraft,
  readSteps,
  writeDraft,
  type DraftRecord,
  type StepRecord,
} from './store.ts';

const SAMPLES: Readonly<Record<SamplePlan, URL>> = {
  national: new URL('../../fixtures/plans/national-clean.md', import.meta.url),
  provincial: new URL('../../fixtures/plans/three-level.txt', import.meta.url),
};

/** Starts a plan from a sample document, to learn by. */
export async function startFromSample(
  context: Context,
  installation: AuthorizedInstallation,
  sample: SamplePlan,
): Promise<Result<string, ReadingFailure>> {
  const bytes = new Uint8Array(await readFile(SAMPLES[sample]));
  return startFromDocument(context, installation, { name: SAMPLE_NAME[context.language], bytes });
}

/** Starts a plan from the bytes of a document. */
export async function startFromDocument(
  context: Context,
  _installation: AuthorizedInstallation,
  file: SentFile,
): Promise<Result<string, ReadingFailure>> {
  const read = await readPlanFile(file.bytes);
  if (!read.ok) return read;
  const { text } = read.value;
  return ok(
    await start(context, { origin: 'document', fileName: file.name, text, copy: copyOfReading(read.value) }),
  );
}

/** Starts a plan like that of an earlier conference. */
export async function startFromConference(
  context: Context,
  _installation: AuthorizedInstallation,
  earlier: AuthorizedConferenceId<'organize'>,
): Promise<string> {
  const { plan } = await planOf(context, earlier);
  const copy = copyOfEarlierPlan(plan);
  return start(context, { origin: 'conference', fileName: null, text: null, copy });
}

/** Starts a plan with nothing but what the organizer wrote down to begin with. */
export function startFromNothing(
  context: Context,
  _installation: AuthorizedInstallation,
  beginning: Beginning,
): Promise<string> {
  return start(context, { origin: 'nothing', fileName: null, text: null, copy: copyOfBeginning(beginning) });
}

interface Start {
  readonly origin: DraftOrigin;
  readonly fileName: string | null;
  readonly text: string | null;
  readonly copy: WorkingCopy;
}

async function start(context: Context, given: Start): Promise<string> {
  const id = context.newId();
  const at = context.clock();
  await writeDraft(context.database.write, {
    ...given,
    id,
    revision: 1,
    planRevision: null,
    sameRevision: null,
    createdAt: at,
    changedAt: at,
  });
  context.audit.note({
    on: { draft: id },
    after: { origin: given.origin, fileName: given.fileName, title: given.copy.title.value },
  });
  return id;
}

/** What is done to a draft by whoever has seen it at a revision. */
export interface Doing {
  readonly revision: number;
  readonly deed: Deed | Reverting;
}

export type DoFailure =
  | EditFailure
  | { readonly reason: 'no such draft' }
  | { readonly reason: 'has its conference'; readonly conference: ConferenceId }
  | { readonly reason: 'nothing to take back' }
  | { readonly reason: 'changed since' };

/** Does one thing to a plan that has no conference yet. */
export async function changeDraft(
  context: Context,
  _installation: AuthorizedInstallation,
  id: string,
  doing: Doing,
): Promise<Result<DraftRecord, DoFailure>> {
  return transaction(context.database, async (db) => {
    const draft = await readDraft(db, id);
    if (draft === null) return { ok: false, reason: 'no such draft' };
    if (draft.planRevision !== null)
      return { ok: false, reason: 'has its conference', conference: ConferenceId.parse(id) };
    return perform(context, db, draft, null, doing);
  });
}

/** Does one thing to the plan of a conference. It waits there until it is applied. */
export async function correctPlan(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  doing: Doing,
): Promise<Result<DraftRecord, DoFailure>> {
  const { plan } = await planOf(context, conference);
  return transaction(context.database, async (db) =>
    perform(context, db, await correctionOf(context, conference, db), plan, doing),
  );
}

/** @param plan of the conference; null where there is none yet */
async function perform(
  context: Context,
  db: Database['write'],
  draft: DraftRecord,
  plan: Plan | null,
  doing: Doing,
): Promise<Result<DraftRecord, DoFailure>> {
  const steps = await readSteps(db, draft.id, STEPS_KEPT);
  const done = doneBy(context, draft, plan, steps, doing);
  if (!done.ok) return done;
  const { patches, label, kind, of } = done.value;
  if (patches.length === 0) return ok(draft);
  const at = context.clock();
  const revision = draft.revision + 1;
  const same = doing.deed.do === 'reset' ? { sameRevision: revision } : {};
  const next: DraftRecord = {
    ...draft,
    copy: patched(draft.copy, patches),
    revision,
    changedAt: at,
    ...same,
  };
  await writeDraft(db, next);
  await insertStep(db, draft.id, { revision, by: accountOf(context), at, kind, of, label, patches });
  context.audit.note({ before: saidOf(patches, 'before'), after: { ...label, ...saidOf(patches, 'after') } });
  return ok(next);
}

/** At the command line nobody is signed in. */
function accountOf({ actor }: Context): string {
  return actor?.account ?? 'operator';
}

interface Done {
  readonly patches: readonly Patch[];
  readonly label: DeedLabel;
  readonly kind: StepRecord['kind'];
  readonly of: number | null;
}

function doneBy(
  context: Context,
  draft: DraftRecord,
  plan: Plan | null,
  steps: readonly StepRecord[],
  { revision, deed }: Doing,
): Result<Done, DoFailure> {
  if (isReverting(deed)) return reverted(context, draft, plan, steps, deed.do);
  const since = steps.filter((step) => step.revision > revision).flatMap(({ patches }) => patches);
  const moved = movedDeed(deed, since);
  if (moved === null) return { ok: false, reason: 'no such place' };
  const patches = patchesOf(draft.copy, moved);
  return patches.ok ? ok({ patches: patches.value, label: labelOf(moved), kind: 'deed', of: null }) : patches;
}

function reverted(
  context: Context,
  { copy, text }: DraftRecord,
  plan: Plan | null,
  steps: readonly StepRecord[],
  how: Reverting['do'],
): Result<Done, DoFailure> {
  if (how === 'reset') {
    if (plan === null) return { ok: false, reason: 'nothing to take back' };
    const patches = resetTo(plan, copy, text);
    return ok({ patches, label: { do: 'reset', path: 'plan' }, kind: 'deed', of: null });
  }
  const find = how === 'undo' ? stepToUndo<StepRecord> : stepToRedo<StepRecord>;
  const step = find(steps, accountOf(context));
  if (step === null) return { ok: false, reason: 'nothing to take back' };
  const back = reverting(copy, step, steps);
  return back.ok ? ok({ patches: back.value, label: step.label, kind: how, of: deedOf(step) }) : back;
}

/** What makes a working copy say the same as a plan. What it says already keeps its passages and marks. */
function resetTo(plan: Plan, copy: WorkingCopy, text: string | null): readonly Patch[] {
  const known = readingOfCopy(text ?? '', copy);
  const { leftovers: _, lastClause: __, ...fields } = copyOfPlan(plan, known);
  return Object.entries(fields).flatMap(([path, after]): Patch[] => {
    const before = copy[path as keyof WorkingCopy];
    return isSame(before, after) ? [] : [{ kind: 'put', path, before, after }];
  });
}

/** What patches say before or after, without the passages: for the audit trail. */
function saidOf(patches: readonly Patch[], when: 'before' | 'after'): Record<string, unknown> {
  return Object.fromEntries(
    patches.flatMap((patch): [string, unknown][] => {
      if (patch.kind === 'put') return [[patch.path, valueOf(patch[when])]];
      if (patch.kind === 'move') return [[patch.list, when === 'before' ? patch.from : patch.to]];
      return (patch.kind === 'remove') === (when === 'before') ? [[patch.list, valueOf(patch.entry)]] : [];
    }),
  );
}

function valueOf(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(valueOf);
  if ('confidence' in node) return (node as { readonly value?: unknown }).value;
  return Object.fromEntries(Object.entries(node).map(([name, field]) => [name, valueOf(field)]));
}

export type CreateFailure =
  | NotWhole
  | { readonly reason: 'no such draft' }
  | { readonly reason: 'out of date' }
  | { readonly reason: 'no tree'; readonly failure: UnitTreeFailure };

/** Creates the conference of a draft, if it still is at the revision that the organizer has seen. */
export async function createFromDraft(
  context: Context,
  installation: AuthorizedInstallation,
  id: string,
  revision: number,
): Promise<Result<ConferenceId, CreateFailure>> {
  const draft = await openDraft(context, installation, id);
  if (draft === null) return { ok: false, reason: 'no such draft' };
  if (draft.planRevision !== null || draft.revision !== revision) return { ok: false, reason: 'out of date' };
  const accepted = acceptDraft(draft.copy);
  if (!accepted.ok) return accepted;
  const reading = draft.text === null ? null : readingOfCopy(draft.text, draft.copy);
  const planned = { id: ConferenceId.parse(id), plan: accepted.value, reading, treeDate: null };
  return createPlanned(context, installation, planned, (db) => markCreated(db, id, revision));
}

/** Makes the corrected plan the plan of the conference, if it still is as the organizer has seen it. */
export async function applyCorrection(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  revision: number,
): Promise<Result<null, ChangeFailure>> {
  const draft = await correctionOf(context, conference);
  if (draft.revision !== revision || draft.planRevision === null) return { ok: false, reason: 'out of date' };
  const accepted = acceptDraft(draft.copy);
  if (!accepted.ok) return accepted;
  const given = { revision: draft.planRevision, plan: accepted.value };
  return changePlan(context, conference, given, async (db, planRevision) => {
    // A deed of somebody else in between is not part of what is applied: it waits on.
    const now = (await readDraft(db, conference)) ?? draft;
    await writeDraft(db, { ...now, planRevision, sameRevision: draft.revision });
  });
}

/** Throws a plan away of which no conference was created. */
export async function dropDraft(
  context: Context,
  _installation: AuthorizedInstallation,
  id: string,
): Promise<Result<null, { readonly reason: 'no such draft' }>> {
  const gone = await deleteOpenDraft(context.database.write, id);
  return gone ? ok(null) : { ok: false, reason: 'no such draft' };
}
