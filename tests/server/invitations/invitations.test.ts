import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import type { BridgeId, PersonId } from '../../../domain/ids.ts';
import { standingOf } from '../../../domain/invitations/life.ts';
import type { InvitationId } from '../../../domain/invitations/step.ts';
import { api } from '../../../domain/wire/api.ts';
import type { InvitationRow } from '../../../domain/wire/invitations.ts';
import { remindWhoHaveNotAnswered } from '../../../server/invitations/settings-commands.ts';
import { createGate } from '../../../server/access/gate.ts';
import { takeReplies } from '../../../server/invitations/reply-commands.ts';
import { receiveMessage } from '../../../server/mail/receive-commands.ts';
import { signIn, testClock, unitOrganizerAt, type SignedInClient } from '../harness.ts';
import { operatorOf } from '../operator.ts';
import { sample, type Sample } from '../sample.ts';
import { bounceOf, settingsFor, startPost, type Post } from '../mail/post.ts';

let world: Sample;
let organizer: SignedInClient;
let post: Post;
let bridge: BridgeId;
let other: BridgeId;

/** Each test has a commune of its own, and another one beside it. */
let communes: BridgeId[];

beforeAll(async () => {
  post = await startPost();
  world = await sample({
    communes: 18,
    mail: settingsFor(post.port),
    clock: testClock('2025-01-05T07:00:00+07:00'),
  });
  organizer = world.organizer;
  communes = world.bridges.filter((one) => one.class === 'commune').map(({ id }) => id);
});
beforeEach(() => {
  other = communes.at(-1)!;
  bridge = communes.shift()!;
});
afterAll(async () => {
  await world.server.close();
  await post.close();
});

/** Days later whoever organizes has signed in anew. */
async function goTo(iso: string): Promise<void> {
  world.clock.set(iso);
  organizer = await signIn(world.server);
}

const at = (own = bridge) => ({ conference: world.conference, bridge: own });
const list = async (own = bridge, body: object = {}) =>
  await organizer.call(api.searchInvitations, { params: at(own), body: { limit: 1000, ...body } });
const prepare = async (own = bridge, body: object = {}) =>
  await organizer.call(api.prepareInvitations, { params: at(own), body });
const approve = async () =>
  await organizer.call(api.approveInvitations, { params: at(), body: { invitations: null } });
const send = async (by: 'mail' | 'paper', invitations: InvitationId[] | null = null) =>
  await organizer.call(api.sendInvitations, { params: at(), body: { by, invitations } });
const one = async (id: InvitationId) =>
  await organizer.call(api.invitation, { params: { ...at(), invitation: id } });
const answer = (id: InvitationId, said: object) =>
  ({ params: { ...at(), invitation: id }, body: { said } }) as never;

/** Gives everybody at the bridge an address, but for those that are named. */
async function withAddresses(...without: string[]): Promise<void> {
  await world.server.database.write.raw(
    `update person set data = json_set(data, '$.email', 'nguoi-' || id || '@don-vi.example')
     where conference = ? and id in (select person from placement where bridge = ?)
       and id not in (select value from json_each(?))`,
    [world.conference, bridge, JSON.stringify(without)],
  );
}
async function sentOnPaper(): Promise<InvitationRow[]> {
  await prepare();
  await approve();
  await send('paper');
  return (await list()).items;
}
const WORDS = {
  name: 'Lò Thị Ổn Định',
  position: 'Phó Chủ tịch Hội Nông dân xã',
  unit: null,
  phone: '0912 000 111',
  email: 'on@don-vi.example',
};
const PROPOSED = { answer: 'substitute', substitute: WORDS, reason: 'Đi công tác' };

describe('invitations of a bridge', () => {
  test('are prepared once for everybody seated there and below, approved, and only then sent', async () => {
    const { pending, items } = await list();
    expect(items).toEqual([]);
    expect(pending.toPrepare).toBeGreaterThan(3);
    expect(await prepare()).toEqual({ prepared: pending.toPrepare, moved: 0 });
    expect(await prepare()).toEqual({ prepared: 0, moved: 0 });
    expect(await send('paper')).toEqual({ sent: 0, withoutAddress: 0 });
    expect(await approve()).toEqual({ approved: pending.toPrepare });
    expect(await send('paper')).toEqual({ sent: pending.toPrepare, withoutAddress: 0 });
    const { counts } = await list();
    expect(counts).toMatchObject({ unanswered: pending.toPrepare, prepared: 0, approved: 0 });
  });

  test('are of two kinds: a guest is invited, all others are summoned, and the log says who did what', async () => {
    const { write } = world.server.database;
    const [guest] = await world.seatedAt(bridge);
    await write('placement').where({ person: guest!.person }).update({ basis: 'invited' });
    await prepare();
    const { items } = await list();
    const kinds = new Map(items.map(({ person, kind }) => [person, kind]));
    expect(kinds.get(guest!.person)).toBe('invitation');
    expect([...kinds.values()].filter((kind) => kind === 'invitation')).toHaveLength(1);
    const { log, invitation } = await one(items[0]!.id);
    expect(log).toMatchObject([{ via: 'organizer', what: { step: 'prepared' }, exception: null }]);
    expect(log[0]!.by).not.toBeNull();
    expect(invitation.convenedBy).toBe(invitation.bridge.name);
  });

  test('that were taken back begin anew one by one, and nobody else’s with them', async () => {
    await prepare();
    const [back, forth] = (await list()).items as [InvitationRow, InvitationRow];
    for (const { id } of [back, forth])
      await organizer.call(api.withdrawInvitations, {
        params: at(),
        body: { invitations: [id], reason: 'Nhầm' },
      });
    expect((await list()).counts.withdrawn).toBe(2);
    expect(await prepare()).toEqual({ prepared: 0, moved: 0 });
    expect(await prepare(bridge, { anew: [back.id] })).toEqual({ prepared: 1, moved: 0 });
    expect((await one(back.id)).invitation.standing.stage).toBe('prepared');
    expect((await one(forth.id)).invitation.standing.stage).toBe('withdrawn');
    expect(await prepare(bridge, { anew: [back.id] })).toEqual({ prepared: 0, moved: 0 });
  });

  test('follow the seat: whoever sits elsewhere now is moved, whoever has none is shown and can be taken back', async () => {
    const { write } = world.server.database;
    const items = await sentOnPaper();
    const [moved, gone] = items.filter(({ kind }) => kind === 'summons') as [InvitationRow, InvitationRow];
    await write('placement').where({ person: moved.person }).update({ bridge: other });
    await write('placement').where({ person: gone.person }).update({ bridge: null, as: null, basis: null });
    const before = await list();
    expect(before.pending).toMatchObject({ toMove: 0, withoutSeat: 1 });
    expect(before.items.find(({ id }) => id === moved.id)?.placedAt?.bridge).toBe(other);
    expect(await prepare(other)).toMatchObject({ moved: 1 });
    expect((await list(other)).items.find(({ id }) => id === moved.id)?.bridge).toBe(other);
    const back = await organizer.call(api.withdrawInvitations, {
      params: at(),
      body: { invitations: null, reason: 'Không còn chỗ' },
    });
    expect(back).toEqual({ withdrawn: 1 });
    expect((await list()).items.find(({ id }) => id === gone.id)).toMatchObject({
      state: 'withdrawn',
      reason: 'Không còn chỗ',
    });
    expect(await prepare()).toMatchObject({ prepared: 0 });
  });

  test('of another bridge are not there for whoever organizes this one', async () => {
    await prepare(other);
    const [stranger] = (await list(other)).items;
    const asked = { params: { ...at(), invitation: stranger!.id } };
    expect((await organizer.refusal(api.invitation, asked)).code).toBe('not-found');
    const { withdrawn } = await organizer.call(api.withdrawInvitations, {
      params: at(),
      body: { invitations: [stranger!.id], reason: 'Nhầm' },
    });
    expect(withdrawn).toBe(0);
  });
});

describe('letters', () => {
  test('go by mail to those with an address; what becomes of them comes back into their invitations', async () => {
    const seated = await world.seatedAt(bridge);
    await withAddresses(seated[0]!.person);
    await prepare();
    await approve();
    const sent = await send('mail');
    expect(sent).toEqual({ sent: seated.length - 1, withoutAddress: 1 });
    await vi.waitFor(async () => expect((await list()).counts.unanswered).toBe(seated.length - 1), 10_000);
    const { items, counts } = await list();
    expect(counts).toMatchObject({ queued: 0, approved: 1, unanswered: seated.length - 1 });
    const bounced = items.find(({ state }) => state === 'unanswered')!;
    const raw = post.got.find(({ to }) => to.includes(bounced.person))!.raw;
    const [, messageId = ''] = /^Message-ID: (\S+)/im.exec(raw) ?? [];
    const bounce = new TextEncoder().encode(bounceOf({ messageId }));
    await receiveMessage(world.server.context(), bounce, takeReplies(createGate()));
    await vi.waitFor(async () => expect((await list()).counts.bounced).toBe(1), 10_000);
    const { log } = await one(bounced.id);
    expect(log.map(({ what }) => what.step)).toEqual(['prepared', 'approved', 'queued', 'sent', 'bounced']);
    expect(log.at(-1)).toMatchObject({ via: 'program', by: null });
    expect(log.at(-1)!.what).toMatchObject({ why: expect.stringContaining('5.1.1') });
  });

  test('say by whom, where, when and on which chair, as text and as a page, whatever is in a name', async () => {
    await prepare();
    const { items } = await list();
    const { write } = world.server.database;
    const [hostile] = items;
    await write.raw(`update person set data = json_set(data, '$.name', ?) where id = ?`, [
      'Lò "Ổn"\r\nBcc: x@y.example <img src=x onerror=alert(1)>',
      hostile!.person,
    ]);
    const preview = await organizer.call(api.previewInvitation, {
      params: { ...at(), invitation: hostile!.id },
    });
    expect(preview.html).not.toContain('<img src=x');
    expect(preview.subject).not.toMatch(/[\r\n]/);
    expect(preview.text).toContain('Thời gian');
    expect(preview.subject).toMatch(/^(Thông báo triệu tập|Giấy mời) dự: /);
  });

  test('that wait do not go once the invitation is taken back', async () => {
    await withAddresses();
    const { port } = post;
    await post.close();
    await prepare();
    await approve();
    await send('mail');
    const [first] = (await list(bridge, { state: 'queued' })).items;
    await organizer.call(api.withdrawInvitations, {
      params: at(),
      body: { invitations: [first!.id], reason: 'Đổi thành phần' },
    });
    const rows = await world.server.database
      .read('letter')
      .where({ about_id: first!.id })
      .select<{ state: string }[]>('state');
    expect(rows).toEqual([{ state: 'withdrawn' }]);
    post = await startPost({}, port);
  });
});

describe('an answer', () => {
  test('is entered by an organizer, the last one counts, and the standing is what the log folds to', async () => {
    const [first] = await sentOnPaper();
    await organizer.call(api.answerInvitation, answer(first!.id, { answer: 'coming' }));
    const said = { answer: 'not-coming', reason: 'Ốm' };
    const view = await organizer.call(api.answerInvitation, answer(first!.id, said));
    expect(view.standing.answer?.said).toEqual(said);
    const { invitation, log } = await one(first!.id);
    expect(standingOf(log)).toEqual(invitation.standing);
    expect((await list(bridge, { state: 'not-coming' })).items).toMatchObject([{ reason: 'Ốm' }]);
  });

  test('is refused before the letter went', async () => {
    await prepare();
    const [first] = (await list()).items;
    const early = await organizer.refusal(api.answerInvitation, answer(first!.id, { answer: 'coming' }));
    expect(early.code).toBe('wrong-state');
  });
});

async function proposed(): Promise<InvitationRow> {
  const items = await sentOnPaper();
  const seated = await world.seatedAt(bridge);
  const delegates = new Set(seated.filter(({ as }) => as === 'delegate').map(({ person }) => person));
  const first = items.find(({ person }) => delegates.has(person))!;
  await organizer.call(api.answerInvitation, answer(first.id, PROPOSED));
  return first;
}
const decide = (id: InvitationId, body: object) => ({ params: { ...at(), invitation: id }, body }) as never;

describe('a substitute', () => {
  test('that is only proposed is nobody of the roster', async () => {
    await proposed();
    const { items } = await organizer.call(api.people, {
      params: { conference: world.conference },
      body: { q: 'Lò Thị Ổn Định' },
    });
    expect(items).toEqual([]);
  });

  test('that is accepted has the seat with its number and an invitation; the other is kept out and their pass is void', async () => {
    const first = await proposed();
    const { write } = world.server.database;
    await organizer.call(api.setSeatNumber, {
      params: { ...at(), person: first.person },
      body: { was: null, number: 'B12' },
    });
    await write('placement').where({ person: first.person }).update({ basis: 'invited' });
    const unit = await signIn(world.server, [unitOrganizerAt(world.conference, bridge)]);
    const view = await unit.call(api.decideSubstitute, decide(first.id, { accept: true }));
    const person = view.standing.substitute?.person as PersonId;
    const { items } = await organizer.call(api.seatNumbers, { params: at() });
    expect(items.find((row) => row.person === person)).toMatchObject({ name: WORDS.name, number: 'B12' });
    expect(items.some((row) => row.person === first.person)).toBe(false);
    const own = (await list()).items.find((row) => row.person === person);
    expect(own).toMatchObject({ state: 'approved', kind: first.kind });
    expect((await list()).items.find(({ id }) => id === first.id)?.state).toBe('substitute-accepted');
    const serials = await write('pass_reissue').where({ person: first.person }).pluck('serial');
    expect(serials).toEqual([2]);
    // Placing everybody anew changes nothing of it: who comes instead of a guest is a guest.
    await organizer.call(api.place, { params: { conference: world.conference }, body: {} });
    const seats = await write('placement')
      .whereIn('person', [person, first.person])
      .select<{ person: string; bridge: string | null; basis: string | null }[]>('person', 'bridge', 'basis');
    expect(seats).toEqual(
      expect.arrayContaining([
        { person, bridge, basis: 'invited' },
        { person: first.person, bridge: null, basis: null },
      ]),
    );
  });

  test('that is in the roster by the same name and telephone is that person; with a seat of their own they cannot come', async () => {
    const first = await proposed();
    const seated = (await world.seatedAt(other))[0]!;
    const { name } = seated;
    await world.server.database.write.raw(
      `update person set data = json_set(data, '$.phone', ?) where id = ?`,
      [WORDS.phone, seated.person],
    );
    const said = { ...PROPOSED, substitute: { ...WORDS, name } };
    await organizer.call(api.answerInvitation, answer(first.id, said));
    const refusal = await organizer.refusal(api.decideSubstitute, decide(first.id, { accept: true }));
    expect(refusal.code).toBe('conflict');
    const { invitation } = await one(first.id);
    expect(invitation.standing.substitute?.state).toBe('proposed');
    expect(invitation.seat).not.toBeNull();
  });

  test('that is refused leaves the seat, is told why, and the answer is waited for again', async () => {
    const first = await proposed();
    const refused = { accept: false, reason: 'Phải dự đích danh' };
    const view = await organizer.call(api.decideSubstitute, decide(first.id, refused));
    expect(view.standing.substitute).toMatchObject({ state: 'refused', reason: 'Phải dự đích danh' });
    expect(view.seat).not.toBeNull();
    const again = await organizer.refusal(api.decideSubstitute, decide(first.id, { accept: true }));
    expect(again.code).toBe('wrong-state');
  });
});

const settings = (body: object) => ({ params: { conference: world.conference }, body }) as never;
const remind = async () => {
  const context = world.server.context();
  const { conference } = await operatorOf(context, world.conference, bridge);
  return await remindWhoHaveNotAnswered(context, conference);
};

describe('reminders', () => {
  test('go once in a round and only to those who have not answered; a stop ends them', async () => {
    await withAddresses();
    const days = [5, 2];
    await organizer.call(
      api.setInvitationSettings,
      settings({ freezeDays: 3, reminders: { days, isStopped: false } }),
    );
    const items = await sentOnPaper();
    await organizer.call(api.answerInvitation, answer(items[0]!.id, { answer: 'coming' }));
    expect(await remind()).toBeNull();
    await goTo('2025-01-08T08:00:00+07:00');
    await remind();
    expect(await remind()).toBeNull();
    const { reminders } = await organizer.call(api.invitationSettings, {
      params: { conference: world.conference },
    });
    expect(reminders.rounds[0]).toMatchObject({ days: 5, sentAt: world.clock() });
    const reminded = await world.server.database
      .read('invitation_letter')
      .where({ kind: 'reminder' })
      .whereIn(
        'invitation',
        items.map(({ id }) => id),
      )
      .pluck('invitation');
    expect(new Set(reminded)).toEqual(new Set(items.slice(1).map(({ id }) => id)));
    expect(reminded).toHaveLength(items.length - 1);
    await organizer.call(
      api.setInvitationSettings,
      settings({ freezeDays: 3, reminders: { days, isStopped: true } }),
    );
    await goTo('2025-01-11T08:00:00+07:00');
    expect(await remind()).toBeNull();
  });
});

describe('names', () => {
  test('are frozen so many days before: later changes ask who allows them and why, and stand on the security list', async () => {
    await goTo('2025-01-05T07:00:00+07:00');
    const items = await sentOnPaper();
    await goTo('2025-01-11T08:00:00+07:00');
    const [first] = items;
    const body = { invitations: [first!.id], reason: 'Đổi thành phần' };
    const refusal = await organizer.refusal(api.withdrawInvitations, { params: at(), body });
    expect(refusal).toMatchObject({ code: 'has-errors', faults: [{ at: 'exception' }] });
    const exception = { allowedBy: 'Lò Thị Ổn', why: 'Theo công văn mới' };
    await organizer.call(api.withdrawInvitations, { params: at(), body: { ...body, exception } });
    const file = await organizer.response(api.securityList, {
      params: at(),
      query: { format: 'csv' },
    });
    const lines = (await file.text()).split('\n');
    const line = lines.find((each) => each.includes(first!.name));
    expect(line).toContain('Rút tên');
    expect(line).toContain('Lò Thị Ổn');
    expect(line).toContain('Theo công văn mới');
    expect(lines.filter((each) => each.trim() !== '')).toHaveLength(items.length + 1);
  });
});

test('nobody answers an invitation any more once the conference has begun', async () => {
  await goTo('2025-01-05T07:00:00+07:00');
  const [first] = await sentOnPaper();
  await goTo('2025-01-13T09:00:00+07:00');
  const late = await organizer.refusal(api.answerInvitation, answer(first!.id, { answer: 'coming' }));
  expect(late.detail).toContain('Hội nghị đã bắt đầu');
});
