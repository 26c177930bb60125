import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import type { InvitationId } from '../../../domain/invitations/step.ts';
import { api } from '../../../domain/wire/api.ts';
import { createGate } from '../../../server/access/gate.ts';
import { takeReplies } from '../../../server/invitations/reply-commands.ts';
import { receiveMessage } from '../../../server/mail/receive-commands.ts';
import { hasPythonReader, readWithIcalJs, readWithPython, type ReadEvent } from '../../calendar-readers.ts';
import { testClock } from '../harness.ts';
import { settingsFor, startPost, type Post } from '../mail/post.ts';
import { sample, type Sample } from '../sample.ts';

let world: Sample;
let post: Post;
let bridge: BridgeId;
let other: BridgeId;
beforeAll(async () => {
  post = await startPost();
  world = await sample({
    communes: 4,
    mail: settingsFor(post.port),
    clock: testClock('2025-01-05T07:00:00+07:00'),
  });
  [bridge, other] = world.bridges.filter((one) => one.class === 'commune').map(({ id }) => id) as [
    BridgeId,
    BridgeId,
  ];
});
afterAll(async () => {
  await world.server.close();
  await post.close();
});

const at = () => ({ conference: world.conference, bridge });
const invitationOf = async (id: InvitationId) =>
  (await world.organizer.call(api.invitation, { params: { ...at(), invitation: id } })).invitation;

/** The calendars that somebody has got, as both readers understand them, oldest first. */
async function got(
  address: string,
  many: number,
): Promise<(ReadEvent & { readonly method: string | null })[]> {
  const places = await vi.waitFor(
    () => {
      const own = post.got.flatMap(({ to }, place) => (to === address ? [place] : []));
      if (own.length < many) throw new Error(`${own.length} letters to ${address}`);
      return own;
    },
    { timeout: 10_000, interval: 20 },
  );
  const mails = await Promise.all(places.map((place) => post.parsed(place)));
  return mails.flatMap(({ attachments }) => {
    const part = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
    if (part === undefined) return [];
    const text = new TextDecoder().decode(part.content as ArrayBuffer);
    const { method, events } = readWithIcalJs(text);
    expect(part.method).toBe(method);
    expect(hasPythonReader ? readWithPython(text).events : events).toMatchObject(
      events.map(({ uid, sequence, status, attendees, organizer }) => ({
        uid,
        sequence,
        status,
        attendees,
        organizer,
      })),
    );
    return events.map((event) => ({ ...event, method }));
  });
}

/** What a calendar program sends back through the pipe of the mail server. */
async function reply(event: ReadEvent, partstat: string, more = ''): Promise<string> {
  const address = event.attendees[0]!.value.replace('mailto:', '');
  const text = [
    `From: <${address}>`,
    'Subject: Re',
    'MIME-Version: 1.0',
    'Content-Type: text/calendar; charset=utf-8; method=REPLY',
    '',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mot chuong trinh lich//VI',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    'DTSTAMP:20250105T000000Z',
    `ATTENDEE;PARTSTAT=${partstat}${more}:mailto:${address}`,
    'COMMENT:Đi công tác',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  const received = await receiveMessage(
    world.server.context(),
    new TextEncoder().encode(text),
    takeReplies(createGate()),
  );
  return received.ok ? received.value.meaning : received.reason;
}

test('a calendar is called, answered, brought up to date, given to a substitute and called off by letters', async () => {
  await world.server.database.write.raw(
    `update person set data = json_set(data, '$.email', 'nguoi-' || id || '@don-vi.example')
     where conference = ? and id in (select person from placement where bridge = ?)`,
    [world.conference, bridge],
  );
  const params = at();
  await world.organizer.call(api.prepareInvitations, { params, body: {} });
  await world.organizer.call(api.approveInvitations, { params, body: { invitations: null } });
  await world.organizer.call(api.sendInvitations, { params, body: { by: 'mail', invitations: null } });
  const { items } = await world.organizer.call(api.searchInvitations, { params, body: { limit: 1000 } });
  const seated = await Promise.all(
    items.map(async (row) => ({ row, seat: (await invitationOf(row.id)).seat })),
  );
  const delegates = seated.filter(({ seat }) => seat?.as === 'delegate').map(({ row }) => row);
  const [anna, binh, chi] = delegates.filter(({ kind }) => kind === 'summons');
  const mailOf = (row = anna!) => `nguoi-${row.person}@don-vi.example`.toLowerCase();
  const to = (row = anna!) => post.got.find((one) => one.to.toLowerCase() === mailOf(row))?.to ?? mailOf(row);
  await vi.waitFor(() => expect(post.got).toHaveLength(items.length), { timeout: 10_000 });

  const [called] = await got(to(), 1);
  expect(called).toMatchObject({ method: 'REQUEST', sequence: 0, status: 'CONFIRMED' });
  expect(called!.attendees).toMatchObject([
    { role: 'REQ-PARTICIPANT', partstat: 'NEEDS-ACTION', rsvp: 'TRUE' },
  ]);
  expect(called!.organizer).toBe('mailto:hoinghi@tinh.example');
  expect(await reply(called!, 'ACCEPTED')).toBe('answered');
  expect((await invitationOf(anna!.id)).standing.answer?.said).toEqual({ answer: 'coming' });

  // Moved to another bridge: the same entry, a higher number, and an answer that stands.
  await world.server.database.write('placement').where({ person: anna!.person }).update({ bridge: other });
  await world.organizer.call(api.prepareInvitations, { params: { ...at(), bridge: other }, body: {} });
  const [, moved] = await got(to(), 2);
  expect(moved).toMatchObject({ method: 'REQUEST', uid: called!.uid, sequence: 1 });
  expect(moved!.attendees).toMatchObject([{ partstat: 'ACCEPTED', rsvp: 'FALSE' }]);
  expect(moved!.location).not.toBe(called!.location);
  expect(await reply(called!, 'DECLINED')).toBe('not understood');

  // Somebody else comes instead.
  const [asked] = await got(to(binh), 1);
  expect(await reply(asked!, 'DELEGATED', ';DELEGATED-TO="mailto:thay@don-vi.example"')).toBe('answered');
  await world.organizer.call(api.decideSubstitute, {
    params: { ...at(), invitation: binh!.id },
    body: { accept: true },
  });
  const [, off] = await got(to(binh), 2);
  expect(off).toMatchObject({ method: 'CANCEL', uid: asked!.uid, sequence: 1, status: 'CANCELLED' });
  expect(off!.attendees).toMatchObject([
    { partstat: 'DELEGATED', delegatedTo: 'mailto:thay@don-vi.example' },
  ]);
  await world.organizer.call(api.sendInvitations, { params, body: { by: 'mail', invitations: null } });
  const [instead] = await got('thay@don-vi.example', 1);
  expect(instead).toMatchObject({ method: 'REQUEST', sequence: 0 });
  expect(instead!.attendees).toMatchObject([{ delegatedFrom: `mailto:${to(binh)}` }]);

  // Taken back.
  const [third] = await got(to(chi), 1);
  await world.organizer.call(api.withdrawInvitations, {
    params,
    body: { invitations: [chi!.id], reason: 'Không còn giữ chức vụ' },
  });
  const [, gone] = await got(to(chi), 2);
  expect(gone).toMatchObject({ method: 'CANCEL', uid: third!.uid, sequence: 1, status: 'CANCELLED' });
  expect(await reply(gone!, 'ACCEPTED')).toBe('not understood');
});
