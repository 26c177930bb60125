import { shortened } from '../schedule/sentences.ts';
import type { SessionKind } from '../schedule/session.ts';
import { formatDateTime, formatTime } from '../text/dates.ts';
import type { Language, Sentence } from '../text/language.ts';
import type { CalendarConference, CalendarDeadline, CalendarSession } from './content.ts';

/** So much of a name or a duty stands in the title of an entry: a calendar shows a line of it. */
export const TITLE_AT_MOST = 120;

const KINDS: Readonly<Record<SessionKind, Sentence | null>> = {
  session: null,
  rehearsal: { vi: 'Tổng duyệt', en: 'Rehearsal' },
  'line-test': { vi: 'Thử đường truyền', en: 'Line test' },
  'follow-up': { vi: 'Học bù', en: 'Follow-up' },
};

/** `Thử đường truyền: Thử với các tỉnh - Hội nghị toàn quốc ...`; what was called off says so first. */
export function sessionName(
  { kind, title, conference, cancelled }: CalendarSession,
  language: Language,
): string {
  const label = KINDS[kind]?.[language];
  const isSaid = label === undefined || title.toLowerCase().startsWith(label.toLowerCase());
  const own = isSaid ? title : `${label}: ${title}`;
  const name = conference.title === title ? own : `${own} - ${conference.title}`;
  const off = { vi: 'Đã hủy: ', en: 'Called off: ' }[language];
  return shortened(cancelled === null ? name : `${off}${name}`, TITLE_AT_MOST);
}

/** What else there is to know of a session, a line each. */
export function sessionNotes(
  { conference, title, doorsAt, cancelled }: CalendarSession,
  language: Language,
): string[] {
  const vi = language === 'vi';
  const notes: string[] = [];
  if (cancelled !== null)
    notes.push(vi ? `Đã hủy. Lý do: ${cancelled.reason}` : `Called off. Reason: ${cancelled.reason}`);
  if (doorsAt !== null)
    notes.push(vi ? `Mở cửa lúc ${formatTime(doorsAt)}.` : `Doors open at ${formatTime(doorsAt)}.`);
  if (title !== conference.title) notes.push(conference.title);
  return [...notes, ...planNote(conference, language)];
}

/** `Hạn: báo cáo số lượng đại biểu, Tỉnh Mây Ngàn - Hội nghị toàn quốc ...` */
export function deadlineName({ text, bridgeName, conference }: CalendarDeadline, language: Language): string {
  const vi = language === 'vi';
  const what = text ?? (vi ? 'báo cáo số lượng đại biểu' : 'report the number of delegates');
  const where = bridgeName === null ? '' : `, ${bridgeName}`;
  return shortened(`${vi ? 'Hạn' : 'Due'}: ${what}${where} - ${conference.title}`, TITLE_AT_MOST);
}

/** What else there is to know of a deadline, a line each. */
export function deadlineNotes(
  { text, owner, dueBefore, conference }: CalendarDeadline,
  language: Language,
): string[] {
  const vi = language === 'vi';
  const at = formatDateTime(dueBefore, language);
  const notes = [vi ? `Trước ${at}.` : `Before ${at}.`];
  if (text !== null) notes.push(text);
  if (owner !== null) notes.push(vi ? `Thực hiện: ${owner}` : `By: ${owner}`);
  return [...notes, conference.title, ...planNote(conference, language)];
}

function planNote({ number }: CalendarConference, language: Language): string[] {
  if (number === null) return [];
  return [language === 'vi' ? `Kế hoạch số ${number}` : `Plan ${number}`];
}
