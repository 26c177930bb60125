import type { Result } from '../../domain/result.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { PROBLEMS, type Fault, type Problem, type ProblemCode } from '../../domain/wire/problem.ts';
import type { GateRefusal } from './scopes.ts';
import { storageTroubleOf, TOLD_TO_CLIENTS } from './storage-trouble.ts';

const TITLES: Readonly<Record<ProblemCode, Sentence>> = {
  malformed: { vi: 'Dữ liệu gửi lên chưa đúng', en: 'What was sent is not right' },
  'unreadable-file': { vi: 'Không đọc được tệp', en: 'The file cannot be read' },
  'not-signed-in': { vi: 'Chưa đăng nhập', en: 'Not signed in' },
  'wrong-credentials': { vi: 'Sai tên hoặc mật khẩu', en: 'Wrong name or password' },
  forbidden: { vi: 'Không có quyền', en: 'Not allowed' },
  'not-proven': { vi: 'Cần xác nhận lại', en: 'To be confirmed' },
  'device-revoked': { vi: 'Máy này đã bị thu hồi', en: 'This machine was revoked' },
  'device-unpaired': {
    vi: 'Máy này chưa ghép với điểm cầu',
    en: 'This machine is not paired with the bridge',
  },
  'device-unproven': { vi: 'Chưa rõ yêu cầu do máy nào gửi', en: 'It is not certain which machine asks' },
  'not-found': { vi: 'Không tìm thấy', en: 'Not found' },
  conflict: { vi: 'Trùng với dữ liệu đã có', en: 'In conflict with what is there' },
  'out-of-date': { vi: 'Dữ liệu đã thay đổi', en: 'Changed meanwhile' },
  'wrong-state': { vi: 'Chưa làm được lúc này', en: 'Not possible at this stage' },
  'link-used': { vi: 'Đường dẫn không còn dùng được', en: 'The link can no longer be used' },
  'too-large': { vi: 'Dữ liệu gửi lên quá lớn', en: 'Too large' },
  'has-errors': { vi: 'Còn lỗi cần sửa', en: 'There are errors to mend' },
  'too-many-requests': { vi: 'Thao tác quá nhiều lần', en: 'Too many attempts' },
  failed: { vi: 'Máy chủ gặp lỗi', en: 'The server failed' },
};

/** What is said where nobody knows anything closer. */
const DETAILS: Readonly<Record<ProblemCode, Sentence>> = {
  malformed: {
    vi: 'Có chỗ chưa đúng, chưa có gì được lưu. Hãy sửa các mục được nêu rồi gửi lại.',
    en: 'Something is not right and nothing was saved. Mend the fields named and send it again.',
  },
  'unreadable-file': {
    vi: 'Tệp hỏng hoặc không đúng loại. Chưa có gì được lưu.',
    en: 'The file is broken or of another kind. Nothing was saved.',
  },
  'not-signed-in': { vi: 'Hãy đăng nhập rồi làm lại.', en: 'Sign in and try again.' },
  'wrong-credentials': {
    vi: 'Tên hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.',
    en: 'The name or the password is wrong. Check them and try again.',
  },
  forbidden: {
    vi: 'Bạn không có quyền làm việc này. Hãy hỏi ban tổ chức.',
    en: 'You are not allowed to do this. Ask the organizers.',
  },
  'not-proven': {
    vi: 'Hãy xác nhận lại chính mình rồi làm tiếp. Chưa có gì thay đổi.',
    en: 'Prove once more who you are, then go on. Nothing has changed.',
  },
  'device-revoked': {
    vi: 'Máy này đã bị thu hồi nên không nhận dữ liệu mới. Hãy hỏi ban tổ chức.',
    en: 'This machine was revoked and gets no new data. Ask the organizers.',
  },
  'device-unpaired': {
    vi: 'Máy này chưa ghép với điểm cầu nên không nhận dữ liệu. Hãy nhập mã ghép máy.',
    en: 'This machine is not paired with the bridge and gets no data. Type its pairing code.',
  },
  'device-unproven': {
    vi: 'Máy này chưa chứng minh được là máy đã ghép. Hãy tải lại trang rồi làm lại.',
    en: 'This machine has not shown that it is the one that was paired. Load the page again.',
  },
  'not-found': {
    vi: 'Không có mục này, hoặc bạn không được xem.',
    en: 'There is no such thing, or you may not see it.',
  },
  conflict: { vi: 'Mục này đã có rồi. Chưa có gì được lưu.', en: 'It exists already. Nothing was saved.' },
  'out-of-date': {
    vi: 'Người khác vừa sửa mục này. Hãy tải lại rồi sửa tiếp; bản của bạn chưa được lưu.',
    en: 'Somebody else has just changed it. Load it again; your version was not saved.',
  },
  'wrong-state': {
    vi: 'Việc này chưa làm được ở giai đoạn hiện tại. Chưa có gì thay đổi.',
    en: 'This cannot be done at the present stage. Nothing has changed.',
  },
  'link-used': {
    vi: 'Đường dẫn này đã được dùng, đã hết hạn hoặc đã được thay. Hãy xin đường dẫn mới.',
    en: 'This link was used, has expired or was replaced. Ask for a new one.',
  },
  'too-large': {
    vi: 'Dữ liệu gửi lên vượt quá giới hạn. Chưa có gì được lưu.',
    en: 'What was sent is over the limit. Nothing was saved.',
  },
  'has-errors': {
    vi: 'Còn lỗi nên chưa có gì được lưu. Hãy sửa các lỗi được nêu.',
    en: 'There are errors, so nothing was saved. Mend the ones named.',
  },
  'too-many-requests': {
    vi: 'Bạn đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại.',
    en: 'There were too many attempts. Wait a few minutes and try again.',
  },
  failed: {
    vi: 'Máy chủ gặp lỗi, yêu cầu chưa được thực hiện. Hãy thử lại; nếu vẫn lỗi, báo người quản trị.',
    en: 'The server failed and the request was not carried out. Try again, or tell the administrator.',
  },
};

/** A fault whose sentence stands in both languages, or already in that of the request. */
export interface SaidFault {
  readonly at: string;
  readonly message: string | Sentence;
}

/**
 * A refusal on its way to whoever asked, thrown by routes and socket handlers only: commands return their outcomes.
 * `faults` are in the language of the request (`context.language`); without `detail` the code's usual sentence is said.
 */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly detail: Sentence;
  readonly faults: readonly SaidFault[] | undefined;
  /** With `too-many-requests`: after how many seconds to come again. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ProblemCode,
    detail: Sentence = DETAILS[code],
    faults?: readonly SaidFault[],
    retryAfter?: number,
  ) {
    super(`${code}: ${detail.en}`);
    this.name = 'ProblemError';
    this.code = code;
    this.detail = detail;
    this.faults = faults;
    this.retryAfter = retryAfter;
  }
}

/** The problem document (RFC 9457) of a refusal. `instance` is the number under which the log knows the request. */
export function problemOf(error: ProblemError, language: Language, instance?: string): Problem {
  return {
    type: `/problems/${error.code}`,
    title: TITLES[error.code][language],
    status: PROBLEMS[error.code],
    code: error.code,
    detail: error.detail[language],
    ...(error.faults !== undefined && {
      faults: error.faults.map(({ at, message }): Fault => ({
        at,
        message: typeof message === 'string' ? message : message[language],
      })),
    }),
    ...(instance !== undefined && { instance }),
  };
}

/** What to answer for each reason of a command's failure. */
export type Refusals<Failure extends { readonly reason: string }> = {
  readonly [Reason in Failure['reason']]: (
    failure: Extract<Failure, { readonly reason: Reason }>,
  ) => ProblemError;
};

/** The value of a command's result; each reason of failure becomes the problem that the route has for it. */
export function valueOrProblem<Value, Failure extends { readonly reason: string }>(
  result: Result<Value, Failure>,
  refusals: Refusals<Failure>,
): Value {
  if (result.ok) return result.value;
  const refusal = refusals[result.reason as Failure['reason']] as (failure: Failure) => ProblemError;
  throw refusal(result);
}

/** The scope that the gate minted, or its refusal as a problem. */
export function admitted<Scope>(result: Result<Scope, GateRefusal>): Scope {
  if (result.ok) return result.value;
  throw new ProblemError(result.reason);
}

/** What is answered for an error that nobody foresaw: closer where the disk or the file is to blame. */
export function failureOf(error: unknown): ProblemError {
  const trouble = storageTroubleOf(error);
  return trouble === null ? new ProblemError('failed') : new ProblemError('failed', TOLD_TO_CLIENTS[trouble]);
}
