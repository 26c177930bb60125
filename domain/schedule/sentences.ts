import type { BridgeId, ConferenceId, PersonId, SessionId } from '../ids.ts';
import { assertNever } from '../result.ts';
import { formatDate, formatDateTime, formatTime, weekday } from '../text/dates.ts';
import { formatDuration } from '../text/durations.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import { civilDateOf } from '../time.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { Conflict, Duty } from './conflicts.ts';
import type { AgendaRun, IgnoredReason, Overrun, RunItem } from './run.ts';
import type { AgendaWindow } from './window.ts';

/** A session as sentences name it. */
export interface NamedSession {
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Said where the two sessions are of two conferences. */
  readonly conference: { readonly id: ConferenceId; readonly title: string };
}

/** Names for what the rules only know by id. */
export interface Names {
  /** Null for a session that whoever reads may not see: only that it is there is told. */
  readonly session: (id: SessionId) => NamedSession | null;
  readonly bridge: (id: BridgeId) => string;
  readonly person: (id: PersonId) => string;
}

/** `08:00-09:30 thứ Hai, 13/01/2025`; over several days both ends in full. */
export function formatSpan(from: Instant, until: Instant, language: Language): string {
  const day = civilDateOf(from);
  if (civilDateOf(until) !== day)
    return `${formatDateTime(from, language)} - ${formatDateTime(until, language)}`;
  return `${formatTime(from)}-${formatTime(until)} ${weekday(day, language)}, ${formatDate(day)}`;
}

const NAMED_AT_MOST = 3;

/** The first three by name, the rest as a number. */
function list(
  names: readonly string[],
  rest: { readonly vi: string; readonly en: string },
  language: Language,
): string {
  const shown = names.slice(0, NAMED_AT_MOST).join(', ');
  const left = names.length - NAMED_AT_MOST;
  if (left <= 0) return shown;
  return language === 'vi'
    ? `${shown} và ${formatNumber(left, 'vi')} ${rest.vi}`
    : `${shown} and ${formatNumber(left, 'en')} ${rest.en}`;
}

/** So much of a session's name is said: that of a plan may go on for lines. */
const TITLE_AT_MOST = 90;
/** So much of a conference's name stands behind the name of its session. */
const CONFERENCE_AT_MOST = 60;

/** The beginning of a long name, up to the end of a word. */
export function shortened(text: string, atMost: number): string {
  if (text.length <= atMost) return text;
  const cut = text.slice(0, atMost);
  const end = cut.lastIndexOf(' ');
  return `${end > atMost / 2 ? cut.slice(0, end) : cut}…`;
}

/** `“Tổng duyệt” (14:00-16:00)`, with its day where that is not the day of the whole sentence. */
function called(
  session: NamedSession | null,
  other: NamedSession | null,
  day: CivilDate,
  language: Language,
): string {
  if (session === null)
    return language === 'vi' ? 'cuộc họp của một hội nghị khác' : 'a session of another conference';
  const { title, startsAt, endsAt, conference } = session;
  const isThatDay = civilDateOf(startsAt) === day && civilDateOf(endsAt) === day;
  const times = isThatDay
    ? `${formatTime(startsAt)}-${formatTime(endsAt)}`
    : formatSpan(startsAt, endsAt, language);
  // The session of the plan bears the name of its conference.
  const goesWithoutSaying = conference.id === other?.conference.id || conference.title === title;
  const of = goesWithoutSaying ? '' : `; ${shortened(conference.title, CONFERENCE_AT_MOST)}`;
  return `“${shortened(title, TITLE_AT_MOST)}” (${times}${of})`;
}

const DUTIES = {
  vi: {
    chair: (at: string) => `chủ trì ${at}`,
    bridge: (bridge: string, at: string) => `chủ trì ${bridge} trong ${at}`,
    presenter: (at: string) => `trình bày tại ${at}`,
  },
  en: {
    chair: (at: string) => `chair ${at}`,
    bridge: (bridge: string, at: string) => `chair ${bridge} in ${at}`,
    presenter: (at: string) => `present at ${at}`,
  },
} as const;

function dutyAt(duty: Duty, at: string, names: Names, language: Language): string {
  const say = DUTIES[language];
  switch (duty.kind) {
    case 'chair':
      return say.chair(at);
    case 'chair-of-bridge':
      return say.bridge(names.bridge(duty.bridge), at);
    case 'presenter':
      return say.presenter(at);
    default:
      return assertNever(duty);
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What two sessions both want, when each of them is, and the time that they share. */
export function describeConflict(conflict: Conflict, names: Names, language: Language): string {
  const vi = language === 'vi';
  const day = civilDateOf(conflict.from);
  const [one, other] = [names.session(conflict.first), names.session(conflict.second)];
  const first = called(one, other, day, language);
  const second = called(other, one, day, language);
  const both = capitalized(vi ? `${first} và ${second}` : `${first} and ${second}`);
  const span = formatSpan(conflict.from, conflict.until, language);
  const when = vi ? `trùng lúc ${span}` : `at the same time ${span}`;
  switch (conflict.kind) {
    case 'room':
      return vi
        ? `${both} cùng dùng ${conflict.venue}, ${when}.`
        : `${both} both use ${conflict.venue}, ${when}.`;
    case 'bridge': {
      const others = { vi: 'điểm cầu khác', en: 'other bridges' };
      const all = vi ? 'mọi điểm cầu' : 'every bridge';
      const which =
        conflict.bridges === 'all' ? all : list(conflict.bridges.map(names.bridge), others, language);
      return vi ? `${both} cùng cần ${which}, ${when}.` : `${both} both need ${which}, ${when}.`;
    }
    case 'place': {
      const places = conflict.places.map(({ bridges: [a, b] }) =>
        names.bridge(a) === names.bridge(b) ? names.bridge(a) : `${names.bridge(a)} / ${names.bridge(b)}`,
      );
      const which = list(places, { vi: 'nơi khác', en: 'other places' }, language);
      const isSure = conflict.places.every((place) => place.by === 'address');
      if (vi) {
        const hint = isSure ? '' : ' Có nơi chưa ghi địa chỉ, cần kiểm tra có trùng phòng không.';
        return `${both} cùng dùng phòng của ${which}, ${when}.${hint}`;
      }
      const hint = isSure ? '' : ' Some addresses are missing: check whether it is one room.';
      return `${both} use the room of ${which}, ${when}.${hint}`;
    }
    case 'chair':
    case 'presenter': {
      const person = names.person(conflict.person);
      const duty = dutyAt(conflict.duties[0], first, names, language);
      const otherDuty = dutyAt(conflict.duties[1], second, names, language);
      return vi
        ? `${person} vừa ${duty} vừa ${otherDuty}, ${when}.`
        : `${person} has to ${duty} and to ${otherDuty}, ${when}.`;
    }
    default:
      return assertNever(conflict);
  }
}

/** The agenda against its window: what is stated, what is left. */
export function describeWindow(window: AgendaWindow, language: Language): string {
  const { windowMinutes, statedMinutes, remainingMinutes, untimedItems } = window;
  if (language === 'vi') {
    const head = `Chương trình có ${windowMinutes} phút, các mục đã định chiếm ${statedMinutes} phút`;
    if (remainingMinutes < 0) return `${head}: quá ${-remainingMinutes} phút.`;
    if (untimedItems === 0) return `${head}, còn ${remainingMinutes} phút.`;
    return `${head}, còn ${remainingMinutes} phút cho ${untimedItems} mục chưa định thời gian.`;
  }
  const head = `The programme has ${windowMinutes} minutes, the items state ${statedMinutes}`;
  if (remainingMinutes < 0) return `${head}: ${-remainingMinutes} too many.`;
  if (untimedItems === 0) return `${head}, ${remainingMinutes} remain.`;
  return `${head}, ${remainingMinutes} remain for the ${untimedItems} without stated minutes.`;
}

/** How far an item is beyond its time. */
export function describeOverrun(
  item: RunItem & { readonly title: string },
  overrun: Overrun,
  language: Language,
): string {
  const by = formatDuration(overrun.byMs, language);
  if (language === 'vi') {
    const granted = {
      max: `không quá ${item.minutes} phút`,
      about: `khoảng ${item.minutes} phút`,
      own: 'thời gian đã định',
    };
    return `“${item.title}” đã quá ${by} so với ${granted[overrun.limit]}.`;
  }
  const granted = {
    max: `at most ${item.minutes} minutes`,
    about: `about ${item.minutes} minutes`,
    own: 'the time set',
  };
  return `“${item.title}” is ${by} over ${granted[overrun.limit]}.`;
}

/** When it ends, or ended, against the plan. A forecast with untimed items ahead is the earliest end, and says so. */
export function describeForecast(run: AgendaRun, language: Language): string {
  const at = formatTime(run.forecastEnd);
  const late = formatDuration(run.lateMs, language);
  const spare = formatDuration(run.spareMs, language);
  const ahead = run.untimedAhead;
  if (language === 'vi') {
    const against = run.lateMs > 0 ? `, muộn ${late}` : '';
    if (run.endedAt !== null) return `Đã kết thúc lúc ${at}${against}.`;
    if (ahead === 0)
      return `Dự kiến kết thúc lúc ${at}${against || (run.spareMs > 0 ? `, còn dư ${spare}` : '')}.`;
    const left = run.lateMs > 0 ? against : `, còn ${spare} cho ${ahead} mục chưa định thời gian`;
    return `Kết thúc sớm nhất lúc ${at}${left}.`;
  }
  const against = run.lateMs > 0 ? `, ${late} late` : '';
  if (run.endedAt !== null) return `Ended at ${at}${against}.`;
  if (ahead === 0)
    return `Expected to end at ${at}${against || (run.spareMs > 0 ? `, ${spare} to spare` : '')}.`;
  const items = ahead === 1 ? '1 item' : `${ahead} items`;
  const left = run.lateMs > 0 ? against : `, ${spare} left for ${items} without stated minutes`;
  return `Ends at ${at} at the earliest${left}.`;
}

const IGNORED = {
  vi: {
    'unknown item': 'Chương trình không có mục này.',
    'already running': 'Mục này đang diễn ra.',
    'not running': 'Mục này chưa diễn ra.',
    'not paused': 'Mục này không tạm dừng.',
    'already over': 'Mục này đã xong.',
    'no minutes': 'Cần ghi số phút thêm.',
  },
  en: {
    'unknown item': 'The agenda has no such item.',
    'already running': 'This item is running.',
    'not running': 'This item is not running.',
    'not paused': 'This item is not paused.',
    'already over': 'This item is over.',
    'no minutes': 'Say how many minutes to add.',
  },
} as const satisfies Record<Language, Record<IgnoredReason, string>>;

/** Why a step of the chair's desk changed nothing. */
export function describeIgnored(reason: IgnoredReason, language: Language): string {
  return IGNORED[language][reason];
}
