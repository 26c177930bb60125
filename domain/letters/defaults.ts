import type { LetterTemplate, TemplateKind } from './template.ts';

const GREETING = 'Kính gửi đồng chí {họ tên} ({chức vụ}),';
/** Of the press and of scientists not everybody is a comrade. */
const GUEST_GREETING = 'Kính gửi {họ tên} ({chức vụ}),';
const CLOSING = 'Trân trọng,\n{đơn vị mời}';

function template(subject: string, ...paragraphs: readonly string[]): LetterTemplate {
  return { subject: `${subject}: {hội nghị}`, body: [GREETING, ...paragraphs, CLOSING].join('\n\n') };
}

/** The words of letters as long as an office has not written its own. */
export const DEFAULT_TEMPLATES: Readonly<Record<TemplateKind, LetterTemplate>> = {
  summons: template(
    'Thông báo triệu tập dự',
    'Kính đề nghị đồng chí có mặt, dự đầy đủ:',
    '{bảng thông tin}',
    '{trang riêng}',
    '{thẻ đại biểu}',
  ),
  invitation: template(
    'Giấy mời dự',
    'Trân trọng kính mời đồng chí tới dự:',
    '{bảng thông tin}',
    '{trang riêng}',
    '{thẻ đại biểu}',
  ),
  reminder: template(
    'Nhắc trả lời',
    'Ban tổ chức chưa nhận được trả lời của đồng chí về việc dự:',
    '{bảng thông tin}',
    '{trang riêng}',
  ),
  moved: template(
    'Đổi điểm cầu',
    'Nơi dự của đồng chí đã thay đổi. Xin đồng chí dự tại:',
    '{bảng thông tin}',
    '{trang riêng}',
    '{thẻ đại biểu}',
  ),
  withdrawn: template(
    'Rút {loại giấy} dự',
    'Ban tổ chức xin thông báo đồng chí không phải dự nữa.\nLý do: {lý do}.',
    '{bảng thông tin}',
  ),
  'substitute-accepted': template(
    'Đồng ý người dự thay',
    'Đơn vị đồng ý để {người dự thay} dự thay đồng chí:',
    '{bảng thông tin}',
  ),
  'substitute-refused': template(
    'Không đồng ý người dự thay',
    'Đơn vị không đồng ý người dự thay mà đồng chí đề nghị. Lý do: {lý do}. Đề nghị đồng chí dự:',
    '{bảng thông tin}',
    '{trang riêng}',
  ),
  guest: {
    subject: 'Giấy mời dự: {hội nghị}',
    body: [
      GUEST_GREETING,
      'Trân trọng kính mời tới dự:',
      '{bảng thông tin}',
      'Xin trả lời có đến dự hay không bằng cách trả lời thư này.',
      CLOSING,
    ].join('\n\n'),
  },
};
