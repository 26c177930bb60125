import { writeFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ConferenceId } from '../../../domain/ids.ts';
import { LARGEST_PAPER, MOST_PAPERS } from '../../../domain/papers/paper.ts';
import { api } from '../../../domain/wire/api.ts';
import { openDesk, start } from '../cli/run.ts';
import { archive } from '../documents/archives.ts';
import {
  grantOf,
  newId,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { addConference } from '../sample.ts';

const clock = testClock();
let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;

beforeAll(async () => {
  server = await startTestServer({ clock });
  organizer = await signIn(server);
  conference = await addConference(organizer);
});
afterAll(() => server.close());

/** A PDF of so many bytes, no two parts of it alike. */
function pdf(size = 1000): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = (at * 7 + (at >> 9)) % 251;
  bytes.set(Buffer.from('%PDF-1.7\n'));
  return bytes;
}
const params = () => ({ conference });
const add = (name: string, bytes = pdf()) =>
  organizer.call(api.addPaper, { params: params(), body: { name, bytes } });
const names = async () =>
  (await organizer.call(api.papers, { params: params() })).items.map(({ name }) => name);

describe('a paper', () => {
  test('comes back byte for byte, as a file to keep', async () => {
    const bytes = pdf(3_000_001);
    const paper = await add('2. Báo cáo.pdf', bytes);
    expect(paper).toMatchObject({ name: '2. Báo cáo.pdf', size: bytes.length, addedAt: clock() });
    const answer = await organizer.response(api.paperFile, { params: { conference, paper: paper.id } });
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''2.%20B%C3%A1o%20c%C3%A1o.pdf",
    );
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes))).toBe(0);
  });

  test('is listed for everybody of the conference, and for nobody else', async () => {
    const host = await signIn(server, [grantOf('auditor', conference)]);
    expect((await host.call(api.papers, { params: params() })).items).toHaveLength(1);
    const stranger = await signIn(server, []);
    expect((await stranger.refusal(api.papers, { params: params() })).code).toBe('not-found');
  });

  test('of the same name is not put in the place of another one', async () => {
    const problem = await organizer.refusal(api.addPaper, {
      params: params(),
      body: { name: '2.  Báo cáo.PDF', bytes: pdf() },
    });
    expect(problem).toMatchObject({ code: 'conflict', detail: expect.stringContaining('đã có tài liệu') });
  });

  test('that is taken away is shown to nobody, and its bytes are gone', async () => {
    const paper = await add('Bỏ.pdf');
    await organizer.call(api.removePaper, { params: { conference, paper: paper.id } });
    expect(await names()).not.toContain('Bỏ.pdf');
    const problem = await organizer.refusal(api.paperFile, { params: { conference, paper: paper.id } });
    expect(problem.code).toBe('not-found');
    expect(await server.database.read('paper_part').where({ paper: paper.id })).toHaveLength(0);
    const again = await organizer.refusal(api.removePaper, { params: { conference, paper: paper.id } });
    expect(again.code).toBe('not-found');
  });

  test('of another conference is not found by its id', async () => {
    const other = await addConference(organizer);
    const { items } = await organizer.call(api.papers, { params: params() });
    const problem = await organizer.refusal(api.paperFile, {
      params: { conference: other, paper: items[0]?.id ?? '' },
    });
    expect(problem.code).toBe('not-found');
  });
});

describe('what is no paper', () => {
  test.each([
    ['a program', 'chay.exe', pdf(), 'unreadable-file'],
    [
      'a page that is named as a PDF',
      'a.pdf',
      new TextEncoder().encode('<script>alert(1)</script>'),
      'unreadable-file',
    ],
    [
      'a document with macros',
      'a.docx',
      new Uint8Array(
        archive([
          { name: 'word/document.xml', data: 'x' },
          { name: 'word/vbaProject.bin', data: 'x' },
        ]),
      ),
      'unreadable-file',
    ],
    ['one that is too large', 'lon.pdf', pdf(LARGEST_PAPER + 1), 'too-large'],
  ])('%s is refused in a sentence, and nothing is kept', async (_, name, bytes, code) => {
    const before = await names();
    const problem = await organizer.refusal(api.addPaper, { params: params(), body: { name, bytes } });
    expect(problem).toMatchObject({ code, detail: expect.stringContaining('Chưa thêm gì.') });
    expect(await names()).toEqual(before);
  });

  test('a document of an office program is taken', async () => {
    const bytes = new Uint8Array(archive([{ name: 'word/document.xml', data: 'x' }]));
    expect((await add('Đề cương.docx', bytes)).name).toBe('Đề cương.docx');
  });
});

test('an upload that was cut off is shown to nobody, and gives its place back after an hour', async () => {
  const own = await addConference(organizer);
  const row = { conference: own, kind: 'pdf', size: 10, added_at: clock(), is_whole: false };
  const rows = Array.from({ length: MOST_PAPERS }, (_, at) => ({ ...row, id: newId(), name: `${at}.pdf` }));
  for (const one of rows) await server.database.write('paper').insert(one);
  expect((await organizer.call(api.papers, { params: { conference: own } })).items).toEqual([]);
  const full = await organizer.refusal(api.addPaper, {
    params: { conference: own },
    body: { name: '0.pdf', bytes: pdf() },
  });
  expect(full).toMatchObject({ code: 'wrong-state', detail: expect.stringContaining('60 tài liệu') });
  clock.advance(3_600_001);
  const added = await organizer.call(api.addPaper, {
    params: { conference: own },
    body: { name: '0.pdf', bytes: pdf() },
  });
  expect(added.name).toBe('0.pdf');
});

/** Runs the command line beside the server. */
const run = async (...args: string[]) => {
  const { code, out } = await start(['--data', server.data, '--json', 'papers', ...args]);
  return { code, said: out === '' ? null : (JSON.parse(out) as { readonly id?: string }) };
};

test('the command line adds, lists and takes away papers', async () => {
  const desk = await openDesk();
  try {
    const at = ['--conference', conference];
    await writeFile(desk.file('Chương trình.pdf'), pdf());
    const added = await run('add', desk.file('Chương trình.pdf'), ...at);
    expect(added).toMatchObject({ code: 0, said: { ok: true, name: 'Chương trình.pdf' } });
    const id = added.said?.id ?? '';
    expect((await run('list', ...at)).said).toContainEqual({ id, name: 'Chương trình.pdf', size: 1000 });
    expect(await run('remove', id, ...at)).toMatchObject({ code: 0 });
    expect(await run('remove', id, ...at)).toMatchObject({ code: 2 });
  } finally {
    await desk.clear();
  }
});
