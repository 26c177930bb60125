import type { Sight } from '../../domain/access/sight.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import { adviceOn, describeAdvice } from '../../domain/schedule/advice.ts';
import { changedFields } from '../../domain/schedule/change.ts';
import type { Conflict } from '../../domain/schedule/conflicts.ts';
import { describeConflict, describeWindow } from '../../domain/schedule/sentences.ts';
import { isFor } from '../../domain/schedule/session.ts';
import { agendaWindow } from '../../domain/schedule/window.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Finding } from '../../domain/wire/conferences.ts';
import type * as wire from '../../domain/wire/schedule.ts';
import type { Clashes } from './clashes.ts';
import { peopleAt, type DeadlineInTime, type SeenConference, type SessionInTime } from './overview.ts';
import type { Running } from './queries.ts';
import type { SessionChange, SessionRecord } from './store.ts';

/** A session as pages show it. */
export function presentSession(session: SessionRecord): wire.SessionRow {
  return {
    id: session.id,
    conference: session.conference,
    kind: session.kind,
    title: session.title,
    doorsAt: session.doorsAt,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    format: session.format,
    venue: session.venue,
    chair: session.chair,
    bridges: session.bridges,
    agenda: [...session.agenda],
    ofPlan: session.ofPlan,
    revision: session.revision,
    cancelled: session.cancelled,
  };
}

/** A session in the list of its conference. */
export function presentListed(
  session: SessionRecord,
  tree: BridgeTree | null,
  sight: Sight,
): wire.ListedSession {
  const takesPart = sight.whole || isFor(session.bridges, tree, (bridge) => sight.sees(bridge));
  return { ...presentSession(session), takesPart };
}

/** A session among those of all conferences. */
export function presentInTime({ session, bridgeCount, names }: SessionInTime): wire.ScheduledSession {
  const { agenda: _, ...row } = presentSession(session);
  const busy = peopleAt(session).flatMap((person) => {
    const name = names.get(person);
    const as = person === session.chair ? ('chair' as const) : ('presenter' as const);
    return name === undefined ? [] : [{ person, name, as }];
  });
  return { ...row, bridgeCount, busy };
}

/** A conference of the schedule, with what the caller may do there. */
export function presentConference({ id, title, number, organize }: SeenConference): wire.ScheduledConference {
  return { id, title, number, mayOrganize: organize !== null };
}

/** A deadline of the schedule. */
export function presentDeadline(deadline: DeadlineInTime, mayChange: boolean): wire.ScheduledDeadline {
  return {
    conference: deadline.conference,
    of: deadline.of,
    dueBefore: deadline.dueBefore,
    text: deadline.text,
    owner: deadline.owner,
    bridgeName: deadline.bridge?.name ?? null,
    isHeadcount: deadline.isHeadcount,
    mayChange,
  };
}

/** Conflicts as sentences, each with the sessions that it leads to. */
export function presentClashes(clashes: Clashes, language: Language): wire.ScheduleConflict[] {
  return clashes.conflicts.map((conflict) => {
    const sessions = [...new Set([conflict.first, conflict.second])].flatMap((id) => {
      const session = clashes.sessions.get(id);
      return session === undefined ? [] : [{ conference: session.conference, session: id }];
    });
    return { ...presentConflict(conflict, clashes, language), sessions, from: conflict.from };
  });
}

function presentConflict(conflict: Conflict, { names }: Clashes, language: Language): Finding {
  return {
    code: `conflict-${conflict.kind}`,
    severity: 'warning',
    path: null,
    message: describeConflict(conflict, names, language),
  };
}

/** Conflicts between sessions, and agendas that do not fit into their session, as sentences. None is a reason to refuse. */
export function presentConflicts(
  sessions: readonly SessionRecord[],
  clashes: Clashes,
  language: Language,
): Finding[] {
  const conflicts = clashes.conflicts.map((conflict) => presentConflict(conflict, clashes, language));
  return [...conflicts, ...sessions.flatMap((session) => presentCrowded(session, language))];
}

function presentCrowded(session: SessionRecord, language: Language): Finding[] {
  const window = agendaWindow(session.startsAt, session.endsAt, session.agenda);
  if (window.fits) return [];
  const message = `${session.title}: ${describeWindow(window, language)}`;
  return [{ code: 'agenda-too-long', severity: 'warning', path: null, message }];
}

/** What an organizer should know of a session's times, as sentences. */
export function presentAdvice(
  session: SessionRecord,
  others: readonly SessionRecord[],
  language: Language,
): Finding[] {
  const advice = adviceOn(session, others).map((one): Finding => ({
    code: one.kind,
    severity: 'note',
    path: null,
    message: describeAdvice(one, language),
  }));
  return [...presentCrowded(session, language), ...advice];
}

/** A change of a session in the list of them. */
export function presentChange(
  change: SessionChange & { readonly byName: string | null },
): wire.SessionChangeRow {
  const { id, kind, at, byName, undoneAt, before, after } = change;
  const fields = before === null || after === null ? [] : changedFields({ ...before }, { ...after });
  return { id, kind, at, by: byName, fields, undoneAt };
}

/** The agenda of a session as it runs. */
export function presentRun({ session, run, steps }: Running): wire.AgendaRun {
  return {
    session: session.id,
    items: run.items.map((item, at) => ({
      title: session.agenda[at]?.title ?? '',
      presenter: session.agenda[at]?.presenter ?? null,
      plannedMinutes: item.plannedMinutes,
      limit: session.agenda[at]?.limit ?? null,
      state: item.state,
      startedAt: item.startedAt,
      endedAt: item.endedAt,
      actualMs: item.actualMs,
      overrunMs: item.overrun?.byMs ?? 0,
    })),
    steps: [...steps],
    startsAt: session.startsAt,
    forecastEnd: run.forecastEnd,
    plannedEnd: run.plannedEnd,
    asOf: run.asOf,
  };
}
