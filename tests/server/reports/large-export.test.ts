import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { liveSession } from '../../../server/attendance/live.ts';
import { peopleByIds } from '../../../server/people/queries.ts';
import { writeTable } from '../../../server/reports/exports.ts';
import { personTable } from '../../../server/reports/person-table.ts';
import { startTestServer, testClock, type TestServer } from '../harness.ts';
import { anEvent, conferenceScope, record, setScene, type Scene } from './scene.ts';

const clock = testClock();
let server: TestServer;
let scene: Scene;
beforeAll(async () => {
  server = await startTestServer({ clock });
  scene = await setScene(server, 178);
}, 120_000);
afterAll(() => server.close());

test.for(['xlsx', 'csv', 'json'] as const)(
  'a province of 14,000 people as %s is read no faster than it is taken',
  { timeout: 60_000 },
  async (format) => {
    const context = server.context();
    const conference = await conferenceScope(context, scene.conference);
    const live = await liveSession(context, conference, scene.session);
    if (live === null) throw new Error('no book');
    let asked = 0;
    const table = personTable({
      live,
      headcounts: null,
      lines: null,
      under: scene.root.id,
      asOf: clock(),
      language: 'vi',
      people: (ids) => {
        asked += ids.length;
        return peopleByIds(context, conference, ids);
      },
    });
    // Somebody who takes the first piece of the file and then goes for tea.
    let isBack = false;
    let goOn: (() => void) | null = null;
    let bytes = 0;
    const reader = new Writable({
      highWaterMark: 16_384,
      write(piece: Buffer, _, done) {
        bytes += piece.length;
        if (isBack || bytes === piece.length) done();
        else goOn = done;
      },
    });
    const written = writeTable(table, format, 'Báo cáo', 'vi', reader);
    await wait(400);
    const seated = live.book.node(live.tree.root.id).subtree;
    const seats = seated.summoned + seated.invited;
    expect(seats).toBeGreaterThan(12_000);
    expect(asked).toBeLessThan(seats / 3);
    isBack = true;
    (goOn as (() => void) | null)?.();
    await written;
    expect(asked).toBe(seats);
  },
);

test('while reports of everybody wait to be read, people are checked in', async () => {
  const params = { conference: scene.conference, bridge: scene.root.id, session: scene.session };
  const waiting = await Promise.all(
    (['xlsx', 'csv', 'json'] as const).map((format) =>
      scene.organizer.response(api.exportReport, { params, query: { format, by: 'person' } }),
    ),
  );
  const [commune] = scene.communes;
  if (commune === undefined) throw new Error('a commune');
  const seated = scene.seatedAt(commune.id);
  expect(seated.length).toBeGreaterThan(20);
  for (const person of seated)
    await record(scene, commune.id, [anEvent(scene, commune.id, 'arrive', { person, mode: 'in-person' })]);
  const [, , json] = waiting;
  const lines = (await json?.json()) as unknown[];
  expect(lines.length).toBeGreaterThan(12_000);
  await Promise.all(waiting.slice(0, 2).map((response) => response.arrayBuffer()));
}, 60_000);
