import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { writeSignature } from '../../domain/devices/proof.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import { Problem } from '../../domain/wire/problem.ts';
import { REQUEST_RATES } from '../../server/platform/limits.ts';
import { testMachine, type TestMachine } from '../machines.ts';
import {
  client,
  hostAt,
  signIn,
  socket,
  startTestServer,
  type SignedInClient,
  type TestServer,
  type TestSocket,
} from '../server/harness.ts';
import { eventAt, sample, type Sample } from '../server/sample.ts';

let server: TestServer;
let host: SignedInClient;
beforeAll(async () => {
  server = await startTestServer();
  host = await signIn(server, []);
});
afterAll(() => server.close());

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Answers to so many of the same, some hundred on their way at a time. */
async function flood(ask: () => Promise<Response>, times: number): Promise<Response[]> {
  const answers: Response[] = [];
  for (let sent = 0; sent < times; sent += 200) {
    const some = await Promise.all(Array.from({ length: Math.min(200, times - sent) }, ask));
    for (const answer of some) if (answer.status !== 429) await answer.body?.cancel();
    answers.push(...some);
  }
  return answers;
}

async function expectToldToWait(answers: readonly Response[]): Promise<void> {
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  const [one] = refused;
  expect(Number(one?.headers.get('retry-after'))).toBeGreaterThan(0);
  const problem = Problem.parse(await one?.json());
  expect(problem.code).toBe('too-many-requests');
  expect(problem.detail).toMatch(/Hãy đợi \d+ giây/);
}

describe('requests', () => {
  test('an account that asks without end is told to wait, and nobody else is', async () => {
    const greedy = await signIn(server, []);
    const answers = await flood(() => greedy.response(api.me), 1400);
    await expectToldToWait(answers);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1000);
    // Of the same address, at the same moment.
    expect((await host.response(api.me)).status).toBe(200);
    await pause(1100);
    expect((await greedy.response(api.me)).status).toBe(200);
  });

  test('what costs more is counted more strictly', async () => {
    const greedy = await signIn(server);
    const upload = (): Promise<Response> => greedy.fetch('/api/v1/readings', { method: 'POST' });
    await expectToldToWait(await flood(upload, 80));
    expect((await greedy.response(api.me)).status).toBe(200);
  });

  test('whoever is not signed in is counted by address: those who are signed in there are not', async () => {
    const stranger = client(server);
    const guess = (): Promise<Response> =>
      stranger.fetch('/api/v1/activate', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
    const answers = await flood(guess, 1300);
    await expectToldToWait(answers);
    // A hall of a thousand hosts behind one address came in before that.
    expect(answers.filter(({ status }) => status !== 429).length).toBeGreaterThanOrEqual(1000);
    expect((await host.response(api.me)).status).toBe(200);
  });
});

describe('a paired machine', () => {
  let s: Sample;
  let keeper: SignedInClient;
  let bridge: BridgeId;
  beforeAll(async () => {
    s = await sample({ communes: 1, until: 'bridges' });
    bridge = s.first('commune').id;
    keeper = await signIn(s.server, [hostAt(s.conference, bridge)]);
    // Known to this process from their first word on.
    for (const machine of [wild, calm]) await (await upload(machine)).body?.cancel();
  });
  afterAll(() => s.server.close());

  const wild = testMachine('may-hoang');
  const calm = testMachine('may-lanh');
  /** The same event again and again, as a machine might that hears no answer. */
  const upload = ({ device }: TestMachine): Promise<Response> =>
    keeper.response(api.record, {
      params: { conference: s.conference, bridge },
      body: { session: s.session, bridge, events: [eventAt(s, bridge, 'open', {}, { id: device, device })] },
    });
  /** A line on which a machine has announced itself. */
  const lineOfMachine = async ({ device }: TestMachine): Promise<TestSocket> => {
    const line = await socket(s.server, keeper.cookie);
    const hello = { conference: s.conference, bridge, device, waiting: 0, waitingSince: null };
    expect(await line.ask('device:hello', hello)).toMatchObject({ ok: true });
    return line;
  };

  test('that uploads without end is told to wait; its host and the machine beside it are not', async () => {
    const answers = await flood(() => upload(wild), REQUEST_RATES.machines.atOnce + 100);
    await expectToldToWait(answers);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(
      REQUEST_RATES.machines.atOnce - 1,
    );
    expect((await upload(calm)).status).toBe(200);
    expect((await keeper.response(api.me)).status).toBe(200);
  });

  test('goes on when its host’s account has used up its share', async () => {
    // What is no machine's counts for the account, whatever comes of it.
    const { changes } = REQUEST_RATES;
    await expectToldToWait(
      await flood(() => keeper.response(api.takeCode, { body: { code: 'x' } }), changes.atOnce + 150),
    );
    expect((await upload(calm)).status).toBe(200);
  });

  test('is nobody’s who only says so: what no machine of the bridge signs counts for the account', async () => {
    const liar = await signIn(s.server, [hostAt(s.conference, bridge)]);
    const claim = (): Promise<Response> =>
      liar.response(api.record, {
        params: { conference: s.conference, bridge },
        body: { session: s.session, bridge, events: [] },
        headers: {
          'device-signature': writeSignature({
            key: testMachine('may-la').key,
            at: 0,
            signature: 'x'.repeat(86),
          }),
        },
      });
    const answers = await flood(claim, REQUEST_RATES.changes.atOnce + 150);
    await expectToldToWait(answers);
    // As much as an account has, and not as a machine.
    const served = answers.filter(({ status }) => status !== 429).length;
    expect(served).toBeGreaterThanOrEqual(REQUEST_RATES.changes.atOnce);
    expect((await upload(calm)).status).toBe(200);
  });

  test('shares its allowance among its lines and keeps it when it comes back; the machine beside it has its own', async () => {
    const lines = [await lineOfMachine(wild), await lineOfMachine(wild)];
    const other = await lineOfMachine(calm);
    let refused = 0;
    for (const line of lines) {
      for (let sent = 0; sent < 1000; sent += 50) {
        const some = await Promise.all(Array.from({ length: 50 }, () => line.ask('clock:ask', {})));
        refused += some.filter(({ ok }) => !ok).length;
      }
    }
    expect(refused).toBeGreaterThan(200);
    for (const line of lines) line.close();
    const back = await socket(s.server, keeper.cookie);
    await back.ask('device:hello', {
      conference: s.conference,
      bridge,
      device: wild.device,
      waiting: 0,
      waitingSince: null,
    });
    const again = await Promise.all(Array.from({ length: 60 }, () => back.ask('clock:ask', {})));
    const told = again.find(({ ok }) => !ok);
    expect(told).toMatchObject({ reason: 'too-many-requests', retryAfter: expect.any(Number) });
    expect(await other.ask('clock:ask', {})).toMatchObject({ ok: true });
    back.close();
    other.close();
  });

  test('has a dozen lines at most, the newest of them, and takes none of its host’s', async () => {
    const plain = await Promise.all(Array.from({ length: 199 }, () => socket(s.server, keeper.cookie)));
    const lines: TestSocket[] = [];
    for (let n = 0; n < 14; n++) lines.push(await lineOfMachine(calm));
    await vi.waitFor(() => expect(lines.filter((line) => line.socket.connected)).toHaveLength(12));
    expect(lines.slice(2).every((line) => line.socket.connected)).toBe(true);
    expect(plain.every((line) => line.socket.connected)).toBe(true);
    for (const line of [...plain, ...lines]) line.close();
  });
});

describe('a socket', () => {
  test('that sends too much is told to wait, loses nothing, and holds up nobody', async () => {
    const greedy = await signIn(server, []);
    const line = await socket(server, greedy.cookie);
    const other = await socket(server, host.cookie);
    let waited = 0;
    let answered = 0;
    // As a page with a full outbox would, were it far too fast: what was refused is sent again.
    const send = async (): Promise<void> => {
      for (;;) {
        const answer = await line.ask('clock:ask', {});
        if (answer.ok) break;
        expect(answer.reason).toBe('too-many-requests');
        waited += 1;
        await pause(300 + Math.random() * 700);
      }
      answered += 1;
    };
    const all = Promise.all(Array.from({ length: 1200 }, send));
    const asked = performance.now();
    expect((await other.ask('clock:ask', {})).ok).toBe(true);
    expect(performance.now() - asked).toBeLessThan(3000);
    await all;
    expect(answered).toBe(1200);
    expect(waited).toBeGreaterThan(0);
    line.close();
    other.close();
  });

  test('that sends its messages one after the other is never told to wait', async () => {
    const door = await signIn(server, []);
    const line = await socket(server, door.cookie);
    for (let n = 0; n < 300; n++) expect((await line.ask('clock:ask', {})).ok).toBe(true);
    line.close();
  });

  test('that floods is let go, and only this one', async () => {
    const greedy = await signIn(server, []);
    const line = await socket(server, greedy.cookie);
    const other = await socket(server, host.cookie);
    const gone = once(line.socket as never, 'disconnect');
    for (let sent = 0; sent < 60_000 && line.socket.connected; sent += 1000) {
      // Without an answer asked for, and of a name that nobody knows.
      for (let n = 0; n < 1000; n++) (line.socket as unknown as { emit(name: string): void }).emit('x');
      await pause(1);
    }
    await gone;
    expect((await other.ask('clock:ask', {})).ok).toBe(true);
    other.close();
  });

  test('is one of two hundred of its account at most', async () => {
    const greedy = await signIn(server, []);
    const lines = await Promise.all(Array.from({ length: 200 }, () => socket(server, greedy.cookie)));
    const more = await socket(server, greedy.cookie).catch(() => null);
    if (more !== null && more.socket.connected) await once(more.socket as never, 'disconnect');
    expect(lines.every((line) => line.socket.connected)).toBe(true);
    for (const line of lines) line.close();
    await pause(200);
    const again = await socket(server, greedy.cookie);
    expect((await again.ask('clock:ask', {})).ok).toBe(true);
    again.close();
  });
});
