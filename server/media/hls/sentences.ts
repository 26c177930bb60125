import type { Sentence } from '../../../domain/text/language.ts';

export const NOTHING_ON_PROGRAM: Sentence = {
  vi: 'Chưa có hình nào đang phát. Trang sẽ tự xem lại.',
  en: 'Nothing is on program yet. The page will look again.',
};
export const NO_FFMPEG: Sentence = {
  vi: 'Máy chủ chưa cài ffmpeg nên chưa phát được theo cách này.',
  en: 'The server has no ffmpeg, so the program cannot be had this way.',
};
