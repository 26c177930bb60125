import type { Conflict } from '../../domain/schedule/conflicts.ts';
import { describeConflict, describeWindow, type Names } from '../../domain/schedule/sentences.ts';
import { agendaWindow } from '../../domain/schedule/window.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Finding } from '../../domain/wire/conferences.ts';
import type * as wire from '../../domain/wire/schedule.ts';
import type { Running } from './queries.ts';

/** What is shown of a session. */
type Session = Omit<wire.SessionRow, 'agenda'> & {
  readonly agenda: readonly wire.SessionRow['agenda'][number][];
};

/** A session as pages show it. */
export function presentSession(session: Session): wire.SessionRow {
  return {
    id: session.id,
    conference: session.conference,
    kind: session.kind,
    title: session.title,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    format: session.format,
    venue: session.venue,
    agenda: [...session.agenda],
  };
}

/** Conflicts between sessions, and agendas that do not fit into their session, as sentences. None is a reason to refuse. */
export function presentConflicts(
  sessions: readonly Session[],
  clashes: { readonly conflicts: readonly Conflict[]; readonly names: Names },
  language: Language,
): Finding[] {
  const conflicts = clashes.conflicts.map((conflict): Finding => ({
    code: `conflict-${conflict.kind}`,
    severity: 'warning',
    path: null,
    message: describeConflict(conflict, clashes.names, language),
  }));
  const crowded = sessions.flatMap((session): Finding[] => {
    const window = agendaWindow(session.startsAt, session.endsAt, session.agenda);
    if (window.fits) return [];
    const message = `${session.title}: ${describeWindow(window, language)}`;
    return [{ code: 'agenda-too-long', severity: 'warning', path: null, message }];
  });
  return [...conflicts, ...crowded];
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
