import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { EMPTY_GUEST, type GuestDraft, type GuestList } from '../../../domain/guests/guest.ts';
import type { Guest } from '../../../domain/wire/guests.ts';
import { api } from '../../../domain/wire/api.ts';
import { onMailChanged } from '../../../server/mail/live.ts';
import { testClock, type SignedInClient } from '../harness.ts';
import { settingsFor, startPost, type Post } from '../mail/post.ts';
import { addConference, sample, type Sample } from '../sample.ts';

let world: Sample;
let organizer: SignedInClient;
let post: Post;
/** Whom the mail server never takes a letter for, and how often it was asked to. */
const BUSY = 'ban@bao.example';
let asked = 0;
const clock = testClock('2025-01-05T07:00:00+07:00');
beforeAll(async () => {
  post = await startPost({
    says(address) {
      if (address !== BUSY) return null;
      asked += 1;
      return 451;
    },
  });
  world = await sample({ communes: 1, mail: settingsFor(post.port), clock });
  ({ organizer } = world);
});
afterAll(async () => {
  await world.server.close();
  await post.close();
});

const params = () => ({ conference: world.conference });
const add = (list: GuestList, own: Partial<GuestDraft>): Promise<Guest> =>
  organizer.call(api.addGuest, { params: params(), body: { list, guest: { ...EMPTY_GUEST, ...own } } });
const invite = (list: GuestList, guests: string[] | null = null) =>
  organizer.call(api.inviteGuests, { params: params(), body: { list, guests } });
const guest = async (id: string) => {
  const { items } = await organizer.call(api.guests, { params: params() });
  return items.find((one) => one.id === id)!;
};
const letterOf = async (id: string) => (await guest(id)).letter?.state;
const got = (count: number) => vi.waitFor(() => expect(post.got.length).toBe(count), { timeout: 10_000 });

test('a guest is invited once to the bridge at the top, in the words of the office, and how the letter stands is told', async () => {
  const reporter = await add('press', {
    name: 'Lò Thị Ổn',
    organisation: 'Báo Mây Ngàn',
    post: 'Phóng viên',
    email: 'on@bao.example',
  });
  const agency = await add('press', { organisation: 'Đài Mây Ngàn', email: 'dai@dai.example' });
  const onPaper = await add('press', { organisation: 'Tạp chí Ặ' });
  await add('scientists', { name: 'Giáo sư Ữ', email: 'u@vien.example' });
  // Two offices press at once.
  const both = await Promise.all([invite('press'), invite('press')]);
  expect(new Set(both.map(({ queued }) => queued))).toEqual(new Set([0, 2]));
  expect(both.map(({ withoutAddress }) => withoutAddress)).toEqual([1, 1]);
  await got(2);
  const letters = await Promise.all([post.parsed(0), post.parsed(1)]);
  const own = letters.find(({ to }) => to?.[0]?.address === 'on@bao.example');
  const top = world.bridges.find(({ parent }) => parent === null)!;
  expect(own?.text).toContain('Kính gửi Lò Thị Ổn (Phóng viên, Báo Mây Ngàn),');
  expect(own?.text).toContain(top.name);
  expect(own?.text).not.toMatch(/đồng chí|\{/);
  const toAgency = letters.find((one) => one !== own);
  expect(toAgency?.text).toContain('Kính gửi Đài Mây Ngàn,');
  await vi.waitFor(async () => expect(await letterOf(reporter.id)).toBe('sent'));
  expect(await letterOf(agency.id)).toBe('sent');
  expect(await letterOf(onPaper.id)).toBeUndefined();

  // Whoever is named gets it once more.
  expect(await invite('press', [agency.id])).toEqual({ queued: 1, withoutAddress: 0 });
  await got(3);
});

test('a guest of the other list, or of none, is not invited, and nobody else is either', async () => {
  const count = post.got.length;
  const scientist = await add('scientists', { name: 'Tiến sĩ Ẫ', email: 'a@vien.example' });
  const reporter = await add('press', { organisation: 'Báo Ẵ', email: 'b@bao.example' });
  const refused = await organizer.refusal(api.inviteGuests, {
    params: params(),
    body: { list: 'press', guests: [reporter.id, scientist.id] },
  });
  expect(refused.code).toBe('not-found');
  expect([await letterOf(reporter.id), await letterOf(scientist.id), post.got.length]).toEqual([
    undefined,
    undefined,
    count,
  ]);
});

test('what a guest answered and when they came is entered and taken back, and the first arrival stands', async () => {
  const { id } = await add('press', { organisation: 'Báo Ẩ' });
  const set = (body: { answer: Guest['answer']; arrived: boolean }) =>
    organizer.call(api.setGuestStanding, { params: { ...params(), guest: id }, body });
  await set({ answer: 'coming', arrived: true });
  const at = clock();
  clock.advance(60_000);
  expect(await set({ answer: 'not-coming', arrived: true })).toMatchObject({
    answer: 'not-coming',
    arrivedAt: at,
  });
  expect(await set({ answer: null, arrived: false })).toMatchObject({ answer: null, arrivedAt: null });
  // What is written of them stays, and how they stand stays with what is written anew.
  await set({ answer: 'coming', arrived: false });
  await organizer.call(api.changeGuest, {
    params: { ...params(), guest: id },
    body: { ...EMPTY_GUEST, organisation: 'Báo Ẩn' },
  });
  expect(await guest(id)).toMatchObject({ organisation: 'Báo Ẩn', answer: 'coming' });
  const missing = await organizer.refusal(api.setGuestStanding, {
    params: { ...params(), guest: 'khong-co' },
    body: { answer: null, arrived: true },
  });
  expect(missing.code).toBe('not-found');
});

test('a conference without bridges, and a server without mail, say so and send nothing', async () => {
  const { server, organizer: by, conference } = await sample({ communes: 1 });
  try {
    const refusal = (of: Sample['conference']) =>
      by.refusal(api.inviteGuests, { params: { conference: of }, body: { list: 'press', guests: null } });
    expect(await refusal(await addConference(by))).toMatchObject({
      code: 'wrong-state',
      detail: expect.stringContaining('chưa có điểm cầu') as unknown,
    });
    expect(await refusal(conference)).toMatchObject({
      code: 'wrong-state',
      detail: expect.stringContaining('MAIL_URL') as unknown,
    });
  } finally {
    await server.close();
  }
});

test('a letter that still waits when its guest is taken off the list does not go, and whoever follows letters is told', async () => {
  const { id } = await add('press', { organisation: 'Báo Ỗ', email: BUSY });
  await invite('press', [id]);
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0));
  await vi.waitFor(async () => expect(await letterOf(id)).toBe('waiting'));
  const told: string[] = [];
  const stop = await onMailChanged(world.server.database, (changes) =>
    told.push(...changes.map(({ step }) => step)),
  );
  try {
    await organizer.call(api.removeGuest, { params: { ...params(), guest: id } });
    expect(told).toContain('withdrawn');
  } finally {
    stop();
  }
});

test('the words of the invitation are shown as one of the guests gets them', async () => {
  const shown = await organizer.call(api.previewLetter, {
    params: params(),
    body: { kind: 'guest', subject: 'Mời {họ tên}', body: '{họ tên} ({chức vụ})\n{bảng thông tin}' },
  });
  expect([shown.faults, shown.name === null]).toEqual([[], false]);
  expect(shown.subject).toBe(`Mời ${shown.name ?? ''}`);
});
