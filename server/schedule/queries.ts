import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, PersonId, SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { findConflicts, type Booked, type Conflict } from '../../domain/schedule/conflicts.ts';
import { runAgenda, type AgendaRun, type RunStep } from '../../domain/schedule/run.ts';
import type { Names } from '../../domain/schedule/sentences.ts';
import type { AgendaEntryId } from '../../domain/schedule/session.ts';
import type { Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import {
  readPlaces,
  readSession,
  readSessions,
  readSessionsBeside,
  readSessionsBetween,
  readSteps,
  type SessionRecord,
  type StepRecord,
} from './store.ts';

export type { SessionRecord } from './store.ts';

/** One session of a conference; null where the conference has none of this id. */
export function sessionOf(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<SessionRecord | null> {
  return readSession(context.database.read, conference, session);
}

/** All sessions, rehearsals, line tests and follow-up sessions of a conference, by start. */
export function sessionsOf(context: Context, conference: AuthorizedConferenceId): Promise<SessionRecord[]> {
  return readSessions(context.database.read, conference);
}

/** Sessions of all conferences that share time with `[from, to)`, for work that the server does by itself. */
export function sessionsBetween({ database }: Context, from: Instant, to: Instant): Promise<SessionRecord[]> {
  return readSessionsBetween(database.read, from, to);
}

export interface Clashes {
  readonly conflicts: readonly Conflict[];
  readonly names: Names;
}

const ANOTHER = { vi: 'Cuộc họp của một hội nghị khác', en: 'A session of another conference' } as const;

/**
 * Where sessions of a conference want one room, bridge, chair or presenter at one time, also against the sessions of
 * other conferences, of which no more is told than that they are there.
 */
export async function clashesOf(
  context: Context,
  conference: AuthorizedConferenceId,
  sessions: readonly SessionRecord[],
): Promise<Clashes> {
  const { read } = context.database;
  const from = Math.min(...sessions.map((session) => session.startsAt)) as Instant;
  const until = Math.max(...sessions.map((session) => session.endsAt)) as Instant;
  const beside = sessions.length === 0 ? [] : await readSessionsBeside(read, conference, from, until);
  const others = [...new Set(beside.map((session) => session.conference))];
  const tree = await bridgeTreeOf(context, conference);
  const bridgesOf = new Map<ConferenceId, readonly Bridge[]>([[conference, tree?.bridges ?? []]]);
  const placeNames = new Map<BridgeId, string>();
  for (const [other, places] of await readPlaces(read, others)) {
    bridgesOf.set(other, places.map(asBridge));
    for (const place of places) placeNames.set(place.id, place.name);
  }

  const own = new Map(sessions.map((session) => [session.id, session.title]));
  const conflicts = findConflicts([...sessions, ...beside].map(asBooked), bridgesOf).filter(
    ({ first, second }) => own.has(first) || own.has(second),
  );
  const people = conflicts.flatMap((conflict) => ('person' in conflict ? [conflict.person] : []));
  const found = people.length === 0 ? [] : await peopleByIds(context, conference, [...new Set(people)]);
  const personNames = new Map<PersonId, string>(found.map((person) => [person.id, person.name]));
  return {
    conflicts,
    names: {
      entry: (id) => own.get(id) ?? ANOTHER[context.language],
      bridge: (id) => tree?.get(id)?.name ?? placeNames.get(id) ?? '',
      person: (id) => personNames.get(id) ?? '',
    },
  };
}

/** Every session takes in all bridges of its conference. */
function asBooked(session: SessionRecord): Booked {
  return { ...session, bridges: 'all' };
}

/** A bridge of another conference: its chair is a person of a roster that is not looked into. */
function asBridge(place: Pick<Bridge, 'id' | 'name' | 'unit' | 'organisation' | 'address'>): Bridge {
  return {
    ...place,
    class: 'other' as Bridge['class'],
    parent: null,
    feedParent: null,
    capacity: null,
    chair: null,
    ready: [],
    contacts: { technical: null, organizer: null },
  };
}

/** The agenda of a session as it runs, and what was said to get there. */
export interface Running {
  readonly session: SessionRecord;
  readonly run: AgendaRun;
  readonly steps: readonly StepRecord[];
}

/** The agenda of a session as planned and as it runs by now. */
export async function agendaRunOf(
  context: Context,
  conference: AuthorizedConferenceId,
  id: SessionId,
): Promise<Result<Running, { reason: 'no such session' }>> {
  const session = await readSession(context.database.read, conference, id);
  if (session === null) return { ok: false, reason: 'no such session' };
  const steps = await readSteps(context.database.read, id);
  return ok({ session, run: runOf(session, steps, context.clock()), steps });
}

/** Where the agenda of a session stands. Its items are known by their place. */
export function runOf(session: SessionRecord, steps: readonly StepRecord[], now: Instant): AgendaRun {
  const { startsAt, endsAt } = session;
  const agenda = session.agenda.map((item, at) => ({ ...item, id: itemId(at) }));
  const said = steps.map((step): RunStep => ({ ...step, item: itemId(step.item) }));
  return runAgenda({ startsAt, endsAt, agenda }, said, now);
}

function itemId(place: number): AgendaEntryId {
  return String(place) as AgendaEntryId;
}
