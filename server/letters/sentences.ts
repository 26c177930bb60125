import type { Sentence } from '../../domain/text/language.ts';

export const CHANGED_MEANWHILE: Sentence = {
  vi: 'Người khác vừa sửa mẫu thư này. Chưa có gì được lưu; hãy chép lại phần bạn viết, tải lại trang rồi sửa tiếp.',
  en: 'Somebody else has just changed this letter. Nothing was saved: copy what you wrote, load the page again and go on.',
};

export const HAS_FAULTS: Sentence = {
  vi: 'Mẫu thư còn chỗ chưa đúng nên chưa được lưu.',
  en: 'The letter has something wrong in it and was not saved.',
};
