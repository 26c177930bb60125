import type { Language } from '../../domain/text/language.ts';
import type { SheetValue } from '../documents/sheet-writer.ts';
import { writeWorkbook } from '../documents/xlsx.ts';
import type { Document } from '../platform/endpoint.ts';
import type { FaultyEntry } from './import-content.ts';
import { FAULTS } from './sentences.ts';

/** More letters than these are the fault itself. */
const LONGEST_CELL = 5000;

/**
 * The faulty rows of a file under their own headers, each with its place in the file and what is wrong: to be mended and imported
 * again, where the two columns in front are not read.
 */
export function faultyRows(
  file: { readonly fileName: string; readonly headers: readonly string[] },
  entries: AsyncIterable<FaultyEntry>,
  language: Language,
): Document {
  const { sheet, row, fault } = FAULTS[language];
  return {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    filename: `${sheet} - ${file.fileName.replace(/\.[^.]*$/, '')}.xlsx`,
    async write(out) {
      const columns = [
        { header: row, width: 10 },
        { header: fault, width: 50 },
        ...file.headers.map((header) => ({ header, width: 24 })),
      ];
      await writeWorkbook([{ name: sheet, columns, rows: rowsOf(entries) }], out);
    },
  };
}

async function* rowsOf(entries: AsyncIterable<FaultyEntry>): AsyncGenerator<SheetValue[]> {
  for await (const { row, cells, faults } of entries) {
    const wrong = faults.map(({ at, message }) => `${at}: ${message}`).join(' ');
    yield [String(row), wrong, ...cells.map((cell) => cell.slice(0, LONGEST_CELL).toWellFormed())];
  }
}
