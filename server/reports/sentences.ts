import type { Mode } from '../../domain/attendance/event.ts';
import type { Standing } from '../../domain/attendance/tally.ts';
import type { BridgeId } from '../../domain/ids.ts';
import type { FollowUpRule } from '../../domain/reports/conference.ts';
import type { InnerDeadlineRefusal } from '../../domain/reports/due.ts';
import type { HeadcountRefusal } from '../../domain/reports/headcount.ts';
import { refusalSentence } from '../../domain/reports/sentences.ts';
import type { Language } from '../../domain/text/language.ts';

type Sentence = Readonly<Record<Language, string>>;

/** Who did what was done at the machine itself. */
export const OPERATOR_NAME: Sentence = { vi: 'Người vận hành máy chủ', en: "The server's operator" };

export const NO_SESSION: Sentence = {
  vi: 'Hội nghị không có buổi họp này. Hãy mở lại danh sách buổi họp.',
  en: 'The conference has no such session. Open the list of sessions again.',
};
export const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu nào. Hãy dựng cây điểm cầu trước.',
  en: 'The conference has no bridges yet. Build the bridge tree first.',
};
export const TAKES_NO_PART: Sentence = {
  vi: 'Điểm cầu này và các điểm cầu bên dưới không dự buổi này, nên không có số liệu điểm danh.',
  en: 'Neither this bridge nor any below it takes part in this session, so there is no attendance to report.',
};
export const CHANGED_DEADLINE: Sentence = {
  vi: 'Người khác vừa đặt hạn khác ở đây. Chưa có gì được lưu. Hãy xem hạn mới rồi đặt lại.',
  en: 'Somebody else has just set another deadline here. Nothing was saved. Look at it, then set yours again.',
};
export const CHANGED_MEANWHILE: Sentence = {
  vi: 'Người khác vừa thao tác trên báo cáo này. Việc của bạn chưa được ghi. Hãy tải lại, xem báo cáo nay ra sao rồi làm tiếp.',
  en: 'Somebody else has just acted on this report. Nothing of yours was kept. Load it again, see how it stands and go on.',
};
/** Why a step with a report was refused: what the rule says, and what was kept. */
export function headcountRefusal(
  refusal: HeadcountRefusal | InnerDeadlineRefusal,
  bridgeName: (id: BridgeId) => string,
): Sentence {
  return {
    vi: `${refusalSentence(refusal, 'vi', bridgeName)} Chưa có gì được lưu.`,
    en: `${refusalSentence(refusal, 'en', bridgeName)} Nothing was saved.`,
  };
}

/** Headings of the exported tables beside those of the figures. The keys are those of the JSON. */
export const HEADINGS = {
  number: { vi: 'TT', en: 'No.' },
  bridgeName: { vi: 'Điểm cầu', en: 'Bridge' },
  level: { vi: 'Cấp', en: 'Level' },
  upperName: { vi: 'Cấp trên', en: 'Level above' },
  scope: { vi: 'Phạm vi', en: 'Covers' },
  state: { vi: 'Tình trạng điểm cầu', en: 'State of the bridge' },
  chairName: { vi: 'Chủ trì', en: 'Chair' },
  chairState: { vi: 'Chủ trì có mặt', en: 'Where the chair is' },
  presentOfSummoned: { vi: 'Tỷ lệ có mặt trên triệu tập', en: 'Present of the summoned' },
  headcount: { vi: 'Số đại biểu đã báo cáo', en: 'Delegates reported' },
  bridgesReported: { vi: 'Số điểm cầu đã báo cáo', en: 'Bridges that have reported' },
  presentOfReported: {
    vi: 'Tỷ lệ tổng số có mặt trên số đại biểu đã báo cáo',
    en: 'All present of the delegates reported',
  },
  reportStatus: { vi: 'Tình trạng báo cáo', en: 'State of the report' },
  lateBy: { vi: 'Chậm', en: 'Late by' },
  reportedAt: { vi: 'Nhận lúc', en: 'Received at' },
  reportedBy: { vi: 'Người gửi', en: 'Sent by' },
  dueBefore: { vi: 'Hạn trước', en: 'Due before' },
  organizer: { vi: 'Đầu mối', en: 'Organizer' },
  organizerPhone: { vi: 'Điện thoại đầu mối', en: "Organizer's telephone" },
  technical: { vi: 'Kỹ thuật', en: 'Technician' },
  technicalPhone: { vi: 'Điện thoại kỹ thuật', en: "Technician's telephone" },
  opened: { vi: 'Đã mở biểu mẫu', en: 'Form opened' },
  reminded: { vi: 'Số lần đôn đốc', en: 'Times reminded' },
  remindedAt: { vi: 'Đôn đốc lần cuối', en: 'Reminded last' },
  name: { vi: 'Họ và tên', en: 'Name' },
  position: { vi: 'Chức vụ', en: 'Post' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  partyMember: { vi: 'Đảng viên', en: 'Party member' },
  as: { vi: 'Thành phần', en: 'Comes as' },
  expectedAt: { vi: 'Điểm cầu được xếp', en: 'Expected at' },
  presence: { vi: 'Trạng thái', en: 'Presence' },
  attendedAt: { vi: 'Điểm cầu dự', en: 'Attended at' },
  mode: { vi: 'Hình thức dự', en: 'How' },
  since: { vi: 'Đến lúc', en: 'Came at' },
  until: { vi: 'Về lúc', en: 'Left at' },
  reason: { vi: 'Lý do vắng', en: 'Reason for absence' },
  incidents: { vi: 'Số sự cố đường truyền', en: 'Incidents of the line' },
  incidentMinutes: { vi: 'Số phút gặp sự cố', en: 'Minutes of incidents' },
  incidentKind: { vi: 'Sự cố', en: 'Incident' },
  incidentFrom: { vi: 'Từ lúc', en: 'From' },
  incidentTo: { vi: 'Đến lúc', en: 'To' },
  incidentSeconds: { vi: 'Kéo dài (giây)', en: 'Lasted (seconds)' },
  asOf: { vi: 'Số liệu đến lúc', en: 'As of' },
  sequence: { vi: 'Đến số trong sổ điểm danh', en: 'Up to entry of the ledger' },
} as const satisfies Record<string, Sentence>;

/** The sheet beside the report by bridge. */
export const INCIDENTS_NAME: Sentence = { vi: 'Sự cố đường truyền', en: 'Incidents of the lines' };

/** What one line of a table covers. The last line of all counts each person once. */
export const COVERS = {
  own: { vi: 'riêng điểm cầu này', en: 'this bridge alone' },
  subtree: { vi: 'cả các điểm cầu bên dưới', en: 'with all bridges below' },
} as const satisfies Record<string, Sentence>;
/** In the place of a state, of a level that only adds up what is below it. */
export const TAKES_NO_PART_WORD: Sentence = { vi: 'không dự buổi này', en: 'takes no part' };
export const ALL_LEVELS: Sentence = { vi: 'Tất cả các cấp', en: 'All levels' };

export const STANDINGS = {
  summoned: { vi: 'triệu tập', en: 'summoned' },
  invited: { vi: 'khách mời', en: 'invited' },
  listed: { vi: 'trong danh sách, không có chỗ', en: 'on the list, without a seat' },
  'walk-in': { vi: 'khách ngoài danh sách', en: 'walk-in' },
  unknown: { vi: 'cần xác định', en: 'to be identified' },
} as const satisfies Record<Standing, Sentence>;

/** Empty where the roster does not say. */
export const YES_OR_NO = {
  yes: { vi: 'có', en: 'yes' },
  no: { vi: 'không', en: 'no' },
} as const satisfies Record<string, Sentence>;

export const MODES = {
  'in-person': { vi: 'trực tiếp', en: 'in person' },
  online: { vi: 'trực tuyến', en: 'online' },
} as const satisfies Record<Mode, Sentence>;

/** What the file of those who were not there is called, by what they missed. */
export const ABSENTEE_NAMES = {
  none: { vi: 'Người vắng mọi buổi', en: 'People at no session' },
  incomplete: { vi: 'Người vắng từ một buổi', en: 'People who missed a session' },
} as const satisfies Record<FollowUpRule, Sentence>;

/** What the file and its sheet are called, by what a line of it tells of. */
export const REPORT_NAMES = {
  bridge: { vi: 'Báo cáo điểm danh', en: 'Attendance report' },
  level: { vi: 'Báo cáo điểm danh theo cấp', en: 'Attendance report by level' },
  person: { vi: 'Báo cáo điểm danh theo người', en: 'Attendance report by person' },
} as const satisfies Record<string, Sentence>;
