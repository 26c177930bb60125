import { z } from 'zod';

import { ConferenceId, PersonId, SessionId } from '../ids.ts';
import { Format, Limit } from '../plan/plan.ts';
import { Instant } from '../time.ts';
import { Finding } from './conferences.ts';
import { contract } from './contract.ts';

export const SessionKind = z.enum(['session', 'rehearsal', 'line-test', 'follow-up']);
export type SessionKind = z.infer<typeof SessionKind>;

export const AgendaRow = z.object({
  title: z.string().trim().min(1).max(4000),
  presenter: z.string().max(500).nullable(),
  presenterPerson: PersonId.nullable(),
  minutes: z.int().min(1).max(1440).nullable(),
  limit: Limit.nullable(),
});

export const SessionRow = z.object({
  id: SessionId,
  conference: ConferenceId,
  kind: SessionKind,
  title: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  format: Format.nullable(),
  venue: z.string().nullable(),
  agenda: z.array(AgendaRow),
});
export type SessionRow = z.infer<typeof SessionRow>;

const SessionInput = z.object({
  kind: SessionKind,
  title: z.string().trim().min(1).max(500),
  startsAt: Instant,
  endsAt: Instant,
  format: Format.nullable().default(null),
  venue: z.string().trim().max(500).nullable().default(null),
  agenda: z.array(AgendaRow).max(200).default([]),
});

/** What the chair's desk says of an item of the agenda (điều hành chương trình). */
export const RunStep = z.object({
  item: z.int().min(0),
  step: z.enum(['start', 'pause', 'resume', 'skip', 'extend', 'finish']),
  at: Instant,
  /** With `extend`: by how many minutes. */
  minutes: z.int().min(1).max(600).nullable(),
});
export type RunStep = z.infer<typeof RunStep>;

/** A step as it was said, with who said it. */
export const SaidStep = RunStep.extend({
  id: z.string(),
  by: z.string(),
  /** When it was taken back; null while it stands. */
  undoneAt: Instant.nullable(),
});
export type SaidStep = z.infer<typeof SaidStep>;

/** The agenda as it stands at `asOf`, and the steps out of which a page works it out for every later moment. */
export const AgendaRun = z.object({
  session: SessionId,
  items: z.array(
    z.object({
      title: z.string(),
      presenter: z.string().nullable(),
      plannedMinutes: z.number().nullable(),
      limit: Limit.nullable(),
      state: z.enum(['waiting', 'running', 'paused', 'done', 'skipped']),
      startedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
      actualMs: z.int(),
      /** Beyond what the plan grants; zero while inside. */
      overrunMs: z.int(),
    }),
  ),
  /** In the order in which they were said. */
  steps: z.array(SaidStep),
  startsAt: Instant,
  forecastEnd: Instant,
  plannedEnd: Instant,
  asOf: Instant,
});
export type AgendaRun = z.infer<typeof AgendaRun>;

export const scheduleContracts = {
  sessions: contract({
    method: 'get',
    path: '/conferences/{conference}/sessions',
    summary: 'Sessions, rehearsals, line tests and follow-up sessions, with their conflicts',
    scope: { at: 'conference', right: 'belong' },
    answer: z.object({ items: z.array(SessionRow), conflicts: z.array(Finding) }),
  }),
  addSession: contract({
    method: 'post',
    path: '/conferences/{conference}/sessions',
    summary: 'Add a session, a rehearsal, a line test or a follow-up session',
    scope: { at: 'conference', right: 'organize' },
    body: SessionInput,
    answer: z.object({ session: SessionRow, conflicts: z.array(Finding) }),
  }),
  agendaRun: contract({
    method: 'get',
    path: '/conferences/{conference}/sessions/{session}/run',
    summary: 'The agenda as planned, as it runs, and the forecast end',
    scope: { at: 'conference', right: 'belong' },
    answer: AgendaRun,
  }),
  stepAgenda: contract({
    method: 'post',
    path: '/conferences/{conference}/sessions/{session}/run',
    summary: 'Start, pause, resume, skip, extend or finish an item of the agenda',
    scope: { at: 'conference', right: 'control' },
    body: RunStep.omit({ at: true }).extend({
      /** The last step that the caller has seen, null before the first: what was said meanwhile is not talked over. */
      after: z.string().max(64).nullable().optional(),
    }),
    answer: AgendaRun,
  }),
  undoAgendaStep: contract({
    method: 'post',
    path: '/conferences/{conference}/sessions/{session}/run/undo',
    summary: 'Take back the last step of the agenda that stands',
    scope: { at: 'conference', right: 'control' },
    /** Which one: where another has been said since, nothing is taken back. */
    body: z.object({ step: z.string().max(64) }),
    answer: AgendaRun,
  }),
};
