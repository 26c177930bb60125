import type { Language } from '../../domain/text/language.ts';

type Sentence = Readonly<Record<Language, string>>;

export const NO_VERSION: Sentence = {
  vi: 'Báo cáo không có bản này. Hãy mở lại danh sách các bản.',
  en: 'The report has no such version. Open the list of its versions again.',
};
export const FROZEN_MEANWHILE: Sentence = {
  vi: 'Báo cáo này đang được chốt liên tục. Hãy tải lại danh sách bản báo cáo; nếu cần thì chốt lại.',
  en: 'This report is being frozen again and again. Load its versions again; freeze it once more where needed.',
};
