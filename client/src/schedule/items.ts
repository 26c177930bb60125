import { dayKind } from '../../../domain/deadlines/workdays.ts';
import { daysIn, daysTouched, lastDayOf } from '../../../domain/schedule/calendar.ts';
import type { Language } from '../../../domain/text/language.ts';
import { formatDate, weekday } from '../../../domain/text/dates.ts';
import type { CivilDate } from '../../../domain/time.ts';
import type { Schedule, ScheduledDeadline, ScheduledSession } from '../../../domain/wire/schedule.ts';

/** What stands in the calendar on one day. */
export interface DayItems {
  readonly deadlines: readonly ScheduledDeadline[];
  readonly sessions: readonly ScheduledSession[];
}

const NOTHING: DayItems = { deadlines: [], sessions: [] };

/** What there is, by the day on which it is seen: a session of two days stands on both. */
export function itemsByDay({ sessions, deadlines }: Pick<Schedule, 'sessions' | 'deadlines'>) {
  const days = new Map<CivilDate, { deadlines: ScheduledDeadline[]; sessions: ScheduledSession[] }>();
  const at = (day: CivilDate) => {
    const items = days.get(day) ?? { deadlines: [], sessions: [] };
    days.set(day, items);
    return items;
  };
  for (const deadline of deadlines) at(lastDayOf(deadline.dueBefore)).deadlines.push(deadline);
  for (const session of sessions)
    for (const day of daysIn(daysTouched(session))) at(day).sessions.push(session);
  return (day: CivilDate): DayItems => days.get(day) ?? NOTHING;
}

/** Under which a deadline is known on a page. */
export function deadlineKey({ conference, of }: Pick<ScheduledDeadline, 'conference' | 'of'>): string {
  return `${conference} ${of.kind === 'plan' ? of.duty : of.bridge}`;
}

/** Why the offices are closed on a day: the holiday's name, `weekend`, or null where they work. */
export function closedOn(day: CivilDate, language: Language): string | null {
  const kind = dayKind(day);
  if (kind.kind === 'holiday') return kind.holiday[language];
  return kind.kind === 'saturday' || kind.kind === 'sunday' ? 'weekend' : null;
}

/** `thứ Hai, 13/01/2025` */
export function dayInWords(day: CivilDate, language: Language): string {
  return `${weekday(day, language)}, ${formatDate(day)}`;
}

/** `T2`, `CN`; in English `Mon`. */
export function shortWeekday(day: CivilDate, language: Language): string {
  const name = weekday(day, language);
  if (language === 'en') return name.slice(0, 3);
  const at = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'].indexOf(name);
  return at === -1 ? 'CN' : `T${at + 2}`;
}

/** How many conflicts each session is part of. */
export function conflictsBySession({ conflicts }: Pick<Schedule, 'conflicts'>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { sessions } of conflicts) {
    for (const { session } of sessions) counts.set(session, (counts.get(session) ?? 0) + 1);
  }
  return counts;
}
