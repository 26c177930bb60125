import type { Language } from './language.ts';

/** Where something stands in a table file: `dòng 17, cột Họ và tên`. Without a column the row as a whole is meant. */
export function rowPlace(row: number, column: string | null, language: Language): string {
  const where = language === 'vi' ? `dòng ${row}` : `row ${row}`;
  if (column === null || column === '') return where;
  return `${where}, ${language === 'vi' ? 'cột' : 'column'} ${column}`;
}
