import { UNSEATED_WORDS } from '../composition/sentences.ts';
import { LETTER_STATE_WORDS } from '../mail/sentences.ts';
import type { Language, Sentence } from '../text/language.ts';

/**
 * What the choices of a field are called, by the field's name and the choice. Every choice that a look is narrowed down to, or
 * that a change is asked with, stands here; the tests fail for one that does not.
 */
export const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  about: {
    total: { vi: 'tổng số đại biểu', en: 'delegates in all' },
    clauses: { vi: 'thành phần', en: 'clauses' },
    members: { vi: 'đảng viên', en: 'Party members' },
    chair: { vi: 'người chủ trì', en: 'chair' },
    remark: { vi: 'ghi chú', en: 'remark' },
  },
  by: {
    bridge: { vi: 'điểm cầu', en: 'bridge' },
    level: { vi: 'cấp', en: 'level' },
    person: { vi: 'từng người', en: 'person' },
    mail: { vi: 'thư điện tử', en: 'mail' },
    paper: { vi: 'giao giấy', en: 'on paper' },
  },
  covers: {
    country: { vi: 'cả nước', en: 'the country' },
    provinces: { vi: 'các tỉnh có trong tệp', en: 'the provinces in the file' },
  },
  for: {
    uncovered: {
      vi: 'điểm cầu chưa có người, chưa có mã còn hạn',
      en: 'bridges without a host and a good code',
    },
    'without-host': { vi: 'điểm cầu chưa có người', en: 'bridges without a host' },
    all: { vi: 'mọi điểm cầu', en: 'every bridge' },
  },
  format: {
    'in person': { vi: 'trực tiếp', en: 'in person' },
    online: { vi: 'trực tuyến', en: 'online' },
    hybrid: { vi: 'trực tiếp kết hợp trực tuyến', en: 'hybrid' },
    'cell meeting': { vi: 'sinh hoạt chi bộ', en: 'cell meeting' },
    'thematic meeting': { vi: 'sinh hoạt chuyên đề', en: 'thematic meeting' },
    'self-study': { vi: 'tự nghiên cứu', en: 'self-study' },
    xlsx: { vi: 'bảng tính', en: 'spreadsheet' },
    csv: { vi: 'CSV', en: 'CSV' },
    json: { vi: 'JSON', en: 'JSON' },
    trail: { vi: 'dạng kiểm tra được', en: 'verifiable form' },
  },
  kind: {
    look: { vi: 'xem', en: 'look' },
    change: { vi: 'thay đổi', en: 'change' },
    refused: { vi: 'bị từ chối', en: 'refused' },
    added: { vi: 'thêm mới', en: 'added' },
    changed: { vi: 'thay đổi', en: 'changed' },
    untouched: { vi: 'giữ nguyên', en: 'untouched' },
    likely: { vi: 'có lẽ trùng', en: 'likely the same' },
    perhaps: { vi: 'có thể trùng', en: 'perhaps the same' },
    faulty: { vi: 'có lỗi', en: 'faulty' },
    summons: { vi: 'thông báo triệu tập', en: 'summons' },
    invitation: { vi: 'giấy mời', en: 'invitation' },
    reminder: { vi: 'nhắc trả lời', en: 'reminder' },
    moved: { vi: 'đổi điểm cầu', en: 'moved' },
    withdrawn: { vi: 'rút giấy', en: 'withdrawn' },
    'substitute-accepted': { vi: 'đồng ý người dự thay', en: 'substitute accepted' },
    'substitute-refused': { vi: 'không đồng ý người dự thay', en: 'substitute refused' },
    guest: { vi: 'giấy mời báo chí, nhà khoa học', en: 'invitation of press and scientists' },
    pin: { vi: 'xếp cố định', en: 'given by hand' },
    decision: { vi: 'quyết định', en: 'decision' },
    quota: { vi: 'chỉ tiêu', en: 'quota' },
    session: { vi: 'buổi họp', en: 'session' },
    rehearsal: { vi: 'tổng duyệt', en: 'rehearsal' },
    'line-test': { vi: 'thử đường truyền', en: 'line test' },
    'follow-up': { vi: 'học bù', en: 'follow-up session' },
  },
  language: {
    vi: { vi: 'tiếng Việt', en: 'Vietnamese' },
    en: { vi: 'tiếng Anh', en: 'English' },
  },
  missed: {
    none: { vi: 'chưa dự buổi nào', en: 'at no session' },
    incomplete: { vi: 'vắng ít nhất một buổi', en: 'missed one or more' },
  },
  reason: UNSEATED_WORDS,
  role: {
    organizer: { vi: 'ban tổ chức', en: 'organizer' },
    'unit-organizer': { vi: 'đầu mối đơn vị', en: 'unit organizer' },
    host: { vi: 'phụ trách điểm cầu', en: 'bridge host' },
    'control-room': { vi: 'phòng điều hành', en: 'control room' },
    auditor: { vi: 'kiểm tra, giám sát', en: 'auditor' },
    technician: { vi: 'kỹ thuật', en: 'technician' },
  },
  show: {
    'without-seat': { vi: 'chưa có chỗ', en: 'without a seat' },
    'without-position': { vi: 'chưa có chức vụ', en: 'without a position' },
    'without-contact': { vi: 'chưa có liên hệ', en: 'without a contact' },
    'without-card': { vi: 'chưa có số thẻ', en: 'without a card number' },
  },
  answer: {
    coming: { vi: 'sẽ đến', en: 'coming' },
    'not-coming': { vi: 'không đến', en: 'not coming' },
  },
  list: {
    press: { vi: 'báo chí', en: 'press' },
    scientists: { vi: 'nhà khoa học', en: 'scientists' },
  },
  standing: {
    in: { vi: 'đã có người', en: 'has a host' },
    waiting: { vi: 'mã chưa dùng', en: 'code not used yet' },
    expired: { vi: 'mã hết hạn', en: 'code expired' },
    none: { vi: 'chưa có mã', en: 'no code' },
    untested: { vi: 'chưa kiểm tra đường truyền', en: 'line not tested' },
    old: { vi: 'kiểm tra đã cũ', en: 'tested too long ago' },
    unfit: { vi: 'đường truyền không đạt', en: 'line not fit' },
    'fit with remarks': { vi: 'đường truyền đạt, có lưu ý', en: 'line fit, with remarks' },
    fit: { vi: 'đường truyền đạt', en: 'line fit' },
  },
  state: {
    ...LETTER_STATE_WORDS,
    prepared: { vi: 'đã soạn', en: 'prepared' },
    approved: { vi: 'đã duyệt', en: 'approved' },
    queued: { vi: 'chờ gửi', en: 'waiting to go' },
    unanswered: { vi: 'chưa trả lời', en: 'not answered' },
    coming: { vi: 'sẽ dự', en: 'coming' },
    'not-coming': { vi: 'không dự', en: 'not coming' },
    'substitute-proposed': { vi: 'xin dự thay', en: 'substitute proposed' },
    'substitute-accepted': { vi: 'có người dự thay', en: 'replaced' },
    'substitute-refused': { vi: 'không cho dự thay', en: 'substitute refused' },
    open: { vi: 'chưa giải quyết', en: 'not decided' },
    decided: { vi: 'đã giải quyết', en: 'decided' },
    all: { vi: 'tất cả', en: 'all' },
  },
  status: {
    missing: { vi: 'chưa gửi, quá hạn', en: 'missing' },
    'not-due': { vi: 'chưa đến hạn', en: 'not due yet' },
    'on-time': { vi: 'đúng hạn', en: 'on time' },
    late: { vi: 'chậm', en: 'late' },
    returned: { vi: 'trả lại', en: 'returned' },
  },
  step: {
    start: { vi: 'bắt đầu', en: 'start' },
    pause: { vi: 'tạm dừng', en: 'pause' },
    resume: { vi: 'tiếp tục', en: 'resume' },
    skip: { vi: 'bỏ qua', en: 'skip' },
    extend: { vi: 'thêm giờ', en: 'extend' },
    finish: { vi: 'kết thúc', en: 'finish' },
  },
  whom: {
    all: { vi: 'tất cả nơi chưa trả lời', en: 'all who have not answered' },
    'never-opened': { vi: 'nơi chưa từng mở biểu mẫu', en: 'those who never opened the form' },
    returned: { vi: 'nơi bị trả lại', en: 'those who were returned theirs' },
  },
};

/** What a choice of a field is called; what somebody wrote themselves stands as they wrote it. */
export function valueWords(field: string, value: string, language: Language): string {
  return VALUE_WORDS[field]?.[value]?.[language] ?? value;
}
