import type { Sentence } from '../../domain/text/language.ts';

export const ANOTHER_TEST: Sentence = {
  vi: 'Mã của lần kiểm tra này đã dùng cho lần khác. Chưa ghi gì. Hãy kiểm tra lại.',
  en: 'The id of this test belongs to another one. Nothing was written. Test again.',
};
export const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu nào. Hãy dựng cây điểm cầu trước.',
  en: 'The conference has no bridges yet. Build the bridge tree first.',
};

/** What the file of all lines is called. */
export const LINES_NAME: Sentence = { vi: 'Tình trạng đường truyền', en: 'How the lines stand' };

/** Headings of that file. */
export const HEADINGS = {
  number: { vi: 'TT', en: 'No.' },
  bridgeName: { vi: 'Điểm cầu', en: 'Bridge' },
  upperName: { vi: 'Cấp trên', en: 'Level above' },
  standing: { vi: 'Đường truyền', en: 'Line' },
  testedAt: { vi: 'Kiểm tra lúc', en: 'Tested at' },
  technical: { vi: 'Kỹ thuật', en: 'Technician' },
  technicalPhone: { vi: 'Điện thoại kỹ thuật', en: "Technician's telephone" },
  organizer: { vi: 'Đầu mối', en: 'Organizer' },
  organizerPhone: { vi: 'Điện thoại đầu mối', en: "Organizer's telephone" },
  findings: { vi: 'Cần xử lý', en: 'To see to' },
} as const satisfies Record<string, Sentence>;
