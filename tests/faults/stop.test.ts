import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { socket } from '../server/harness.ts';
import { chanceOf, SEED } from './chance.ts';
import { crowdOf } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { LONG, pause, prepare, type Scene } from './scene.ts';

const STOPS = LONG ? 20 : 4;
/** What was on its way and is not answered now is answered by nobody. */
const SOON_MS = 3000;

let scene: Scene;
beforeAll(async () => {
  scene = await prepare();
});
afterEach(killAll);
afterAll(() => scene.clear());

test(
  `${STOPS} stops under load: whatever was written was answered, the rest is sent again and is there once`,
  { timeout: STOPS * 40_000 },
  async () => {
    const chance = chanceOf(SEED);
    const crowd = crowdOf(scene, 6, chance, { batch: 120, rest: 2 });
    const seen = witness();
    for (let stop = 0; stop < STOPS; stop++) {
      const program = launch(scene.data);
      await crowd.go(await program.ready());
      await pause(300 + chance() * 300);
      const from = Date.now();
      expect(await program.stop()).toBe(0);
      expect(Date.now() - from).toBeLessThan(SOON_MS);
      await crowd.halt();
      const faults = await onCopy(scene.data, (file) => seen.look(file));
      faults.push(...seen.compare(crowd.journals));
      expect({ seed: SEED, stop, faults }).toEqual({ seed: SEED, stop, faults: [] });
      const unanswered = crowd.journals.flatMap(({ waiting }) => [...waiting]).filter((id) => seen.has(id));
      expect({ stop, unanswered }).toEqual({ stop, unanswered: [] });
    }
    expect(crowd.acknowledged()).toBeGreaterThan(STOPS * 50);

    const program = launch(scene.data);
    await crowd.drain(await program.ready());
    expect(crowd.journals.flatMap(({ waiting }) => [...waiting])).toEqual([]);
    expect(await program.stop()).toBe(0);
    const afresh = witness();
    expect(await onCopy(scene.data, (file) => afresh.look(file))).toEqual([]);
    expect(afresh.compare(crowd.journals)).toEqual([]);
    expect(afresh.events).toBe(crowd.acknowledged());
  },
);

test('pages are told that the server goes before their line breaks', async () => {
  const program = launch(scene.data);
  const line = await socket({ url: await program.ready() }, scene.cookie);
  const heard: string[] = [];
  line.socket.on('server:stopping', () => heard.push('stopping'));
  const broken = new Promise<void>((resolve) => {
    line.socket.once('disconnect', () => {
      heard.push('broken');
      resolve();
    });
  });
  expect(await program.stop()).toBe(0);
  await broken;
  expect(heard).toEqual(['stopping', 'broken']);
  line.close();
});

test('a second signal ends a stop that waits for a disk', { timeout: 60_000 }, async () => {
  const program = launch(scene.data);
  const url = await program.ready();
  const crowd = crowdOf(scene, 1, chanceOf(SEED), { batch: 2, rest: 0 });
  // The program writes at its start: whoever comes then waits a moment.
  const other = new DatabaseSync(join(scene.data, 'nhipcau.sqlite'), { timeout: 5000 });
  other.exec('begin immediate');
  await crowd.go(url);
  await pause(300);
  program.child.kill('SIGTERM');
  await pause(500);
  expect(program.child.exitCode).toBeNull();
  const from = Date.now();
  program.child.kill('SIGTERM');
  await program.ended();
  expect(program.child.signalCode).toBe('SIGTERM');
  expect(Date.now() - from).toBeLessThan(2000);
  other.exec('rollback');
  other.close();
  await crowd.halt();
});
