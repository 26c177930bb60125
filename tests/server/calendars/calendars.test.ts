import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { conferenceName } from '../../../domain/plan/name.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import { writeCalendar } from '../../../server/calendars/writer.ts';
import { hasPythonReader, readWithIcalJs, readWithPython } from '../../calendar-readers.ts';
import {
  hostAt,
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { samplePlan } from '../plans/sample.ts';
import { addBridge, addConference } from '../rows.ts';

const clock = testClock('2025-01-06T08:00:00+07:00');
const at = (iso: string): Instant => Date.parse(`${iso}:00+07:00`) as Instant;
let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;
/** Two provinces under the centre. */
let one: BridgeId;
let other: BridgeId;

beforeAll(async () => {
  server = await startTestServer({ clock, publicUrl: 'https://nhipcau.tinh.vn' });
  organizer = await signIn(server);
});
afterAll(() => server.close());

let conferences = 0;
/** Written whole before anybody asks for it: the centre and two provinces, under the sample's plan. */
async function newConference(): Promise<{ id: ConferenceId; provinces: [BridgeId, BridgeId] }> {
  conferences += 1;
  const db = server.database.write;
  const id = ConferenceId.parse(`hn-${conferences}`);
  const plan = samplePlan();
  await addConference(db, id);
  await db('conference')
    .where({ id })
    .update({ plan: JSON.stringify(plan), title: conferenceName(plan.title) });
  const bridges = ['tu', 'mot', 'hai'].map((name) => BridgeId.parse(`${name}-${conferences}`));
  const [centre, ...provinces] = bridges as [BridgeId, BridgeId, BridgeId];
  await addBridge(db, id, centre, null);
  for (const province of provinces) await addBridge(db, id, province, centre);
  return { id, provinces };
}
beforeEach(async () => {
  const made = await newConference();
  conference = made.id;
  [one, other] = made.provinces;
});

const add = (changes: Partial<BodyInput<typeof api.addSession>>) =>
  organizer.call(api.addSession, {
    params: { conference },
    body: {
      kind: 'line-test',
      title: 'Thử với Ữ, Ổ; Ặ "một"',
      startsAt: at('2025-01-10T14:00'),
      endsAt: at('2025-01-10T16:00'),
      ...changes,
    },
  });

/** Asks as a calendar program does: with the address and nothing else. The machine's own address stands for the public one. */
async function fetchCalendar(address: string): Promise<Response> {
  const { pathname, search } = new URL(address);
  return await fetch(`${server.url}${pathname}${search}`);
}
async function read(address: string) {
  const response = await fetchCalendar(address);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
  return readWithIcalJs(await response.text());
}
const mine = (who: SignedInClient) => who.call(api.addCalendarFeed, { body: { language: 'vi' } });
const ofBridge = (who: SignedInClient, bridge: BridgeId) =>
  who.call(api.addBridgeCalendarFeed, { params: { conference, bridge }, body: { language: 'vi' } });

describe('a calendar that somebody subscribes to', () => {
  test('has the sessions and deadlines of the conferences that they see, under the public address', async () => {
    const own = await signIn(server, [organizerOf(conference)]);
    await add({});
    const { address } = await mine(own);
    expect(address).toMatch(/^https:\/\/nhipcau\.tinh\.vn\/api\/v1\/calendar\?key=[\w-]{43}$/);
    const { method, events } = await read(address);
    expect(method).toBe('PUBLISH');
    expect(events.map(({ summary, start, end }) => [summary, start, end])).toEqual([
      [expect.stringMatching(/^Hạn: báo cáo số lượng đại biểu - Hội nghị/), '2025-01-09', '2025-01-10'],
      [
        expect.stringMatching(/^Thử đường truyền: Thử với Ữ, Ổ; Ặ "một" - Hội nghị/),
        '2025-01-10T07:00:00Z',
        '2025-01-10T09:00:00Z',
      ],
    ]);
    expect(events[1]?.url).toBe(`https://nhipcau.tinh.vn/conferences/${conference}/schedule?day=2025-01-10`);
  });

  test('follows every change, under the same name and a higher number', async () => {
    const own = await signIn(server, [organizerOf(conference)]);
    const { session } = await add({});
    const { address } = await mine(own);
    const entry = async () =>
      (await read(address)).events.find(({ uid }) => uid === `session-${session.id}@nhipcau`);
    const before = await entry();
    const moved = { startsAt: at('2025-01-11T08:00'), endsAt: at('2025-01-11T09:00') };
    await organizer.call(api.changeSession, {
      params: { conference, session: session.id },
      body: { revision: session.revision, change: moved },
    });
    const after = await entry();
    expect(after).toMatchObject({ start: '2025-01-11T01:00:00Z', status: 'CONFIRMED' });
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
    await organizer.call(api.cancelSession, {
      params: { conference, session: session.id },
      body: { revision: session.revision + 1, reason: 'Mất điện' },
    });
    const off = await entry();
    expect(off).toMatchObject({ status: 'CANCELLED', summary: expect.stringMatching(/^Đã hủy: /) });
    expect(off?.sequence).toBeGreaterThan(after?.sequence ?? 0);
  });

  test('of a bridge has what it takes part in, and its own deadline', async () => {
    await add({ title: 'Thử tỉnh một', bridges: { tops: [one], below: true } });
    await add({
      title: 'Buổi sáng',
      kind: 'session',
      startsAt: at('2025-01-13T08:00'),
      endsAt: at('2025-01-13T11:00'),
    });
    await add({ title: 'Thử tỉnh hai', bridges: { tops: [other], below: true } });
    const host = await signIn(server, [hostAt(conference, one)]);
    const made = await ofBridge(host, one);
    expect(made.bridge).toEqual({ conference, id: one, name: `Điểm cầu ${one}` });
    const { name, events } = await read(made.address);
    expect(name).toBe(`Nhịp Cầu: Điểm cầu ${one}`);
    expect(events.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^Hạn: báo cáo số lượng đại biểu, Điểm cầu mot-/),
      expect.stringMatching(/^Thử đường truyền: Thử tỉnh một/),
      expect.stringMatching(/^Buổi sáng - /),
    ]);
    const everything = await read((await mine(host)).address);
    expect(everything.events.some(({ summary }) => summary.includes('Thử tỉnh hai'))).toBe(false);
  });

  test('goes on at the bridges of the same unit in other conferences', async () => {
    const later = await newConference();
    const [next] = later.provinces;
    await server.database.write('bridge').whereIn('id', [one, next]).update({ unit: '01' });
    const host = await signIn(server, [hostAt(conference, one), hostAt(later.id, next)]);
    const { address } = await ofBridge(host, one);
    const { events } = await read(address);
    const deadlines = events.filter(({ uid }) => uid.startsWith('deadline-')).map(({ uid }) => uid);
    expect(deadlines.toSorted()).toEqual(
      [`deadline-${conference}-of-${one}@nhipcau`, `deadline-${later.id}-of-${next}@nhipcau`].toSorted(),
    );
  });

  test('shows nothing once it was ended, with another key, or when its owner may not see the bridge any more', async () => {
    const host = await signIn(server, [hostAt(conference, one)]);
    const made = await ofBridge(host, one);
    const wrong = made.address.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await fetchCalendar(wrong)).status).toBe(404);
    const { id: role } = await server.database.read('grant_').where({ account: host.account }).first();
    await organizer.call(api.takeConferenceRole, { params: { conference, role: String(role) } });
    expect((await fetchCalendar(made.address)).status).toBe(404);

    const own = await signIn(server, [organizerOf(conference)]);
    const { id, address } = await mine(own);
    const stranger = await organizer.refusal(api.removeCalendarFeed, { body: { feed: id } });
    expect(stranger.code).toBe('not-found');
    await own.call(api.removeCalendarFeed, { body: { feed: id } });
    expect((await fetchCalendar(address)).status).toBe(404);
    expect((await own.call(api.calendarFeeds, {})).items).toEqual([]);
  });

  test('tells its owner when it was asked for last, and keeps no key', async () => {
    const own = await signIn(server, [organizerOf(conference)]);
    const { address, id } = await mine(own);
    const readAt = async () => (await own.call(api.calendarFeeds, {})).items[0]?.readAt;
    expect(await readAt()).toBeNull();
    await read(address);
    expect(await readAt()).toBe(clock());
    const row = await server.database.read('calendar_feed').where({ id }).first<Record<string, unknown>>();
    const key = new URL(address).searchParams.get('key') ?? '';
    expect(JSON.stringify(row)).not.toContain(key);
  });

  test('is one of thirty at most', async () => {
    const own = await signIn(server, [organizerOf(conference)]);
    for (let n = 0; n < 30; n++) await mine(own);
    const refused = await own.refusal(api.addCalendarFeed, { body: { language: 'vi' } });
    expect(refused).toMatchObject({ code: 'wrong-state', detail: expect.stringContaining('30') });
  });
});

const HOSTILE = [
  'Hội nghị\r\nATTENDEE:mailto:ai@do.vn\r\nX:',
  'a\nEND:VEVENT\nBEGIN:VEVENT',
  'Ữ Ổ Ặ, "ngoặc"; \\n \\, \\; :',
  'ê\u0301\u2028\u0085 \u0007 tab\ttab',
  'Ặ'.repeat(300),
  '😀'.repeat(40),
];

/** As a calendar has it. */
function plain(hostile: string): string {
  return hostile
    .normalize('NFC')
    .replace(/\r\n|[\n\u2028\u0085]/g, '\n')
    .replace('\t', ' ')
    .replace('\u0007', '');
}

test.each([
  ['ical.js', readWithIcalJs, HOSTILE],
  // Its version 4 undoes escapes in the wrong order: a backslash before an n becomes a line break.
  ['python3-icalendar', readWithPython, HOSTILE.filter((text) => !text.includes('\\'))],
] as const)(
  '%s reads every text as it was written, and no line that a text smuggled in',
  async (name, reader, texts) => {
    if (name === 'python3-icalendar' && !hasPythonReader) return;
    const text = await writeCalendar({
      method: 'PUBLISH',
      name: HOSTILE.join(' '),
      stamp: clock(),
      events: texts.map((hostile, index) => ({
        uid: `u-${index}`,
        sequence: index,
        time: { from: at('2025-01-13T08:00'), until: at('2025-01-13T11:00') },
        summary: hostile,
        description: [hostile, 'dòng hai'],
        location: hostile,
        url: 'https://nhipcau.vn/x?day=2025-01-13&a=b,c;d',
        category: 'rehearsal',
        status: 'CONFIRMED',
        busy: true,
        invited: null,
      })),
    });
    for (const line of text.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      // oxlint-disable-next-line no-control-regex -- none of them may be there
      expect(line).not.toMatch(/[\u0000-\u001F\u007F]/);
    }
    const { events, method } = reader(text);
    expect(method).toBe('PUBLISH');
    expect(events).toEqual(
      texts.map((hostile, index) => ({
        uid: `u-${index}`,
        organizer: null,
        attendees: [],
        sequence: index,
        summary: plain(hostile).replaceAll('\n', ' '),
        description: `${plain(hostile)}\ndòng hai`,
        location: plain(hostile).replaceAll('\n', ' '),
        url: 'https://nhipcau.vn/x?day=2025-01-13&a=b,c;d',
        status: 'CONFIRMED',
        categories: ['rehearsal'],
        start: '2025-01-13T01:00:00Z',
        end: '2025-01-13T04:00:00Z',
      })),
    );
  },
);
