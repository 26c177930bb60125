import type { Sentence } from '../../domain/text/language.ts';

/** Names of the files of the trail, and headings of their columns. */
export const TRAIL_NAME: Sentence = { vi: 'Nhật ký kiểm tra', en: 'Audit trail' };

export const COLUMNS = {
  place: { vi: 'Mục số', en: 'Entry' },
  at: { vi: 'Lúc', en: 'At' },
  who: { vi: 'Ai', en: 'Who' },
  act: { vi: 'Làm gì', en: 'Did what' },
  outcome: { vi: 'Kết quả', en: 'Outcome' },
  on: { vi: 'Với gì', en: 'On what' },
  address: { vi: 'Từ máy', en: 'From' },
  browser: { vi: 'Trình duyệt', en: 'Browser' },
  filter: { vi: 'Lọc theo', en: 'Filter' },
  before: { vi: 'Trước', en: 'Before' },
  after: { vi: 'Sau', en: 'After' },
} as const satisfies Record<string, Sentence>;

export const OUTCOMES = {
  done: { vi: 'xong', en: 'done' },
  refused: { vi: 'bị từ chối', en: 'refused' },
  open: { vi: 'không rõ', en: 'not known' },
} as const satisfies Record<string, Sentence>;
