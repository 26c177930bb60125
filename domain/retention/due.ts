import { addDays, civilDateOf, instantOf, type CivilDate, type Instant } from '../time.ts';
import { RETENTION_KINDS, type RetentionKind, type RetentionPeriods } from './kinds.ts';

/** What tells when a conference is over. */
export interface ConferenceTimes {
  /** When each of its sessions ends, rehearsals and follow-up sessions too. */
  readonly sessionEnds: readonly Instant[];
  /** As the plan has it. */
  readonly endsAt: string | null;
  readonly startsAt: string | null;
  readonly createdAt: Instant;
}

/** The last day of a conference: of its last session, else as the plan says, else that on which it was created. */
export function lastDayOf({ sessionEnds, endsAt, startsAt, createdAt }: ConferenceTimes): CivilDate {
  const planned = [endsAt, startsAt].flatMap((text) => (text === null ? [] : (instantOf(text) ?? [])));
  const ends = sessionEnds.length > 0 ? sessionEnds : planned.slice(0, 1);
  const last = ends.reduce<Instant | null>((late, end) => (late === null || end > late ? end : late), null);
  return civilDateOf(last ?? createdAt);
}

/**
 * The day on which a kind is deleted: the one after its period, which is counted from the day after the last one
 * (Bộ luật Dân sự 2015, Điều 147). Null where it is kept without end.
 */
export function deletedOn(lastDay: CivilDate, days: number | null): CivilDate | null {
  return days === null ? null : addDays(lastDay, days + 1);
}

/** The kinds whose period is over on a day. */
export function kindsDue(
  lastDay: CivilDate,
  periods: RetentionPeriods,
  today: CivilDate,
): readonly RetentionKind[] {
  return RETENTION_KINDS.filter((kind) => {
    const day = deletedOn(lastDay, periods[kind]);
    return day !== null && day <= today;
  });
}
