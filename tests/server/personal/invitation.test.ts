import { afterAll, beforeAll, expect, test } from 'vitest';

import { InvitationId } from '../../../domain/invitations/step.ts';
import { readPass } from '../../../domain/passes/pass.ts';
import { api } from '../../../domain/wire/api.ts';
import type { InvitationRow } from '../../../domain/wire/invitations.ts';
import { DEFAULT_TEMPLATES } from '../../../domain/letters/defaults.ts';
import { renderLetter } from '../../../domain/letters/render.ts';
import type { TemplateKind } from '../../../domain/letters/template.ts';
import { letterFields } from '../../../server/invitations/letters.ts';
import { personalAddresses, personalUrl, signLink } from '../../../server/personal/links.ts';
import { readWithIcalJs } from '../../calendar-readers.ts';
import { instant, testClock } from '../harness.ts';
import { sample, type Sample } from '../sample.ts';

const clock = testClock('2025-01-02T09:00:00+07:00');
let world: Sample;
let rows: readonly InvitationRow[];
beforeAll(async () => {
  world = await sample({ communes: 3, clock });
  await world.organizer.call(api.prepareInvitations, { params: at(), body: {} });
  rows = await listed();
});
afterAll(() => world.server.close());

const at = () => ({ conference: world.conference, bridge: world.bridges[0]!.id });
const listed = async () =>
  (await world.organizer.call(api.searchInvitations, { params: at(), body: { limit: 1000 } })).items;
const rowOf = async (id: string) => (await listed()).find((row) => row.id === id);
const letterOf = (id: string, edition = 1) =>
  signLink(world.server.context(), { invitation: InvitationId.parse(id), edition });
const get = async (path: string) => {
  const answer = await fetch(world.server.url + path, { redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};
const open = (id: string, edition = 1) => get(personalUrl(letterOf(id, edition), 'vi'));
const say = async (id: string, fields: Record<string, string>) => {
  const body = new URLSearchParams(fields);
  const path = personalUrl(letterOf(id), 'vi');
  return await fetch(world.server.url + path, { method: 'POST', body, redirect: 'manual' });
};
const deed = async (id: string, name: 'approveInvitations' | 'sendInvitations') =>
  await world.organizer.call(api[name], {
    params: at(),
    body: { invitations: [id], ...(name === 'sendInvitations' && { by: 'paper' as const }) },
  });

test('nobody has a page before their letter went, and then they read it, and that is entered', async () => {
  const { id, name, bridgeName } = rows[0]!;
  const before = await open(id);
  expect(before.status).toBe(404);
  await deed(id, 'approveInvitations');
  expect((await open(id)).text).toBe(before.text);
  await deed(id, 'sendInvitations');
  const page = await open(id);
  expect(page.status).toBe(200);
  expect(page.text).toContain(name);
  expect(page.text).toContain(bridgeName);
  // Entered once the page is out: nobody waits for that.
  const params = { ...at(), invitation: id };
  const openedAt = async () =>
    (await world.organizer.call(api.invitation, { params })).invitation.standing.openedAt;
  await expect.poll(openedAt).toBe(clock());
});

test('the page says nothing about anybody else of the conference', async () => {
  const { id } = rows[0]!;
  const { text } = await open(id);
  const others = rows.slice(1).filter(({ name }) => name !== rows[0]!.name);
  expect(others.filter(({ name }) => text.includes(name)).map(({ name }) => name)).toEqual([]);
  for (const { phone, email } of world.roster) {
    expect(text).not.toContain(phone ?? 'không có điện thoại');
    expect(text).not.toContain(email ?? 'không có thư');
  }
});

test('an answer by the link is the answer of the invitation, and the last one counts', async () => {
  const { id } = rows[0]!;
  expect((await say(id, { answer: 'not-coming', reason: 'Đang điều trị' })).status).toBe(303);
  expect(await rowOf(id)).toMatchObject({ state: 'not-coming', reason: 'Đang điều trị' });
  const proposal = { name: 'Sùng A Ử', position: 'Phó Trưởng xóm', unit: '', phone: '', why: 'Bận' };
  await say(id, { answer: 'substitute', ...proposal });
  expect(await rowOf(id)).toMatchObject({ state: 'substitute-proposed', substitute: { name: 'Sùng A Ử' } });
  await world.organizer.call(api.decideSubstitute, {
    params: { ...at(), invitation: id },
    body: { accept: false, reason: 'Cần người chủ chốt' },
  });
  expect((await open(id)).text).toContain('Cần người chủ chốt');
  await say(id, { answer: 'coming' });
  expect(await rowOf(id)).toMatchObject({ state: 'coming' });
});

test('the entry for a calendar, the pass and the papers are those of the conference', async () => {
  const { id, bridgeName } = rows[0]!;
  const params = { conference: world.conference };
  const bytes = new TextEncoder().encode('%PDF-1.7 chương trình');
  const paper = await world.organizer.call(api.addPaper, {
    params,
    body: { name: 'Chương trình.pdf', bytes },
  });
  const { text } = await open(id);
  expect(text).toContain('Chương trình.pdf');
  const file = await get(personalUrl(letterOf(id), 'vi', '/paper', { paper: paper.id }));
  expect([file.status, file.text]).toEqual([200, '%PDF-1.7 chương trình']);
  const calendar = readWithIcalJs((await get(personalUrl(letterOf(id), 'vi', '/calendar'))).text);
  expect(calendar.events).toHaveLength(1);
  expect(JSON.stringify(calendar.events[0])).toContain(bridgeName);
  expect(text).toContain('<svg');
  const { items } = await world.organizer.call(api.passes, { params: at(), body: { limit: 1000 } });
  const { code = '' } = items.find(({ person }) => person === rows[0]!.person) ?? {};
  expect(readPass(code).ok).toBe(true);
});

test('the letter says where the page is, whole, in words and as a link', async () => {
  const { id } = rows[0]!;
  const { invitation } = await world.organizer.call(api.invitation, {
    params: { ...at(), invitation: id },
  });
  const context = world.server.context();
  const ids = [InvitationId.parse(id)];
  const addresses = await personalAddresses(context, context.database.read, 'https://cau.example', ids);
  const address = addresses.get(ids[0]!) ?? '';
  const { pathname, search } = new URL(address);
  expect((await get(pathname + search)).status).toBe(200);
  const calling = { title: 'Hội nghị', startsAt: null };
  const textOf = (kind: TemplateKind) =>
    renderLetter(
      DEFAULT_TEMPLATES[kind],
      letterFields(kind, invitation, calling, { link: address, hasPass: false }),
    );
  const letter = textOf('summons');
  expect(letter.text.split('\n')).toContain(address);
  expect(letter.html).toContain(`href="${address}"`);
  const withdrawn = textOf('withdrawn');
  expect(withdrawn.text + withdrawn.html).not.toContain(address);
});

test('a new link makes the ones before void, told like any other that is none', async () => {
  const { id } = rows[0]!;
  const params = { ...at(), invitation: id };
  const { address } = await world.organizer.call(api.renewPersonalLink, { params });
  const { pathname, search } = new URL(address);
  expect((await get(pathname + search)).status).toBe(200);
  const [old, none] = [await open(id), await get(personalUrl('x', 'vi'))];
  expect([old.status, old.text]).toEqual([404, none.text]);
  expect((await open(id, 3)).status).toBe(404);
});

test('once the session has begun nothing is answered any more, and a letter that is taken back says so', async () => {
  const { id } = rows[1]!;
  await deed(id, 'approveInvitations');
  await deed(id, 'sendInvitations');
  await world.organizer.call(api.withdrawInvitations, {
    params: at(),
    body: { invitations: [id], reason: 'Chuyển sang điểm cầu khác' },
  });
  const back = await open(id);
  expect(back.text).toContain('Chuyển sang điểm cầu khác');
  expect(back.text).not.toMatch(/<form|<svg/);
  expect((await say(id, { answer: 'coming' })).headers.get('location')).toContain('said=not-now');

  const { id: other } = rows[2]!;
  await deed(other, 'approveInvitations');
  await deed(other, 'sendInvitations');
  clock.set('2025-01-13T09:00:00+07:00');
  expect(clock()).toBe(instant('2025-01-13T09:00:00+07:00'));
  expect((await open(other)).text).toContain('không nhận trả lời nữa');
  const late = await say(other, { answer: 'coming' });
  expect(late.headers.get('location')).toContain('said=not-now');
});
