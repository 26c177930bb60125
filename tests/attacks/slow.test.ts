import { once } from 'node:events';
import type { Socket } from 'node:net';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { CONNECTION_BOUNDS } from '../../server/platform/connections.ts';
import { rawLine, websocketRequest } from '../raw-line.ts';
import { signIn, startTestServer, type SignedInClient, type TestServer } from '../server/harness.ts';

/** As long as usual would be a minute of waiting; that what is usual is in force is below. */
const HASTY = { headersMs: 1500, requestMs: 6000, publicBodyMs: 1500, joinMs: 1000, lookMs: 300 };

let server: TestServer;
let person: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ bounds: HASTY });
  person = await signIn(server);
});
afterAll(() => server.close());

interface Line {
  readonly line: Socket;
  heard(): string;
  /** When it was closed, in milliseconds since it was opened. */
  readonly closed: Promise<number>;
}

async function open(words: string): Promise<Line> {
  const line = await rawLine(server.port);
  const since = performance.now();
  let heard = '';
  line.on('data', (piece: Buffer) => (heard += piece.toString('latin1')));
  const closed = once(line, 'close').then(() => performance.now() - since);
  line.write(words);
  return { line, heard: () => heard, closed };
}

/** Goes on sending a little, as somebody does who wants to hold a line for ever. */
function drip({ line }: Line, piece: string): NodeJS.Timeout {
  return setInterval(() => line.write(piece), 400);
}

const POST = (path: string, more = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n${more}\r\n`;

/** First byte of a websocket's goodbye. */
const CLOSE_FRAME = '\x88';

test('lines that say nothing, or hardly anything, are closed; others are served meanwhile', async () => {
  const silent = await open('');
  const headers = await open('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
  const body = await open(`${POST('/api/v1/activate')}{`);
  const upgrade = await open(websocketRequest());
  const crowd = await Promise.all(Array.from({ length: 300 }, () => open('GET / HTTP/1.1\r\nX-A: ')));
  const dripping = [drip(headers, 'X-B: c\r\n'), drip(body, ' ')];
  try {
    for (let n = 0; n < 5; n++) {
      const asked = performance.now();
      expect((await person.response(api.me)).status).toBe(200);
      expect(performance.now() - asked).toBeLessThan(3000);
    }
    const closed = await Promise.all([silent, headers, body, ...crowd].map((line) => line.closed));
    expect(Math.max(...closed)).toBeLessThan(4000);
    // Told to go; what never answers that is cut off half a minute later.
    expect(upgrade.heard()).toContain(CLOSE_FRAME);
    expect(headers.heard()).toMatch(/^HTTP\/1\.1 408/);
    expect(body.heard()).toMatch(/^HTTP\/1\.1 400/);
    expect(Buffer.from(body.heard(), 'latin1').toString()).toContain('quá chậm');
  } finally {
    for (const timer of dripping) clearInterval(timer);
    // The server waits half a minute for its goodbye.
    upgrade.line.destroy();
  }
}, 60_000);

test('what lay unread while the server had other work is answered, however long that was', async () => {
  const waiting = await open('');
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setImmediate(resolve));
  waiting.line.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
  const since = performance.now();
  while (performance.now() - since < 2 * HASTY.headersMs);
  await waiting.closed;
  expect(waiting.heard()).toMatch(/^HTTP\/1\.1 200/);
});

test('nobody has more time for this than they need', () => {
  const { headersMs, requestMs, publicBodyMs, jsonBodyMs, fileBodyMs, joinMs, lookMs } = CONNECTION_BOUNDS;
  for (const most of [headersMs, publicBodyMs, joinMs, lookMs]) expect(most).toBeLessThanOrEqual(15_000);
  for (const most of [requestMs, jsonBodyMs, fileBodyMs]) expect(most).toBeLessThanOrEqual(300_000);
});

test('whoever may not is told so before anything of theirs is waited for', async () => {
  for (const path of ['/api/v1/units/imports?name=a.csv&dryRun=false', '/api/v1/conferences']) {
    const stranger = await open(POST(path));
    const start = performance.now();
    while (stranger.heard() === '' && performance.now() - start < 5000)
      await new Promise((resolve) => void setTimeout(resolve, 20));
    expect(stranger.heard()).toMatch(/^HTTP\/1\.1 401/);
    stranger.line.destroy();
  }
});

test('a body that says how large it is is refused before it is there', async () => {
  const request = POST('/api/v1/activate').replace('50000', '5000000');
  const large = await open(request);
  const start = performance.now();
  while (large.heard() === '' && performance.now() - start < 5000)
    await new Promise((resolve) => void setTimeout(resolve, 20));
  expect(large.heard()).toMatch(/^HTTP\/1\.1 413/);
  large.line.destroy();
});

test('one account cannot take all memory that there is for bodies', async () => {
  const cookie = `Cookie: ${person.cookie}\r\n`;
  const upload = (): Promise<Line> =>
    open(POST('/api/v1/readings?name=a.txt', cookie).replace('50000', String(60_000_000)));
  const lines = [await upload(), await upload(), await upload()];
  const start = performance.now();
  const refused = (): Line | undefined => lines.find((line) => line.heard() !== '');
  while (refused() === undefined && performance.now() - start < 5000)
    await new Promise((resolve) => void setTimeout(resolve, 20));
  expect(refused()?.heard()).toMatch(/^HTTP\/1\.1 429/);
  expect(refused()?.heard()).toMatch(/Retry-After: \d+/i);
  // Somebody else still has room.
  const other = await signIn(server);
  const body = { name: 'a.txt', bytes: new TextEncoder().encode('Kế hoạch') };
  expect((await other.response(api.readDocument, { body })).status).toBe(200);
  for (const { line } of lines) line.destroy();
});
