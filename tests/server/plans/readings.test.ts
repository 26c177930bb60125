import { Document, Packer, Paragraph } from 'docx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readPlan } from '../../../domain/plan/reader.ts';
import { api } from '../../../domain/wire/api.ts';
import {
  client,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { SAMPLE_TEXT } from './sample.ts';
import { zipOf } from './zip.ts';

let server: TestServer;
let reader: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock() });
  reader = await signIn(server, []);
});
afterAll(() => server.close());

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const read = (body: Uint8Array<ArrayBuffer>, name: string) =>
  reader.call(api.readDocument, { body: { name, bytes: body } });
const refused = (body: Uint8Array<ArrayBuffer>, name: string) =>
  reader.refusal(api.readDocument, { body: { name, bytes: body } });

describe('reading a plan document', () => {
  test('answers with the same reading as the rule, and keeps nothing', async () => {
    const { reading, findings } = await read(bytesOf(SAMPLE_TEXT), 'ke-hoach.md');
    expect(reading).toEqual(JSON.parse(JSON.stringify(readPlan(SAMPLE_TEXT))));
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
    expect(await server.database.read('conference')).toEqual([]);
  });

  test('takes a DOCX of the same words', async () => {
    const children = SAMPLE_TEXT.split('\n').map((line) => new Paragraph(line));
    const file = await Packer.toBuffer(new Document({ sections: [{ children }] }));
    const { reading } = await read(new Uint8Array(file), 'Kế hoạch.docx');
    expect(reading.plan.startsAt.value).toBe('2025-01-13T08:00:00+07:00');
    expect(reading.plan.clauses.length).toBe(readPlan(SAMPLE_TEXT).plan.clauses.length);
    const [start, end] = reading.plan.number.source[0] ?? [0, 0];
    expect(reading.text.slice(start, end)).toContain('25-KH/TW');
  });

  test('brings decomposed text to NFC, and counts its spans in that', async () => {
    const { reading } = await read(bytesOf(SAMPLE_TEXT.normalize('NFD')), 'ke-hoach.txt');
    expect(reading.text).toBe(SAMPLE_TEXT.normalize('NFC'));
    expect(reading.plan).toEqual(JSON.parse(JSON.stringify(readPlan(SAMPLE_TEXT).plan)));
  });

  test('says what is missing in a text that is no plan, with the field', async () => {
    const { findings } = await read(bytesOf('Mọi người giữ trật tự trong phòng.'), 'x.txt');
    expect(findings).toContainEqual({
      code: 'missing',
      severity: 'error',
      path: 'title',
      message: 'Thiếu tên hội nghị.',
    });
  });

  test('names a weekday that is not that of the date, and a date that does not exist', async () => {
    const text = SAMPLE_TEXT.replace('thứ Hai, ngày 13/01/2025', 'thứ Ba, ngày 13/01/2025').replace(
      'trước ngày 10/01/2025',
      'trước ngày 31/02/2025',
    );
    expect(text).not.toBe(SAMPLE_TEXT);
    const { findings } = await read(bytesOf(text), 'ke-hoach.md');
    expect(findings.find((finding) => finding.code === 'weekday-wrong')).toMatchObject({
      severity: 'error',
      message: 'Ngày 13/01/2025 là thứ Hai, không phải thứ Ba.',
    });
    expect(findings.map((finding) => finding.code)).toContain('date-unclear');
  });
});

describe('a document that cannot be read is refused with a sentence that says why', () => {
  test.each<[string, string, () => Uint8Array<ArrayBuffer>, string]>([
    [
      'garbage that calls itself DOCX',
      'a.docx',
      () => bytesOf('PK\x03\x04 không phải tệp nén'),
      'unreadable-file',
    ],
    [
      'random bytes',
      'a.docx',
      () => new Uint8Array(5000).map((_, at) => (at * 7919) % 251),
      'unreadable-file',
    ],
    ['an archive of something else', 'a.docx', () => zipOf('a.txt', Buffer.from('chữ')), 'unreadable-file'],
    ['a PDF', 'a.pdf', () => bytesOf('%PDF-1.7 ...'), 'unreadable-file'],
    ['blanks', 'a.txt', () => bytesOf(' \n \n'), 'unreadable-file'],
    ['ten megabytes of text', 'a.txt', () => bytesOf('kế hoạch '.repeat(1_000_000)), 'too-large'],
    ['more than any document has', 'a.txt', () => new Uint8Array(21_000_000).fill(97), 'too-large'],
  ])('%s', async (_, name, make, code) => {
    const problem = await refused(make(), name);
    expect(problem.code).toBe(code);
    expect(problem.detail).toContain('Chưa có gì được lưu');
  });

  test.each([
    ['says how much it unpacks to', 1_000_000_000],
    ['lies about it', 1000],
  ])('a bomb that %s is not unpacked', async (_, claimed) => {
    const bomb = zipOf('word/document.xml', Buffer.alloc(64 * 1024 * 1024), claimed);
    const problem = await refused(bomb, 'a.docx');
    expect(problem).toMatchObject({ code: 'unreadable-file' });
    expect(problem.detail).toContain('Tệp nén bất thường');
  });

  test('an empty body', async () => {
    expect((await refused(new Uint8Array(), 'a.txt')).code).toBe('malformed');
  });
});

test('while heavy texts are read, others are served, and too many at once are turned away', async () => {
  const heavy = bytesOf(`${'\n'.repeat(600_000)}Kế hoạch`);
  const readings = Promise.all(
    Array.from({ length: 16 }, () =>
      reader.response(api.readDocument, { body: { name: 'a.txt', bytes: heavy } }),
    ),
  );
  const first = await Promise.race([
    reader.call(api.me).then(() => 'the other request'),
    readings.then(() => 'the readings'),
  ]);
  expect(first).toBe('the other request');
  const answers = await readings;
  for (const answer of answers) await answer.body?.cancel();
  const refusal = answers.find((answer) => answer.status === 429);
  expect(refusal?.headers.get('retry-after')).toBe('10');
  const done = answers.filter((answer) => answer.status === 200);
  // Two at a time, and ten that wait for them.
  expect(done.length).toBeGreaterThanOrEqual(12);
  expect(answers.every((answer) => [200, 429].includes(answer.status))).toBe(true);
  expect((await reader.response(api.readDocument, { body: { name: 'a.txt', bytes: heavy } })).status).toBe(
    200,
  );
}, 120_000);

test('only those who are signed in may have a document read', async () => {
  const problem = await client(server).refusal(api.readDocument, {
    body: { name: 'a.txt', bytes: bytesOf('Kế hoạch') },
  });
  expect(problem.code).toBe('not-signed-in');
});
