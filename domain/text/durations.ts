import type { Language } from './language.ts';

const MINUTE_MS = 60_000;
const UNITS = [
  { ms: 1440 * MINUTE_MS, vi: 'ngày', en: 'day' },
  { ms: 60 * MINUTE_MS, vi: 'giờ', en: 'hour' },
  { ms: MINUTE_MS, vi: 'phút', en: 'minute' },
] as const;

/** `2 ngày 3 giờ`, in English `2 days 3 hours`: the two largest units, cut, not rounded. */
export function formatDuration(ms: number, language: Language): string {
  const first = UNITS.findIndex((unit) => ms >= unit.ms);
  if (first === -1) return language === 'vi' ? 'dưới 1 phút' : 'less than a minute';
  let rest = ms;
  const parts: string[] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    const plural = count === 1 ? unit.en : `${unit.en}s`;
    if (count > 0) parts.push(`${count} ${language === 'vi' ? unit.vi : plural}`);
  }
  return parts.join(' ');
}
