import type { Sentence } from '../../domain/text/language.ts';

/** Tells the person at the console something. */
export type Tell = (sentence: Sentence) => void;

/** Data that must not be worked on as it is: to go on would make it worse. Nothing was changed. */
export class DataRefused extends Error {
  readonly told: Sentence;
  constructor(told: Sentence) {
    super(`${told.vi} / ${told.en}`);
    this.name = 'DataRefused';
    this.told = told;
  }
}

/**
 * What can be wrong with the disk and the file below the program: `full`, `held` by another process, `damaged`,
 * `closed-off` (no right to it), `failing` (the disk answers with errors), `slow` (it does not answer).
 */
export type StorageTrouble = 'full' | 'held' | 'damaged' | 'closed-off' | 'failing' | 'slow';

const BY_CODE: Readonly<Record<string, StorageTrouble>> = {
  SQLITE_FULL: 'full',
  ENOSPC: 'full',
  EDQUOT: 'full',
  SQLITE_BUSY: 'held',
  SQLITE_LOCKED: 'held',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  SQLITE_CANTOPEN: 'closed-off',
  SQLITE_READONLY: 'closed-off',
  SQLITE_PERM: 'closed-off',
  EACCES: 'closed-off',
  EPERM: 'closed-off',
  EROFS: 'closed-off',
  ENOTDIR: 'closed-off',
  EEXIST: 'closed-off',
  SQLITE_IOERR: 'failing',
  EIO: 'failing',
};

/** A write that has waited for the disk, or for those before it, longer than anybody should be left without an answer. */
export class TooSlow extends Error {
  readonly code = 'TOO_SLOW';
}

/** What of the kind an error says; null where it is about something else. */
export function storageTroubleOf(error: unknown): StorageTrouble | null {
  if (error instanceof TooSlow) return 'slow';
  if (!(error instanceof Error)) return null;
  if (error.name === 'KnexTimeoutError') return 'slow';
  return 'code' in error ? (BY_CODE[String(error.code)] ?? null) : null;
}

/** For whoever sent something that could not be written. */
export const TOLD_TO_CLIENTS: Readonly<Record<StorageTrouble, Sentence>> = {
  full: {
    vi: 'Ổ đĩa của máy chủ đã đầy nên chưa ghi được. Điểm danh vẫn được giữ trên máy của bạn và sẽ tự gửi lại.',
    en: "The server's disk is full and nothing was written. Check-ins are kept on your machine and will be sent again by themselves.",
  },
  held: {
    vi: 'Một chương trình khác trên máy chủ đang giữ dữ liệu nên chưa ghi được. Điểm danh vẫn được giữ trên máy của bạn và sẽ tự gửi lại.',
    en: 'Another program on the server holds the data and nothing was written. Check-ins are kept on your machine and will be sent again by themselves.',
  },
  damaged: {
    vi: 'Tệp dữ liệu trên máy chủ bị hỏng nên chưa ghi được. Hãy báo người quản trị; điểm danh vẫn được giữ trên máy của bạn.',
    en: 'The data file on the server is damaged and nothing was written. Tell the administrator; check-ins are kept on your machine.',
  },
  'closed-off': {
    vi: 'Máy chủ không mở hoặc không ghi được thư mục dữ liệu. Hãy báo người quản trị; điểm danh vẫn được giữ trên máy của bạn.',
    en: 'The server cannot open or write its data folder. Tell the administrator; check-ins are kept on your machine.',
  },
  failing: {
    vi: 'Ổ đĩa của máy chủ báo lỗi nên chưa ghi được. Hãy báo người quản trị; điểm danh vẫn được giữ trên máy của bạn.',
    en: "The server's disk reports errors and nothing was written. Tell the administrator; check-ins are kept on your machine.",
  },
  slow: {
    vi: 'Máy chủ chưa ghi xong trong thời gian chờ. Điểm danh vẫn được giữ trên máy của bạn và sẽ tự gửi lại.',
    en: 'The server has not finished writing in time. Check-ins are kept on your machine and will be sent again by themselves.',
  },
};

/** For the person at the console, with what to do. */
export const TOLD_AT_CONSOLE: Readonly<Record<StorageTrouble, Sentence>> = {
  full: {
    vi: 'Ổ đĩa của thư mục dữ liệu đã đầy: chưa ghi được gì thêm, các máy giữ lại những gì chưa gửi được. Hãy giải phóng chỗ; chương trình tự ghi tiếp.',
    en: 'The disk of the data folder is full: nothing more is written, machines keep what was not taken. Make room; the program goes on by itself.',
  },
  held: {
    vi: 'Một chương trình khác giữ tệp dữ liệu quá lâu: chưa ghi được. Hãy kết thúc lệnh hoặc công cụ đang mở tệp; chương trình tự ghi tiếp.',
    en: 'Another program has held the data file for too long: nothing is written. End the command or tool that has it open; the program goes on by itself.',
  },
  damaged: {
    vi: 'Tệp dữ liệu bị hỏng, hoặc không phải của chương trình này. Hãy dừng chương trình, giữ nguyên thư mục dữ liệu, rồi khôi phục từ bản sao lưu: npm run cli -- restore --from TỆP (docs/OPERATIONS.md).',
    en: 'The data file is damaged, or is none of this program. Stop the program, leave the data folder as it is, then restore a backup: npm run cli -- restore --from FILE (docs/OPERATIONS.md).',
  },
  'closed-off': {
    vi: 'Không mở hoặc không ghi được thư mục dữ liệu. Hãy kiểm tra quyền của thư mục và của ổ đĩa.',
    en: 'The data folder cannot be opened or written. Check the rights of the folder and of its disk.',
  },
  failing: {
    vi: 'Ổ đĩa của thư mục dữ liệu báo lỗi đọc hoặc ghi. Hãy sao lưu ngay sang ổ đĩa khác (npm run cli -- backup --out TỆP) và thay ổ đĩa.',
    en: 'The disk of the data folder reports errors. Back up to another disk at once (npm run cli -- backup --out FILE) and replace it.',
  },
  slow: {
    vi: 'Ổ đĩa của thư mục dữ liệu không trả lời: việc ghi chưa xong trong thời gian chờ. Các máy giữ lại những gì chưa gửi được.',
    en: 'The disk of the data folder does not answer: writing has not finished in time. Machines keep what was not taken.',
  },
};

export const TROUBLE_OVER: Sentence = {
  vi: 'Đã ghi lại được bình thường; những gì các máy giữ lại đang được gửi lên.',
  en: 'Writing works again; what machines have kept is being sent.',
};

const WRITES = /^\s*(insert|update|delete|replace|commit)/i;
/** What tells of its queries as knex does. */
interface Told {
  on(event: 'query-response', hear: (response: unknown, query: { readonly sql: string }) => void): unknown;
  on(event: 'query-error', hear: (error: unknown) => void): unknown;
  off(event: 'query-response', hear: (response: unknown, query: { readonly sql: string }) => void): unknown;
}

/** On a disk with little room small writes go on fitting between large ones: that is not over yet. */
const CALM_MS = 2000;

/**
 * Tells once when the database cannot be written or read, and once when it is written again: not with every message that fails,
 * nor for each connection, as a full disk stops both. What only reads shows nothing of whether there is room.
 */
export function tellOfTrouble(
  { write, read }: { readonly write: Told; readonly read: Told },
  tell: Tell,
): void {
  let told: StorageTrouble | null = null;
  let lastAt = 0;
  const whenOver = (_response: unknown, { sql }: { readonly sql: string }): void => {
    if (!WRITES.test(sql) || performance.now() - lastAt < CALM_MS) return;
    told = null;
    write.off('query-response', whenOver);
    tell(TROUBLE_OVER);
  };
  const whenFailed = (error: unknown): void => {
    const trouble = storageTroubleOf(error);
    if (trouble === null) return;
    lastAt = performance.now();
    if (trouble === told) return;
    if (told === null) write.on('query-response', whenOver);
    told = trouble;
    tell(TOLD_AT_CONSOLE[trouble]);
  };
  write.on('query-error', whenFailed);
  read.on('query-error', whenFailed);
}
