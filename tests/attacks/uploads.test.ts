import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ConferenceId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import { archive, type Part } from '../server/documents/archives.ts';
import {
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../server/harness.ts';
import { addConference } from '../server/sample.ts';

let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock() });
  organizer = await signIn(server);
  conference = await addConference(organizer);
});
afterAll(() => server.close());

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** A workbook of one sheet, whose XML is given, here or among more parts. */
function workbook(sheet: string, more: readonly Part[] = []): Uint8Array<ArrayBuffer> {
  const parts: Part[] = [
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    ...(sheet === '' ? [] : [{ name: 'xl/worksheets/sheet1.xml', data: sheet }]),
    ...more,
  ];
  return new Uint8Array(archive(parts));
}

const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const rows = (...lines: readonly string[][]): string =>
  `<worksheet xmlns="${MAIN}"><sheetData>${lines.map((line) => `<row>${line.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`;
const HONEST = rows(['Họ và tên', 'Chức vụ'], ['Lò Văn Ước', 'Trưởng thôn 2']);

const ENTITIES = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1000)}">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}]>`;
const OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';

const preview = (body: Uint8Array<ArrayBuffer>, name = 'dai-bieu.xlsx') =>
  organizer.response(api.previewPeople, { params: { conference }, body: { name, bytes: body } });

test('the workbook that the attacks are made of is read where it is honest', async () => {
  const response = await preview(workbook(HONEST));
  expect({ status: response.status, said: await response.json() }).toMatchObject({
    status: 200,
    said: { people: 1, errorCount: 0 },
  });
});

describe('an upload that is an attack is refused in a sentence, soon, and nobody waits for it', () => {
  const attacks: readonly [string, () => Uint8Array<ArrayBuffer>][] = [
    ['a bomb', () => workbook(HONEST, [{ name: 'xl/media/a.bin', data: Buffer.alloc(250_000_000) }])],
    ['a bomb in the sheet', () => workbook(rows(['Họ và tên', 'Chức vụ'], ['x'.repeat(150_000_000), 'y']))],
    [
      'a bomb that says it is small',
      () => {
        const row = `<row>${cell('Lò Văn Ước')}${cell('Trưởng thôn 2')}</row>`;
        const sheet = HONEST.replace('</sheetData>', `${row.repeat(200_000)}</sheetData>`);
        return workbook('', [{ name: 'xl/worksheets/sheet1.xml', data: sheet, claim: { size: 100 } }]);
      },
    ],
    ['entities in entities', () => workbook(ENTITIES + HONEST.replace('Lò Văn Ước', '&j;'))],
    ['an entity out of a file', () => workbook(OUTSIDE + HONEST.replace('Lò Văn Ước', '&a;'))],
    ['a name that leads out', () => workbook(HONEST, [{ name: '../../../etc/cron.d/x', data: 'x' }])],
    ['a name with the root', () => workbook(HONEST, [{ name: '/etc/passwd', data: 'x' }])],
    ['a name of Windows', () => workbook(HONEST, [{ name: '..\\..\\x.dll', data: 'x' }])],
    ['one name twice', () => workbook(HONEST, [{ name: 'xl/worksheets/sheet1.xml', data: HONEST }])],
    ['elements in elements', () => workbook('<a>'.repeat(300_000))],
  ];
  test.each(attacks)('%s', async (_, make) => {
    const body = make();
    const before = await server.database.read('people_import');
    const start = performance.now();
    const answer = preview(body);
    let slowest = 0;
    for (let n = 0; n < 5; n++) {
      const asked = performance.now();
      expect((await organizer.response(api.me)).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - asked);
    }
    const response = await answer;
    const text = await response.text();
    expect([400, 413], `said ${text}`).toContain(response.status);
    expect(text).not.toMatch(/root:|Error|zip\.ts/);
    expect(JSON.parse(text)).toMatchObject({ code: expect.stringMatching(/unreadable-file|too-large/) });
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(slowest).toBeLessThan(3000);
    expect(await server.database.read('people_import')).toHaveLength(before.length);
  });
});

test('a CSV without an end of its quotation, and one cell of ten megabytes, are refused row by row', async () => {
  const head = 'Họ và tên,Chức vụ\n';
  for (const rest of [`"${'x'.repeat(5_000_000)}`, `${'x'.repeat(10_000_000)},y\n`, '"'.repeat(2_000_001)]) {
    const response = await preview(new TextEncoder().encode(head + rest), 'dai-bieu.csv');
    const text = await response.text();
    expect(response.status, `said ${text.slice(0, 200)}`).toBeLessThan(500);
    expect(text.length).toBeLessThan(100_000);
  }
});
