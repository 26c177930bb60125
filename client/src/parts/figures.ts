import type { Language } from '../../../domain/text/language.ts';
import { formatDate, formatDateTime, weekday } from '../../../domain/text/dates.ts';
import { CivilDate, instantOf } from '../../../domain/time.ts';

/** `08:00 thứ Hai, 13/01/2025` of an ISO date with hour, `thứ Hai, 13/01/2025` of a bare date; null is null. */
export function whenOf(iso: string | null, language: Language): string | null {
  if (iso === null) return null;
  const date = CivilDate.safeParse(iso);
  if (date.success) return `${weekday(date.data, language)}, ${formatDate(date.data)}`;
  const instant = instantOf(iso);
  return instant === null ? iso : formatDateTime(instant, language);
}
