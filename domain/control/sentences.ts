import { formatTime } from '../text/dates.ts';
import { formatDuration } from '../text/durations.ts';
import type { Language, Sentence } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import type { Instant } from '../time.ts';
import type { Alert, AlertKind } from './alerts.ts';
import type { Moment } from './standing.ts';

/** Whom to call at a bridge, and as what they are called. */
export interface CallContact {
  /** `above` is whoever can be called at a bridge above, as nobody is known at this one. */
  readonly as: 'technical' | 'organizer' | 'chair' | 'above';
  readonly name: string | null;
  readonly phone: string | null;
}

/** An alert with the names that it is told with. */
export interface NamedAlert extends Alert {
  readonly bridgeName: string;
  /** The bridge above; null at the top. */
  readonly underName: string | null;
}

type Told = Record<Language, (alert: NamedAlert, moment: Moment) => string>;

/** `còn 20 phút đến giờ họp`, `đã quá giờ họp 5 phút`. */
function toStart({ now, startsAt }: Moment, language: Language): string {
  const span = formatDuration(Math.abs(startsAt - now), language);
  if (now < startsAt) return language === 'vi' ? `còn ${span} đến giờ họp` : `${span} to the start`;
  return language === 'vi' ? `đã quá giờ họp ${span}` : `${span} past the start`;
}

function sinceWhen(since: Instant | null, { now }: Moment, language: Language): string {
  if (since === null) return '';
  const span = formatDuration(Math.max(0, now - since), language);
  return language === 'vi' ? ` từ ${formatTime(since)} (${span})` : ` since ${formatTime(since)} (${span})`;
}

function many(alert: NamedAlert, language: Language): string {
  if (alert.bridges === 1) return '';
  const n = formatNumber(alert.bridges, language);
  return language === 'vi' ? `${n} điểm cầu bên dưới ` : `${n} bridges below `;
}

const WHAT: Readonly<Record<AlertKind, Told>> = {
  'never-connected': {
    vi: (alert, moment) => `${many(alert, 'vi')}chưa có máy nào kết nối, ${toStart(moment, 'vi')}`,
    en: (alert, moment) => `${many(alert, 'en')}never connected, ${toStart(moment, 'en')}`,
  },
  'not-opened': {
    vi: (alert, moment) => `${many(alert, 'vi')}chưa mở, ${toStart(moment, 'vi')}`,
    en: (alert, moment) => `${many(alert, 'en')}not opened, ${toStart(moment, 'en')}`,
  },
  'line-lost': {
    vi: (alert, moment) => `${many(alert, 'vi')}mất kết nối${sinceWhen(alert.since, moment, 'vi')}`,
    en: (alert, moment) => `${many(alert, 'en')}lost the line${sinceWhen(alert.since, moment, 'en')}`,
  },
  'feed-lost': {
    vi: (alert, moment) => `${many(alert, 'vi')}mất đường truyền hình${sinceWhen(alert.since, moment, 'vi')}`,
    en: (alert, moment) => `${many(alert, 'en')}lost the picture${sinceWhen(alert.since, moment, 'en')}`,
  },
  'feed-poor': {
    vi: (alert, moment) => `${many(alert, 'vi')}hình và tiếng kém${sinceWhen(alert.since, moment, 'vi')}`,
    en: (alert, moment) =>
      `${many(alert, 'en')}poor picture and sound${sinceWhen(alert.since, moment, 'en')}`,
  },
  'line-unfit': {
    vi: (alert, moment) => `${many(alert, 'vi')}kiểm tra đường truyền chưa đạt, ${toStart(moment, 'vi')}`,
    en: (alert, moment) => `${many(alert, 'en')}failed the line test, ${toStart(moment, 'en')}`,
  },
  'line-untested': {
    vi: (alert, moment) => `${many(alert, 'vi')}chưa kiểm tra đường truyền, ${toStart(moment, 'vi')}`,
    en: (alert, moment) => `${many(alert, 'en')}not tested the line, ${toStart(moment, 'en')}`,
  },
  'too-full': {
    vi: ({ present, capacity }) =>
      `${formatNumber(present, 'vi')} người có mặt, phòng có ${formatNumber(capacity ?? 0, 'vi')} chỗ`,
    en: ({ present, capacity }) =>
      `${formatNumber(present, 'en')} present in a room of ${formatNumber(capacity ?? 0, 'en')} seats`,
  },
  'few-came': {
    vi: (alert, moment) =>
      `${many(alert, 'vi')}mới có ${formatNumber(alert.came, 'vi')}/${formatNumber(alert.summoned, 'vi')} người, ${toStart(moment, 'vi')}`,
    en: (alert, moment) =>
      `${many(alert, 'en')}only ${formatNumber(alert.came, 'en')} of ${formatNumber(alert.summoned, 'en')} have come, ${toStart(moment, 'en')}`,
  },
  'uploads-waiting': {
    vi: (alert, moment) =>
      `${many(alert, 'vi')}${formatNumber(alert.waiting, 'vi')} lượt điểm danh chờ gửi${sinceWhen(alert.since, moment, 'vi')}`,
    en: (alert, moment) =>
      `${many(alert, 'en')}${formatNumber(alert.waiting, 'en')} check-ins wait to be sent${sinceWhen(alert.since, moment, 'en')}`,
  },
  'agenda-late': {
    vi: ({ lateMs }) => `chương trình dự kiến kết thúc muộn ${formatDuration(lateMs, 'vi')}`,
    en: ({ lateMs }) => `the agenda is going to end ${formatDuration(lateMs, 'en')} late`,
  },
  'not-closed': {
    vi: (alert, { now, endsAt }) =>
      `${many(alert, 'vi')}chưa đóng, đã hết giờ ${formatDuration(Math.max(0, now - endsAt), 'vi')}`,
    en: (alert, { now, endsAt }) =>
      `${many(alert, 'en')}not closed, ${formatDuration(Math.max(0, now - endsAt), 'en')} after the end`,
  },
};

/** What has happened, where: "Xã Yên Lãng, Huyện Đại Từ: chưa mở, còn 20 phút đến giờ họp". The span runs with the clock. */
export function describeAlert(alert: NamedAlert, moment: Moment, language: Language): string {
  const where = alert.underName === null ? alert.bridgeName : `${alert.bridgeName}, ${alert.underName}`;
  return `${where}: ${WHAT[alert.kind][language](alert, moment)}.`;
}

/** What to do once somebody is on the telephone, or instead of that. */
const DO: Readonly<Record<AlertKind, Sentence>> = {
  'never-connected': {
    vi: 'Hỏi máy điểm danh đã ghép và đã mở trang chưa, mạng có vào được không.',
    en: 'Ask whether the check-in machine is paired with its page open, and whether there is a network.',
  },
  'not-opened': {
    vi: 'Hỏi đã mở cửa chưa, ai đang trực điểm cầu.',
    en: 'Ask whether the doors are open and who is on duty.',
  },
  'line-lost': {
    vi: 'Điểm danh vẫn được lưu trên máy. Nhắc kiểm tra đường truyền, chuyển sang mạng dự phòng.',
    en: 'Check-ins are kept on the machine. Have the line checked, or the spare one taken.',
  },
  'feed-lost': {
    vi: 'Hỏi trang trạm còn mở không, nhắc tải lại trang hoặc chuyển sang mạng dự phòng.',
    en: 'Ask whether the page of the station is open; have it loaded again, or the spare network taken.',
  },
  'feed-poor': {
    vi: 'Nhắc dùng dây mạng thay Wi-Fi, tắt các máy khác đang tải.',
    en: 'Have a cable used in place of Wi-Fi, and whatever else loads stopped.',
  },
  'line-unfit': {
    vi: 'Xem lần kiểm tra thiếu gì ở trang Đường truyền, cùng xử lý rồi nhắc kiểm tra lại.',
    en: 'See on the page of lines what the test lacked, help, and have it run again.',
  },
  'line-untested': {
    vi: 'Nhắc mở trang kiểm tra đường truyền tại điểm cầu, hết khoảng hai phút.',
    en: 'Have the page of the line test opened at the bridge; it takes two minutes.',
  },
  'too-full': {
    vi: 'Hỏi có cần thêm chỗ hay mở phòng bên cạnh không.',
    en: 'Ask whether they need more seats or the room next door.',
  },
  'few-came': {
    vi: 'Hỏi đại biểu đang ở đâu, có điểm danh kịp không.',
    en: 'Ask where the delegates are and whether the check-in keeps up.',
  },
  'uploads-waiting': {
    vi: 'Nhắc giữ trang điểm danh mở và nối mạng để máy tự gửi.',
    en: 'Have the page kept open and the machine on line, so that it sends by itself.',
  },
  'agenda-late': {
    vi: 'Báo chủ trì để rút ngắn hoặc bỏ bớt các mục còn lại.',
    en: 'Tell the chair, so that items ahead are shortened or left out.',
  },
  'not-closed': {
    vi: 'Nhắc đóng điểm cầu để chốt số liệu.',
    en: 'Have the bridge closed, so that its figures are final.',
  },
};

export function describeRemedy(kind: AlertKind, language: Language): string {
  return DO[kind][language];
}

const AS: Readonly<Record<CallContact['as'], Sentence>> = {
  technical: { vi: 'kỹ thuật', en: 'technician' },
  organizer: { vi: 'đầu mối', en: 'organizer' },
  chair: { vi: 'chủ trì', en: 'chair' },
  above: { vi: 'cấp trên trực tiếp', en: 'bridge above' },
};

/** `Gọi Nguyễn Thị Ánh (chủ trì), 0912 345 678.`, or that nobody is known. */
export function describeCall(contact: CallContact | null, language: Language): string {
  if (contact === null || (contact.name === null && contact.phone === null)) {
    return language === 'vi'
      ? 'Chưa có ai để gọi: bổ sung đầu mối của điểm cầu.'
      : 'Nobody to call is known: add a contact to the bridge.';
  }
  const who = [contact.name, `(${AS[contact.as][language]})`].filter((part) => part !== null).join(' ');
  const phone = contact.phone ?? (language === 'vi' ? 'chưa có số điện thoại' : 'no telephone number known');
  return language === 'vi' ? `Gọi ${who}, ${phone}.` : `Call ${who}, ${phone}.`;
}
