import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import type { Instant } from '../../domain/time.ts';
import { api, contracts } from '../../domain/wire/api.ts';
import { writeCsv } from '../../server/documents/csv.ts';
import { testClock, type SignedInClient, type TestServer } from '../server/harness.ts';
import { filesIn } from '../server/activation/sheets.ts';
import { readWithIcalJs } from '../calendar-readers.ts';
import { partsOf } from './archive.ts';
import { collected } from './collected.ts';
import { openScene, type Scene } from './scene.ts';

/** What a spreadsheet takes for a formula, each once. */
const FORMULAS = ['=1+2', '+1+2', '-1+2', '@SUM(1)', '\t=1+2', ' =1+2', 'a;=1+2', 'a;\t@SUM(1)'];

const clock = testClock();
const warnings: string[] = [];
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));
let server: TestServer;
let organizer: SignedInClient;
let scene: Scene;
beforeAll(async () => {
  let at = 0;
  const formula = (): string => {
    at += 1;
    return `=HYPERLINK("http://x.example/${at}","xem")`;
  };
  ({ server, organizer, scene } = await openScene(formula, clock));
  // A deadline passes: what was reported is frozen by itself, and can be exported.
  const params = { conference: scene.conference, bridge: scene.root };
  const dueBefore = (clock() + 60_000) as Instant;
  await organizer.call(api.setInnerDeadline, { params, body: { dueBefore } });
  clock.advance(120_000);
  await vi.waitUntil(async () => (await organizer.call(api.headcountVersions, { params })).items.length > 0, {
    timeout: 20_000,
    interval: 200,
  });
});
afterAll(() => server.close());

/** Pictures and sound of the program, which has nothing in it that anybody wrote, and none here without cameras. */
const OF_THE_PROGRAM = new Set(['application/vnd.apple.mpegurl', 'video/mp4']);

/** Every document of the API in every form that it has. */
const documents = Object.entries(contracts)
  .filter(
    ([, { answer, streams = [] }]) =>
      answer === 'stream' && !streams.some((type) => OF_THE_PROGRAM.has(type)),
  )
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

const isNoTable = (): void => undefined;
/** What is looked at in each kind of document. */
const CHECKS: Readonly<Record<string, (bytes: Buffer) => void>> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': expectNoFormulaInWorkbook,
  'text/csv': (bytes) => expectNoFormulaInCsv(bytes.toString()),
  'application/zip': expectNoFormulaInFiles,
  'application/json': isNoTable,
  'application/x-ndjson': isNoTable,
  'text/javascript': isNoTable,
  // As it was sent: a paper is not ours to change.
  'application/pdf': isNoTable,
  'text/calendar': (bytes) => expect(readWithIcalJs(bytes.toString()).events.length).toBeGreaterThan(0),
};

describe('no export has a formula in it', () => {
  test.each(documents)('$name as $format by $by', async ({ name, contract, asked, by }) => {
    const how = {
      ...(asked !== null && { format: asked }),
      ...(by !== null && { by }),
      // Codes for bridges that have some already, too.
      ...(name === 'makeCodes' && { for: 'without-host' }),
      ...(name === 'calendar' && { key: scene.calendarKey }),
    };
    const response = await organizer.response(contract as typeof api.exportReport, {
      params: { ...scene, bridge: scene.root, version: '1' } as never,
      ...((contract.body === undefined ? { query: how } : { body: how }) as { query: never }),
    });
    expect(response.status, `${name} said ${await response.clone().text()}`).toBe(200);
    const type = response.headers.get('content-type') ?? '';
    const check = CHECKS[type.split(';')[0] ?? ''];
    // A kind that is not known here is one that nobody has looked at.
    expect(check, `an export of ${type}`).toBeDefined();
    check?.(Buffer.from(await response.arrayBuffer()));
  });
});

test('writing them leaves no listeners behind', () => {
  expect(warnings.filter((warning) => warning.startsWith('MaxListeners'))).toEqual([]);
});

function expectNoFormulaInFiles(archive: Buffer): void {
  const files = [...filesIn(archive)];
  expect(files.length).toBeGreaterThan(1);
  for (const [name, content] of files) {
    expect(name).toMatch(/\.(?:xlsx|html)$/);
    if (name.endsWith('.xlsx')) expectNoFormulaInWorkbook(content);
  }
}

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
