import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { socket } from '../server/harness.ts';
import { chanceOf, SEED } from './chance.ts';
import { crowdOf } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { pause, prepare, until, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await prepare();
});
afterEach(async () => {
  await killAll();
  await scene.clear();
});

/** Takes the write lock as another process would, until it is called again. */
function hold(data: string): () => void {
  const other = new DatabaseSync(join(data, 'nhipcau.sqlite'));
  other.exec('pragma busy_timeout = 10000; begin immediate');
  return () => {
    other.exec('rollback');
    other.close();
  };
}

test('a file that another process holds for a moment delays, for long is told in words; nothing hangs and nothing is lost', async () => {
  const crowd = crowdOf(scene, 4, chanceOf(SEED), { batch: 20, rest: 5 });
  const program = launch(scene.data);
  const url = await program.ready();
  await crowd.go(url);
  await until('something is acknowledged', () => crowd.acknowledged() > 100);

  // Shorter than the seven seconds that a statement waits.
  const letGo = hold(scene.data);
  await pause(800);
  const during = crowd.acknowledged();
  // Nobody reads what another process holds back: figures are there all the while.
  const watcher = await socket({ url }, scene.cookie);
  const { conference, session, bridges } = scene;
  const figures = await watcher.ask('figures:watch', { conference, session, bridge: bridges[0]! });
  expect(figures.ok).toBe(true);
  watcher.close();
  letGo();
  await until('it goes on', () => crowd.acknowledged() > during + 100);
  const refusals = (): string[] => crowd.journals.flatMap((journal) => journal.refusals);
  expect(refusals()).toEqual([]);
  expect(program.said()).not.toMatch(/^!/m);

  // Longer.
  const letGoLate = hold(scene.data);
  await until('it is told', () => refusals().length > 0, 60_000);
  // Who waits behind another write that waits for the file is answered before the file is given up.
  for (const refusal of refusals())
    expect(refusal).toMatch(/(Một chương trình khác|chưa ghi xong).*tự gửi lại/);
  await until('the console says so', () =>
    /! Một chương trình khác giữ tệp dữ liệu quá lâu/.test(program.said()),
  );
  const held = crowd.acknowledged();
  letGoLate();
  await until('it goes on', () => crowd.acknowledged() > held + 100);
  await until('the console says so', () => /! Writing works again/.test(program.said()));
  await crowd.halt();
  expect(await program.stop()).toBe(0);

  const seen = witness();
  expect(await onCopy(scene.data, (file) => seen.look(file))).toEqual([]);
  expect(seen.compare(crowd.journals)).toEqual([]);
});
