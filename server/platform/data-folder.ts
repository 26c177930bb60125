import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { lockFolder, type FolderLock } from './folder-lock.ts';
import type { Sentence } from '../../domain/text/language.ts';
import { DataRefused, type Tell } from './storage-trouble.ts';
import { inspectWal } from './wal.ts';

/** A restore checks and moves whole files; whoever starts meanwhile waits for it, but not without end. */
const PATIENCE_MS = 10_000;

const BEING_RESTORED: Sentence = {
  vi: 'Thư mục dữ liệu đang được khôi phục. Hãy đợi lệnh đó kết thúc rồi chạy lại.',
  en: 'The data folder is being restored. Wait for that command to end and start again.',
};

function databaseGone(file: string): Sentence {
  return {
    vi: `Thư mục dữ liệu có khóa của một máy chủ đã chạy, nhưng tệp ${file} không còn hoặc trống. Chưa thay đổi gì. Hãy khôi phục: npm run cli -- restore --from TỆP. Muốn bắt đầu mới thì dùng một thư mục khác.`,
    en: `The data folder has the keys of a server that ran here, but ${file} is gone or empty. Nothing was changed. Restore it: npm run cli -- restore --from FILE. To begin anew take another folder.`,
  };
}

function logDamaged(file: string, frames: number): Sentence {
  return {
    vi: `Nhật ký ghi ${file}-wal bị hỏng (${frames} trang không đọc được): chạy tiếp sẽ làm mất những gì đã ghi nhận sau chỗ hỏng. Chưa thay đổi gì. Lấy lại những gì còn đọc được: npm run cli -- restore --from ${file}; hoặc khôi phục bản sao lưu: npm run cli -- restore --from TỆP.`,
    en: `The write-ahead log ${file}-wal is damaged (${frames} pages cannot be read): to go on would lose what was acknowledged behind them. Nothing was changed. Take over all that can still be read: npm run cli -- restore --from ${file}; or restore a backup: npm run cli -- restore --from FILE.`,
  };
}

function logTorn(file: string): Sentence {
  return {
    vi: `Lần ghi cuối trong ${file}-wal không trọn vẹn nên không được tính. Sau khi mất điện thì đó là bình thường: chưa ai được báo là đã ghi. Nếu không mất điện, hãy kiểm tra ổ đĩa và so sổ điểm danh với biên nhận trên các máy.`,
    en: `The last write in ${file}-wal is incomplete and does not count. After a power failure that is usual: nobody was told that it was written. Without one, check the disk, and compare the ledger with the receipts on the machines.`,
  };
}

/**
 * Takes part in a data folder, until the lock is given back. Whoever comes first looks whether the files may be opened at all,
 * before SQLite does: it takes a damaged log for a short one, and an empty file for a new one. Throws `DataRefused`.
 */
export async function enterFolder(file: string, tell: Tell): Promise<FolderLock> {
  const data = dirname(file);
  const alone = await lockFolder(data, 'alone', 0);
  if (alone !== null) {
    try {
      await lookAtFiles(file, tell);
    } finally {
      await alone.release();
    }
  }
  const shared = await lockFolder(data, 'shared', PATIENCE_MS);
  if (shared === null) throw new DataRefused(BEING_RESTORED);
  return shared;
}

async function lookAtFiles(file: string, tell: Tell): Promise<void> {
  // The keys are made after the tables: where they are, there was a database.
  if ((await sizeOf(file)) === 0 && (await sizeOf(join(dirname(file), 'ledger.key'))) > 0) {
    throw new DataRefused(databaseGone(file));
  }
  const log = await inspectWal(`${file}-wal`);
  if (log?.state === 'damaged') throw new DataRefused(logDamaged(file, log.damaged));
  if (log?.state === 'torn') tell(logTorn(file));
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
