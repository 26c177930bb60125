import { z } from 'zod';

import { ConferenceId } from '../ids.ts';
import { Plan } from '../plan/plan.ts';
import { CivilDate, Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';
import { Reading } from './reading.ts';

/** Something that a check noticed, as a sentence, with the field that it speaks of. */
export const Finding = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'note']),
    /** `clauses.3.text`; null where it speaks of the whole. */
    path: z.string().nullable(),
    message: z.string(),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

/** `draft`: being prepared. `issued` (đã ban hành): the plan obliges. */
export const ConferenceState = z.enum(['draft', 'issued']);
export type ConferenceState = z.infer<typeof ConferenceState>;

export const ConferenceSummary = z.object({
  id: ConferenceId,
  title: z.string(),
  number: z.string().nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  state: ConferenceState,
  /** Date of the unit tree that the conference is pinned to. */
  treeDate: CivilDate,
  bridges: z.int(),
  people: z.int(),
});
export type ConferenceSummary = z.infer<typeof ConferenceSummary>;

/** What is next for a conference, and when that is where it has an hour. */
const NextStep = z.object({
  step: z.enum([
    'issue',
    'bridges',
    'hours',
    'reports',
    'people',
    'placement',
    'rehearsal',
    'wait',
    'day',
    'follow-up',
    'over',
  ]),
  at: Instant.nullable(),
});

export const ListedConference = ConferenceSummary.extend({
  /** Null for whoever does not organize it. */
  next: NextStep.nullable(),
});
export type ListedConference = z.infer<typeof ListedConference>;

export const ConferencePlan = z.object({
  conference: ConferenceSummary,
  plan: Plan,
  /** Rises with every change; a writer names the one that it has read. */
  revision: z.int(),
  /** The document's reading, where the plan came from one. */
  reading: Reading.nullable(),
  findings: z.array(Finding),
});
export type ConferencePlan = z.infer<typeof ConferencePlan>;

export const conferenceContracts = {
  readDocument: contract({
    method: 'post',
    path: '/readings',
    summary: 'Read a plan document (text, Markdown, DOCX); nothing is kept',
    scope: { at: 'account' },
    body: 'file',
    answer: z.object({ reading: Reading, findings: z.array(Finding) }),
    audit: { none: 'the document is read and answered, and nothing of it is kept' },
  }),
  createConference: contract({
    method: 'post',
    path: '/conferences',
    summary: 'Create a conference from a reading, or from a plan written by hand',
    scope: { at: 'installation', right: 'organize' },
    body: z.object({
      /** Text of the document to read again on the server, or null with a plan by hand. */
      text: z.string().max(2_000_000).nullable(),
      /** Confirmed values; null takes what the reader understood. */
      plan: Plan.nullable(),
      /** Pins the unit tree of another date, with a warning; null takes the day of the conference. */
      treeDate: CivilDate.nullable(),
    }),
    answer: ConferencePlan,
  }),
  conferences: contract({
    method: 'get',
    path: '/conferences',
    summary: 'Conferences in which the caller has a role, newest first',
    scope: { at: 'account' },
    query: PageQuery,
    answer: page(ListedConference),
  }),
  plan: contract({
    method: 'get',
    path: '/conferences/{conference}/plan',
    summary: 'The plan, its source text and what the checks say',
    scope: { at: 'conference', right: 'belong' },
    answer: ConferencePlan,
  }),
  changePlan: contract({
    method: 'put',
    path: '/conferences/{conference}/plan',
    summary: 'Replace the plan, if it has not changed since the revision that was read',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ revision: z.int(), plan: Plan }),
    answer: ConferencePlan,
  }),
  issuePlan: contract({
    method: 'post',
    path: '/conferences/{conference}/issue',
    summary: 'Issue the plan: from now on it obliges those whom it names',
    scope: { at: 'conference', right: 'organize' },
    answer: z.object({ conference: ConferenceSummary, issuedAt: Instant }),
  }),
};
