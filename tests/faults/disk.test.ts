import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { chanceOf, SEED } from './chance.ts';
import { crowdOf } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { pause, prepare, until, type Scene } from './scene.ts';

const SIZE_MB = 24;

/** A disk of its own, as small as is wanted; null where this machine lets nobody make one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'nhipcau-disk-'));
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder]);
  if (made.status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

const disk = smallDisk();
if (disk === null)
  console.log(
    'No small disk can be mounted here (it takes the rights of root): the full disk is not tested.',
  );

let scene: Scene;
beforeAll(async () => {
  scene = await prepare();
});
afterEach(killAll);
afterAll(async () => {
  await killAll();
  await scene.clear();
  if (disk !== null) {
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});

test.skipIf(disk === null)(
  'a full disk is told in a sentence, loses nothing that was acknowledged, and is written to again once there is room',
  async () => {
    const data = join(disk!, 'data');
    cpSync(scene.data, data, { recursive: true });
    const on = { ...scene, data };
    const filler = join(disk!, 'filler');
    const crowd = crowdOf(on, 4, chanceOf(SEED), { batch: 200, rest: 5 });
    const program = launch(data);
    await crowd.go(await program.ready());
    await until('something is acknowledged', () => crowd.acknowledged() > 500);

    const { bavail, bsize } = statfsSync(disk!);
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 300_000)));
    const refusals = (): string[] => crowd.journals.flatMap((journal) => journal.refusals);
    await until('the disk is full', () => refusals().length > 4);
    expect(new Set(refusals())).toEqual(
      new Set([expect.stringMatching(/Ổ đĩa của máy chủ đã đầy.*tự gửi lại/)]),
    );
    await until('the console says so', () => /! Ổ đĩa.*đã đầy[^]*! The disk.*is full/.test(program.said()));
    const whenFull = crowd.acknowledged();

    rmSync(filler);
    await until('it goes on', () => crowd.acknowledged() > whenFull + 500);
    // Writing as fast as they can, they would have filled the disk again before it counts as over.
    await crowd.halt();
    const few = crowdOf(on, 1, chanceOf(SEED + 1), { batch: 1, rest: 200 });
    await few.go(await program.ready());
    await until('the console says so', () => /! Writing works again/.test(program.said()));
    // Once each, however many messages failed.
    expect(program.said().match(/is full/g)).toHaveLength(1);
    expect(program.log()).toBe('');
    await few.halt();
    await program.kill();

    const seen = witness();
    expect(await onCopy(data, (file) => seen.look(file))).toEqual([]);
    expect(seen.compare([...crowd.journals, ...few.journals])).toEqual([]);
  },
);

test.skipIf(disk === null)(
  'a program that starts on a full disk says so, or serves; killed there, it loses nothing',
  async () => {
    const data = join(disk!, 'data');
    rmSync(data, { recursive: true, force: true });
    cpSync(scene.data, data, { recursive: true });
    const filler = join(disk!, 'filler');
    const { bavail, bsize } = statfsSync(disk!);
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
    const program = launch(data);
    const served = await program.ready().then(
      () => true,
      () => false,
    );
    await program.kill();
    // Whichever it was, in words.
    expect(served ? 'Ổ đĩa' : program.log()).toMatch(/Ổ đĩa|thư mục dữ liệu/);
    expect(program.log()).not.toMatch(/\n {4}at /);
    rmSync(filler);
    await pause(50);
    const again = launch(data);
    await again.ready();
    expect(await again.stop()).toBe(0);
  },
);
