import { BRIDGE_CLASSES } from '../bridges/bridge.ts';
import { assertNever } from '../result.ts';
import { formatDate } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import type { CivilDate } from '../time.ts';
import type { FieldFailure } from './accept.ts';
import type { LeftoverReason } from './draft.ts';
import type { PlanFinding } from './finding.ts';

/** The name of a class of bridges; a class that the program does not know keeps its own word. */
export function className(bridgeClass: string, language: Language): string {
  const known = (BRIDGE_CLASSES as Record<string, { vi: string; en: string } | undefined>)[bridgeClass];
  return known === undefined ? bridgeClass : known[language];
}

const WEEKDAY_NAMES = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** What a finding says, in one short sentence. */
export function findingSentence(finding: PlanFinding, language: Language): string {
  const { params } = finding;
  const vi = language === 'vi';
  const text = (name: string): string => String(params[name] ?? '');
  const date = (name: string): string => formatDate(text(name) as CivilDate);
  const named = (name: string): string => className(text(name), language);
  switch (finding.code) {
    case 'no-start':
      return vi ? 'Kế hoạch chưa nêu ngày họp.' : 'The plan does not say when the conference is held.';
    case 'no-hour':
      return vi ? 'Kế hoạch nêu ngày họp nhưng chưa nêu giờ.' : 'The plan gives the day but not the hour.';
    case 'ends-before-start':
      return vi ? 'Giờ kết thúc không sau giờ bắt đầu.' : 'The conference ends before it starts.';
    case 'weekday-wrong': {
      const said = WEEKDAY_NAMES[language][Number(params['named']) - 1] ?? '';
      const right = text(vi ? 'weekdayVi' : 'weekdayEn');
      return vi
        ? `Ngày ${date('date')} là ${right}, không phải ${said}.`
        : `${date('date')} is a ${right}, not a ${said}.`;
    }
    case 'issued-after-start':
      return vi
        ? `Kế hoạch ký ngày ${date('issued')}, sau ngày họp ${date('start')}.`
        : `The plan is dated ${date('issued')}, after the conference on ${date('start')}.`;
    case 'no-bridge-classes':
      return vi ? 'Kế hoạch không nêu điểm cầu nào.' : 'The plan names no bridges.';
    case 'no-clauses':
      return vi ? 'Kế hoạch không nêu thành phần dự họp.' : 'The plan does not say who attends.';
    case 'clause-class-not-listed':
      return vi
        ? `Mục ${text('clause')} thuộc loại điểm cầu «${named('class')}», nhưng kế hoạch không có loại điểm cầu này.`
        : `Clause ${text('clause')} is for “${named('class')}”, which is not among the plan's bridges.`;
    case 'class-without-clauses':
      return vi
        ? `Loại điểm cầu «${named('class')}» chưa có thành phần dự họp.`
        : `Nobody is named to attend at “${named('class')}”.`;
    case 'districts-gone':
      return vi
        ? `Ngày ${date('date')} không còn cấp huyện; cần bỏ điểm cầu cấp huyện.`
        : `There are no districts on ${date('date')}; the district bridges have to go.`;
    case 'quota-unstated':
      return vi
        ? `Mục ${text('clause')} mời đại diện nhưng không nêu số lượng.`
        : `Clause ${text('clause')} asks for representatives without saying how many.`;
    case 'chair-rule-missing':
      return vi
        ? `Kế hoạch không nêu ai chủ trì ở «${named('class')}».`
        : `The plan does not say who chairs at “${named('class')}”.`;
    case 'agenda-too-long':
      return vi
        ? `Các phần có thời lượng cộng lại ${text('stated')} phút, dài hơn chương trình ${text('window')} phút.`
        : `The items with a stated length take ${text('stated')} minutes; the programme has ${text('window')}.`;
    case 'item-too-long':
      return vi
        ? `Phần thứ ${text('item')} dài ${text('minutes')} phút, hơn cả chương trình ${text('window')} phút.`
        : `Item ${text('item')} takes ${text('minutes')} minutes; the whole programme has ${text('window')}.`;
    case 'deadline-before-issue':
      return vi
        ? `Thời hạn «${text('phrase')}» đã qua khi kế hoạch được ký ngày ${date('issued')}.`
        : `The deadline “${text('phrase')}” had passed when the plan was signed on ${date('issued')}.`;
    case 'deadline-after-start':
      return vi
        ? `Thời hạn báo số lượng đại biểu «${text('phrase')}» rơi sau giờ khai mạc.`
        : `The headcount is due “${text('phrase')}”, after the conference has started.`;
    case 'deadline-not-working-day': {
      const working = params['working'] === undefined ? null : date('working');
      if (vi) {
        const advice = working === null ? '' : ` Ngày làm việc cuối cùng là ${working}.`;
        return `Ngày cuối của thời hạn «${text('phrase')}» là ${date('lastDay')}, không phải ngày làm việc.${advice}`;
      }
      const advice = working === null ? '' : ` The last working day is ${working}.`;
      return `The last day for “${text('phrase')}” is ${date('lastDay')}, not a working day.${advice}`;
    }
    case 'deadline-undated':
      return vi
        ? `Thời hạn «${text('phrase')}» không có ngày; cần chọn ngày.`
        : `The deadline “${text('phrase')}” has no date; choose one.`;
    case 'report-before-study-ends':
      return vi
        ? `Báo cáo phải gửi «${text('phrase')}», khi việc học tập chưa xong («${text('study')}»).`
        : `The report is due “${text('phrase')}”, before the study ends (“${text('study')}”).`;
    case 'document-with-two-dates':
      return vi
        ? `Văn bản ${text('number')} được ghi hai ngày: ${date('first')} và ${date('second')}.`
        : `Document ${text('number')} is cited with two dates: ${date('first')} and ${date('second')}.`;
    case 'document-later-than-plan':
      return vi
        ? `Văn bản ${text('number')} ngày ${date('date')} có sau kế hoạch ngày ${date('issued')}.`
        : `Document ${text('number')} of ${date('date')} is later than the plan of ${date('issued')}.`;
    case 'held-before-its-plan':
      return vi
        ? `Hội nghị ngày ${date('held')} diễn ra trước khi có Kế hoạch ${text('number')} ngày ${date('date')}.`
        : `The conference of ${date('held')} was held before plan ${text('number')} of ${date('date')} existed.`;
    case 'committee-named-two-ways':
      return vi
        ? 'Tên Ban Chỉ đạo được viết theo hai cách, có và không có chữ «quốc gia».'
        : 'The steering committee is named in two ways, with and without “national” (quốc gia).';
    case 'symbol-odd':
      return vi
        ? `Ký hiệu ${text('number')} có thể viết sai; có lẽ là ${text('right')}.`
        : `The symbol ${text('number')} looks wrong; it may be ${text('right')}.`;
    case 'date-unclear':
      return vi
        ? `Không hiểu được thời gian «${text('text')}».`
        : `The time “${text('text')}” is not understood.`;
    case 'owner-missing':
      return vi
        ? `Nhiệm vụ thứ ${text('duty')} chưa rõ do ai thực hiện.`
        : `Duty ${text('duty')} does not say whose it is.`;
    default:
      return assertNever(finding.code);
  }
}

const REASONS: Readonly<Record<LeftoverReason, { vi: string; en: string }>> = {
  stamp: {
    vi: 'Dấu đến hoặc phiếu chuyển của nơi nhận.',
    en: 'A receipt stamp or routing slip of the receiving office.',
  },
  noise: {
    vi: 'Chữ viết tay hoặc nét máy quét đọc sai.',
    en: 'Handwriting, or marks that the scanner took for text.',
  },
  'date-unclear': {
    vi: 'Thời gian không rõ hoặc không có trong lịch.',
    en: 'A date that is unclear, or not in the calendar.',
  },
  purpose: {
    vi: 'Mục đích, yêu cầu, căn cứ; không phải nội dung phải sắp xếp.',
    en: 'Aims and grounds, which plan nothing.',
  },
  annex: { vi: 'Thuộc phụ lục.', en: 'Part of an annex.' },
  unplaced: { vi: 'Chưa xếp được vào mục nào.', en: 'Fits no field.' },
};

/** Why a passage was left over. */
export function leftoverSentence(reason: LeftoverReason, language: Language): string {
  return REASONS[reason][language];
}

const FIELDS: Readonly<Record<string, { vi: string; en: string }>> = {
  title: { vi: 'tên hội nghị', en: 'title' },
  bridgeClass: { vi: 'loại điểm cầu', en: 'class of bridges' },
  text: { vi: 'nội dung', en: 'text' },
  owner: { vi: 'cơ quan thực hiện', en: 'owner' },
  name: { vi: 'tên', en: 'name' },
  number: { vi: 'số, ký hiệu', en: 'number' },
  issuer: { vi: 'cơ quan ban hành', en: 'issuer' },
  issuedOn: { vi: 'ngày ban hành', en: 'date of issue' },
  startsAt: { vi: 'giờ bắt đầu', en: 'start' },
  endsAt: { vi: 'giờ kết thúc', en: 'end' },
  venue: { vi: 'địa điểm', en: 'venue' },
  presenter: { vi: 'người trình bày', en: 'presenter' },
  clauses: { vi: 'mục thành phần', en: 'clause' },
  agenda: { vi: 'phần chương trình', en: 'agenda item' },
  duties: { vi: 'nhiệm vụ', en: 'duty' },
  recipients: { vi: 'nơi nhận', en: 'recipient' },
  documents: { vi: 'tài liệu', en: 'document' },
};

/** "Mục thành phần thứ 4: thiếu loại điểm cầu." */
export function failureSentence(failure: FieldFailure, language: Language): string {
  const parts = failure.path.split('.');
  const [list, at] = parts;
  const word = (name: string | undefined): string =>
    FIELDS[name ?? '']?.[language] ?? (language === 'vi' ? 'một mục' : 'a field');
  const field = word(parts.length > 2 ? parts.at(-1) : list);
  const inList = at !== undefined && /^\d+$/.test(at);
  const where = inList
    ? language === 'vi'
      ? `${word(list)} thứ ${Number(at) + 1}`
      : `${word(list)} ${Number(at) + 1}`
    : '';
  const sentence = ((): string => {
    switch (failure.problem) {
      case 'missing':
        return language === 'vi' ? `thiếu ${field}` : `the ${field} is missing`;
      case 'too long':
        return language === 'vi' ? `${field} quá dài` : `the ${field} is too long`;
      case 'malformed':
        return language === 'vi' ? `${field} viết không đúng` : `the ${field} is not written correctly`;
      default:
        return assertNever(failure.problem);
    }
  })();
  const whole = where === '' ? sentence : `${where}: ${sentence}`;
  return `${whole.charAt(0).toLocaleUpperCase('vi')}${whole.slice(1)}.`;
}
