import type { Language, Sentence } from '../text/language.ts';

/** What stands where a name stood. The Vietnamese is what is kept in its place: no person is called so. */
export const ERASED_NAME: Sentence = {
  vi: 'tên đã xóa theo thời hạn lưu',
  en: 'name deleted after its retention period',
};
/** What stands where somebody had written something that must not be left empty. */
export const ERASED_TEXT: Sentence = {
  vi: 'lời ghi đã xóa theo thời hạn lưu',
  en: 'text deleted after its retention period',
};

/** A text, with what stands where something was deleted in the language of whoever reads it: a name alone, or within a sentence. */
export function sayErased(text: string, language: Language): string {
  if (language === 'vi') return text;
  return text
    .replaceAll(ERASED_NAME.vi, ERASED_NAME[language])
    .replaceAll(ERASED_TEXT.vi, ERASED_TEXT[language]);
}
