import type { DueRow } from '../../../domain/wire/headcount.ts';
import type { Words } from '../app/language.ts';
import type { State } from '../parts/StateMark.tsx';

/** The state of a report as it is shown: where it is on its way. */
export function reportState(row: Pick<DueRow, 'state' | 'status'>): State {
  if (row.state === null) return row.status === 'missing' ? 'missing' : 'notDue';
  return row.state;
}

/** `2 ngày 3 giờ`: how late, in words, to the hour beyond a day and to the minute below. */
export function lateBy(ms: number, t: Words): string {
  const minutes = Math.floor(ms / 60_000);
  const d = Math.floor(minutes / 1440);
  const h = Math.floor(minutes / 60) % 24;
  if (d > 0) return h > 0 ? t('span.daysHours', { d, h }) : t('span.days', { d });
  const m = Math.max(1, minutes % 60);
  return h > 0 ? t('span.hoursMinutes', { h, m }) : t('span.minutes', { m });
}
