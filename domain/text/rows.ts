import type { Language } from './language.ts';
import { formatNumber } from './numbers.ts';

/** Where something stands in a table file: `dòng 17, cột Họ và tên`. Without a column the row as a whole is meant. */
export function rowPlace(row: number, column: string | null, language: Language): string {
  const where = language === 'vi' ? `dòng ${row}` : `row ${row}`;
  if (column === null || column === '') return where;
  return `${where}, ${language === 'vi' ? 'cột' : 'column'} ${column}`;
}

/** A file in which there is nothing to read. */
export function noRows(language: Language): { readonly at: string; readonly message: string } {
  return language === 'vi'
    ? { at: 'tệp', message: 'Tệp không có dòng dữ liệu nào.' }
    : { at: 'file', message: 'The file has no rows of data.' };
}

/** A text of a row that is longer than so many characters. */
export function tooLong(most: number, language: Language): string {
  return language === 'vi'
    ? `Dài quá ${formatNumber(most)} ký tự.`
    : `Longer than ${formatNumber(most, 'en')} characters.`;
}
