import type { Schedule, ScheduledDeadline, ScheduledSession } from '../../../domain/wire/schedule.ts';
import type { Lanes } from './place.ts';

/** One lane of the timeline: what one conference, room or person has. */
export interface Lane {
  readonly key: string;
  /** Null where nobody has said which room or person. */
  readonly name: string | null;
  readonly sessions: readonly ScheduledSession[];
  readonly deadlines: readonly ScheduledDeadline[];
}

/** The lanes by conference, room or person. One person has a lane of their own in all conferences together, so has a room. */
export function lanesOf(schedule: Schedule, by: Lanes): Lane[] {
  if (by === 'conference') {
    return schedule.conferences
      .map(({ id, title }) => ({
        key: id as string,
        name: title,
        sessions: schedule.sessions.filter(({ conference }) => conference === id),
        deadlines: schedule.deadlines.filter(({ conference }) => conference === id),
      }))
      .filter(({ sessions, deadlines }) => sessions.length + deadlines.length > 0);
  }
  const lanes = new Map<string, { name: string | null; sessions: ScheduledSession[] }>();
  const put = (key: string, name: string | null, session: ScheduledSession) => {
    const lane = lanes.get(key) ?? { name, sessions: [] };
    lanes.set(key, lane);
    lane.sessions.push(session);
  };
  for (const session of schedule.sessions) {
    if (by === 'room') put(session.venue?.toLocaleLowerCase('vi') ?? '', session.venue, session);
    else if (session.busy.length === 0) put('', null, session);
    else for (const { person, name } of session.busy) put(person, name, session);
  }
  return Array.from(lanes, ([key, lane]) => ({ key, ...lane, deadlines: [] })).toSorted((a, b) =>
    // Those without a name are the least of it.
    a.name === null || b.name === null
      ? Number(a.name === null) - Number(b.name === null)
      : a.name.localeCompare(b.name, 'vi'),
  );
}
