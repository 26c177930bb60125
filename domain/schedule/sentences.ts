import type { BridgeId, PersonId, SessionId } from '../ids.ts';
import { assertNever } from '../result.ts';
import { formatDate, formatDateTime, formatTime, weekday } from '../text/dates.ts';
import { formatDuration } from '../text/durations.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import { civilDateOf } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Conflict } from './conflicts.ts';
import type { AgendaRun, IgnoredReason, Overrun, RunItem } from './run.ts';
import type { AgendaWindow } from './window.ts';

/** Names for what the rules only know by id. */
export interface Names {
  readonly entry: (id: SessionId) => string;
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

function dutyAt(bridge: BridgeId | null, entry: SessionId, names: Names, language: Language): string {
  const at = `“${names.entry(entry)}”`;
  if (language === 'vi')
    return bridge === null ? `trình bày tại ${at}` : `chủ trì ${names.bridge(bridge)} trong ${at}`;
  return bridge === null ? `present at ${at}` : `chair ${names.bridge(bridge)} in ${at}`;
}

/** What two entries both want, and when. */
export function describeConflict(conflict: Conflict, names: Names, language: Language): string {
  const vi = language === 'vi';
  const first = `“${names.entry(conflict.first)}”`;
  const second = `“${names.entry(conflict.second)}”`;
  const when = formatSpan(conflict.from, conflict.until, language);
  switch (conflict.kind) {
    case 'room':
      return vi
        ? `${first} và ${second} cùng dùng ${conflict.venue}, ${when}.`
        : `${first} and ${second} both use ${conflict.venue}, ${when}.`;
    case 'bridge': {
      const others = { vi: 'điểm cầu khác', en: 'other bridges' };
      const all = vi ? 'mọi điểm cầu' : 'every bridge';
      const which =
        conflict.bridges === 'all' ? all : list(conflict.bridges.map(names.bridge), others, language);
      return vi
        ? `${first} và ${second} cùng cần ${which}, ${when}.`
        : `${first} and ${second} both need ${which}, ${when}.`;
    }
    case 'place': {
      const both = conflict.places.map(({ bridges: [a, b] }) =>
        names.bridge(a) === names.bridge(b) ? names.bridge(a) : `${names.bridge(a)} / ${names.bridge(b)}`,
      );
      const which = list(both, { vi: 'nơi khác', en: 'other places' }, language);
      const isSure = conflict.places.every((place) => place.by === 'address');
      if (vi) {
        const hint = isSure ? '' : ' Có nơi chưa ghi địa chỉ, cần kiểm tra có trùng phòng không.';
        return `${first} và ${second} cùng dùng phòng của ${which}, ${when}.${hint}`;
      }
      const hint = isSure ? '' : ' Some addresses are missing: check whether it is one room.';
      return `${first} and ${second} use the room of ${which}, ${when}.${hint}`;
    }
    case 'chair':
    case 'presenter': {
      const person = names.person(conflict.person);
      const [a, b] = conflict.bridges;
      const one = dutyAt(a, conflict.first, names, language);
      const other = dutyAt(b, conflict.second, names, language);
      return vi
        ? `${person} cùng lúc ${one} và ${other}, ${when}.`
        : `${person} has to ${one} and to ${other}, ${when}.`;
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
