import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { api } from '../../domain/wire/api.ts';
import { isRead, type Contract } from '../../domain/wire/contract.ts';
import { writeCsv } from '../../server/documents/csv.ts';
import {
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../server/harness.ts';
import { partsOf } from './archive.ts';
import { collected } from './collected.ts';
import { writeEverywhere, type Scene } from './scene.ts';

/** What a spreadsheet takes for a formula, each once. */
const FORMULAS = ['=1+2', '+1+2', '-1+2', '@SUM(1)', '\t=1+2', ' =1+2', 'a;=1+2', 'a;\t@SUM(1)'];

let server: TestServer;
let organizer: SignedInClient;
let scene: Scene;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock() });
  organizer = await signIn(server);
  let at = 0;
  scene = await writeEverywhere(server, organizer, () => {
    at += 1;
    return `=HYPERLINK("http://x.example/${at}","xem")`;
  });
});
afterAll(() => server.close());

/** Every document of the API in every form that it has. */
const documents = Object.entries<Contract>(api)
  .filter(([, contract]) => contract.answer === 'stream' && isRead(contract))
  .flatMap(([name, contract]) => {
    const asking = contract.query ?? (contract.body as z.ZodType | undefined) ?? z.object({});
    const schema = z.toJSONSchema(asking, { unrepresentable: 'any', io: 'input' });
    const words = (field: string): readonly (string | null)[] =>
      (schema.properties?.[field] as { enum?: string[] } | undefined)?.enum ?? [null];
    return words('format').flatMap((format) =>
      words('by').map((by) => ({
        name,
        contract,
        format: format ?? contract.streams?.[0] ?? '',
        asked: format,
        by,
      })),
    );
  });

describe('no export has a formula in it', () => {
  test.each(documents)('$name as $format by $by', async ({ contract, format, asked, by }) => {
    const how = { ...(asked !== null && { format: asked }), ...(by !== null && { by }) };
    const response = await organizer.response(contract as typeof api.exportReport, {
      params: { ...scene, version: '1' } as never,
      ...((contract.body === undefined ? { query: how } : { body: how }) as { query: never }),
    });
    // A version of a report that nobody froze.
    if (response.status === 404) return;
    expect(response.status, `said ${await response.clone().text()}`).toBe(200);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (format === 'xlsx') expectNoFormulaInWorkbook(bytes);
    if (format.endsWith('csv')) expectNoFormulaInCsv(new TextDecoder().decode(bytes));
  });
});

function expectNoFormulaInWorkbook(bytes: Uint8Array): void {
  const sheets = Object.entries(partsOf(bytes)).filter(([name]) => name.startsWith('xl/'));
  expect(sheets.length).toBeGreaterThan(1);
  // Texts stand as texts; `f` is the element of a formula, links and queries are parts of their own.
  for (const [name, xml] of sheets) {
    expect(xml).not.toMatch(/<f[\s>/]|<hyperlink|<ddeLink|<externalLink|t="str"/);
    expect(name).not.toMatch(/externalLinks|connections|queryTables|vbaProject|macrosheets/);
  }
}

const DELIMITERS = [',', ';', '\t'];
/** By commas, and as a spreadsheet of an office that parts cells by semicolons reads the same file. */
function csvRead(text: string): { delimiter: string; isEmpty: boolean; formulas: readonly string[] }[] {
  return DELIMITERS.map((delimiter) => {
    const rows: string[][] = parse(text, {
      bom: true,
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
    });
    const formulas = rows
      .flat()
      .filter((cell) => /^[=+@]|^-\S|^[\t\r]/.test(cell) && !/^-?\d+([.,]\d+)?$/.test(cell));
    return { delimiter, isEmpty: rows.length === 0, formulas };
  });
}
const NO_FORMULA = DELIMITERS.map((delimiter) => ({ delimiter, isEmpty: false, formulas: [] }));

function expectNoFormulaInCsv(text: string): void {
  expect(csvRead(text)).toEqual(NO_FORMULA);
}

test.each(FORMULAS)(
  '%j in a cell of a CSV is a text, however the office parts its cells',
  async (formula) => {
    const file = await collected((out) =>
      writeCsv(
        ['Họ và tên', 'Ghi chú'],
        [
          [formula, 'x'],
          ['y', formula],
        ],
        out,
      ),
    );
    expect(csvRead(file.toString('utf8'))).toEqual(NO_FORMULA);
  },
);

test('numbers below zero stay numbers', async () => {
  const file = await collected((out) => writeCsv(['Chênh lệch'], [[-3], ['-3'], ['- Bí thư']], out));
  expect(file.toString('utf8')).toContain('\r\n-3\r\n');
});

test('the name of a file cannot add a header or leave its folder', async () => {
  const response = await organizer.response(api.exportReport, {
    params: scene,
    query: { format: 'csv', by: 'bridge' } as never,
  });
  const disposition = response.headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; filename="[^"\\/\r\n]*"; filename\*=UTF-8''[\w%.~!#$&+^`|-]+$/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});
