import type { ConferenceId } from '../../domain/ids.ts';
import type { FieldFailure } from '../../domain/plan/accept.ts';
import type { Language } from '../../domain/text/language.ts';
import { sayUnitTreeFailure } from '../../domain/units/sentences.ts';
import { draftContracts, type Draft } from '../../domain/wire/drafts.ts';
import { presentErrors, presentFailures, presentPlan } from '../plans/present.ts';
import { checkedPlan } from '../plans/queries.ts';
import { ISSUED_WITH_ERRORS, READING_PROBLEMS } from '../plans/sentences.ts';
import type { Context } from '../platform/context.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import {
  applyCorrection,
  changeDraft,
  correctPlan,
  createFromDraft,
  dropDraft,
  startFromConference,
  startFromDocument,
  startFromNothing,
  startFromSample,
  type DoFailure,
} from './commands.ts';
import { presentDraft, presentOpenDraft, presentTouched } from './present.ts';
import { correctionOf, openDraft, openDrafts, touchedBy, viewOf, type DraftRecord } from './queries.ts';
import { DRAFT_SENTENCES } from './sentences.ts';

/** Plans that people work on: before there is a conference, and what is corrected of one after. */
export function draftRoutes({ gate }: { readonly gate: Gate }): Route[] {
  /** The conference that was created from a draft, for a standing organizer. */
  const conferenceOf = async (context: Context, { id, planRevision }: DraftRecord) =>
    planRevision === null ? null : admitted(await gate.conference(context, id as ConferenceId, 'organize'));

  return [
    implement(draftContracts.drafts, async ({ scope, context }) => ({
      items: (await openDrafts(context, scope)).map(presentOpenDraft),
    })),

    implement(draftContracts.startDraft, async ({ scope, body, context }) => {
      if (body.from === 'nothing') {
        const { from: _, ...beginning } = body;
        return { id: await startFromNothing(context, scope, beginning) };
      }
      if (body.from === 'sample')
        return { id: valueOrProblem(await startFromSample(context, scope, body.sample), READING_PROBLEMS) };
      const earlier = admitted(await gate.conference(context, body.conference, 'organize'));
      return { id: await startFromConference(context, scope, earlier) };
    }),

    implement(draftContracts.startDraftFromDocument, async ({ scope, body, context }) => {
      const started = await startFromDocument(context, scope, body);
      return { id: valueOrProblem(started, READING_PROBLEMS) };
    }),

    implement(draftContracts.draft, async ({ scope, params, query, context }) => {
      const draft = await openDraft(context, scope, params.draft);
      if (draft === null) throw new ProblemError('not-found');
      if (draft.revision === query.since) return { draft: null, text: null };
      return { draft: await shown(context, draft, await conferenceOf(context, draft)), text: draft.text };
    }),

    implement(draftContracts.changeDraft, async ({ scope, params, body, context }) =>
      shown(
        context,
        valueOrProblem(await changeDraft(context, scope, params.draft, body), DO_PROBLEMS),
        null,
      ),
    ),

    implement(draftContracts.dropDraft, async ({ scope, params, context }) => {
      valueOrProblem(await dropDraft(context, scope, params.draft), {
        'no such draft': () => new ProblemError('not-found'),
      });
    }),

    implement(draftContracts.createFromDraft, async ({ scope, params, body, context }) => {
      const { language } = context;
      const id = valueOrProblem(await createFromDraft(context, scope, params.draft, body.revision), {
        'no such draft': () => new ProblemError('not-found'),
        'out of date': outOfDate,
        ...wholeProblems(language),
        'no tree': ({ failure }) =>
          new ProblemError('has-errors', undefined, [
            { at: 'startsAt', message: sayUnitTreeFailure(failure, language) },
          ]),
      });
      const conference = admitted(await gate.conference(context, id, 'organize'));
      return presentPlan(await checkedPlan(context, conference), language);
    }),

    implement(draftContracts.correction, async ({ scope, query, context }) => {
      const draft = await correctionOf(context, scope);
      if (draft.revision === query.since) return { draft: null, text: null };
      return { draft: await shown(context, draft, scope), text: draft.text };
    }),

    implement(draftContracts.correctPlan, async ({ scope, body, context }) =>
      shown(context, valueOrProblem(await correctPlan(context, scope, body), DO_PROBLEMS), scope),
    ),

    implement(draftContracts.correctionEffects, async ({ scope, context }) => {
      const touched = valueOrProblem(await touchedBy(context, scope), wholeProblems(context.language));
      return presentTouched(touched, context.language);
    }),

    implement(draftContracts.applyCorrection, async ({ scope, body, context }) => {
      const { language } = context;
      valueOrProblem(await applyCorrection(context, scope, body.revision), {
        'out of date': outOfDate,
        ...wholeProblems(language),
        'has errors': ({ findings }) =>
          new ProblemError('has-errors', ISSUED_WITH_ERRORS, presentErrors(findings, language)),
      });
      return presentPlan(await checkedPlan(context, scope), language);
    }),
  ];
}

/** A draft with everything that is to be said of it, for whoever asks. */
async function shown(
  context: Context,
  draft: DraftRecord,
  conference: AuthorizedConferenceId<'organize'> | null,
): Promise<Draft> {
  const view = await viewOf(context, draft, conference);
  return presentDraft(view, context.actor?.account ?? null, context.language);
}

const DO_PROBLEMS: Refusals<DoFailure> = {
  'no such draft': () => new ProblemError('not-found'),
  'has its conference': () => new ProblemError('wrong-state', DRAFT_SENTENCES.hasItsConference),
  'no such place': () => new ProblemError('out-of-date', DRAFT_SENTENCES.gone),
  'does not fit': ({ path }) =>
    new ProblemError('malformed', DRAFT_SENTENCES.misfit, [{ at: path, message: DRAFT_SENTENCES.misfit }]),
  'changed meanwhile': ({ path }) =>
    new ProblemError('out-of-date', DRAFT_SENTENCES.overtaken, [
      { at: path, message: DRAFT_SENTENCES.overtaken },
    ]),
  'nothing to take back': () => new ProblemError('wrong-state', DRAFT_SENTENCES.nothingToTakeBack),
  'changed since': () => new ProblemError('wrong-state', DRAFT_SENTENCES.changedSince),
};

function wholeProblems(
  language: Language,
): Refusals<{ readonly reason: 'not a whole plan'; readonly fields: readonly FieldFailure[] }> {
  return {
    'not a whole plan': ({ fields }) =>
      new ProblemError('has-errors', DRAFT_SENTENCES.notWhole, presentFailures(fields, language)),
  };
}

function outOfDate(): ProblemError {
  return new ProblemError('out-of-date', DRAFT_SENTENCES.outOfDate);
}
