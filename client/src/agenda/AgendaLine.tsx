import { formatTime } from '../../../domain/text/dates.ts';
import { formatDuration } from '../../../domain/text/durations.ts';
import type { Words } from '../app/language.ts';
import { useWords } from '../app/language.ts';
import type { Language } from '../../../domain/text/language.ts';
import { useAgenda, useAgendaNow, type AgendaNow } from './useAgenda.ts';

/** What is going on in the hall, in one line: for doors and control rooms. Nothing where the session has no agenda. */
export function AgendaLine({ conference, session }: { conference: string; session: string }) {
  const { t, language } = useWords();
  const agenda = useAgendaNow(useAgenda(conference, session).data);
  if (agenda === null || agenda.items.length === 0) return null;
  return <p>{agendaSentence(agenda, t, language)}</p>;
}

/** `Đang diễn ra: 3. Báo cáo chuyên đề, còn 12 phút. Dự kiến kết thúc lúc 11:35.` */
export function agendaSentence({ items, run, now }: AgendaNow, t: Words, language: Language): string {
  const end = t('agenda.forecastEnd', { at: formatTime(run.forecastEnd) });
  if (run.endedAt !== null) return t('agenda.ended', { at: formatTime(run.endedAt) });
  const at = run.items.findIndex(({ state }) => state === 'running' || state === 'paused');
  const current = run.items[at];
  const name = (index: number): string => `${index + 1}. ${items[index]?.title ?? ''}`;
  if (current === undefined) {
    const next = run.items.findIndex(({ state }) => state === 'waiting');
    const starts = run.items[next]?.forecastStart ?? now;
    return next < 0 ? end : `${t('agenda.next', { item: name(next), at: formatTime(starts) })} ${end}`;
  }
  const granted = ((current.plannedMinutes ?? 0) + current.addedMinutes) * 60_000;
  const left = granted - current.actualMs;
  const span =
    granted === 0
      ? t('agenda.for', { span: formatDuration(current.actualMs, language) })
      : left >= 0
        ? t('agenda.left', { span: formatDuration(left, language) })
        : t('agenda.over', { span: formatDuration(-left, language) });
  const what = t(current.state === 'paused' ? 'agenda.pausedAt' : 'agenda.runs', { item: name(at) });
  return `${what}, ${span}. ${end}`;
}
