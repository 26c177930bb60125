import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { BridgeClass } from '../../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import { conferenceName } from '../../../domain/plan/name.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import type { CivilDate } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { ConferencePlan } from '../../../domain/wire/conferences.ts';
import {
  client,
  hostAt,
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import * as rows from '../rows.ts';
import { SAMPLE_TEXT, samplePlan } from './sample.ts';

let server: TestServer;
let organizer: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock('2025-01-02T09:00:00+07:00') });
  organizer = await signIn(server);
});
afterAll(() => server.close());

const byHand = (changes: Partial<Plan> = {}) => ({ text: null, plan: samplePlan(changes), treeDate: null });
const create = (changes: Partial<Plan> = {}): Promise<ConferencePlan> =>
  organizer.call(api.createConference, { body: byHand(changes) });

async function addBridge(conference: ConferenceId): Promise<BridgeId> {
  const id = server.context().newId() as BridgeId;
  await rows.addBridge(server.database.write, conference, id, null);
  return id;
}

async function count(table: string): Promise<number> {
  const row = await server.database.read(table).count<{ n: number }>({ n: '*' }).first();
  return row?.n ?? -1;
}

describe('creating a conference', () => {
  test('reads the document on the server, takes what it understood and keeps the reading', async () => {
    const made = await organizer.call(api.createConference, {
      body: { text: SAMPLE_TEXT, plan: null, treeDate: null },
    });
    expect(made.plan).toEqual(samplePlan());
    expect(made.revision).toBe(1);
    expect(made.conference).toMatchObject({
      title: conferenceName(made.plan.title),
      number: '25-KH/TW',
      startsAt: '2025-01-13T08:00:00+07:00',
      endsAt: '2025-01-13T11:30:00+07:00',
      state: 'draft',
      treeDate: '2025-01-13',
      bridges: 0,
      people: 0,
    });
    expect(made.reading?.text).toBe(SAMPLE_TEXT.normalize('NFC'));
    const again = await organizer.call(api.plan, { params: { conference: made.conference.id } });
    expect(again).toEqual(made);
  });

  test('makes the first session of the stated hours with the agenda', async () => {
    const { conference, plan } = await create();
    const { items } = await organizer.call(api.sessions, { params: { conference: conference.id } });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: 'session',
      title: conferenceName(plan.title),
      startsAt: Date.parse('2025-01-13T08:00:00+07:00'),
      endsAt: Date.parse('2025-01-13T11:30:00+07:00'),
      venue: plan.venue,
      format: plan.format,
    });
    expect(items[0]?.agenda.map(({ title, minutes, limit }) => [title, minutes, limit])).toEqual(
      plan.agenda.map(({ title, minutes, limit }) => [title, minutes, limit]),
    );
  });

  test('makes no session while an hour is not known, and makes it once the plan has it', async () => {
    const { conference, plan, revision } = await create({ startsAt: '2025-01-13' as CivilDate });
    const params = { conference: conference.id };
    expect((await organizer.call(api.sessions, { params })).items).toEqual([]);
    const body = { revision, plan: { ...plan, startsAt: '2025-01-13T08:30:00+07:00' } };
    await organizer.call(api.changePlan, { params, body });
    const { items } = await organizer.call(api.sessions, { params });
    expect(items.map((session) => session.startsAt)).toEqual([Date.parse('2025-01-13T08:30:00+07:00')]);
  });

  test('takes the confirmed plan where both are given, and never a reading of the client', async () => {
    const plan = samplePlan({ title: 'Hội nghị đã sửa tên' });
    const made = await organizer.call(api.createConference, {
      body: { text: SAMPLE_TEXT, plan, treeDate: null, reading: { text: 'giả' } } as never,
    });
    expect(made.plan.title).toBe('Hội nghị đã sửa tên');
    expect(made.reading?.text).toBe(SAMPLE_TEXT);
  });

  test('keeps every text in NFC, whatever form it came in', async () => {
    const title = 'Hội nghị trực tuyến toàn quốc';
    const { plan } = await create({ title: title.normalize('NFD') });
    expect(plan.title).toBe(title.normalize('NFC'));
  });

  test('names the fields of a document that lacks what a plan cannot do without, and keeps nothing', async () => {
    const before = await count('conference');
    const problem = await organizer.refusal(api.createConference, {
      body: { text: 'Mọi người giữ trật tự trong phòng.', plan: null, treeDate: null },
    });
    expect(problem).toMatchObject({ code: 'has-errors', status: 422 });
    expect(problem.faults).toContainEqual({ at: 'title', message: 'Thiếu tên hội nghị.' });
    expect(await count('conference')).toBe(before);
  });

  test('asks for a text or a plan', async () => {
    const problem = await organizer.refusal(api.createConference, {
      body: { text: null, plan: null, treeDate: null },
      language: 'en',
    });
    expect(problem.code).toBe('malformed');
    expect(problem.faults?.map((fault) => fault.at)).toEqual(['text']);
  });

  test.each([
    ['a date that is none', { startsAt: '2025-02-30' }, 'plan.startsAt'],
    ['an hour without offset', { startsAt: '2025-01-13T08:00:00' }, 'plan.startsAt'],
    ['ten megabytes of title', { title: 'Hội nghị '.repeat(1_000_000) }, 'plan.title'],
    ['a plan with a field of the wrong kind', { agenda: 'sáng' }, 'plan.agenda'],
  ])('refuses %s and names the field', async (_, changes, at) => {
    const before = await count('conference');
    const body = { text: null, plan: { ...samplePlan(), ...changes }, treeDate: null } as never;
    const problem = await organizer.refusal(api.createConference, { body });
    expect(problem.code).toBe('malformed');
    expect(problem.faults?.map((fault) => fault.at)).toContain(at);
    expect(await count('conference')).toBe(before);
  });

  test('refuses two clauses of one id, and more duties than can be checked', async () => {
    const plan = samplePlan();
    const [clause] = plan.clauses;
    const [duty] = plan.duties;
    if (clause === undefined || duty === undefined) throw new Error('the sample has both');
    const problem = await organizer.refusal(api.createConference, {
      body: byHand({ clauses: [clause, clause], duties: Array.from({ length: 501 }, () => duty) }),
    });
    expect(problem.code).toBe('has-errors');
    expect(problem.faults?.map((fault) => fault.at)).toEqual(['duties', 'clauses.1.id']);
  });

  test('refuses a text beyond the limit of a document', async () => {
    const text = 'Kế hoạch '.repeat(300_000);
    const problem = await organizer.refusal(api.createConference, {
      body: { text, plan: null, treeDate: null },
    });
    expect(problem.code).toBe('malformed');
    expect(problem.faults?.map((fault) => fault.at)).toEqual(['text']);
  });
});

describe('the unit tree of a conference', () => {
  test('is that of its day, and only the provinces are known before an import', async () => {
    const { conference, findings } = await create();
    expect(conference.treeDate).toBe('2025-01-13');
    expect(findings.map((finding) => finding.code)).toContain('only-provinces');
    // The short list has no districts; that says nothing of the day.
    expect(findings.map((finding) => finding.code)).not.toContain('districts-gone');
  });

  test('may be pinned to another date, with a warning', async () => {
    const { conference, findings } = await organizer.call(api.createConference, {
      body: { ...byHand(), treeDate: '2025-07-01' },
    });
    expect(conference.treeDate).toBe('2025-07-01');
    expect(findings.find((finding) => finding.code === 'unit-tree-of-other-date')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('01/07/2025') as string,
    });
  });

  test('is the nearest there is where the day has none, with a warning', async () => {
    const { conference, findings } = await create({
      startsAt: '2024-12-30T08:00:00+07:00',
      endsAt: '2024-12-30T11:00:00+07:00',
    });
    expect(conference.treeDate).toBe('2025-01-01');
    expect(findings.map((finding) => finding.code)).toContain('unit-tree-of-other-date');
  });

  test('cannot be pinned to a date without units', async () => {
    const problem = await organizer.refusal(api.createConference, {
      body: { ...byHand(), treeDate: '1990-01-01' },
    });
    expect(problem.code).toBe('has-errors');
    expect(problem.faults).toEqual([
      { at: 'treeDate', message: expect.stringContaining('01/01/2025') as string },
    ]);
  });

  test('goes with the day of the conference until bridges were built of it', async () => {
    const made = await create();
    const params = { conference: made.conference.id };
    const later = {
      ...made.plan,
      startsAt: '2025-08-04T08:00:00+07:00',
      endsAt: '2025-08-04T11:00:00+07:00',
    };
    const moved = await organizer.call(api.changePlan, { params, body: { revision: 1, plan: later } });
    expect(moved.conference.treeDate).toBe('2025-08-04');
    await addBridge(params.conference);
    const back = await organizer.call(api.changePlan, { params, body: { revision: 2, plan: made.plan } });
    expect(back.conference).toMatchObject({ treeDate: '2025-08-04', bridges: 1 });
    expect(back.findings.map((finding) => finding.code)).toContain('unit-tree-of-other-date');
  });
});

describe('changing the plan', () => {
  test('replaces it, raises the revision and takes the session along', async () => {
    const { conference, plan } = await create();
    const params = { conference: conference.id };
    const later = {
      ...plan,
      title: 'Hội nghị dời sang buổi chiều',
      startsAt: '2025-01-13T14:00:00+07:00',
      endsAt: '2025-01-13T17:00:00+07:00',
    };
    const changed = await organizer.call(api.changePlan, { params, body: { revision: 1, plan: later } });
    expect(changed.revision).toBe(2);
    expect(changed.plan).toEqual(later);
    expect(changed.conference).toMatchObject({ title: later.title, startsAt: later.startsAt });
    const { items } = await organizer.call(api.sessions, { params });
    expect(items.map(({ title, startsAt }) => [title, startsAt])).toEqual([
      [later.title, Date.parse(later.startsAt)],
    ]);
  });

  test('keeps the session as it ran once its agenda has begun', async () => {
    const { conference, plan } = await create();
    const params = { conference: conference.id };
    const before = await organizer.call(api.sessions, { params });
    const session = before.items[0]?.id ?? '';
    await organizer.call(api.stepAgenda, {
      params: { ...params, session },
      body: { item: 0, step: 'start', minutes: null },
    });
    await organizer.call(api.changePlan, { params, body: { revision: 1, plan: { ...plan, agenda: [] } } });
    expect((await organizer.call(api.sessions, { params })).items).toEqual(before.items);
  });

  test('from an old revision is refused, and the other version stays', async () => {
    const { conference, plan } = await create();
    const params = { conference: conference.id };
    const mine = { revision: 1, plan: { ...plan, venue: 'Phòng A' } };
    const theirs = { revision: 1, plan: { ...plan, venue: 'Phòng B' } };
    await organizer.call(api.changePlan, { params, body: mine });
    const problem = await organizer.refusal(api.changePlan, { params, body: theirs });
    expect(problem).toMatchObject({ code: 'out-of-date', status: 409 });
    expect(problem.detail).toContain('Hãy tải lại');
    expect((await organizer.call(api.plan, { params })).plan.venue).toBe('Phòng A');
  });

  test('by ten at once lets one through', async () => {
    const { conference, plan } = await create();
    const params = { conference: conference.id };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        organizer.response(api.changePlan, {
          params,
          body: { revision: 1, plan: { ...plan, venue: `Phòng ${at}` } },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array(9).fill(409),
    ]);
    expect((await organizer.call(api.plan, { params })).revision).toBe(2);
  });
});

describe('issuing the plan', () => {
  const wrong = { bridgeClasses: ['province' as BridgeClass] };

  test('happens once: a second time tells when it was', async () => {
    const clock = testClock('2025-01-03T10:00:00+07:00');
    const own = await startTestServer({ clock });
    try {
      const caller = await signIn(own);
      const { conference } = await caller.call(api.createConference, { body: byHand() });
      const params = { conference: conference.id };
      const first = await caller.call(api.issuePlan, { params });
      expect(first.issuedAt).toBe(clock());
      expect(first.conference.state).toBe('issued');
      clock.advance(3_600_000);
      expect(await caller.call(api.issuePlan, { params })).toEqual(first);
    } finally {
      await own.close();
    }
  });

  test('is refused while a check finds an error, naming it', async () => {
    const { conference, findings } = await create(wrong);
    expect(findings.some((finding) => finding.severity === 'error')).toBe(true);
    const params = { conference: conference.id };
    const problem = await organizer.refusal(api.issuePlan, { params });
    expect(problem.code).toBe('has-errors');
    expect(problem.faults?.[0]?.at).toMatch(/^clauses\.\d+\.bridgeClass$/);
    expect((await organizer.call(api.plan, { params })).conference.state).toBe('draft');
  });

  test('binds: an issued plan is only replaced by one without errors', async () => {
    const { conference, plan } = await create();
    const params = { conference: conference.id };
    await organizer.call(api.issuePlan, { params });
    const bad = { revision: 1, plan: { ...plan, ...wrong } };
    const problem = await organizer.refusal(api.changePlan, { params, body: bad, language: 'en' });
    expect(problem.code).toBe('has-errors');
    const good = { revision: 1, plan: { ...plan, venue: 'Hội trường lớn' } };
    const changed = await organizer.call(api.changePlan, { params, body: good });
    expect(changed).toMatchObject({ revision: 2, conference: { state: 'issued' } });
  });
});

describe('rights', () => {
  test('everybody with a role reads the plan, its organizers change it, others find nothing', async () => {
    const { conference, plan } = await create();
    const other = await create();
    const params = { conference: conference.id };
    const bridge = await addBridge(conference.id);
    const otherBridge = await addBridge(other.conference.id);
    const body = { revision: 1, plan };

    for (const grant of [unitOrganizerAt(conference.id, bridge), hostAt(conference.id, bridge)]) {
      const reader = await signIn(server, [grant]);
      expect((await reader.call(api.plan, { params })).plan.title).toBe(plan.title);
      expect((await reader.refusal(api.changePlan, { params, body })).code).toBe('forbidden');
      expect((await reader.refusal(api.issuePlan, { params })).code).toBe('forbidden');
      expect((await reader.refusal(api.createConference, { body: byHand() })).code).toBe('forbidden');
    }
    const strangers = [
      await signIn(server, []),
      await signIn(server, [organizerOf(other.conference.id)]),
      await signIn(server, [hostAt(other.conference.id, otherBridge)]),
    ];
    for (const stranger of strangers) {
      expect((await stranger.refusal(api.plan, { params })).code).toBe('not-found');
      expect((await stranger.refusal(api.changePlan, { params, body })).code).toBe('not-found');
      expect((await stranger.refusal(api.issuePlan, { params })).code).toBe('not-found');
    }
    const nobody = client(server);
    expect((await nobody.refusal(api.plan, { params })).code).toBe('not-signed-in');
    expect((await nobody.refusal(api.conferences)).code).toBe('not-signed-in');

    const own = await signIn(server, [organizerOf(conference.id)]);
    expect((await own.call(api.changePlan, { params, body })).revision).toBe(2);
    expect((await own.refusal(api.createConference, { body: byHand() })).code).toBe('forbidden');
  });
});

describe('the list of conferences', () => {
  test('has those in which the caller has a role, newest first, page by page', async () => {
    const clock = testClock('2025-01-03T10:00:00+07:00');
    const own = await startTestServer({ clock });
    try {
      const caller = await signIn(own);
      const made: ConferenceId[] = [];
      for (let at = 0; at < 5; at += 1) {
        const { conference } = await caller.call(api.createConference, { body: byHand() });
        made.unshift(conference.id);
        // Two of one instant still have an order.
        if (at !== 2) clock.advance(1000);
      }
      const seen: ConferenceId[] = [];
      let cursor: string | undefined;
      do {
        const page = await caller.call(api.conferences, {
          query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) },
        });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(made);

      const [first, , third] = made;
      if (first === undefined || third === undefined) throw new Error('five were made');
      const two = await signIn(own, [organizerOf(first), organizerOf(third)]);
      const list = await two.call(api.conferences);
      expect(list.items.map((item) => item.id)).toEqual([first, third]);
      expect((await (await signIn(own, [])).call(api.conferences)).items).toEqual([]);
    } finally {
      await own.close();
    }
  });

  test.each([
    ['of other letters', 'không phải'],
    ['of another content', Buffer.from('{"a":1}').toString('base64url')],
    ['too long', 'x'.repeat(401)],
  ])('refuses a cursor that it never gave: %s', async (_, cursor) => {
    const problem = await organizer.refusal(api.conferences, { query: { cursor } });
    expect(problem.code).toBe('malformed');
  });
});
