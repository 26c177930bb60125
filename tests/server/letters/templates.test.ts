import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { Email } from 'postal-mime';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import type { TemplateKind } from '../../../domain/letters/template.ts';
import { readPass } from '../../../domain/passes/pass.ts';
import { api } from '../../../domain/wire/api.ts';
import { Problem } from '../../../domain/wire/problem.ts';
import { signIn, testClock, type SignedInClient } from '../harness.ts';
import { settingsFor, startPost, type Post } from '../mail/post.ts';
import { sample, type Sample } from '../sample.ts';

let world: Sample;
let organizer: SignedInClient;
let post: Post;
let bridge: string;
beforeAll(async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  post = await startPost();
  const clock = testClock('2025-01-05T07:00:00+07:00');
  world = await sample({ communes: 2, mail: settingsFor(post.port), clock });
  ({ organizer } = world);
  bridge = world.bridges.find((one) => one.class === 'commune')!.id;
});
afterAll(async () => {
  await world.server.close();
  await post.close();
});

const params = () => ({ conference: world.conference });
const at = () => ({ ...params(), bridge });
const standing = async (kind: TemplateKind) => {
  const { items } = await organizer.call(api.letterTemplates, { params: params() });
  return items.find((one) => one.kind === kind)!;
};
const OWN = {
  subject: 'Trân trọng mời {họ tên}',
  body: 'Kính gửi {họ tên},\r\nVăn phòng xin mời dự {hội nghị}.\r\n\r\n{bảng thông tin}\r\n\r\n{trang riêng}\r\n{thẻ đại biểu}\r\n',
};

/** Prepares, approves and sends a letter to everybody at the commune. */
async function sendAll(): Promise<Email[]> {
  await world.server.database.write.raw(
    `update person set data = json_set(data, '$.email', 'nguoi-' || id || '@don-vi.example')
     where conference = ? and id in (select person from placement where bridge = ?)`,
    [world.conference, bridge],
  );
  await organizer.call(api.prepareInvitations, { params: at(), body: {} });
  await organizer.call(api.approveInvitations, { params: at(), body: { invitations: null } });
  const { sent } = await organizer.call(api.sendInvitations, {
    params: at(),
    body: { invitations: null, by: 'mail' },
  });
  expect(sent).toBeGreaterThan(2);
  await vi.waitFor(() => expect(post.got.length).toBe(sent), { timeout: 10_000 });
  return await Promise.all(post.got.map((_, place) => post.parsed(place)));
}

test('what is wrong in the words of an office is named by its line, and nothing is kept', async () => {
  const template = { subject: 'Mời {ai}', body: `${OWN.body}\n{lý do}` };
  const response = await organizer.response(api.setLetterTemplate, {
    params: params(),
    body: { kind: 'summons', version: 0, template },
  });
  const problem = Problem.parse(await response.json());
  expect([problem.code, problem.faults?.map((fault) => fault.at)]).toEqual([
    'has-errors',
    ['subject', 'body.9'],
  ]);
  expect(problem.faults?.[0]?.message).toContain('{ai}');
  expect(await standing('summons')).toMatchObject({ isOwn: false, version: 0, changed: null });
});

test('a preview shows the letter of an invented person until somebody is invited, with what is wrong', async () => {
  const before = await organizer.call(api.previewLetter, {
    params: params(),
    body: { kind: 'substitute-refused', subject: 'Thư', body: '{họ tên}: {lý do}\n{gì đó}' },
  });
  expect(before).toMatchObject({ name: null, text: 'Nguyễn Văn An: Thay đổi thành phần dự\n{gì đó}\n' });
  expect(before.faults.map((fault) => fault.at)).toEqual(['body.2', 'body']);
});

test('letters go in the words of the office, each with its pass as a picture that a scanner reads', async () => {
  await organizer.call(api.setLetterTemplate, {
    params: params(),
    body: { kind: 'summons', version: 0, template: OWN },
  });
  const mails = await sendAll();
  const { items } = await organizer.call(api.searchInvitations, { params: at(), body: { limit: 1000 } });
  for (const mail of mails) {
    const person = items.find(({ name }) => mail.subject === `Trân trọng mời ${name}`)!;
    expect(mail.text).toContain('Văn phòng xin mời dự');
    const [picture] = mail.attachments.filter(({ mimeType }) => mimeType === 'image/png');
    expect(picture?.disposition).toBe('inline');
    expect(mail.html).toContain(`src="cid:${picture?.contentId?.replaceAll(/[<>]/g, '')}"`);
    const [code] = await readBarcodes(new Uint8Array(picture!.content as ArrayBuffer), {
      formats: ['QRCode'],
    });
    const read = readPass(code!.text);
    const pass = read.ok ? read.value.pass : null;
    const same = items.filter(({ name }) => name === person.name).map((one) => one.person);
    expect(same).toContain(pass?.person);
    expect(pass?.conference).toBe(world.conference);
  }
  const shown = await organizer.call(api.previewInvitation, {
    params: { ...at(), invitation: items[0]!.id },
  });
  expect(shown.html).toContain('src="data:image/png;base64,');
  expect(shown.subject).toBe(`Trân trọng mời ${items[0]!.name}`);
});

test('what was sent stays as it was when the words change, and two who write at once do not overwrite each other', async () => {
  const { items: before } = await organizer.call(api.searchLetters, {
    params: params(),
    body: { limit: 1000 },
  });
  const set = async (version: number, by = organizer) =>
    await by.response(api.setLetterTemplate, {
      params: params(),
      body: { kind: 'summons', version, template: { ...OWN, subject: 'Mời {họ tên} lần nữa' } },
    });
  const other = await signIn(world.server);
  const [one, two] = await Promise.all([set(1), set(1, other)]);
  expect(new Set([one.status, two.status])).toEqual(new Set([200, 409]));
  expect(await standing('summons')).toMatchObject({
    version: 2,
    isOwn: true,
    subject: 'Mời {họ tên} lần nữa',
  });
  const { items: after } = await organizer.call(api.searchLetters, {
    params: params(),
    body: { limit: 1000 },
  });
  expect(after).toEqual(before);
});

test('an office goes back to the words of the program, and the versions before are kept', async () => {
  await organizer.call(api.setLetterTemplate, {
    params: params(),
    body: { kind: 'summons', version: 2, template: null },
  });
  const now = await standing('summons');
  expect(now).toMatchObject({ version: 3, isOwn: false, subject: 'Thông báo triệu tập dự: {hội nghị}' });
  expect(now.changed?.by).not.toBeNull();
  const rows = await world.server.database.read('letter_template').where({ kind: 'summons' });
  expect(rows).toHaveLength(3);
});
