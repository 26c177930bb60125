import { setImmediate as breathe } from 'node:timers/promises';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import type { DueTable } from '../../../domain/wire/headcount.ts';
import {
  hostAt,
  signIn,
  socket,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { conferenceScope, setScene, type Scene } from '../reports/scene.ts';
import { remindersWait } from '../../../server/reminders/live.ts';
import { sendReminder } from '../../../server/reminders/commands.ts';
import { readReminder } from '../../../server/reminders/store.ts';

const clock = testClock('2025-01-08T08:00:00+07:00');
let server: TestServer;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock });
  scene = await setScene(server, 60);
  organizer = scene.organizer;
});
afterAll(() => server.close());

const paramsAt = (bridge: Pick<Bridge, 'id'>) => ({ conference: scene.conference, bridge: bridge.id });
const submit = (bridge: Pick<Bridge, 'id'>, total = 5) =>
  organizer.call(api.submitHeadcount, { params: paramsAt(bridge), body: { total } });
const newId = () => server.context().newId();

const remind = (
  top: Bridge,
  own: Partial<BodyInput<typeof api.remind>> = {},
  reminder = newId(),
  by = organizer,
) =>
  by.call(api.remind, {
    params: { ...paramsAt(top), reminder },
    body: { whom: 'all', skipToday: false, words: null, ...own },
  });

/** Lets the minute go by, and waits until the server has sent what waited. */
async function sent(id: string): Promise<number> {
  clock.advance(60_000);
  remindersWait(server.database);
  return await vi.waitFor(
    async () => {
      const { items } = await organizer.call(api.reminders, { params: paramsAt(scene.root) });
      const found = items.find((one) => one.id === id);
      if (found?.sentAt == null) throw new Error('still waits');
      return found.reached;
    },
    { timeout: 5000, interval: 50 },
  );
}

interface Row {
  readonly state: DueTable['states'][number];
  readonly revision: number;
  readonly opened: number;
  readonly reminded: number;
  readonly seen: number;
}

async function rows(top: Bridge): Promise<ReadonlyMap<BridgeId, Row>> {
  const { table } = await organizer.call(api.dueTable, { params: paramsAt(top), query: {} });
  if (table === null) throw new Error('no table');
  return new Map(
    table.ids.map((id, at) => [
      id,
      {
        state: table.states[at] ?? null,
        revision: table.revisions[at] ?? 0,
        opened: table.opened[at] ?? 0,
        reminded: table.reminded[at] ?? 0,
        seen: table.seen[at] ?? 0,
      },
    ]),
  );
}
const timesReminded = async (bridge: Bridge): Promise<number> =>
  (await rows(bridge)).get(bridge.id)?.reminded ?? -1;

/** Writes down in which order steps of reports and reminders are committed. */
async function keepOrder(): Promise<void> {
  const db = server.database.write;
  await db.raw('create table happened (place integer primary key, what text, bridge text)');
  for (const [table, what] of [
    ['headcount_step', 'step'],
    ['reminder_to', 'reminder'],
  ])
    await db.raw(
      `create trigger happened_${table} after insert on ${table}
       begin insert into happened (what, bridge) values (new.${what}, new.bridge); end`,
    );
}

let taken = 0;
/** A district of its own for each test, with its communes. */
function nextDistrict(): { readonly district: Bridge; readonly communes: readonly Bridge[] } {
  const districts = scene.below(scene.province).filter((one) => scene.below(one).length > 1);
  const district = districts[taken++];
  if (district === undefined) throw new Error('no district left');
  return { district, communes: scene.below(district) };
}

describe('a reminder', () => {
  test('waits a minute, reaches those below that have not answered, and stands on their form until they see it', async () => {
    const { district, communes } = nextDistrict();
    const [first, second] = communes as [Bridge, Bridge];
    await submit(first);
    const { id, goesAt, askedAt } = await remind(district, { words: 'Gửi trước  17 giờ' });
    expect(goesAt - askedAt).toBe(60_000);
    clock.advance(59_000);
    expect(await timesReminded(second)).toBe(0);
    clock.advance(-59_000);
    expect(await sent(id)).toBe(communes.length - 1);
    expect(await timesReminded(first)).toBe(0);
    expect(await timesReminded(district)).toBe(0);

    const host = await signIn(server, [hostAt(scene.conference, second.id)], 'Vi Văn Cửa');
    const params = paramsAt(second);
    const { reminders } = await host.call(api.headcount, { params });
    expect(reminders).toMatchObject([{ words: 'Gửi trước 17 giờ', seenAt: null, by: 'Trần Thử Nghiệm' }]);
    const [owed] = (await host.call(api.myHeadcounts)).items;
    expect(owed).toMatchObject({ bridge: second.id, state: null, reminder: { times: 1 } });
    // Whoever looks in from above is not the unit.
    expect(await organizer.call(api.seeHeadcount, { params })).toEqual({ seen: 0 });
    expect((await rows(district)).get(second.id)).toMatchObject({ opened: 0, seen: 0 });
    expect(await host.call(api.seeHeadcount, { params })).toEqual({ seen: 1 });
    expect(await host.call(api.seeHeadcount, { params })).toEqual({ seen: 0 });
    expect((await rows(district)).get(second.id)).toMatchObject({ opened: 1, seen: 1, reminded: 1 });
    await host.call(api.submitHeadcount, { params, body: { total: 9 } });
    expect((await host.call(api.myHeadcounts)).items).toEqual([]);
  });

  test('can be taken back until it goes, and not after', async () => {
    const { district } = nextDistrict();
    const { id } = await remind(district);
    const params = { ...paramsAt(district), reminder: id };
    expect(await organizer.call(api.withdrawReminder, { params })).toMatchObject({ withdrawnAt: clock() });
    await organizer.call(api.withdrawReminder, { params });
    const other = await remind(district);
    expect(await sent(other.id)).toBeGreaterThan(0);
    expect(await timesReminded(scene.below(district)[0]!)).toBe(1);
    const late = await organizer.refusal(api.withdrawReminder, {
      params: { ...params, reminder: other.id },
    });
    expect(late.code).toBe('wrong-state');
    const elsewhere = await organizer.refusal(api.withdrawReminder, {
      params: { ...paramsAt(scene.province), reminder: other.id },
    });
    expect(elsewhere.code).toBe('not-found');
  });

  test('that is asked for twice with one id is one, however close together', async () => {
    const { district, communes } = nextDistrict();
    const id = newId();
    const answers = await Promise.all(Array.from({ length: 5 }, () => remind(district, {}, id)));
    expect(new Set(answers.map(({ goesAt }) => goesAt)).size).toBe(1);
    expect(await sent(id)).toBe(communes.length);
    await remind(district, {}, id);
    clock.advance(120_000);
    expect(await timesReminded(communes[0]!)).toBe(1);
    const other = await signIn(server, [unitOrganizerAt(scene.conference, district.id)]);
    const params = { ...paramsAt(district), reminder: id };
    const body = { whom: 'all', skipToday: false, words: null } as const;
    expect((await other.refusal(api.remind, { params, body })).code).toBe('conflict');
  });

  test('can be for those who never opened their form, for those who were returned theirs, and without those reminded today', async () => {
    const { district, communes } = nextDistrict();
    const [opened, returned, reminded] = communes as [Bridge, Bridge, Bridge];
    const host = await signIn(server, [hostAt(scene.conference, opened.id)]);
    await host.call(api.seeHeadcount, { params: paramsAt(opened) });
    await submit(returned);
    await organizer.call(api.returnHeadcount, { params: paramsAt(returned), body: { remark: 'Thiếu' } });
    expect(await sent((await remind(district, { whom: 'returned' })).id)).toBe(1);
    expect(await sent((await remind(district, { whom: 'never-opened' })).id)).toBe(communes.length - 2);
    expect(await timesReminded(reminded)).toBe(1);
    // Only the one that had the form before it has not been reminded today.
    expect(await sent((await remind(district, { skipToday: true })).id)).toBe(1);
    expect(await sent((await remind(district)).id)).toBe(communes.length);
  });

  test('never reaches a unit that has answered by then, in whatever order answers and the reminder come', async () => {
    const { district, communes } = nextDistrict();
    const scope = await conferenceScope(server.context(), scene.conference);
    await keepOrder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(communes.length - 1), { minLength: 1, maxLength: 6 }),
        fc.nat(12),
        async (answering, delay) => {
          run += 1;
          const { id } = await remind(district);
          const reminder = await readReminder(server.database.read, id);
          if (reminder === null) throw new Error('the reminder is gone');
          const going = async (): Promise<void> => {
            for (let turn = 0; turn < delay; turn++) await breathe();
            await sendReminder(server.context(), scope, reminder);
          };
          const units = [...new Set(answering)].map((at) => communes[at]!);
          await Promise.all([...units.map((unit) => submit(unit, run)), going()]);
          const order = await server.database.read('happened').orderBy('place').select('what', 'bridge');
          const answered = new Set<string>();
          const reached = new Set<string>();
          const tooLate: string[] = [];
          for (const { what, bridge } of order as { what: string; bridge: string }[]) {
            if (what === id) {
              if (answered.has(bridge)) tooLate.push(bridge);
              reached.add(bridge);
            } else if (what === 'submit') answered.add(bridge);
            else if (what === 'return') answered.delete(bridge);
          }
          expect(tooLate, 'reminded after they had answered').toEqual([]);
          // Nobody else was left out either.
          const open = communes.filter((one) => !units.includes(one));
          expect(open.filter((one) => !reached.has(one.id))).toEqual([]);
          for (const unit of units)
            await organizer.call(api.returnHeadcount, { params: paramsAt(unit), body: { remark: 'Lại' } });
        },
      ),
      { numRuns: 15 },
    );
  });

  test('that goes out twice at once, by two processes, reaches everybody once', async () => {
    const { district, communes } = nextDistrict();
    const scope = await conferenceScope(server.context(), scene.conference);
    const { id } = await remind(district);
    const reminder = await readReminder(server.database.read, id);
    const times = await Promise.all(
      Array.from({ length: 4 }, () => sendReminder(server.context(), scope, reminder!)),
    );
    expect(times.filter((reached) => reached !== null)).toHaveLength(1);
    expect(await timesReminded(communes[1]!)).toBe(1);
  });

  test('is told to whoever has the form open, and to whoever watches from above', async () => {
    const { district, communes } = nextDistrict();
    const [commune, beside] = communes as [Bridge, Bridge];
    const host = await signIn(server, [hostAt(scene.conference, commune.id)]);
    const line = await socket(server, host.cookie);
    const above = await socket(server, organizer.cookie);
    const told: string[] = [];
    line.socket.on('headcount:changed', ({ bridge }) => void told.push(`host ${bridge}`));
    above.socket.on('headcount:changed', ({ bridge }) => void told.push(`above ${bridge}`));
    expect(await line.ask('headcount:watch', paramsAt(commune))).toEqual({ ok: true });
    expect(await above.ask('headcount:watch', paramsAt(scene.root))).toEqual({ ok: true });
    await submit(beside);
    await vi.waitFor(() => expect(told).toEqual([`above ${scene.root.id}`]), { timeout: 5000 });
    expect(await line.ask('headcount:watch', paramsAt(beside))).toMatchObject({ ok: false });
    await sent((await remind(district)).id);
    await vi.waitFor(() => expect(told).toContain(`host ${commune.id}`), { timeout: 5000 });
    line.close();
    above.close();
  });

  test('is in the audit trail with whom it reached, and as a file go those who have not answered', async () => {
    const { district, communes } = nextDistrict();
    const { id } = await remind(district, { words: 'Xin gửi sớm' });
    await sent(id);
    const trail = await organizer.call(api.conferenceAudit, {
      params: { conference: scene.conference },
      body: { limit: 50 },
    });
    const acts = JSON.stringify(trail);
    expect(acts).toContain('sendReminder');
    const file = await organizer.response(api.exportUnanswered, {
      params: paramsAt(district),
      query: { format: 'csv', language: 'vi' },
    });
    const text = await file.text();
    for (const commune of communes) expect(text).toContain(commune.name);
    expect(text.trim().split('\n')).toHaveLength(communes.length + 1);
  });
});

describe('decisions on many reports', () => {
  test('hold for each by itself: one that was sent anew meanwhile is told, the others are accepted, and it can be taken back', async () => {
    const { district, communes } = nextDistrict();
    const [first, second, third] = communes as [Bridge, Bridge, Bridge];
    for (const one of [first, second, third]) await submit(one, 7);
    await submit(second, 8);
    const params = paramsAt(district);
    const reports = [first, second, third].map(({ id }) => ({ bridge: id, revision: 1 }));
    const decided = await organizer.call(api.decideHeadcounts, {
      params,
      body: { reports, decision: { kind: 'accept' } },
    });
    expect(decided.done).toEqual([first.id, third.id]);
    expect(decided.refused).toMatchObject([{ bridge: second.id, name: second.name }]);
    const back = await organizer.call(api.decideHeadcounts, {
      params,
      body: { reports: [{ bridge: first.id, revision: 1 }], decision: { kind: 'withdraw' } },
    });
    expect(back.done).toEqual([first.id]);
    const { report } = await organizer.call(api.headcount, { params: paramsAt(first) });
    expect(report?.state).toBe('submitted');
    expect(report?.history.map(({ step }) => step)).toEqual(['submit', 'accept', 'withdraw']);
    expect((await rows(district)).get(third.id)?.state).toBe('accepted');
  });

  test('reach nothing above the bridge at which they are made, and its own report for whoever stands above it', async () => {
    const { district } = scene;
    const upper = await signIn(server, [unitOrganizerAt(scene.conference, district.id)]);
    await submit(district, 4);
    const reports = [district, scene.province].map(({ id }) => ({ bridge: id, revision: 1 }));
    const asked = { params: paramsAt(district), body: { reports, decision: { kind: 'accept' as const } } };
    const itself = await upper.call(api.decideHeadcounts, asked);
    expect(itself.done).toEqual([]);
    expect(itself.refused).toHaveLength(2);
    const above = await organizer.call(api.decideHeadcounts, asked);
    expect(above.done).toEqual([district.id]);
    expect(above.refused).toMatchObject([{ bridge: scene.province.id }]);
  });
});
