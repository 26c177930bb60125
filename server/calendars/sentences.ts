import type { Language, Sentence } from '../../domain/text/language.ts';

export const NO_SUCH_CALENDAR: Sentence = {
  vi: 'Không có lịch này, hoặc liên kết đã bị thu hồi. Hãy tạo liên kết mới trong trang Lịch.',
  en: 'There is no such calendar, or its link was ended. Make a new link on the Schedule page.',
};
export const TOO_MANY: Sentence = {
  vi: 'Bạn đã có 30 liên kết lịch. Hãy thu hồi liên kết không dùng nữa rồi tạo lại. Chưa có gì thay đổi.',
  en: 'You have 30 calendar links already. End one that is not used and try again. Nothing has changed.',
};

/** As calendar programs show it in their lists. */
export function calendarName(bridgeName: string | null, language: Language): string {
  if (bridgeName === null) return { vi: 'Nhịp Cầu: lịch của tôi', en: 'Nhịp Cầu: my schedule' }[language];
  return `Nhịp Cầu: ${bridgeName}`;
}

export const FILE_NAME: Sentence = { vi: 'Lịch', en: 'Schedule' };
