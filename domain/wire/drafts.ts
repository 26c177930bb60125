import { z } from 'zod';

import { BridgeClass } from '../bridges/bridge.ts';
import { ConferenceId } from '../ids.ts';
import { Deed, DeedLabel, Reverting } from '../plan/deed.ts';
import { DateOrTime, Format } from '../plan/plan.ts';
import type * as working from '../plan/working-copy.ts';
import { Instant } from '../time.ts';
import { ConferencePlan, Finding } from './conferences.ts';
import { contract } from './contract.ts';
import { DraftPlan, Leftover } from './reading.ts';

const WorkingCopy = DraftPlan.extend({
  leftovers: z.array(Leftover.extend({ fate: z.enum(['open', 'placed', 'not-needed']) })),
  lastClause: z.int(),
}) satisfies z.ZodType<working.WorkingCopy>;

/** From what somebody started. */
export const DraftOrigin = z.enum(['document', 'conference', 'nothing']);
export type DraftOrigin = z.infer<typeof DraftOrigin>;

/** The sample documents: a national conference in three levels of units, a provincial one in two. */
export const SamplePlan = z.enum(['national', 'provincial']);
export type SamplePlan = z.infer<typeof SamplePlan>;

const DraftStep = z.object({
  revision: z.int(),
  kind: z.enum(['deed', 'undo', 'redo']),
  deed: DeedLabel,
  at: Instant,
  /** Name of whoever did it; null where it is not known any more. */
  by: z.string().nullable(),
  /** Whether that is whoever asks. */
  own: z.boolean(),
});
export type DraftStep = z.infer<typeof DraftStep>;

/** A plan that is being worked on, before its conference is created or after. */
export const Draft = z
  .object({
    id: z.string(),
    origin: DraftOrigin,
    /** Name of the document. */
    fileName: z.string().nullable(),
    /** Rises with every deed; whoever does one names the one that they have seen. */
    revision: z.int(),
    copy: WorkingCopy,
    findings: z.array(Finding),
    /** What one's own next undoing and redoing would be about. */
    undo: DeedLabel.nullable(),
    redo: DeedLabel.nullable(),
    /** The last steps, newest first. */
    steps: z.array(DraftStep),
    /** The conference that was created from it. */
    conference: ConferenceId.nullable(),
    /** In how many places it differs from the conference's plan; 0 before there is one. */
    changes: z.int(),
    /** Whether it holds together as a plan: nothing missing, nothing of the wrong form. */
    whole: z.boolean(),
  })
  .meta({ id: 'Draft' });
export type Draft = z.infer<typeof Draft>;

export const DraftSummary = z.object({
  id: z.string(),
  origin: DraftOrigin,
  title: z.string().nullable(),
  fileName: z.string().nullable(),
  startsAt: z.string().nullable(),
  changedAt: Instant,
  /** Fields that a person should look at. */
  toLookAt: z.int(),
});
export type DraftSummary = z.infer<typeof DraftSummary>;

/** What an application of the changes would do. */
export const DraftEffects = z.object({
  revision: z.int(),
  changes: z.array(
    z.object({
      path: z.string(),
      change: z.enum(['changed', 'added', 'removed', 'moved']),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
  effects: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      /** The page of the conference where it is seen to. */
      to: z.enum(['bridges', 'placement', 'reports', 'live']).nullable(),
    }),
  ),
});
export type DraftEffects = z.infer<typeof DraftEffects>;

/** The text that spans count in; null where there is no document. Sent once, as no deed changes it. */
const WithText = z.object({ draft: Draft.nullable(), text: z.string().nullable() });
/** Without an answer's draft nothing has changed since the revision that was named. */
const Since = z.object({ since: z.coerce.number().int().optional() });

const Doing = z.object({ revision: z.int(), deed: z.union([Deed, Reverting]) });
export type Doing = z.infer<typeof Doing>;

const Applied = z.object({ revision: z.int() });

export const draftContracts = {
  drafts: contract({
    method: 'get',
    path: '/drafts',
    summary: 'Plans that are being worked on and have no conference yet, the last changed first',
    scope: { at: 'installation', right: 'organize' },
    answer: z.object({ items: z.array(DraftSummary) }),
  }),
  startDraft: contract({
    method: 'post',
    path: '/drafts',
    summary: 'Start a plan from the sample, from an earlier one, or from nothing',
    scope: { at: 'installation', right: 'organize' },
    body: z.discriminatedUnion('from', [
      z.object({ from: z.literal('sample'), sample: SamplePlan }),
      z.object({ from: z.literal('conference'), conference: ConferenceId }),
      z.object({
        from: z.literal('nothing'),
        title: z.string().trim().min(1).max(4000),
        startsAt: DateOrTime.nullable(),
        endsAt: DateOrTime.nullable(),
        venue: z.string().trim().min(1).max(500).nullable(),
        format: Format.nullable(),
        bridgeClasses: z.array(BridgeClass).max(50),
      }),
    ]),
    answer: z.object({ id: z.string() }),
  }),
  startDraftFromDocument: contract({
    method: 'post',
    path: '/drafts/document',
    summary: 'Start a plan from a document (text, Markdown, DOCX)',
    scope: { at: 'installation', right: 'organize' },
    body: 'file',
    answer: z.object({ id: z.string() }),
  }),
  draft: contract({
    method: 'get',
    path: '/drafts/{draft}',
    summary: 'A plan that is being worked on, with its document and what the checks say',
    scope: { at: 'installation', right: 'organize' },
    query: Since,
    answer: WithText,
  }),
  changeDraft: contract({
    method: 'post',
    path: '/drafts/{draft}/deeds',
    summary: 'Do one thing to the plan: change, accept, add, remove, move, place a passage, undo, redo',
    scope: { at: 'installation', right: 'organize' },
    body: Doing,
    answer: Draft,
  }),
  dropDraft: contract({
    method: 'delete',
    path: '/drafts/{draft}',
    summary: 'Throw a plan away of which no conference was created',
    scope: { at: 'installation', right: 'organize' },
    answer: null,
  }),
  createFromDraft: contract({
    method: 'post',
    path: '/drafts/{draft}/conference',
    summary: 'Create the conference; from now on the plan is corrected there',
    scope: { at: 'installation', right: 'organize' },
    body: Applied,
    answer: ConferencePlan,
  }),
  correction: contract({
    method: 'get',
    path: '/conferences/{conference}/draft',
    summary: 'The plan of a conference as it is being corrected',
    scope: { at: 'conference', right: 'organize' },
    query: Since,
    answer: WithText,
  }),
  correctPlan: contract({
    method: 'post',
    path: '/conferences/{conference}/draft/deeds',
    summary: 'Do one thing to the plan that is being corrected; it counts once it is applied',
    scope: { at: 'conference', right: 'organize' },
    body: Doing,
    answer: Draft,
  }),
  correctionEffects: contract({
    method: 'get',
    path: '/conferences/{conference}/draft/effects',
    summary: 'What has been corrected, and what applying it touches',
    scope: { at: 'conference', right: 'organize' },
    answer: DraftEffects,
  }),
  applyCorrection: contract({
    method: 'post',
    path: '/conferences/{conference}/draft/apply',
    summary: 'Make the corrected plan the plan of the conference',
    scope: { at: 'conference', right: 'organize' },
    body: Applied,
    answer: ConferencePlan,
  }),
};
