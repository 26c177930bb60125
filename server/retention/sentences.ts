import type { RetentionKind } from '../../domain/retention/kinds.ts';
import type { Sentence } from '../../domain/text/language.ts';

/** What would undo a deletion, or work without what was deleted, is not done any more. */
export const NAMES_DELETED: Sentence = {
  vi: 'Tên người của hội nghị này đã xóa theo thời hạn lưu, nên không nhập danh sách và không xếp chỗ lại được nữa. Số liệu vẫn như trước.',
  en: "This conference's names were deleted after their retention period: no roster is imported and nobody is seated anew. Its figures are as they were.",
};

export const KINDS: Readonly<Record<RetentionKind, Sentence>> = {
  people: { vi: 'tên, chức vụ, liên hệ của người', en: 'names, posts and contacts of people' },
  texts: { vi: 'lời ghi và tên khách', en: 'what was written, and names of guests' },
  accounts: { vi: 'tài khoản người phụ trách', en: 'accounts of hosts' },
  audit: { vi: 'phần chữ của nhật ký kiểm tra', en: 'words of the audit trail' },
};
