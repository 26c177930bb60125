import type { Sentence } from '../../domain/text/language.ts';

export const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu nào nên chưa có thẻ. Hãy dựng cây điểm cầu rồi xếp chỗ trước.',
  en: 'The conference has no bridges yet, so there are no passes. Build the bridges and seat people first.',
};
export const NO_SESSION: Sentence = {
  vi: 'Hội nghị chưa có buổi họp nào nên chưa biết thẻ dùng đến ngày nào. Hãy thêm buổi họp trước.',
  en: 'The conference has no session yet, so nobody knows how long a pass is good. Add a session first.',
};
export const NOBODY: Sentence = {
  vi: 'Không có ai như vậy được xếp chỗ ở điểm cầu này. Chưa cấp lại thẻ nào.',
  en: 'Nobody like that is seated at this bridge. No pass was issued.',
};
export const TOO_OFTEN: Sentence = {
  vi: 'Thẻ của người này đã cấp lại quá nhiều lần. Hãy điểm danh bằng tên.',
  en: "This person's pass has been issued too often. Check them in by name.",
};

/** Headings of the file for whoever prints badges. */
export const HEADINGS = {
  person: { vi: 'Mã người', en: 'Person' },
  name: { vi: 'Họ và tên', en: 'Name' },
  position: { vi: 'Chức vụ', en: 'Position' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  bridge: { vi: 'Điểm cầu', en: 'Bridge' },
  seatNumber: { vi: 'Số ghế', en: 'Seat number' },
  serial: { vi: 'Lần cấp', en: 'Issue' },
  code: { vi: 'Mã thẻ', en: 'Pass code' },
} as const satisfies Readonly<Record<string, Sentence>>;

export const FILE_NAME: Sentence = { vi: 'Thẻ đại biểu', en: 'Passes' };
