import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { readUnitRows } from '../../../domain/units/import.ts';
import type { UnitImport } from '../../../domain/units/import.ts';
import { CivilDate } from '../../../domain/time.ts';
import { collectRows, readRows } from '../../../server/documents/rows.ts';
import type { Table } from '../../../server/documents/table.ts';
import { writeWorkbook } from '../../../server/documents/xlsx.ts';
import { shared } from '../../shared.ts';

async function open(bytes: Uint8Array, name: string): Promise<Table> {
  const opened = await readRows(bytes, name);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.value;
}

/** A list of units as CSV, and the same list as a workbook: what each of them gives. */
async function bothWays(file: string): Promise<readonly UnitImport[]> {
  const table = await open(readFileSync(file), file);
  const { rows, problems } = await collectRows(table);
  expect(problems).toEqual([]);
  const out = new PassThrough();
  const columns = table.header.map((header) => ({ header }));
  const sheet = { name: 'Danh mục', columns, rows: rows.map(({ cells }) => Object.values(cells)) };
  const [workbook] = await Promise.all([buffer(out), writeWorkbook([sheet], out)]);
  const again = await collectRows(await open(workbook, 'danh-muc.xlsx'));
  const options = { validFrom: CivilDate.parse('2025-01-01') };
  return [readUnitRows(rows, options), readUnitRows(again.rows, options)];
}

test.each(['three-level.csv', 'two-level.csv', 'wide.csv'])(
  '%s gives the same units as CSV and as XLSX',
  async (name) => {
    const file = fileURLToPath(new URL(`../../../fixtures/units/${name}`, import.meta.url));
    const [csv, xlsx] = await bothWays(file);
    expect(csv?.errors).toEqual([]);
    expect(csv?.units.length).toBeGreaterThan(5);
    expect(xlsx).toEqual(csv);
  },
);

const official = shared('data/units/units_2025-03-01_three_level.csv');
test.skipIf(official === null)(
  'the full list of 10,794 units gives the same as CSV and as XLSX',
  async () => {
    const [csv, xlsx] = await bothWays(official ?? '');
    expect(csv?.errors).toEqual([]);
    expect(csv?.units).toHaveLength(10_794);
    expect(xlsx).toEqual(csv);
  },
);
