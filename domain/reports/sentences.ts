import type { Fraction } from '../attendance/ratios.ts';
import { describeDeadline } from '../deadlines/sentences.ts';
import type { BridgeId } from '../ids.ts';
import { assertNever } from '../result.ts';
import { formatDateTime } from '../text/dates.ts';
import { formatDuration } from '../text/durations.ts';
import type { Language } from '../text/language.ts';
import { formatNumber, formatPercent } from '../text/numbers.ts';
import type { Instant } from '../time.ts';
import type { FigureDifference } from './attendance-report.ts';
import type { DueStatus, InnerDeadlineRefusal, OwnDeadline, ReportDue, Reported } from './due.ts';
import type { Figure } from './figures.ts';
import type { HeadcountFinding } from './findings.ts';
import type { HeadcountRefusal } from './headcount.ts';

type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

const STATUSES: Words<DueStatus> = {
  vi: {
    'not-due': 'chưa đến hạn',
    missing: 'chưa báo cáo',
    'on-time': 'đúng hạn',
    late: 'chậm',
    returned: 'bị trả lại',
  },
  en: {
    'not-due': 'not due yet',
    missing: 'not reported',
    'on-time': 'on time',
    late: 'late',
    returned: 'returned',
  },
};

export function dueStatusWord(status: DueStatus, language: Language): string {
  return STATUSES[language][status];
}

/** `Chậm 2 ngày 3 giờ, nhận lúc 11:00 thứ Bảy, 11/01/2025.`: where one bridge stands with its report. */
export function dueSentence(
  row: ReportDue,
  language: Language,
  bridgeName: (id: BridgeId) => string,
): string {
  const vi = language === 'vi';
  const spokenFor =
    row.reportedBy === null || row.reportedBy === row.bridge
      ? ''
      : vi
        ? ` ${bridgeName(row.reportedBy)} báo cáo thay.`
        : ` ${bridgeName(row.reportedBy)} reported for it.`;
  return `${statusSentence(row, vi ? 'vi' : 'en')}${spokenFor}`;
}

function statusSentence(row: ReportDue, language: Language): string {
  const vi = language === 'vi';
  const by = formatDuration(row.lateByMs, language);
  const received =
    row.receivedAt === null
      ? ''
      : vi
        ? `, nhận lúc ${formatDateTime(row.receivedAt, 'vi')}`
        : `, received at ${formatDateTime(row.receivedAt, 'en')}`;
  switch (row.status) {
    case 'on-time':
      return vi ? `Đúng hạn${received}.` : `On time${received}.`;
    case 'late': {
      const grace = row.withinGrace ? (vi ? ', còn trong mức cho phép' : ', within the grace') : '';
      return vi ? `Chậm ${by}${grace}${received}.` : `Late by ${by}${grace}${received}.`;
    }
    case 'missing':
      return vi ? `Chưa báo cáo, đã quá hạn ${by}.` : `Not reported, overdue by ${by}.`;
    case 'returned': {
      const remark = row.remark === null ? '' : `: ${row.remark}`;
      const overdue = row.lateByMs === 0 ? '' : vi ? ` Đã quá hạn ${by}.` : ` Overdue by ${by}.`;
      return vi ? `Bị trả lại${remark}.${overdue}` : `Returned${remark}.${overdue}`;
    }
    case 'not-due':
      return deadlineSentence(row.deadline, language);
    default:
      return assertNever(row.status);
  }
}

/** `Hạn của cấp trên: chậm nhất hết ngày 05/01/2025.` */
export function deadlineSentence(deadline: OwnDeadline | null, language: Language): string {
  const vi = language === 'vi';
  if (deadline === null) return vi ? 'Không có hạn báo cáo.' : 'No deadline to report.';
  const limit = limitOf(deadline.dueBefore, language);
  const from = {
    plan: 'Hạn của kế hoạch',
    upper: 'Hạn của cấp trên',
    inherited: 'Hạn của cấp trên theo kế hoạch',
  };
  const source = {
    plan: "The plan's deadline",
    upper: 'The deadline of the level above',
    inherited: "The upper level's own",
  };
  return vi ? `${from[deadline.from]}: ${limit}.` : `${source[deadline.from]}: ${limit}.`;
}

/** `chậm nhất hết ngày 05/01/2025`, to stand inside a sentence. */
function limitOf(dueBefore: Instant, language: Language): string {
  const said = describeDeadline({ dueBefore, lastDay: null, recurs: null }, language);
  return said.charAt(0).toLocaleLowerCase('vi') + said.slice(1);
}

/** `190/193 điểm cầu đã báo cáo`: what stands beside every total. */
export function reportedSentence(of: Pick<Reported, 'bridges' | 'reported'>, language: Language): string {
  const [reported, bridges] = [formatNumber(of.reported, language), formatNumber(of.bridges, language)];
  return language === 'vi'
    ? `${reported}/${bridges} điểm cầu đã báo cáo`
    : `${reported} of ${bridges} bridges have reported`;
}

/** `46/80 (57,5 %)`: a ratio with its numbers, as 99,999 % alone would round to all. */
export function ratioSentence({ part, whole }: Fraction, language: Language): string {
  const numbers = `${formatNumber(part, language)}/${formatNumber(whole, language)}`;
  return whole === 0 ? numbers : `${numbers} (${formatPercent(part, whole, language)})`;
}

/** Headings of the figures, in tables and exports. */
export const FIGURE_LABELS: Words<Figure> = {
  vi: {
    bridges: 'Số điểm cầu',
    opened: 'Đã mở',
    closed: 'Đã đóng',
    chairs: 'Có phân công chủ trì',
    chairsPresent: 'Chủ trì có mặt',
    summoned: 'Triệu tập',
    ofExpected: 'Có mặt trong số triệu tập',
    attendedElsewhere: 'Dự tại điểm cầu khác',
    excused: 'Xin vắng',
    absentWithReason: 'Vắng có lý do',
    absentWithout: 'Vắng không lý do',
    unmarked: 'Chưa điểm danh',
    invited: 'Khách mời',
    ofInvited: 'Khách mời có mặt',
    walkIn: 'Khách ngoài danh sách',
    named: 'Điểm danh theo tên',
    attended: 'Có mặt',
    counted: 'Đếm thêm, không ghi tên',
    allPresent: 'Tổng số có mặt, kể cả đếm thêm',
    online: 'Dự trực tuyến',
    inRoom: 'Đang trong phòng',
    toResolve: 'Cần xác định',
  },
  en: {
    bridges: 'Bridges',
    opened: 'Opened',
    closed: 'Closed',
    chairs: 'Chair assigned',
    chairsPresent: 'Chair present',
    summoned: 'Summoned',
    ofExpected: 'Present of the summoned',
    attendedElsewhere: 'Attended another bridge',
    excused: 'Excused',
    absentWithReason: 'Absent with reason',
    absentWithout: 'Absent without reason',
    unmarked: 'Not checked in',
    invited: 'Guests invited',
    ofInvited: 'Guests present',
    walkIn: 'Walk-ins',
    named: 'Checked in by name',
    attended: 'Present',
    counted: 'Counted beside, without names',
    allPresent: 'All present, counted heads included',
    online: 'Online',
    inRoom: 'In the room now',
    toResolve: 'To be identified',
  },
};

/** `Xã Yên Lãng, Có mặt: 45 → 46.` */
export function differenceSentence(
  { bridge, figure, before, after }: FigureDifference,
  language: Language,
  bridgeName: (id: BridgeId) => string,
): string {
  const numbers = `${formatNumber(before, language)} → ${formatNumber(after, language)}`;
  return `${bridgeName(bridge)}, ${FIGURE_LABELS[language][figure]}: ${numbers}.`;
}

export function refusalSentence(
  refusal: HeadcountRefusal | InnerDeadlineRefusal,
  language: Language,
  bridgeName: (id: BridgeId) => string,
): string {
  const vi = language === 'vi';
  switch (refusal.reason) {
    case 'bridge not below': {
      const name = bridgeName(refusal.bridge);
      return vi
        ? `${name} không thuộc phạm vi báo cáo của đơn vị.`
        : `${name} is not below the unit that reports.`;
    }
    case 'own bridge missing': {
      const name = bridgeName(refusal.bridge);
      return vi
        ? `Chưa có số của chính ${name}. Nếu không có đại biểu, ghi số 0.`
        : `The figure of ${name} itself is missing. If nobody comes, say 0.`;
    }
    case 'bridge twice': {
      const name = bridgeName(refusal.bridge);
      return vi ? `${name} có hai dòng trong báo cáo.` : `${name} has two lines in the report.`;
    }
    case 'clause not in plan':
      return vi
        ? `Kế hoạch không có mục thành phần ${refusal.clause} (${bridgeName(refusal.bridge)}).`
        : `The plan has no clause ${refusal.clause} (${bridgeName(refusal.bridge)}).`;
    case 'clauses exceed total': {
      const [sum, total] = [formatNumber(refusal.sum, language), formatNumber(refusal.total, language)];
      return vi
        ? `${bridgeName(refusal.bridge)}: các mục thành phần cộng lại ${sum}, nhiều hơn tổng số ${total}.`
        : `${bridgeName(refusal.bridge)}: the clauses add up to ${sum}, more than the total of ${total}.`;
    }
    case 'category exceeds total': {
      const total = formatNumber(refusal.total, language);
      return vi
        ? `${bridgeName(refusal.bridge)}: có nhóm nhiều người hơn tổng số ${total}.`
        : `${bridgeName(refusal.bridge)}: a category has more people than the total of ${total}.`;
    }
    case 'names exceed total': {
      const [names, total] = [formatNumber(refusal.names, language), formatNumber(refusal.total, language)];
      return vi
        ? `${bridgeName(refusal.bridge)}: danh sách có ${names} người, nhiều hơn tổng số ${total}.`
        : `${bridgeName(refusal.bridge)}: ${names} people are named, more than the total of ${total}.`;
    }
    case 'already accepted':
      return vi
        ? 'Báo cáo đã được nhận. Muốn sửa, đề nghị cấp trên trả lại.'
        : 'The report is accepted. To change it, ask the level above to return it.';
    case 'already returned':
      return vi
        ? 'Báo cáo đã được trả lại, chờ gửi lại.'
        : 'The report was returned and waits to be sent again.';
    case 'nothing submitted':
      return vi ? 'Chưa có báo cáo nào được gửi.' : 'No report has been sent.';
    case 'nothing to withdraw':
      return vi ? 'Không có gì để rút lại.' : 'There is nothing to take back.';
    case 'other revision':
      return vi
        ? `Đơn vị vừa gửi lại, nay là lần ${refusal.last}. Xem lại trước khi quyết định.`
        : `The unit has sent it again, now revision ${refusal.last}. Look at it before deciding.`;
    case 'remark missing':
      return vi ? 'Trả lại thì phải ghi lý do.' : 'A report is returned with a remark.';
    case 'nobody below':
      return vi ? 'Không có điểm cầu nào bên dưới.' : 'There is no bridge below.';
    case 'not before own deadline': {
      const own = limitOf(refusal.own, language);
      return vi
        ? `Hạn đặt cho cấp dưới phải sớm hơn hạn của chính đơn vị (${own}).`
        : `The deadline for those below must be earlier than one's own (${own}).`;
    }
    default:
      return assertNever(refusal);
  }
}

export function findingSentence(
  finding: HeadcountFinding,
  language: Language,
  bridgeName: (id: BridgeId) => string,
): string {
  const vi = language === 'vi';
  const name = bridgeName(finding.bridge);
  const n = (count: number): string => formatNumber(count, language);
  switch (finding.kind) {
    case 'gap':
      return vi
        ? `${name} chưa có số liệu; ${bridgeName(finding.upper)} đã báo cáo mà không nói đến.`
        : `${name} has no figure; ${bridgeName(finding.upper)} reported without it.`;
    case 'upper differs':
      return vi
        ? `${name} báo cáo ${n(finding.total)} đại biểu, ${bridgeName(finding.upper)} báo cáo ${n(finding.upperTotal)}.`
        : `${name} reports ${n(finding.total)} delegates, ${bridgeName(finding.upper)} reports ${n(finding.upperTotal)}.`;
    case 'no chair':
      return vi ? `${name} chưa báo cáo người chủ trì.` : `${name} has not reported who chairs.`;
    case 'over capacity':
      return vi
        ? `${name} báo cáo ${n(finding.total)} đại biểu, phòng có ${n(finding.capacity)} chỗ.`
        : `${name} reports ${n(finding.total)} delegates; the room has ${n(finding.capacity)} seats.`;
    case 'outside clauses':
      return vi
        ? `${name} có ${n(finding.total - finding.sum)} đại biểu ngoài các mục thành phần.`
        : `${name} has ${n(finding.total - finding.sum)} delegates outside the clauses.`;
    case 'fewer than summoned':
      return vi
        ? `${name} báo cáo ${n(finding.total)} đại biểu, ít hơn ${n(finding.summoned)} người được triệu tập.`
        : `${name} reports ${n(finding.total)} delegates, fewer than the ${n(finding.summoned)} summoned.`;
    case 'inner deadline too late':
      return vi
        ? `Hạn ${name} đặt cho cấp dưới (${limitOf(finding.inner, 'vi')}) không sớm hơn hạn của chính mình (${limitOf(finding.own, 'vi')}).`
        : `The deadline that ${name} set for those below (${limitOf(finding.inner, 'en')}) is not before its own (${limitOf(finding.own, 'en')}).`;
    default:
      return assertNever(finding);
  }
}
