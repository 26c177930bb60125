import { assertNever } from '../result.ts';
import type { Sentence } from '../text/language.ts';
import type { TemplateFault } from './template.ts';

/** What is wrong with a template, in a sentence for whoever writes it. */
export function templateFaultSentence(fault: TemplateFault): Sentence {
  switch (fault.kind) {
    case 'unknown':
      return {
        vi: `Không có chỗ điền nào tên là {${fault.word}}. Hãy chọn trong danh sách.`,
        en: `There is no placeholder called {${fault.word}}. Choose one of the list.`,
      };
    case 'not of this letter':
      return {
        vi: `Loại thư này không có gì để điền vào {${fault.word}}.`,
        en: `This kind of letter has nothing to put in the place of {${fault.word}}.`,
      };
    case 'not alone':
      return {
        vi: `{${fault.word}} phải đứng riêng một dòng trong nội dung thư.`,
        en: `{${fault.word}} has to stand alone in a line of the letter.`,
      };
    case 'missing': {
      const words = fault.oneOf.map((word) => `{${word}}`);
      return { vi: `Thư còn thiếu ${words.join(' hoặc ')}.`, en: `The letter lacks ${words.join(' or ')}.` };
    }
    case 'empty':
      return fault.line === 0
        ? { vi: 'Thư chưa có tiêu đề.', en: 'The letter has no subject.' }
        : { vi: 'Thư chưa có nội dung.', en: 'The letter has no text.' };
    case 'too long':
      return fault.line === 0
        ? { vi: 'Tiêu đề dài quá 200 chữ cái.', en: 'The subject is longer than 200 letters.' }
        : { vi: 'Nội dung dài quá 10.000 chữ cái.', en: 'The text is longer than 10,000 letters.' };
    default:
      return assertNever(fault);
  }
}
