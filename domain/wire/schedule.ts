import { z } from 'zod';

import { BridgeId, ConferenceId, PersonId, SessionId } from '../ids.ts';
import { Format, Limit } from '../plan/plan.ts';
import { SessionBridges, SessionKind } from '../schedule/session.ts';
import { Instant } from '../time.ts';
import { Finding } from './conferences.ts';
import { contract } from './contract.ts';

export const AgendaRow = z.object({
  title: z.string().trim().min(1).max(4000),
  presenter: z.string().max(500).nullable(),
  presenterPerson: PersonId.nullable(),
  minutes: z.int().min(1).max(1440).nullable(),
  limit: Limit.nullable(),
});

const Title = z.string().trim().min(1).max(500);
const Venue = z.string().trim().max(500).nullable();
const Agenda = z.array(AgendaRow).max(200);

/** What is given of a session. */
const SessionFields = z.object({
  kind: SessionKind,
  title: Title,
  /** When the doors open; null where nobody has said. */
  doorsAt: Instant.nullable(),
  startsAt: Instant,
  endsAt: Instant,
  format: Format.nullable(),
  venue: Venue,
  /** Whoever chairs it as a whole, out of the roster. */
  chair: PersonId.nullable(),
  bridges: SessionBridges,
  agenda: Agenda,
});

const SessionInput = SessionFields.extend({
  doorsAt: SessionFields.shape.doorsAt.default(null),
  format: SessionFields.shape.format.default(null),
  venue: Venue.default(null),
  chair: SessionFields.shape.chair.default(null),
  bridges: SessionBridges.default('all'),
  agenda: Agenda.default([]),
});

/** As it is kept: a title may be older than the rule about its length. */
export const SessionRow = SessionFields.extend({
  id: SessionId,
  conference: ConferenceId,
  title: z.string(),
  venue: z.string().nullable(),
  agenda: z.array(AgendaRow),
  /** Whether hours, title, room and agenda are the plan's, and go with it. */
  ofPlan: z.boolean(),
  /** Rises with every change; a writer names the one that they have read. */
  revision: z.int(),
  /** When and why it was called off; null while it is to be held. */
  cancelled: z.object({ at: Instant, reason: z.string() }).nullable(),
});
export type SessionRow = z.infer<typeof SessionRow>;

/** A session in the list of its conference. */
export const ListedSession = SessionRow.extend({
  /** Whether a bridge that the caller sees takes part. */
  takesPart: z.boolean(),
});
export type ListedSession = z.infer<typeof ListedSession>;

/** What keeps somebody at a session, so that a page can show whose days are full. */
const Busy = z.object({ person: PersonId, name: z.string(), as: z.enum(['chair', 'presenter']) });

/** A session among those of all conferences. */
export const ScheduledSession = SessionRow.omit({ agenda: true }).extend({
  /** How many bridges take part. */
  bridgeCount: z.int(),
  /** Chair and presenters, for whoever may see people. */
  busy: z.array(Busy),
});
export type ScheduledSession = z.infer<typeof ScheduledSession>;

/** Two sessions that want the same at the same time, as a sentence; `sessions` are those of the two that one may open. */
export const ScheduleConflict = Finding.extend({
  sessions: z.array(z.object({ conference: ConferenceId, session: SessionId })),
  from: Instant,
});
export type ScheduleConflict = z.infer<typeof ScheduleConflict>;

/** Whose deadline: a duty of the plan by its place, or those below a bridge. */
export const DeadlineName = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), duty: z.int().min(0).max(500) }),
  z.object({ kind: z.literal('inner'), bridge: BridgeId }),
]);
export type DeadlineName = z.infer<typeof DeadlineName>;

export const ScheduledDeadline = z.object({
  conference: ConferenceId,
  of: DeadlineName,
  /** The first instant that is too late. */
  dueBefore: Instant,
  /** What is to be done, as the plan says it; null for an inner deadline. */
  text: z.string().nullable(),
  owner: z.string().nullable(),
  /** The bridge whose units report to it; null for a deadline of the plan. */
  bridgeName: z.string().nullable(),
  /** Whether headcount reports are due by it. */
  isHeadcount: z.boolean(),
  mayChange: z.boolean(),
});
export type ScheduledDeadline = z.infer<typeof ScheduledDeadline>;

export const ScheduledConference = z.object({
  id: ConferenceId,
  title: z.string(),
  number: z.string().nullable(),
  mayOrganize: z.boolean(),
});
export type ScheduledConference = z.infer<typeof ScheduledConference>;

export const Schedule = z
  .object({
    /** Those that the caller has a role in. */
    conferences: z.array(ScheduledConference),
    /** Those that share time with what was asked for, by start, those that were called off among them. */
    sessions: z.array(ScheduledSession),
    deadlines: z.array(ScheduledDeadline),
    /** Only of conferences that the caller sees the whole of; the first of them where there are many. */
    conflicts: z.array(ScheduleConflict),
    /** How many there are in all. */
    conflictCount: z.int(),
    asOf: Instant,
  })
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof Schedule>;

/** A session after a change, what it now stands in the way of, and under which name the change is taken back. */
const ChangedSession = z.object({
  session: SessionRow,
  conflicts: z.array(Finding),
  change: z.string().nullable(),
});

/** One change of a session, as the list of them shows it. */
export const SessionChangeRow = z.object({
  id: z.string(),
  kind: z.enum(['added', 'changed', 'cancelled', 'restored', 'undone']),
  at: Instant,
  by: z.string().nullable(),
  fields: z.array(z.string()),
  undoneAt: Instant.nullable(),
});
export type SessionChangeRow = z.infer<typeof SessionChangeRow>;

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
  schedule: contract({
    method: 'get',
    path: '/schedule',
    summary:
      'Sessions, deadlines and conflicts of all conferences in which the caller has a role, within a stretch of time',
    scope: { at: 'account' },
    query: z.object({
      from: z.coerce.number().pipe(Instant),
      to: z.coerce.number().pipe(Instant),
      /** Only what is of one conference; conflicts with others are among it. */
      conference: ConferenceId.optional(),
    }),
    answer: Schedule,
    audit: 'look',
  }),
  sessions: contract({
    method: 'get',
    path: '/conferences/{conference}/sessions',
    summary: 'Sessions, rehearsals, line tests and follow-up sessions, with their conflicts',
    scope: { at: 'conference', right: 'belong' },
    answer: z.object({ items: z.array(ListedSession), conflicts: z.array(Finding) }),
  }),
  addSession: contract({
    method: 'post',
    path: '/conferences/{conference}/sessions',
    summary: 'Add a session, a rehearsal, a line test or a follow-up session',
    scope: { at: 'conference', right: 'organize' },
    body: SessionInput,
    answer: ChangedSession,
  }),
  previewSession: contract({
    method: 'post',
    path: '/conferences/{conference}/sessions/preview',
    summary: 'What a session would stand in the way of, before it is added or changed',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({
      /** The session that is changed; null for a new one. */
      session: SessionId.nullable(),
      /** What is left out stays as it is; a new session takes what a new one has. */
      input: SessionFields.partial(),
    }),
    answer: z.object({
      conflicts: z.array(ScheduleConflict),
      advice: z.array(Finding),
      /** Of a follow-up session: how many who were not there it is for; null of any other. */
      audience: z.int().nullable(),
    }),
    audit: { none: 'nothing is changed, and what it says is said again by the change' },
  }),
  session: contract({
    method: 'get',
    path: '/conferences/{conference}/sessions/{session}',
    summary: 'One session with its agenda, whom it needs, and how it was changed',
    scope: { at: 'conference', right: 'organize' },
    answer: z.object({
      session: SessionRow,
      names: z.array(z.object({ id: PersonId, name: z.string() })),
      changes: z.array(SessionChangeRow),
    }),
    audit: 'look',
  }),
  changeSession: contract({
    method: 'patch',
    path: '/conferences/{conference}/sessions/{session}',
    summary: 'Change what is given of a session, if it has not changed since the revision that was read',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ revision: z.int(), change: SessionFields.partial() }),
    answer: ChangedSession,
  }),
  cancelSession: contract({
    method: 'post',
    path: '/conferences/{conference}/sessions/{session}/cancel',
    summary: 'Call a session off, with a reason; it stays to be seen in the schedule',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ revision: z.int(), reason: z.string().trim().min(1).max(1000) }),
    answer: ChangedSession,
  }),
  undoSessionChange: contract({
    method: 'post',
    path: '/conferences/{conference}/sessions/{session}/changes/{change}/undo',
    summary: 'Take a change of a session back, as far as nobody has changed the same since',
    scope: { at: 'conference', right: 'organize' },
    answer: z.object({
      /** Null where the session is gone, as the change had added it. */
      session: SessionRow.nullable(),
      /** Under which name this, too, can be taken back. */
      change: z.string().nullable(),
      /** How many fields were changed again since, and stay. */
      left: z.int(),
    }),
  }),
  previewDeadline: contract({
    method: 'post',
    path: '/conferences/{conference}/deadlines/preview',
    summary: 'Whom another deadline would bind, and who would be late by it',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ of: DeadlineName, dueBefore: Instant }),
    answer: z.object({ findings: z.array(Finding) }),
    audit: { none: 'figures only, and nothing is changed' },
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
