import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { BridgeId, SessionId } from '../../../domain/ids.ts';
import type { QualitySample } from '../../../domain/media/quality.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import { createGate } from '../../../server/access/gate.ts';
import { feedsOf, lookAtLines } from '../../../server/lines/live.ts';
import { stationCame, stationGone, takeSample } from '../../../server/lines/quality-commands.ts';
import { readIncidents, readSums } from '../../../server/lines/quality-store.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../../../server/platform/scopes.ts';
import { hostAt, signIn, socket, startTestServer, testClock, type TestServer } from '../harness.ts';
import { sample, type Sample } from '../sample.ts';

const FINE = { loss: 0, jitterMs: 5, delayMs: 60, frames: 25 } satisfies Omit<QualitySample, 'at'>;
const BAD = { ...FINE, loss: 0.3 };

let set: Sample;
let communes: readonly BridgeId[];
let startsAt: Instant;
let endsAt: Instant;
beforeAll(async () => {
  set = await sample({ communes: 8, until: 'bridges' });
  communes = set.bridges.filter((bridge) => bridge.class === 'commune').map(({ id }) => id);
  const { items } = await set.organizer.call(api.sessions, { params: { conference: set.conference } });
  ({ startsAt, endsAt } = items[0]!);
});
afterAll(() => set.server.close());

const placeOf = (bridge: BridgeId, session: SessionId = set.session) => ({
  conference: set.conference as AuthorizedConferenceId,
  session,
  bridge: bridge as AuthorizedBridgeId<'host'>,
});
const say = (bridge: BridgeId, said: Omit<QualitySample, 'at'>) =>
  takeSample(set.server.context(), placeOf(bridge), said);
const look = (server: TestServer = set.server) =>
  lookAtLines(server.context(), createGate().operator(server.context()));
const incidents = async (bridge: BridgeId) =>
  (await readIncidents(set.server.database.read, set.session))
    .filter((one) => one.bridge === bridge)
    .map(({ kind, from, to }) => [
      kind,
      (from - startsAt) / 1000,
      to === null ? null : (to - startsAt) / 1000,
    ]);
const feedAt = (bridge: BridgeId) => new Map(feedsOf(set.server.context(), set.session)).get(bridge) ?? null;
/** Moves to some seconds after the session's beginning. */
const until = (seconds: number) => set.clock.advance(startsAt + seconds * 1000 - set.clock());

test('what comes before the session shows, and is no incident', async () => {
  const [bridge] = communes as [BridgeId];
  until(-600);
  for (let second = -600; second < -570; second += 5) {
    until(second);
    expect(say(bridge, BAD)).toBe('poor');
  }
  expect(feedAt(bridge)).toMatchObject({ state: 'poor' });
  await look();
  until(-300);
  await look();
  expect(await incidents(bridge)).toEqual([]);
  expect(feedAt(bridge)).toBeNull();
});

test('three poor samples are an incident until two are better; a page that is gone has dropped until it is back', async () => {
  const [, bridge] = communes as [BridgeId, BridgeId];
  const come = () => stationCame(set.server.context(), placeOf(bridge));
  const go = () => stationGone(set.server.context(), placeOf(bridge), false);
  come();
  const at: readonly (readonly [number, Omit<QualitySample, 'at'>])[] = [
    [60, FINE],
    [65, BAD],
    [70, BAD],
    [75, BAD],
    [80, FINE],
    [85, FINE],
  ];
  for (const [second, said] of at) {
    until(second);
    say(bridge, said);
    await look();
  }
  expect(await incidents(bridge)).toEqual([['poor', 65, 80]]);
  // Nothing on program: nobody samples, and nobody has dropped.
  until(400);
  await look();
  expect(await incidents(bridge)).toEqual([['poor', 65, 80]]);
  say(bridge, FINE);
  until(405);
  go();
  until(425);
  await look();
  expect(feedAt(bridge)).toEqual({ state: 'dropped', since: startsAt + 400_000 });
  expect(await incidents(bridge)).toEqual([
    ['poor', 65, 80],
    ['dropped', 400, null],
  ]);
  until(435);
  come();
  await look();
  expect((await incidents(bridge)).at(-1)).toEqual(['dropped', 400, 435]);
  say(bridge, FINE);
  expect(feedAt(bridge)?.state).toBe('good');
});

test('the report lists incidents: how many, how long, and each with its times', async () => {
  const [, bridge] = communes as [BridgeId, BridgeId];
  const root = set.bridges[0]!.id;
  const params = { conference: set.conference, session: set.session };
  const { items, total } = await set.organizer.call(api.lineIncidents, {
    params: { ...params, bridge: root },
  });
  expect(total).toBe(2);
  expect(items.map(({ kind, to, from }) => [kind, to! - from])).toEqual([
    ['dropped', 35_000],
    ['poor', 15_000],
  ]);
  const file = async (format: 'json' | 'xlsx') =>
    await set.organizer.response(api.exportReport, {
      params: { ...params, bridge: root },
      query: { format, by: 'bridge' },
    });
  const rows = (await (await file('json')).json()) as Record<string, unknown>[];
  const of = (id: BridgeId, scope: string) =>
    rows.find((row) => row['bridge'] === id && row['scope'] === scope);
  expect(of(bridge, 'own')).toMatchObject({ incidents: 2, incidentMinutes: 0.8 });
  expect(of(root, 'own')).toMatchObject({ incidents: 0 });
  expect(of(root, 'subtree')).toMatchObject({ incidents: 2, incidentMinutes: 0.8 });
  const book = await readXlsx(new Uint8Array(await (await file('xlsx')).arrayBuffer()));
  expect(book.sheets.map(({ name }) => name)).toEqual(['Báo cáo điểm danh', 'Sự cố đường truyền']);
  const [, , dropped] = book.sheets[1]!.rows;
  expect(dropped?.slice(1, 3)).toEqual([expect.stringContaining('xã'), 'mất đường truyền']);
  expect(dropped?.at(-1)).toBe(35);
  const summary = await set.organizer.call(api.bridgeSummary, { params: { ...params, bridge } });
  expect(summary.line).toEqual({ incidents: 2, lastedMs: 50_000 });
});

test('a station that leaves by itself has not dropped', async () => {
  const bridge = communes[2]!;
  until(500);
  stationCame(set.server.context(), placeOf(bridge));
  say(bridge, FINE);
  stationGone(set.server.context(), placeOf(bridge), true);
  until(560);
  await look();
  expect(await incidents(bridge)).toEqual([]);
});

test('a station tells over its line, and one whose line breaks off has dropped', async () => {
  const bridge = communes[4]!;
  const at = { conference: set.conference, session: set.session, bridge };
  until(700);
  const host = await signIn(set.server, [hostAt(set.conference, bridge)]);
  const station = await socket(set.server, host.cookie);
  expect(await station.ask('media:join-station', at)).toMatchObject({ ok: true });
  for (const second of [705, 710, 715]) {
    until(second);
    expect(await station.ask('media:quality', BAD)).toEqual({ ok: true });
  }
  station.close();
  // The server hears of it when it hears of it.
  await vi.waitFor(async () => {
    until(740);
    await look();
    expect(await incidents(bridge)).toEqual([
      ['poor', 705, 715],
      ['dropped', 715, null],
    ]);
  });
});

test('the end of the session ends what goes on, and nothing after it counts', async () => {
  const bridge = communes[3]!;
  until((endsAt - startsAt) / 1000 - 10);
  say(bridge, FINE);
  until((endsAt - startsAt) / 1000 + 100);
  await look();
  say(bridge, BAD);
  await look();
  expect(await incidents(bridge)).toEqual([]);
});

test('what samples came to is kept at a stop, and the next start goes on with what had not ended', async () => {
  const clock = testClock();
  const data = await mkdtemp(join(tmpdir(), 'nhipcau-lines-'));
  const first = await sample({ communes: 2, until: 'bridges', clock, data });
  const bridges = first.bridges.filter((bridge) => bridge.class === 'commune').map(({ id }) => id);
  const { items } = await first.organizer.call(api.sessions, { params: { conference: first.conference } });
  const begins = items[0]!.startsAt;
  const at = (seconds: number) => clock.advance(begins + seconds * 1000 - clock());
  const place = (bridge: BridgeId) => ({
    conference: first.conference as AuthorizedConferenceId,
    session: first.session,
    bridge: bridge as AuthorizedBridgeId<'host'>,
  });
  const tell = (server: TestServer, bridge: BridgeId, said: Omit<QualitySample, 'at'>) =>
    takeSample(server.context(), place(bridge), said);
  const [steady, lost] = bridges as [BridgeId, BridgeId];
  for (const second of [100, 105]) {
    at(second);
    for (const bridge of bridges) tell(first.server, bridge, FINE);
    await look(first.server);
  }
  at(200);
  tell(first.server, steady, { ...FINE, loss: 0.04 });
  await look(first.server);
  await first.server.close();

  const second = await startTestServer({ clock, data });
  at(230);
  tell(second, steady, FINE);
  await look(second);
  at(300);
  tell(second, steady, FINE);
  tell(second, lost, FINE);
  await look(second);
  const found = await readIncidents(second.database.read, first.session);
  expect(found.filter((one) => one.bridge === lost)).toEqual([
    { bridge: lost, kind: 'dropped', from: begins + 105_000, to: begins + 300_000 },
  ]);
  const sums = (await readSums(second.database.read, first.session)).find((one) => one.bridge === steady);
  expect(sums).toMatchObject({ fair: 1, poor: 0, worstLoss: 0.04 });
  await second.close();
  await rm(data, { recursive: true });
});
