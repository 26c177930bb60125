import { statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { socket } from '../server/harness.ts';
import { chanceOf, SEED } from './chance.ts';
import { crowdOf, type Crowd } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch, type Program } from './program.ts';
import { LONG, pause, prepare, type Scene } from './scene.ts';

const KILLS = LONG ? 200 : 20;

let scene: Scene;
beforeAll(async () => {
  scene = await prepare();
});
afterEach(killAll);
afterAll(() => scene.clear());

/** Moments at which the program is killed. Each ends with the program gone. */
type Moment = (crowd: Crowd, chance: () => number) => Promise<void>;

const MOMENTS: Readonly<Record<string, Moment>> = {
  /** While everybody sends. */
  async load(crowd, chance) {
    const program = await started();
    await crowd.go(await program.ready());
    await pause(20 + chance() * 300);
    await program.kill();
  },
  /** While it starts: before it serves, or just when it does. */
  async start(_crowd, chance) {
    const program = launch(scene.data, FAST);
    await pause(chance() * startTakes);
    await program.kill();
  },
  /** While SQLite moves pages from its log into the file: as soon as the file itself is seen to change. */
  async checkpoint(crowd, chance) {
    const program = await started();
    await crowd.go(await program.ready());
    const before = changed();
    const enough = Date.now() + 3000;
    while (changed() === before && Date.now() < enough) await pause(1);
    await pause(chance() * 3);
    await program.kill();
  },
  /** While it stops because it was asked to. */
  async close(crowd, chance) {
    const program = await started();
    await crowd.go(await program.ready());
    await pause(20 + chance() * 100);
    program.child.kill('SIGTERM');
    await pause(chance() * 60);
    await program.kill();
  },
};
const ORDER = ['load', 'start', 'checkpoint', 'close', 'load'] as const;

/** Checkpoints are signed as often as can be set, so that kills meet them too. */
const FAST = { environment: { CHECKPOINT_EVERY: '1' } };
let startTakes = 1000;

async function started(): Promise<Program> {
  const from = Date.now();
  const program = launch(scene.data, FAST);
  await program.ready();
  startTakes = Date.now() - from;
  return program;
}

function changed(): number {
  return statSync(join(scene.data, 'nhipcau.sqlite')).mtimeMs;
}

test(
  `${KILLS} kills under load: nothing acknowledged is lost, nothing is there twice, every chain verifies, the figures are a count`,
  { timeout: KILLS * 30_000 },
  async () => {
    const chance = chanceOf(SEED);
    const crowd = crowdOf(scene, 6, chance, { batch: 120, rest: 2 });
    const seen = witness();
    const kills: Record<string, number> = {};
    for (let kill = 0; kill < KILLS; kill++) {
      const moment = ORDER[kill % ORDER.length]!;
      await MOMENTS[moment]!(crowd, chance);
      await crowd.halt();
      kills[moment] = (kills[moment] ?? 0) + 1;
      const faults = await onCopy(scene.data, (file) => seen.look(file));
      faults.push(...seen.compare(crowd.journals));
      expect({ seed: SEED, kill, moment, faults }).toEqual({ seed: SEED, kill, moment, faults: [] });
    }
    // A run that recorded nothing would have shown nothing.
    expect(crowd.acknowledged()).toBeGreaterThan(KILLS * 50);

    const program = await started();
    const url = await program.ready();
    await crowd.drain(url);
    expect(crowd.journals.flatMap(({ waiting }) => [...waiting])).toEqual([]);
    const watcher = await socket({ url }, scene.cookie);
    const { conference, session } = scene;
    const root = { conference, session, bridge: scene.bridges[0]! };
    const figures = await watcher.ask('figures:watch', root);
    watcher.close();
    expect(await program.stop()).toBe(0);

    const afresh = witness();
    expect(await onCopy(scene.data, (file) => afresh.look(file))).toEqual([]);
    expect(afresh.compare(crowd.journals)).toEqual([]);
    expect(afresh.events).toBe(crowd.acknowledged());
    const [node] = figures.ok ? figures.nodes : [];
    expect(node?.subtree.attended).toBe(afresh.attended());
    console.log(`${KILLS} kills ${JSON.stringify(kills)}, ${afresh.events} events, seed ${SEED}`);
  },
);
