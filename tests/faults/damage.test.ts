import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { socket } from '../server/harness.ts';
import { arriveAt } from '../server/sample.ts';
import { chanceOf, SEED } from './chance.ts';
import { crowdOf, type Crowd } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { pause, prepare, until, type Scene } from './scene.ts';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

/** Was recorded by these before the program was killed: its last commits are in the log, the others in the file. */
let scene: Scene;
let crowd: Crowd;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhipcau-damage-'));
  scene = await prepare();
  crowd = crowdOf(scene, 4, chanceOf(SEED), { batch: 60, rest: 2 });
  const program = launch(scene.data);
  await crowd.go(await program.ready());
  await until('there is something in the file', () => crowd.acknowledged() > 1500);
  await crowd.halt();
  await program.stop();
  const again = launch(scene.data);
  await crowd.go(await again.ready());
  const before = crowd.acknowledged();
  await until('there is something in the log', () => crowd.acknowledged() > before + 400);
  await again.kill();
  await crowd.halt();
});
afterEach(killAll);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await scene.clear();
});

let copies = 0;
/** The data folder as the killed program left it, and damaged. */
function damagedCopy(damage: (file: string) => void): string {
  const data = join(folder, `data-${++copies}`);
  cpSync(scene.data, data, { recursive: true });
  damage(join(data, 'nhipcau.sqlite'));
  return data;
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = bytes[at]! ^ 0x01;
  writeFileSync(file, bytes);
}

/** Everything that was committed goes into the file, and the log is empty. */
function settle(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

/** What the program says where it does not start. */
async function refusal(data: string): Promise<string> {
  const program = launch(data);
  const code = await program.ended();
  expect(code).toBe(1);
  expect(program.log()).not.toMatch(/\n {4}at /);
  return program.log();
}

function cli(data: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--data', data, ...args], {
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

describe('a damaged file is named, and nothing is written to it', () => {
  test.each([
    ['its first bytes', (file: string) => (settle(file), flip(file, 3))],
    [
      'cut in the middle of the file',
      (file: string) => {
        settle(file);
        truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096);
      },
    ],
    [
      'cut within a page',
      (file: string) => {
        settle(file);
        truncateSync(file, statSync(file).size - 1000);
      },
    ],
  ])('%s', async (_, damage) => {
    const data = damagedCopy(damage);
    const before = readFileSync(join(data, 'nhipcau.sqlite'));
    const said = await refusal(data);
    expect(said).toMatch(/Tệp dữ liệu bị hỏng.*restore --from/);
    expect(said).toMatch(/The data file is damaged.*restore --from/);
    expect(readFileSync(join(data, 'nhipcau.sqlite')).equals(before)).toBe(true);
  });

  test.each([
    ['gone', (file: string) => rmSync(file)],
    ['empty', (file: string) => truncateSync(file, 0)],
  ])('a database that is %s is not taken for a new one', async (_, damage) => {
    const data = damagedCopy(damage);
    expect(await refusal(data)).toMatch(/không còn hoặc trống[^]*is gone or empty/);
  });
});

/** In the middle of the log: others were committed behind it. */
function flipInLog(data: string): void {
  const log = join(data, 'nhipcau.sqlite-wal');
  const frame = 24 + 4096;
  const frames = Math.floor((statSync(log).size - 32) / frame);
  flip(log, 32 + Math.floor(frames / 2) * frame + 24 + 2000);
}

describe('a byte that changed in the log', () => {
  test('is named before SQLite takes it for the end of the log; whatever can be read is taken over', async () => {
    const data = damagedCopy(() => undefined);
    flipInLog(data);
    const log = readFileSync(join(data, 'nhipcau.sqlite-wal'));
    expect(await refusal(data)).toMatch(/Nhật ký ghi .* bị hỏng[^]*write-ahead log .* is damaged/);
    // The command line opens the same file, and must not cut the log either.
    expect(cli(data, 'conference', 'list')).toMatchObject({ code: 2, err: expect.stringMatching(/bị hỏng/) });
    expect(readFileSync(join(data, 'nhipcau.sqlite-wal')).equals(log)).toBe(true);

    const taken = cli(data, 'restore', '--from', join(data, 'nhipcau.sqlite'), '--accept-damage');
    expect(taken).toMatchObject({ code: 0, err: '' });
    expect(taken.out).toMatch(/1 trang của nhật ký ghi không đọc được/);
    expect(taken.out).toMatch(/before-restore-/);
    const program = launch(data);
    await program.ready();
    expect(await program.stop()).toBe(0);
    const seen = witness();
    await onCopy(data, (file) => seen.look(file));
    // One page of the log is one page: what was acknowledged long before it is there.
    expect(seen.events).toBeGreaterThan(1500);
  });

  test('in the header of the log is named as well', async () => {
    const data = damagedCopy(() => undefined);
    flip(join(data, 'nhipcau.sqlite-wal'), 18);
    expect(await refusal(data)).toMatch(/bị hỏng/);
    const taken = cli(data, 'restore', '--from', join(data, 'nhipcau.sqlite'));
    expect(taken.code).toBe(0);
  });

  test('in the last write is no reason not to start: it may be what a power failure leaves; it is told', async () => {
    const data = damagedCopy(() => undefined);
    const log = join(data, 'nhipcau.sqlite-wal');
    flip(log, statSync(log).size - 100);
    const program = launch(data);
    await program.ready();
    expect(program.said()).toMatch(/! Lần ghi cuối[^]*! The last write/);
    expect(await program.stop()).toBe(0);
  });
});

/** In the text of an event in the middle of the file, somewhere in its ids. */
function flipInEvent(file: string): number {
  settle(file);
  const database = new DatabaseSync(file);
  const row = database
    .prepare(
      `select seq, form from attendance_event where form like '["arrive"%' and seq > 500 order by seq limit 1`,
    )
    .get() as { seq: number; form: string };
  database.close();
  const bytes = readFileSync(file);
  const at = bytes.indexOf(Buffer.from(row.form));
  expect(at).toBeGreaterThan(0);
  // The quote that ends the first word: nothing can be read of it any more.
  flip(file, at + row.form.indexOf('",'));
  return row.seq;
}

describe('a byte that changed in an event of the ledger', () => {
  test('is named after the start; all else is served, and new events are taken in', async () => {
    let seq = 0;
    const data = damagedCopy((file) => (seq = flipInEvent(file)));
    const program = launch(data);
    const url = await program.ready();
    const door = await socket({ url }, scene.cookie);
    const { conference, session, people } = scene;
    const bridge = scene.bridges.at(-1)!;
    const figures = await door.ask('figures:watch', { conference, session, bridge: scene.bridges[0]! });
    expect(figures.ok).toBe(true);
    const event = arriveAt({ session, clock: (() => Date.now()) as never }, bridge, people[0]!);
    const answer = await door.ask('attendance:record', { conference, session, bridge, events: [event] });
    expect(answer.ok && answer.items[0]?.outcome).toBe('recorded');
    door.close();
    await until('the damage is named', () => program.said().includes('The ledger is damaged'), 60_000);
    expect(program.said()).toMatch(new RegExp(`! Sổ điểm danh bị hỏng: sự kiện số ${seq} `));
    expect(await program.stop()).toBe(0);
  });

  test('a stop while the ledger is being checked is a stop like any other', async () => {
    const data = damagedCopy((file) => {
      settle(file);
      const database = new DatabaseSync(file);
      // Nothing that a book would show: only the check reads them, and is not through before it is asked to stop.
      database.exec(
        `with recursive n (n) as (select 1 union all select n + 1 from n where n < 400000)
         insert into attendance_event (id, session, bridge, received_at, place, hash, form)
         select randomblob(16), 'x', 'x', 0, n, randomblob(32), '["x"]' from n`,
      );
      database.close();
    });
    const program = launch(data);
    await program.ready();
    await pause(3500);
    expect(await program.stop()).toBe(0);
  });

  test('a backup says it, and a restore takes it only when told to', () => {
    let seq = 0;
    const data = damagedCopy((file) => (seq = flipInEvent(file)));
    const out = join(folder, `backup-${copies}.sqlite`);
    const made = cli(data, '--language', 'en', 'backup', '--out', out);
    expect(made.code).toBe(1);
    expect(made.out).toMatch(new RegExp(`The ledger is damaged: event ${seq} `));
    const refused = cli(data, '--language', 'en', 'restore', '--from', out);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(new RegExp(`event ${seq} [^]*Nothing was changed`));
    expect(cli(data, 'restore', '--from', out, '--accept-damage').code).toBe(0);
  });
});
