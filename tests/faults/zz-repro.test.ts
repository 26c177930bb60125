import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { chanceOf, SEED } from './chance.ts';
import { crowdOf } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { prepare, until, type Scene } from './scene.ts';

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

test.skipIf(disk === null).each([1, 2, 3])(
  'a full disk is told in a sentence, loses nothing that was acknowledged %s',
  async () => {
    rmSync(join(disk!, 'data'), { recursive: true, force: true });
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
    const t0 = Date.now();
    const acks: string[] = [];
    const iv = setInterval(() => {
      const f = statfsSync(disk!);
      acks.push(
        `${Date.now() - t0}ms acked ${crowd.acknowledged()} refusals ${refusals().length} free ${f.bavail * f.bsize}`,
      );
    }, 2000);
    try {
      await until('the console says so', () => /! Writing works again/.test(program.said()));
    } finally {
      clearInterval(iv);
      console.log(Date.now() - t0, 'said:', program.said().slice(-600), '\n', acks.join('\n'), program.log());
    }
    // Once each, however many messages failed.
    expect(program.said().match(/is full/g)).toHaveLength(1);
    expect(program.log()).toBe('');
    await crowd.halt();
    await program.kill();

    const seen = witness();
    expect(await onCopy(data, (file) => seen.look(file))).toEqual([]);
    expect(seen.compare(crowd.journals)).toEqual([]);
  },
);
