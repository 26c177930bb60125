import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';

import type { Language } from '../../domain/text/language.ts';
import type { SheetRow } from '../../domain/units/columns.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import type { Table, TableFailure } from '../documents/table.ts';
import type { ThreadFailure } from '../documents/thread.ts';
import { badUsage } from './report.ts';

/** The bytes and the name of a file that a command was given. */
export async function inputFile(
  path: string,
  language: Language,
): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  try {
    return { name: basename(path), bytes: new Uint8Array(await readFile(path)) };
  } catch {
    throw badUsage({ vi: `Không mở được tệp ${path}.`, en: `Cannot open ${path}.` }, language);
  }
}

/**
 * Writes a file as it is made; tells how many bytes it has.
 *
 * @param mode who may read it; anybody whom the machine lets where it is left out
 */
export async function outputFile(
  path: string,
  language: Language,
  write: (out: Writable, signal: AbortSignal) => Promise<void>,
  mode?: number,
): Promise<number> {
  const out = createWriteStream(path, mode === undefined ? {} : { mode });
  await once(out, 'open').catch(() => {
    throw badUsage({ vi: `Không ghi được ${path}.`, en: `Cannot write ${path}.` }, language);
  });
  await write(out, new AbortController().signal);
  if (!out.writableFinished) await once(out.end(), 'finish');
  return out.bytesWritten;
}

/** What a JSON file holds. */
export async function jsonFile(path: string, language: Language): Promise<unknown> {
  const { bytes } = await inputFile(path, language);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw badUsage({ vi: `${path} không phải là JSON.`, en: `${path} is not JSON.` }, language);
  }
}

/** Opens a table file. One that is no table is bad usage. */
export async function openTable(name: string, bytes: Uint8Array, language: Language): Promise<Table> {
  const [{ readRows }, { sayTableFailure }] = await Promise.all([
    import('../documents/rows.ts'),
    import('../documents/sentences.ts'),
  ]);
  const table = await readRows(bytes, name);
  if (table.ok) return table.value;
  throw badUsage({ vi: sayTableFailure(table, 'vi'), en: sayTableFailure(table, 'en') }, language);
}

/** A file that was not read is bad usage. */
export async function unreadFile(failure: TableFailure | ThreadFailure, language: Language): Promise<Error> {
  const { tableProblem } = await import('../documents/table-problems.ts');
  const nothing = { vi: 'Chưa ghi gì.', en: 'Nothing was written.' };
  return badUsage(tableProblem(failure, nothing).detail, language);
}

/** All rows of a table file, with a sentence for each row that cannot be read. */
export async function rowsOf(
  name: string,
  bytes: Uint8Array,
  language: Language,
): Promise<{ readonly rows: readonly SheetRow[]; readonly problems: readonly Fault[] }> {
  const [{ collectRows }, { sayRowProblem }] = await Promise.all([
    import('../documents/rows.ts'),
    import('../documents/sentences.ts'),
  ]);
  const { rows, problems } = await collectRows(await openTable(name, bytes, language));
  return { rows, problems: problems.map((problem) => sayRowProblem(problem, language)) };
}
