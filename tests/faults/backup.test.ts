import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { backUp, keysFile } from '../../server/platform/backup.ts';
import { restore } from '../../server/platform/restore.ts';
import { chanceOf, SEED } from './chance.ts';
import { crowdOf } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { pause, prepare, until, type Scene } from './scene.ts';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const tell = (): void => undefined;
const about = (): Promise<void> => Promise.resolve();

let scene: Scene;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhipcau-backup-'));
  scene = await prepare();
});
afterEach(killAll);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await scene.clear();
});

/** Runs the command line beside what goes on. */
async function cli(
  data: string,
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, '--data', data, '--language', 'en', ...args]);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

test('a backup under load holds everything acknowledged before it, is whole, and holds up nobody; a restore brings it back', async () => {
  const crowd = crowdOf(scene, 6, chanceOf(SEED), { batch: 30, rest: 5 });
  const program = launch(scene.data);
  const url = await program.ready();
  await crowd.go(url);
  await until('something is acknowledged', () => crowd.acknowledged() > 500);
  for (const journal of crowd.journals) journal.longest = 0;
  await pause(1000);
  const longestBefore = Math.max(...crowd.journals.map(({ longest }) => longest));
  const before = new Set(crowd.journals.flatMap(({ acknowledged }) => [...acknowledged.keys()]));
  for (const journal of crowd.journals) journal.longest = 0;

  const out = join(folder, 'day.sqlite');
  const made = await cli(scene.data, 'backup', '--out', out, '--with-keys');
  expect(made).toMatchObject({ code: 0, err: '' });
  const longest = Math.max(...crowd.journals.map((journal) => journal.longest));
  console.log(
    `longest check-in: ${Math.round(longestBefore)} ms before, ${Math.round(longest)} ms during the backup`,
  );
  // While the lock of a writer would have been held, nobody would have been answered.
  expect(crowd.acknowledged()).toBeGreaterThan(before.size);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(statSync(keysFile(out)).mode & 0o777).toBe(0o600);
  expect(readFileSync(out).includes('PRIVATE KEY')).toBe(false);

  // The folder is in use: nothing is restored over a running server's head.
  const early = await cli(scene.data, 'restore', '--from', out);
  expect(early).toMatchObject({ code: 2, err: expect.stringMatching(/is using this data folder/) });
  const sent = crowd.acknowledged();
  await until('check-ins go on', () => crowd.acknowledged() > sent);
  await crowd.halt();
  await program.kill();

  // In place of what is there, and onto a new machine.
  const fresh = join(folder, 'new-machine');
  const key = readFileSync(join(scene.data, 'ledger.key'), 'utf8');
  for (const data of [scene.data, fresh]) {
    const done = await cli(data, 'restore', '--from', out);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toMatch(
      /Restored, and checked again[^]*The ledger: [\d,.]+ events, the last one received at/,
    );
    const seen = witness();
    expect(await onCopy(data, (file) => seen.look(file))).toEqual([]);
    const gone = seen.compare(crowd.journals).filter((fault) => !fault.endsWith('is not there'));
    expect(gone).toEqual([]);
    const kept = new Set([...before].filter((id) => seen.has(id)));
    expect(kept.size).toBe(before.size);
    expect(readFileSync(join(data, 'ledger.key'), 'utf8')).toBe(key);

    const again = launch(data);
    expect(await again.ready()).toMatch(/^http/);
    expect(await again.stop()).toBe(0);
  }
  const aside = readdirSync(scene.data).filter((name) => name.startsWith('before-restore-'));
  expect(aside).toHaveLength(1);
  expect(readdirSync(join(scene.data, aside[0]!))).toContain('nhipcau.sqlite');
});

test('nothing is written over, into nowhere, or where there is no room for it', async () => {
  const out = join(folder, 'there.sqlite');
  writeFileSync(out, 'something else');
  const options = { withKeys: false, tell, about };
  expect(await backUp(scene.data, out, options)).toMatchObject({ ok: false, reason: 'exists' });
  expect(readFileSync(out, 'utf8')).toBe('something else');
  expect(await backUp(scene.data, join(folder, 'no', 'x.sqlite'), options)).toMatchObject({
    ok: false,
    reason: 'no such folder',
  });
  expect(await backUp(join(folder, 'nothing'), join(folder, 'y.sqlite'), options)).toMatchObject({
    ok: false,
    reason: 'no database',
  });
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('what is no backup, or one of a newer version, is not put in place of anything', async () => {
  const before = readFileSync(join(scene.data, 'nhipcau.sqlite'));
  const text = join(folder, 'text.sqlite');
  writeFileSync(text, 'no database at all, but long enough to be looked at as one');
  expect(await restore(scene.data, text, 'now', false, about)).toMatchObject({
    ok: false,
    reason: 'damaged',
  });
  expect(await restore(scene.data, join(folder, 'none'), 'now', false, about)).toMatchObject({
    ok: false,
    reason: 'no such file',
  });
  const newer = join(folder, 'newer.sqlite');
  expect(await backUp(scene.data, newer, { withKeys: false, tell, about })).toMatchObject({ ok: true });
  const sql = `const { DatabaseSync } = require('node:sqlite'); new DatabaseSync(process.argv[1]).exec("insert into migration values ('9999_later', 0)")`;
  expect(spawnSync(process.execPath, ['-e', sql, newer]).status).toBe(0);
  expect(await restore(scene.data, newer, 'now', false, about)).toEqual({
    ok: false,
    reason: 'too new',
    names: ['9999_later'],
  });
  expect(readFileSync(join(scene.data, 'nhipcau.sqlite')).equals(before)).toBe(true);
  expect(readdirSync(scene.data).filter((name) => name.startsWith('.restore'))).toEqual([]);
});

test('a backup that is killed leaves nothing that looks like one', async () => {
  const out = join(folder, 'killed.sqlite');
  for (const wait of [200, 350, 500, 700]) {
    const child = spawn(process.execPath, [CLI, '--data', scene.data, 'backup', '--out', out]);
    const gone = once(child, 'close');
    await pause(wait);
    child.kill('SIGKILL');
    await gone;
    // Done in time: then it is whole.
    if (existsSync(out)) break;
  }
  rmSync(out, { force: true });
  const again = await cli(scene.data, 'backup', '--out', out);
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(existsSync(`${out}.part`)).toBe(false);
});

test('on a schedule, so many are kept and the oldest go', async () => {
  const to = join(folder, 'scheduled');
  const program = launch(scene.data, {
    environment: { BACKUP_EVERY: '0.03', BACKUP_KEEP: '1', BACKUP_TO: to },
  });
  await program.ready();
  const made = new Set<string>();
  await until(
    'three were made',
    () => {
      for (const name of existsSync(to) ? readdirSync(to) : []) if (name.endsWith('.sqlite')) made.add(name);
      return made.size >= 3;
    },
    120_000,
  );
  expect(await program.stop()).toBe(0);
  expect(program.said().match(/^!.*/gm)).toBeNull();
  expect(readdirSync(to).filter((name) => name.endsWith('.sqlite')).length).toBeLessThanOrEqual(2);
});
