import { sayAuditFinding } from '../../domain/audit/verdict-sentences.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { TrailVerdict } from './verification.ts';

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

/** What the trail of a data folder comes to, for people. */
export function sayTrailVerdict(
  { finding, entries, erased, unsigned }: TrailVerdict,
  language: Language,
): string[] {
  if (finding !== null) return [sayAuditFinding(finding, language)];
  const vi = language === 'vi';
  const number = (count: number): string => formatNumber(count, language);
  const lines = [
    vi
      ? `Nhật ký kiểm tra đầy đủ: ${number(entries)} mục.`
      : `The audit trail is complete: ${number(entries)} entries.`,
  ];
  if (unsigned > 0) {
    lines.push(
      vi
        ? `${number(unsigned)} mục sau mốc cuối chưa được ký.`
        : `${number(unsigned)} entries after the last checkpoint are not signed yet.`,
    );
  }
  if (erased > 0) {
    lines.push(
      vi
        ? `${number(erased)} mục đã xóa phần chữ; nhật ký vẫn nguyên vẹn.`
        : `The words of ${number(erased)} entries were erased; the trail is whole all the same.`,
    );
  }
  return lines;
}

/** What was erased from the trail. */
export function sayErased(entries: number, language: Language): string {
  const many = formatNumber(entries, language);
  return language === 'vi'
    ? `Đã xóa phần chữ của ${many} mục; nhật ký vẫn nguyên vẹn.`
    : `The words of ${many} entries are erased; the trail is whole all the same.`;
}
