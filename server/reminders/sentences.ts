import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { escapeHtml } from '../../domain/text/html.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';

type Sentence = Readonly<Record<Language, string>>;

export const NO_REMINDER: Sentence = {
  vi: 'Không có lần đôn đốc này. Hãy tải lại trang.',
  en: 'There is no such reminder. Load the page again.',
};
export const OTHER_REMINDER: Sentence = {
  vi: 'Lần đôn đốc này đã được lập với nội dung khác. Chưa có gì được gửi. Hãy tải lại trang rồi làm lại.',
  en: 'This reminder is there already with other content. Nothing was sent. Load the page again and start anew.',
};
export const ALREADY_SENT: Sentence = {
  vi: 'Lần đôn đốc này đã gửi đi, không rút lại được nữa.',
  en: 'This reminder has gone out and cannot be taken back.',
};

/** Name of the exported list. */
export const UNANSWERED: Sentence = { vi: 'Chưa trả lời', en: 'Not answered' };

/** Where a unit answers. */
export function formAddress(publicUrl: string, conference: ConferenceId, bridge: BridgeId): string {
  return `${publicUrl}/conferences/${conference}/bridges/${bridge}/headcount`;
}

interface RemindedBridge {
  readonly name: string;
  readonly dueBefore: Instant | null;
  /** To its form; null where the server does not know under which address people reach it. */
  readonly link: string | null;
}

/** What a unit reads that is reminded by mail, of one bridge or of several that it organizes. */
export function reminderLetter(
  bridges: readonly RemindedBridge[],
  words: string | null,
): { readonly subject: string; readonly text: string; readonly html: string } {
  const [first] = bridges;
  const of = bridges.length === 1 && first !== undefined ? first.name : `${bridges.length} điểm cầu`;
  const opening = 'Kính gửi đơn vị,';
  const asked = 'Đề nghị đơn vị gửi báo cáo thành phần, số lượng đại biểu của:';
  const lines = bridges.map(({ name, dueBefore, link }) => ({
    said: dueBefore === null ? name : `${name}: trước ${formatDateTime(dueBefore, 'vi')}`,
    link,
  }));
  const closing =
    first?.link == null ? 'Đăng nhập Nhịp Cầu để mở biểu mẫu.' : 'Đường dẫn mở biểu mẫu cần đăng nhập.';
  const footer = 'Thư này do hệ thống Nhịp Cầu gửi tự động.';
  const said = words === null ? [] : [words];
  return {
    subject: `Đôn đốc báo cáo số lượng đại biểu: ${of}`,
    text: [
      opening,
      ...said,
      [
        asked,
        ...lines.map(({ said: line, link }) => (link === null ? `- ${line}` : `- ${line}\n  ${link}`)),
      ].join('\n'),
      `${closing}\n${footer}\n`,
    ].join('\n\n'),
    html: [
      `<p>${opening}</p>`,
      ...said.map((line) => `<p>${escapeHtml(line)}</p>`),
      `<p>${asked}</p><ul>`,
      ...lines.map(({ said: line, link }) =>
        link === null
          ? `<li>${escapeHtml(line)}</li>`
          : `<li>${escapeHtml(line)}<br><a href="${escapeHtml(link)}">Mở biểu mẫu</a></li>`,
      ),
      `</ul><p>${closing}<br>${footer}</p>`,
    ].join(''),
  };
}
