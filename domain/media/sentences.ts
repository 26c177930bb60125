import { assertNever } from '../result.ts';
import { formatDuration } from '../text/durations.ts';
import type { Language, Sentence } from '../text/language.ts';
import { formatNumber, formatPercent } from '../text/numbers.ts';
import type { LineStanding } from './line-standing.ts';
import type { LineFinding, LineMeasure, LineMeasures } from './line-test.ts';
import type { IncidentKind } from './quality.ts';

const STANDINGS = {
  unfit: { vi: 'chưa đạt', en: 'not fit' },
  untested: { vi: 'chưa kiểm tra', en: 'not tested' },
  old: { vi: 'kiểm tra đã lâu', en: 'tested long ago' },
  'fit with remarks': { vi: 'đạt, có lưu ý', en: 'fit, with remarks' },
  fit: { vi: 'đạt', en: 'fit' },
} as const satisfies Record<LineStanding, Sentence>;

/** `chưa kiểm tra`, `đạt`: how a line stands, in the middle of a sentence. */
export function sayLineStanding(standing: LineStanding, language: Language): string {
  return STANDINGS[standing][language];
}

const INCIDENTS = {
  dropped: { vi: 'mất đường truyền', en: 'the line broke off' },
  poor: { vi: 'hình và tiếng kém', en: 'poor picture and sound' },
} as const satisfies Record<IncidentKind, Sentence>;

/** `mất đường truyền`: what went wrong with a line, in the middle of a sentence. */
export function sayIncidentKind(kind: IncidentKind, language: Language): string {
  return INCIDENTS[kind][language];
}

/** `không có sự cố`, `2 sự cố, tất cả 7 phút`: of a line during a session. */
export function sayIncidents(count: number, lastedMs: number, language: Language): string {
  if (count === 0) return language === 'vi' ? 'không có sự cố' : 'no incident';
  const n = formatNumber(count, language);
  const lasted = formatDuration(lastedMs, language);
  if (language === 'vi') return `${n} sự cố, tất cả ${lasted}`;
  return `${n} ${count === 1 ? 'incident' : 'incidents'}, ${lasted} in all`;
}

/** `4,2 Mb/s`. */
export function sayRate(kbps: number, language: Language): string {
  return `${formatNumber(Math.round(kbps / 100) / 10, language)} Mb/s`;
}

/** `1,25 %`. */
export function sayShare(share: number, language: Language): string {
  return formatPercent(Math.round(share * 10_000), 10_000, language);
}

const sayMs = (ms: number, language: Language): string => `${formatNumber(Math.round(ms), language)} ms`;

/** A measure as people read it; null where it could not be measured. */
export function sayMeasure(
  measure: LineMeasure,
  { [measure]: value }: LineMeasures,
  language: Language,
): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') {
    if (value) return language === 'vi' ? 'tốt' : 'works';
    if (measure === 'camera') return language === 'vi' ? 'không có hình' : 'no picture';
    return language === 'vi' ? 'không nghe thấy' : 'not heard';
  }
  switch (measure) {
    case 'upKbps':
    case 'downKbps':
      return sayRate(value, language);
    case 'loss':
      return sayShare(value, language);
    default:
      return sayMs(value, language);
  }
}

const NAMES = {
  upKbps: { vi: 'Đường lên', en: 'Sending' },
  downKbps: { vi: 'Đường xuống', en: 'Receiving' },
  loss: { vi: 'Mất gói', en: 'Loss' },
  jitterMs: { vi: 'Độ chập chờn', en: 'Jitter' },
  delayMs: { vi: 'Độ trễ', en: 'Delay' },
  camera: { vi: 'Camera', en: 'Camera' },
  sound: { vi: 'Loa và micrô', en: 'Loudspeaker and microphone' },
} as const satisfies Record<LineMeasure, Sentence>;

/** `Đường lên`, `Mất gói`. */
export function lineMeasureName(measure: LineMeasure, language: Language): string {
  return NAMES[measure][language];
}

/** What a test found: what is wrong, how it should be, and what to do. */
export function sayLineFinding(finding: LineFinding, measures: LineMeasures, language: Language): string {
  const { measure, kind } = finding;
  if (kind === 'unmeasured') return UNMEASURED[groupOf(measure)][language];
  const found = sayMeasure(measure, measures, language) ?? '';
  const limit = finding.limit === null ? '' : sayLimit(measure, finding.limit, language);
  const name = lineMeasureName(measure, language);
  switch (kind) {
    case 'absent':
      return ABSENT[measure === 'camera' ? 'camera' : 'sound'][language];
    case 'too low':
      return language === 'vi'
        ? `${name} được ${found}, cần ít nhất ${limit}. ${TOO_LOW.vi}`
        : `${name}: ${found}, at least ${limit} is needed. ${TOO_LOW.en}`;
    case 'too high':
      return language === 'vi'
        ? `${name} là ${found}, không nên quá ${limit}. ${TOO_HIGH.vi}`
        : `${name}: ${found}, no more than ${limit} is good. ${TOO_HIGH.en}`;
    default:
      return assertNever(kind);
  }
}

function sayLimit(measure: LineMeasure, limit: number, language: Language): string {
  if (measure === 'loss') return sayShare(limit, language);
  return measure === 'upKbps' || measure === 'downKbps' ? sayRate(limit, language) : sayMs(limit, language);
}

function groupOf(measure: LineMeasure): keyof typeof UNMEASURED {
  return measure === 'camera' || measure === 'sound' ? measure : 'line';
}

const TOO_LOW: Sentence = {
  vi: 'Hãy dùng dây mạng thay Wi-Fi, tắt các máy khác đang tải, rồi kiểm tra lại; vẫn thấp thì gọi nhà mạng.',
  en: 'Use a cable in place of Wi-Fi, stop what else is loading, and test again; if it stays low, call the provider.',
};
const TOO_HIGH: Sentence = {
  vi: 'Hãy dùng dây mạng thay Wi-Fi, lại gần bộ phát, tắt các máy khác đang tải, rồi kiểm tra lại.',
  en: 'Use a cable in place of Wi-Fi, go nearer to it, stop what else is loading, and test again.',
};
const ABSENT = {
  camera: {
    vi: 'Camera không cho hình. Hãy cắm lại camera, đóng chương trình khác đang dùng nó, cho phép trang này dùng camera, rồi kiểm tra lại.',
    en: 'The camera gave no picture. Plug it in again, close other programs that use it, allow this page to use it, and test again.',
  },
  sound: {
    vi: 'Micrô không nghe thấy loa. Hãy bật loa, tăng âm lượng, chọn đúng micrô, rồi kiểm tra lại.',
    en: 'The microphone did not hear the loudspeaker. Turn the loudspeaker on and up, choose the right microphone, and test again.',
  },
} as const satisfies Record<string, Sentence>;
const UNMEASURED = {
  camera: {
    vi: 'Chưa thử được camera. Hãy cho phép trang này dùng camera rồi kiểm tra lại.',
    en: 'The camera could not be tried. Allow this page to use it, and test again.',
  },
  sound: {
    vi: 'Chưa thử được loa và micrô. Hãy cho phép trang này dùng micrô rồi kiểm tra lại.',
    en: 'Loudspeaker and microphone could not be tried. Allow this page to use the microphone, and test again.',
  },
  line: {
    vi: 'Chưa đo được đường truyền. Hãy xem mạng tại điểm cầu có chặn cổng truyền hình của máy chủ không, rồi kiểm tra lại.',
    en: 'The line could not be measured. See whether the network at the bridge blocks the port for pictures of the server, and test again.',
  },
} as const satisfies Record<string, Sentence>;
