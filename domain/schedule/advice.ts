import { dayKind } from '../deadlines/workdays.ts';
import { formatDate, weekday } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { assertNever } from '../result.ts';
import { civilDateOf } from '../time.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { SessionKind } from './session.ts';

interface Timed {
  readonly kind: SessionKind;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What an organizer should know of a session's time; none of it is a reason to refuse. */
export type Advice =
  /** The offices are closed on its first day. */
  | { readonly kind: 'day-off'; readonly day: CivilDate }
  /** A rehearsal or line test that ends after the first session has begun. */
  | { readonly kind: 'too-late-to-try' }
  /** A follow-up session that begins before the last session is over: who was not there is not known yet. */
  | { readonly kind: 'nobody-absent-yet' };

/** @param sessions the other sessions of the conference, of every kind */
export function adviceOn(session: Timed, sessions: readonly Timed[]): Advice[] {
  const advice: Advice[] = [];
  const day = civilDateOf(session.startsAt);
  const { kind } = dayKind(day);
  if (kind === 'saturday' || kind === 'sunday' || kind === 'holiday') advice.push({ kind: 'day-off', day });
  const held = sessions.filter((one) => one.kind === 'session');
  const isTrial = session.kind === 'rehearsal' || session.kind === 'line-test';
  if (isTrial && held.length > 0 && held.every(({ startsAt }) => startsAt < session.endsAt))
    advice.push({ kind: 'too-late-to-try' });
  if (session.kind === 'follow-up' && held.some(({ endsAt }) => endsAt > session.startsAt))
    advice.push({ kind: 'nobody-absent-yet' });
  return advice;
}

/** A piece of advice as a sentence. */
export function describeAdvice(advice: Advice, language: Language): string {
  const vi = language === 'vi';
  switch (advice.kind) {
    case 'day-off': {
      const kind = dayKind(advice.day);
      const day = `${weekday(advice.day, language)}, ${formatDate(advice.day)}`;
      const why = kind.kind === 'holiday' ? ` (${kind.holiday[language]})` : '';
      return vi ? `Cơ quan nghỉ ${day}${why}.` : `Offices are closed on ${day}${why}.`;
    }
    case 'too-late-to-try':
      return vi
        ? 'Buổi này kết thúc khi hội nghị đã bắt đầu, nên không còn lúc nào để khắc phục.'
        : 'This ends after the conference has begun: there is no time left to mend anything.';
    case 'nobody-absent-yet':
      return vi
        ? 'Buổi học bù này bắt đầu khi hội nghị chưa kết thúc, nên chưa biết ai vắng.'
        : 'This follow-up begins before the conference is over: who was absent is not known yet.';
    default:
      return assertNever(advice);
  }
}
