import { expect } from 'vitest';

import { collectRows, readRows } from '../../../server/documents/rows.ts';
import type { ReadOptions } from '../../../server/documents/rows.ts';
import { sayTableFailure } from '../../../server/documents/sentences.ts';
import type { Table, TableFailure } from '../../../server/documents/table.ts';
import { archive, bookParts, textRow } from './archives.ts';
import type { BookParts } from './archives.ts';

export const HEADER = ['Họ và tên', 'Chức vụ'];

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text);
}

export async function tableOf(
  bytes: Uint8Array,
  name = 'danh-sach.csv',
  options: ReadOptions = {},
): Promise<Table> {
  const opened = await readRows(bytes, name, options);
  if (!opened.ok) throw new Error(sayTableFailure(opened, 'en'));
  return opened.value;
}

export async function failureOf(
  bytes: Uint8Array,
  name = 'danh-sach.csv',
  options: ReadOptions = {},
): Promise<TableFailure> {
  const opened = await readRows(bytes, name, options);
  if (opened.ok) throw new Error('was read');
  expect(sayTableFailure(opened, 'vi')).toMatch(/\.$/);
  expect(sayTableFailure(opened, 'en')).toMatch(/\.$/);
  return opened;
}

/** Rows as `[number, cell, cell, ...]`, and problems as `[row, column, reason]`. */
export async function contentOf(bytes: Uint8Array, name?: string, options?: ReadOptions) {
  const table = await tableOf(bytes, name, options);
  const { rows, problems } = await collectRows(table);
  return {
    header: table.header,
    rows: rows.map(({ row, cells }) => [row, ...Object.values(cells)]),
    problems: problems.map(({ row, column, reason }) => [row, column, reason]),
  };
}

export const book = (parts: BookParts): Buffer => archive(bookParts(parts));
export const headerRow = textRow(1, HEADER);
export const hasName = (names: readonly string[]): boolean => names.includes('Họ và tên');
export const number = (style: number, value: string): string => `<c s="${style}"><v>${value}</v></c>`;
