import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { accountById } from '../../server/access/store.ts';
import { hashed } from '../server/sign-in/hashed.ts';
import { setPassword } from '../../server/sign-in/store.ts';
import { client, hostAt, signIn, socket, testClock } from '../server/harness.ts';
import { sample } from '../server/sample.ts';
import { chanceOf, SEED } from './chance.ts';
import { crowdOf } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { prepare, until, type Scene } from './scene.ts';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const HOUR = 3_600_000;

let scene: Scene;
beforeAll(async () => {
  scene = await prepare();
});
afterEach(killAll);
afterAll(() => scene.clear());

test('a clock that jumps back and forth by hours disturbs no check-in, no chain and no figure', async () => {
  const crowd = crowdOf(scene, 4, chanceOf(SEED), { batch: 20, rest: 5 });
  const program = launch(scene.data);
  const url = await program.ready();
  await crowd.go(url);
  for (const hours of [0, 5, -5, 9, -9, 0]) {
    program.moveClock(hours * HOUR);
    const before = crowd.acknowledged();
    await until(`check-ins go on, ${hours} hours beside`, () => crowd.acknowledged() > before + 100);
  }
  // After a jump back: what another process writes is seen within seconds, not when the hours have passed again.
  const watcher = await socket({ url }, scene.cookie);
  const { conference, session, bridges } = scene;
  const root = { conference, session, bridge: bridges[0]! };
  await watcher.ask('figures:watch', root);
  program.moveClock(-9 * HOUR);
  await crowd.halt();
  const file = join(scene.data, 'events.ndjson');
  const walkIn = {
    kind: 'walk-in',
    bridge: bridges[0],
    at: Date.now(),
    name: 'Vi Thị Khách',
    unit: '',
    mode: 'in-person',
  };
  writeFileSync(file, `${JSON.stringify(walkIn)}\n`);
  const written = spawnSync(process.execPath, [CLI, '--data', scene.data, 'attendance', 'record', file]);
  expect(written.status).toBe(0);
  const seen = witness();
  expect(await onCopy(scene.data, (copy) => seen.look(copy))).toEqual([]);
  const attended = async (): Promise<number | undefined> => {
    const figures = await watcher.ask('figures:watch', root);
    return figures.ok ? figures.nodes[0]?.subtree.attended : undefined;
  };
  await until(
    'the figures are those of the ledger',
    async () => (await attended()) === seen.attended(),
    10_000,
  );
  watcher.close();
  expect(crowd.journals.flatMap(({ complaints, refusals }) => [...complaints, ...refusals])).toEqual([]);
  expect(await program.stop()).toBe(0);
});

test('after a clock was put back, an ended sign-in and a role that was taken away end at once all the same', async () => {
  const clock = testClock();
  const filled = await sample({ communes: 1, clock });
  try {
    const bridge = filled.bridges[0]!.id;
    const host = await signIn(filled.server, [hostAt(filled.conference, bridge)]);
    const params = { conference: filled.conference };
    await host.call(api.sessions, { params });
    clock.advance(-5 * HOUR);
    // The role goes straight out of the database, as another process would take it: within two seconds, whatever the clock says.
    await filled.server.database.write('grant_').where({ account: host.account }).delete();
    await expect
      .poll(async () => (await host.response(api.sessions, { params })).status, { timeout: 4000 })
      .toBe(404);
    const door = await socket(filled.server, host.cookie);
    expect(await door.ask('clock:ask', {})).toMatchObject({ ok: true });
    await filled.server.database.write('sign_in').where({ account: host.account }).delete();
    clock.advance(-HOUR);
    expect(await door.ask('clock:ask', {})).toMatchObject({ ok: false, reason: 'not-signed-in' });
    door.close();
  } finally {
    await filled.server.close();
  }
});

test('a clock that was a day ahead while somebody signed in has signed nobody else out for good', async () => {
  const clock = testClock();
  const filled = await sample({ communes: 1, clock, until: 'bridges' });
  try {
    const { organizer, server } = filled;
    const { account } = await signIn(server);
    await setPassword(server.database.write, account, await hashed('mật khẩu thử'));
    const { username } = (await accountById(server.database.read, account))!;
    clock.advance(24 * HOUR);
    expect((await organizer.refusal(api.conferences, {})).code).toBe('not-signed-in');
    await client(server).call(api.signIn, { body: { username, password: 'mật khẩu thử' } });
    clock.advance(-24 * HOUR);
    expect((await organizer.call(api.conferences, {})).items).toHaveLength(1);
  } finally {
    await filled.server.close();
  }
});
