import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { BridgeId, ConferenceId, SessionId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import {
  client,
  hostAt,
  organizerOf,
  signIn,
  socket,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { samplePlan } from '../plans/sample.ts';
import * as rows from '../rows.ts';
import { addPerson } from './people.ts';

type Input = BodyInput<typeof api.addSession>;

const clock = testClock('2025-01-13T08:05:00+07:00');
let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;
beforeAll(async () => {
  server = await startTestServer({ clock });
  organizer = await signIn(server);
});
beforeEach(async () => {
  clock.set('2025-01-13T08:05:00+07:00');
  conference = await newConference();
});
afterAll(() => server.close());

let rooms = 0;
/** A conference with the sample's hours, in a room of its own. */
async function newConference(): Promise<ConferenceId> {
  rooms += 1;
  const made = await organizer.call(api.createConference, {
    body: { text: null, plan: samplePlan({ venue: `Phòng họp số ${rooms}` }), treeDate: null },
  });
  return made.conference.id;
}

const at = (iso: string): Instant => Date.parse(`${iso}:00+07:00`) as Instant;
const lineTest = (changes: Partial<Input> = {}): Input => ({
  kind: 'line-test',
  title: 'Thử đường truyền lần 1',
  startsAt: at('2025-01-11T14:00'),
  endsAt: at('2025-01-11T16:00'),
  ...changes,
});
const add = (changes: Partial<Input> = {}, to = conference) =>
  organizer.call(api.addSession, { params: { conference: to }, body: lineTest(changes) });

describe('sessions', () => {
  test('are listed by start: the line test, the rehearsal, then the session of the plan', async () => {
    await add({
      kind: 'rehearsal',
      title: 'Tổng duyệt',
      startsAt: at('2025-01-12T08:00'),
      endsAt: at('2025-01-12T11:00'),
    });
    const { session } = await add({ agenda: [] });
    expect(session).toMatchObject({ kind: 'line-test', format: null, venue: null, agenda: [] });
    const { items, conflicts } = await organizer.call(api.sessions, { params: { conference } });
    expect(items.map((item) => item.kind)).toEqual(['line-test', 'rehearsal', 'session']);
    expect(items.every((item) => item.conference === conference)).toBe(true);
    expect(conflicts).toEqual([]);
  });

  test.each([
    ['that ends as it starts', { endsAt: at('2025-01-11T14:00') }, 'endsAt'],
    ['in seconds instead of milliseconds', { startsAt: 1_736_564_400 }, 'startsAt'],
    ['beyond every calendar', { endsAt: Number.MAX_SAFE_INTEGER }, 'endsAt'],
    ['with half a millisecond', { startsAt: 0.5 }, 'startsAt'],
    ['without a title', { title: '   ' }, 'title'],
    ['of a kind that there is not', { kind: 'party' as 'session' }, 'kind'],
    [
      'whose presenter nobody knows',
      {
        agenda: [
          { title: 'Khai mạc', presenter: null, presenterPerson: null, minutes: 5, limit: null },
          {
            title: 'Báo cáo',
            presenter: null,
            presenterPerson: 'ai-do',
            minutes: 5,
            limit: null,
          },
        ],
      },
      'agenda.1.presenterPerson',
    ],
  ] satisfies [string, Partial<Input>, string][])('a session %s is refused', async (_, changes, field) => {
    const problem = await organizer.refusal(api.addSession, {
      params: { conference },
      body: lineTest(changes),
    });
    expect(problem.code).toBe('malformed');
    expect(problem.faults?.map((fault) => fault.at)).toEqual([field]);
    expect((await organizer.call(api.sessions, { params: { conference } })).items).toHaveLength(1);
  });
});

describe('conflicts', () => {
  test('of bridges and of the room are told and do not refuse', async () => {
    const { items } = await organizer.call(api.sessions, { params: { conference } });
    const during = { startsAt: at('2025-01-13T10:00'), endsAt: at('2025-01-13T12:00') };
    const { session, conflicts } = await add({ ...during, venue: items[0]?.venue ?? null });
    expect(conflicts.map(({ code, severity }) => [code, severity])).toEqual([
      ['conflict-room', 'warning'],
      ['conflict-bridge', 'warning'],
    ]);
    expect(conflicts[1]?.message).toContain('10:00-11:30 thứ Hai, 13/01/2025');
    const list = await organizer.call(api.sessions, { params: { conference } });
    expect(list.items.map((item) => item.id)).toContain(session.id);
    expect(list.conflicts).toEqual(conflicts);
  });

  test('that touch without overlapping are none', async () => {
    const { conflicts } = await add({ startsAt: at('2025-01-13T11:30'), endsAt: at('2025-01-13T12:00') });
    expect(conflicts).toEqual([]);
  });

  test('with another conference name it to who sees both, and to others only that the room is taken', async () => {
    const other = await newConference();
    const { venue } = samplePlan();
    const taken = { startsAt: at('2025-02-03T08:00'), endsAt: at('2025-02-03T10:00') };
    await add({ ...taken, title: 'Buổi họp kín', venue }, other);
    const body = lineTest({ ...taken, venue: venue?.toUpperCase() ?? null });
    const own = await signIn(server, [organizerOf(conference)]);
    const { conflicts } = await own.call(api.addSession, { params: { conference }, body });
    expect(conflicts.map((conflict) => conflict.code)).toEqual(['conflict-room']);
    expect(conflicts[0]?.message).toMatch(/^Cuộc họp của một hội nghị khác và “/);
    expect(conflicts[0]?.message).not.toContain('Buổi họp kín');
    const seen = await organizer.call(api.sessions, { params: { conference } });
    expect(seen.conflicts[0]?.message).toContain('“Buổi họp kín” (08:00-10:00;');
  });

  test('of a presenter and of a chair of two bridges name the person', async () => {
    const presenter = await addPerson(server, conference, 'Trần Văn Báo Cáo');
    const item = { title: 'Báo cáo', presenter: null, presenterPerson: presenter, minutes: 30, limit: null };
    const first = {
      startsAt: at('2025-01-20T08:00'),
      endsAt: at('2025-01-20T10:00'),
      kind: 'session' as const,
    };
    await add({ ...first, agenda: [item] });
    const { conflicts } = await add({ ...first, kind: 'follow-up', agenda: [item] });
    const found = conflicts.find((conflict) => conflict.code === 'conflict-presenter');
    expect(found?.message).toContain('Trần Văn Báo Cáo');
  });

  test('of an agenda with its window are told', async () => {
    const item = {
      title: 'Báo cáo',
      presenter: null,
      presenterPerson: null,
      minutes: 150,
      limit: 'max' as const,
    };
    const { conflicts } = await add({ agenda: [item] });
    expect(conflicts.map((conflict) => conflict.code)).toEqual(['agenda-too-long']);
    expect(conflicts[0]?.message).toContain('quá 30 phút');
  });
});

describe('the agenda as it runs', () => {
  let session: SessionId;
  beforeEach(async () => {
    const { items } = await organizer.call(api.sessions, { params: { conference } });
    session = items[0]?.id ?? ('' as SessionId);
  });
  type Step = BodyInput<typeof api.stepAgenda>;
  const step = (item: number, what: Step['step'], minutes: number | null = null) =>
    organizer.call(api.stepAgenda, {
      params: { conference, session },
      body: { item, step: what, minutes },
    });
  const run = () => organizer.call(api.agendaRun, { params: { conference, session } });

  test('waits before the first step', async () => {
    const { items, plannedEnd } = await run();
    expect(items.map((item) => item.title)).toEqual(samplePlan().agenda.map((item) => item.title));
    expect(new Set(items.map((item) => item.state))).toEqual(new Set(['waiting']));
    expect(plannedEnd).toBe(at('2025-01-13T11:30'));
  });

  test('follows the steps by the clock of the server, and says the overrun of a hard limit', async () => {
    const limited = samplePlan().agenda.findIndex((item) => item.limit === 'max');
    const minutes = samplePlan().agenda[limited]?.minutes ?? 0;
    const started = await step(limited, 'start');
    expect(started.items[limited]).toMatchObject({ state: 'running', startedAt: clock(), actualMs: 0 });
    clock.advance(5 * 60_000);
    await step(limited, 'pause');
    clock.advance(60 * 60_000);
    await step(limited, 'resume');
    clock.advance((minutes - 2) * 60_000);
    const asked = await run();
    expect(asked.items[limited]).toMatchObject({
      state: 'running',
      plannedMinutes: minutes,
      limit: 'max',
      actualMs: (minutes + 3) * 60_000,
      overrunMs: 3 * 60_000,
    });
    expect(asked.asOf).toBe(clock());
    const done = await step(limited, 'finish');
    expect(done.items[limited]).toMatchObject({ state: 'done', endedAt: clock() });
  });

  test('moves the forecast end with an extension', async () => {
    await step(0, 'start');
    const before = await run();
    const after = await step(0, 'extend', 20);
    expect(after.forecastEnd - before.forecastEnd).toBe(20 * 60_000);
  });

  test('skips an item', async () => {
    expect((await step(1, 'skip')).items[1]?.state).toBe('skipped');
  });

  test('keeps each step for good, with who said it', async () => {
    await step(0, 'start');
    await step(1, 'start');
    const kept = await server.database.read('agenda_step').where({ session }).orderBy('id');
    expect(kept.map(({ item, step: said, by }) => [item, said, by])).toEqual([
      [0, 'start', 'Trần Thử Nghiệm'],
      [1, 'start', 'Trần Thử Nghiệm'],
    ]);
    expect((await run()).items.slice(0, 2).map((item) => item.state)).toEqual(['done', 'running']);
  });

  test('a step that would change nothing is refused and not kept', async () => {
    await step(0, 'start');
    const body = { item: 0, step: 'start', minutes: null } as const;
    const problem = await organizer.refusal(api.stepAgenda, { params: { conference, session }, body });
    expect(problem.code).toBe('wrong-state');
    expect(problem.detail).toContain('đang diễn ra');
    expect(await server.database.read('agenda_step').where({ session })).toHaveLength(1);
  });

  test('the last step can be taken back, and the one before it after that', async () => {
    await step(0, 'start');
    clock.advance(60_000);
    const { steps } = await step(1, 'start');
    const undo = (id: string) =>
      organizer.call(api.undoAgendaStep, { params: { conference, session }, body: { step: id } });
    const back = await undo(steps[1]!.id);
    expect(back.items.map(({ state }) => state).slice(0, 2)).toEqual(['running', 'waiting']);
    expect(back.items[0]?.actualMs).toBe(60_000);
    const start = await undo(steps[0]!.id);
    expect(start.items[0]?.state).toBe('waiting');
    expect(start.steps.map(({ undoneAt }) => undoneAt)).toEqual([clock(), clock()]);
    // What was said stays in the book.
    expect(await server.database.read('agenda_step').where({ session })).toHaveLength(2);
  });

  test('what somebody else has said meanwhile is neither talked over nor taken back', async () => {
    const first = await step(0, 'start');
    const seen = first.steps[0]!.id;
    await step(0, 'extend', 5);
    const params = { conference, session };
    const more = { item: 0, step: 'extend', minutes: 5, after: seen } as const;
    expect((await organizer.refusal(api.stepAgenda, { params, body: more })).code).toBe('out-of-date');
    const undo = await organizer.refusal(api.undoAgendaStep, { params, body: { step: seen } });
    expect(undo.code).toBe('out-of-date');
    expect((await run()).steps).toHaveLength(2);
  });

  test('everybody who watches is told of each step, and the newcomer finds the same', async () => {
    const [one, other] = [await socket(server, organizer.cookie), await socket(server, organizer.cookie)];
    const told: number[] = [];
    other.socket.on('agenda:changed', ({ steps }) => void told.push(steps.length));
    await other.ask('agenda:watch', { conference, session });
    await step(0, 'start');
    await expect.poll(() => told).toEqual([1]);
    const answer = await one.ask('agenda:watch', { conference, session });
    expect(answer.ok && answer.run.items[0]?.state).toBe('running');
    one.close();
    other.close();
  });

  test('two desks that start one item at once start it once', async () => {
    const body = { item: 0, step: 'start', minutes: null } as const;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        organizer.response(api.stepAgenda, { params: { conference, session }, body }),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409,
    ]);
  });

  test('a clock that was set back does not put a step before those said', async () => {
    await step(0, 'start');
    const started = clock();
    clock.advance(-600_000);
    const done = await step(0, 'finish');
    expect(done.items[0]).toMatchObject({ state: 'done', startedAt: started, endedAt: started, actualMs: 0 });
  });

  test.each([
    ['an item that the agenda lacks', { item: 99, step: 'start', minutes: null }, 'item'],
    ['an extension without minutes', { item: 0, step: 'extend', minutes: null }, 'minutes'],
    ['minutes with another step', { item: 0, step: 'start', minutes: 5 }, 'minutes'],
    ['an extension of days', { item: 0, step: 'extend', minutes: 6000 }, 'minutes'],
  ] as const)('%s is refused', async (_, body, field) => {
    const problem = await organizer.refusal(api.stepAgenda, { params: { conference, session }, body });
    expect(problem.code).toBe('malformed');
    expect(problem.faults?.map((fault) => fault.at)).toEqual([field]);
  });

  test('of a session of another conference is not found', async () => {
    const other = await newConference();
    const params = { conference: other, session };
    const body = { item: 0, step: 'start', minutes: null } as const;
    expect((await organizer.refusal(api.agendaRun, { params })).code).toBe('not-found');
    expect((await organizer.refusal(api.stepAgenda, { params, body })).code).toBe('not-found');
  });

  test('everybody with a role sees it, its organizers run it, others find nothing', async () => {
    const params = { conference, session };
    const body = { item: 0, step: 'start', minutes: null } as const;
    const bridge = server.context().newId() as BridgeId;
    await rows.addBridge(server.database.write, conference, bridge, null);
    for (const grant of [hostAt(conference, bridge), unitOrganizerAt(conference, bridge)]) {
      const reader = await signIn(server, [grant]);
      expect((await reader.call(api.sessions, { params: { conference } })).items).toHaveLength(1);
      expect((await reader.call(api.agendaRun, { params })).items.length).toBeGreaterThan(0);
      expect((await reader.refusal(api.stepAgenda, { params, body })).code).toBe('forbidden');
      const refused = await reader.refusal(api.addSession, { params: { conference }, body: lineTest() });
      expect(refused.code).toBe('forbidden');
    }
    const stranger = await signIn(server, [organizerOf(await newConference())]);
    expect((await stranger.refusal(api.sessions, { params: { conference } })).code).toBe('not-found');
    expect((await stranger.refusal(api.agendaRun, { params })).code).toBe('not-found');
    expect((await stranger.refusal(api.stepAgenda, { params, body })).code).toBe('not-found');
    expect((await client(server).refusal(api.agendaRun, { params })).code).toBe('not-signed-in');
    const own = await signIn(server, [organizerOf(conference)]);
    expect((await own.call(api.stepAgenda, { params, body })).items[0]?.state).toBe('running');
  });
});
