import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { BARE_ENVIRONMENT } from '../../environment.ts';

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));

let data: string;
const running: ChildProcessWithoutNullStreams[] = [];
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-main-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await rm(data, { recursive: true, force: true });
});

/** The program as a person starts it, with what it has said so far. */
function start(...flags: string[]): {
  child: ChildProcessWithoutNullStreams;
  said: () => string;
  log: () => string;
} {
  const child = spawn(process.execPath, [MAIN, '--data', data, ...flags], {
    env: { ...BARE_ENVIRONMENT, LOG_LEVEL: 'info' },
  });
  running.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return { child, said: () => out, log: () => err };
}

/** What the program has said, as soon as it matches. */
async function saidMatching(program: ReturnType<typeof start>, pattern: RegExp): Promise<RegExpExecArray> {
  return await vi.waitFor(
    () => {
      const match = pattern.exec(program.said());
      if (match === null) throw new Error(`not said yet: ${pattern.source}\n${program.log()}`);
      return match;
    },
    { timeout: 20_000 },
  );
}

test('the program says where it is and how to begin, serves, and stops when told to', async () => {
  const program = start('--port', '0');
  const [, url = ''] = await saidMatching(program, /Nhịp Cầu: (http:\/\/127\.0\.0\.1:\d+)\n/);
  await saidMatching(program, /\n {2}http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{43}\n/);
  // What is for the person is no log, and the log says nothing of what was searched for.
  expect(program.said()).not.toContain('{"level"');
  expect((await fetch(`${url}/api/v1/me?q=Nguyễn+Thị+Bí+Mật`)).status).toBe(401);
  await expect.poll(() => program.log(), { timeout: 5000 }).toMatch(/"path":"\/api\/v1\/me"/);
  expect(program.log()).not.toMatch(/B%C3%AD|Bí|setup#/);
  program.child.kill('SIGTERM');
  const [code] = await once(program.child, 'exit');
  expect(code).toBe(0);
});

test.each([
  ['settings that cannot be', ['--port', 'x', '--log-level', 'loud'], /PORT[^]*LOG_LEVEL/],
  ['a flag that there is not', ['--prot', '1'], /--prot/],
])('%s are told in a sentence, with exit code 1', async (_, flags, said) => {
  const program = start(...flags);
  const [code] = await once(program.child, 'exit');
  expect(code).toBe(1);
  expect(program.log()).toMatch(said);
  expect(program.log()).not.toMatch(/\n {4}at /);
});

test('a port that is taken and a database that is newer are told in a sentence', async () => {
  const first = start('--port', '0');
  const [, port = ''] = await saidMatching(first, /Nhịp Cầu: http:\/\/127\.0\.0\.1:(\d+)\n/);
  const second = start('--port', port);
  expect((await once(second.child, 'exit'))[0]).toBe(1);
  expect(second.log()).toMatch(new RegExp(`Cổng ${port} đang được dùng`));
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');

  const database = await openDatabase(databaseFile(data));
  await database.write('migration').insert({ name: '9999_later', at: 0 });
  await database.close();
  const third = start('--port', '0');
  expect((await once(third.child, 'exit'))[0]).toBe(1);
  expect(third.log()).toMatch(/phiên bản mới hơn/);
  expect(third.log()).not.toMatch(/\n {4}at /);
});

test('a start that lets other machines in without HTTPS says what will not work there, and how to get it', async () => {
  const open = start('--port', '0', '--host', '0.0.0.0');
  await saidMatching(open, /camera, micrô.*certificates make/);
  await saidMatching(open, /camera, microphone.*certificates make/);
  const behindProxy = start('--port', '0', '--host', '0.0.0.0', '--public-url', 'https://nhipcau.example');
  await saidMatching(behindProxy, /\/setup#/);
  expect(behindProxy.said()).not.toContain('certificates make');
});

test('the log has one line for a start, a stop and a start that was refused, and nobody in it', async () => {
  const program = start('--port', '0');
  await saidMatching(program, /\/setup#/);
  program.child.kill('SIGTERM');
  await once(program.child, 'close');
  const lines = program
    .log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const told = lines.map(({ msg }) => msg);
  for (const word of ['started', 'stopping', 'stopped'])
    expect(told.filter((msg) => msg === word)).toHaveLength(1);
  expect(lines.every(({ level, time }) => typeof level === 'number' && typeof time === 'number')).toBe(true);

  const refused = start('--port', 'x');
  await once(refused.child, 'close');
  expect(refused.log()).toContain('"reason":"settings","msg":"start refused"');
});
