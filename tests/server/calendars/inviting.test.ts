import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Inviting, InvitingMethod } from '../../../domain/calendar/inviting.ts';
import { personNamed } from '../../../domain/composition/person.ts';
import { BridgeId, ConferenceId, PersonId } from '../../../domain/ids.ts';
import { afterStep } from '../../../domain/invitations/life.ts';
import { InvitationId } from '../../../domain/invitations/step.ts';
import { calendarPart, type CalendarPart } from '../../../server/calendars/inviting-commands.ts';
import { enterSteps, readInvitation } from '../../../server/invitations/store.ts';
import { takeReplies } from '../../../server/invitations/reply-commands.ts';
import { createGate } from '../../../server/access/gate.ts';
import { writePeople } from '../../../server/people/store.ts';
import { transaction } from '../../../server/platform/database.ts';
import { hasPythonReader, readWithIcalJs, readWithPython } from '../../calendar-readers.ts';
import { instant, startTestServer, testClock, type TestServer } from '../harness.ts';
import { addBridge, addConference } from '../rows.ts';

const clock = testClock('2025-01-08T08:00:00+07:00');
let server: TestServer;
let conference: ConferenceId;
const bridge = BridgeId.parse('cau-chinh');
let people = 0;
beforeAll(async () => {
  server = await startTestServer({ clock });
  conference = ConferenceId.parse(server.context().newId());
  await addConference(server.database.write, conference);
  await addBridge(server.database.write, conference, bridge, null);
});
afterAll(() => server.close());

/** Somebody whose letter has gone out. */
async function invite(): Promise<InvitationId> {
  const context = server.context();
  const id = InvitationId.parse(context.newId());
  const person = PersonId.parse(`NGUOI${(people += 1)}`);
  await transaction(server.database, async (db) => {
    await writePeople(db, conference, [{ id: person, ...personNamed('Lò Thị Ổn') }]);
    for (const what of [
      { step: 'prepared', kind: 'summons', bridge },
      { step: 'approved' },
      { step: 'queued' },
      { step: 'sent', by: 'mail' },
    ] as const) {
      const before = (await readInvitation(db, id))?.standing ?? null;
      const standing = afterStep(before, { at: clock(), what });
      if (standing === null) throw new Error(what.step);
      const step = { at: clock(), by: null, via: 'program', what, exception: null } as const;
      await enterSteps(db, [{ invitation: { id, conference, person, standing }, step }]);
    }
  });
  return id;
}

const usual = (id: InvitationId): Inviting => ({
  id,
  title: 'Hội nghị toàn quốc tổng kết công tác năm, triển khai nhiệm vụ; tổ chức tới Ữ Ổ Ặ',
  sessions: [
    {
      title: 'Buổi sáng',
      startsAt: instant('2025-01-13T08:00:00+07:00'),
      endsAt: instant('2025-01-13T11:30:00+07:00'),
    },
  ],
  place: 'Điểm cầu Trung ương, Hà Nội',
  seatNumber: 'A-12',
  link: 'https://nhipcau.example/letter?k=x',
  organizer: { name: 'Ban tổ chức "Hội nghị"', address: 'hoinghi@tinh.example' },
  attendee: {
    name: 'Lò Thị Ổn',
    address: 'on@don-vi.example',
    role: 'REQ-PARTICIPANT',
    partstat: 'NEEDS-ACTION',
    delegatedTo: null,
    delegatedFrom: null,
  },
});

async function part(inviting: Inviting, method: InvitingMethod): Promise<CalendarPart | null> {
  return await transaction(server.database, (db) => calendarPart(db, server.context(), inviting, method));
}

/** What both readers make of a calendar, which has to be the same. */
function read(given: CalendarPart | null) {
  if (given === null) throw new Error('no calendar');
  const calendar = readWithIcalJs(given.content);
  const [event] = calendar.events;
  if (event === undefined || calendar.events.length > 1) throw new Error('not one entry');
  const { uid, sequence, summary, location, status, start, end, organizer, attendees } = event;
  const { method, events } = hasPythonReader ? readWithPython(given.content) : calendar;
  expect(method).toBe(calendar.method);
  expect(events).toMatchObject([
    { uid, sequence, summary, location, status, start, end, organizer, attendees },
  ]);
  expect(calendar.method).toBe(given.method);
  for (const line of given.content.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  return event;
}

describe('a person’s own entry', () => {
  test('is called, brought up to date, moved, and called off under one id, and its number only rises', async () => {
    const id = await invite();
    const inviting = usual(id);
    const first = read(await part(inviting, 'REQUEST'));
    expect(first).toMatchObject({
      uid: `invitation-${id}@nhipcau`,
      sequence: 0,
      status: 'CONFIRMED',
      summary: inviting.title,
      location: 'Điểm cầu Trung ương, Hà Nội (ghế A-12)',
      start: '2025-01-13T01:00:00Z',
      end: '2025-01-13T04:30:00Z',
      organizer: 'mailto:hoinghi@tinh.example',
      attendees: [
        {
          value: 'mailto:on@don-vi.example',
          name: 'Lò Thị Ổn',
          role: 'REQ-PARTICIPANT',
          partstat: 'NEEDS-ACTION',
          rsvp: 'TRUE',
          kind: 'INDIVIDUAL',
        },
      ],
    });
    // Told again, as with a reminder: nothing is new.
    expect(read(await part(inviting, 'REQUEST')).sequence).toBe(0);
    const accepted = { ...inviting, attendee: { ...inviting.attendee, partstat: 'ACCEPTED' } } as const;
    expect(read(await part(accepted, 'REQUEST'))).toMatchObject({
      sequence: 0,
      attendees: [{ rsvp: 'FALSE' }],
    });
    const later = {
      ...inviting,
      sessions: [{ ...inviting.sessions[0]!, startsAt: instant('2025-01-13T08:30:00+07:00') }],
    };
    expect(read(await part(later, 'REQUEST')).sequence).toBe(1);
    const moved = { ...later, place: 'Điểm cầu tỉnh Mây Ngàn', seatNumber: null };
    expect(read(await part(moved, 'REQUEST'))).toMatchObject({
      sequence: 2,
      location: 'Điểm cầu tỉnh Mây Ngàn',
    });
    const off = read(await part(moved, 'CANCEL'));
    expect(off).toMatchObject({
      uid: first.uid,
      sequence: 3,
      status: 'CANCELLED',
      attendees: [{ rsvp: 'FALSE' }],
    });
    expect(await part(moved, 'CANCEL')).toBeNull();
    expect(read(await part(moved, 'REQUEST')).sequence).toBe(4);
  });

  test('that was never called is not called off', async () => {
    expect(await part(usual(await invite()), 'CANCEL')).toBeNull();
  });

  test('names who comes instead, and for whom they come', async () => {
    const id = await invite();
    await part(usual(id), 'REQUEST');
    const { attendee } = usual(id);
    const sent = { ...attendee, partstat: 'DELEGATED', delegatedTo: 'thay@don-vi.example' } as const;
    expect(read(await part({ ...usual(id), attendee: sent }, 'REQUEST'))).toMatchObject({
      sequence: 1,
      attendees: [{ partstat: 'DELEGATED', delegatedTo: 'mailto:thay@don-vi.example' }],
    });
    const came = { ...attendee, address: 'thay@don-vi.example', delegatedFrom: 'on@don-vi.example' };
    expect(read(await part({ ...usual(await invite()), attendee: came }, 'REQUEST'))).toMatchObject({
      attendees: [{ value: 'mailto:thay@don-vi.example', delegatedFrom: 'mailto:on@don-vi.example' }],
    });
  });

  test.each(['\\;:', 'Ổn ^n Ặ', "Lò 'Thị' Ổn", 'a,b;c:d'])(
    'has the name %s as it was written, or nearly',
    async (name) => {
      const inviting = usual(await invite());
      const { attendees } = read(
        await part({ ...inviting, attendee: { ...inviting.attendee, name } }, 'REQUEST'),
      );
      expect(attendees).toMatchObject([{ value: 'mailto:on@don-vi.example', name: expect.any(String) }]);
      expect(attendees[0]?.name).not.toContain('\n');
    },
  );

  test('has a line of its own for nothing that somebody wrote', async () => {
    const bad = 'x\r\nATTENDEE:mailto:ke-gian@xa.example\r\nBEGIN:VEVENT\n"; ,:\u0000\u2028END:VCALENDAR';
    const inviting = usual(await invite());
    const event = read(
      await part(
        {
          ...inviting,
          title: bad,
          place: bad,
          seatNumber: bad,
          sessions: [...inviting.sessions, { ...inviting.sessions[0]!, title: bad }],
          organizer: { name: bad, address: 'hoinghi@tinh.example' },
          attendee: { ...inviting.attendee, name: bad },
        },
        'REQUEST',
      ),
    );
    expect(event.attendees).toHaveLength(1);
    expect(event.organizer).toBe('mailto:hoinghi@tinh.example');
  });
});

const take = (calendar: string, from = 'On@Don-vi.example') =>
  takeReplies(createGate())(server.context(), { calendar, from });

/** As Outlook, Google and Apple send it: the entry comes back with one attendee. */
function reply(
  id: InvitationId,
  own: { partstat: string; sequence?: number; more?: string; stamp?: string; by?: string },
): string {
  const { partstat, sequence = 0, more = '', stamp = '20250108T010000Z', by = 'on@don-vi.example' } = own;
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    'DTSTART:20250113T010000Z',
    'DTEND:20250113T043000Z',
    `DTSTAMP:${stamp}`,
    'ORGANIZER;CN=Ban to chuc:mailto:hoinghi@tinh.example',
    `UID:invitation-${id}@nhipcau`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstat}${more};CN=On:mailto:${by}`,
    `SEQUENCE:${sequence}`,
    'COMMENT:Bận họp\\, xin phép',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
const answerOf = async (id: InvitationId) =>
  (await readInvitation(server.database.read, id))?.standing.answer?.said ?? null;

describe('an answer of a calendar', () => {
  test('from where the letter went counts; a later one takes its place, an older one does not', async () => {
    const id = await invite();
    await part(usual(id), 'REQUEST');
    expect(await take(reply(id, { partstat: 'ACCEPTED' }))).toBe(true);
    expect(await answerOf(id)).toEqual({ answer: 'coming' });
    expect(await take(reply(id, { partstat: 'DECLINED', stamp: '20250108T005900Z' }))).toBe(true);
    expect(await answerOf(id)).toEqual({ answer: 'coming' });
    clock.advance(60_000);
    expect(await take(reply(id, { partstat: 'DECLINED', stamp: '20990101T000000Z' }))).toBe(true);
    expect(await answerOf(id)).toEqual({ answer: 'not-coming', reason: 'Bận họp, xin phép' });
    clock.advance(60_000);
    expect(await take(reply(id, { partstat: 'ACCEPTED', stamp: '20250108T010200Z' }))).toBe(true);
    expect(await answerOf(id)).toEqual({ answer: 'coming' });
  });

  test('that sends somebody else proposes them', async () => {
    const id = await invite();
    await part(usual(id), 'REQUEST');
    const more = ';DELEGATED-TO="mailto:thay@don-vi.example"';
    expect(await take(reply(id, { partstat: 'DELEGATED', more }))).toBe(true);
    expect(await answerOf(id)).toMatchObject({
      answer: 'substitute',
      substitute: { name: 'thay@don-vi.example', email: 'thay@don-vi.example' },
      reason: 'Bận họp, xin phép',
    });
  });

  test('of somebody else, of an entry that was changed since, of an unknown one or without a decision is left to people', async () => {
    const id = await invite();
    await part(usual(id), 'REQUEST');
    await part({ ...usual(id), place: 'Nơi khác' }, 'REQUEST');
    const now = { partstat: 'ACCEPTED', sequence: 1 };
    expect(await take(reply(id, { partstat: 'ACCEPTED', sequence: 0 }))).toBe(false);
    expect(await take(reply(id, now), 'ke-gian@xa.example')).toBe(false);
    expect(await take(reply(id, { ...now, by: 'ke-gian@xa.example' }))).toBe(false);
    expect(await take(reply(id, { ...now, partstat: 'TENTATIVE' }))).toBe(false);
    expect(await take(reply(InvitationId.parse(server.context().newId()), now))).toBe(false);
    expect(await take(reply(await invite(), now))).toBe(false);
    expect(await take('BEGIN:VCALENDAR\r\nchẳng là gì')).toBe(false);
    expect(await answerOf(id)).toBeNull();
    expect(await take(reply(id, now))).toBe(true);
  });
});
