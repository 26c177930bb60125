import type { Sentence } from '../../domain/text/language.ts';
import { ProblemError } from '../platform/problems.ts';
import { sayTableFailure } from './sentences.ts';
import type { TableFailure } from './table.ts';
import { BUSY_SECONDS, type Stopped, type ThreadFailure } from './thread.ts';

/** Why a table file was not read; `after` says what that leaves as it was. */
export function tableProblem(failure: TableFailure | ThreadFailure | Stopped, after: Sentence): ProblemError {
  switch (failure.reason) {
    case 'busy':
      return new ProblemError('too-many-requests', BUSY, undefined, BUSY_SECONDS);
    case 'stopped':
      return new ProblemError('wrong-state', said(STOPPED, after));
    case 'too heavy':
      return new ProblemError('unreadable-file', said(TOO_HEAVY, after));
    default: {
      const isLarge = failure.reason === 'too large' || failure.reason === 'too large unpacked';
      const why = { vi: sayTableFailure(failure, 'vi'), en: sayTableFailure(failure, 'en') };
      return new ProblemError(isLarge ? 'too-large' : 'unreadable-file', said(why, after));
    }
  }
}

function said(why: Sentence, after: Sentence): Sentence {
  return { vi: `${why.vi} ${after.vi}`, en: `${why.en} ${after.en}` };
}

const BUSY: Sentence = {
  vi: 'Máy chủ đang đọc nhiều tệp cùng lúc. Hãy thử lại sau ít phút.',
  en: 'The server is reading many files at once. Try again in a moment.',
};
const STOPPED: Sentence = { vi: 'Đã dừng đọc tệp.', en: 'The reading of the file was stopped.' };
const TOO_HEAVY: Sentence = {
  vi: 'Tệp quá phức tạp nên máy chủ đã ngừng đọc. Hãy chép bảng sang một tệp mới, chỉ giữ chữ, rồi gửi lại.',
  en: 'The file is too complex and the server stopped reading it. Copy the table into a new file, text only, and send it again.',
};
