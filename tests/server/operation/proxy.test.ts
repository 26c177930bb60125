import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { readConfig } from '../../../server/platform/config.ts';
import { createLog } from '../../../server/platform/log.ts';
import { startServer, type RunningServer } from '../../../server/server.ts';
import { signIn } from '../harness.ts';
import { testAuthority, type TestAuthority } from './authority.ts';

const PUBLIC = 'nhipcau.xa-thu.vn';

let made: TestAuthority;
let ca: string;
let server: RunningServer;
let proxy: Server;

const headersFor = (from: IncomingMessage): Record<string, string | string[] | undefined> => ({
  ...from.headers,
  'x-forwarded-for': from.socket.remoteAddress ?? '',
  'x-forwarded-proto': 'https',
});
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** A proxy as nginx is set up in docs/OPERATIONS.md: it ends HTTPS, says who asked, and passes sockets through. */
async function startProxy(target: number): Promise<Server> {
  const started = createServer(
    { cert: await readFile(made.files.cert), key: await readFile(made.files.key) },
    (from, to) => {
      const { url: path = '/', method } = from;
      const passed = httpRequest({ port: target, path, method, headers: headersFor(from) }, (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      });
      from.pipe(passed);
    },
  );
  started.on('upgrade', (from: IncomingMessage, line) => {
    const passed = httpRequest({ port: target, path: from.url ?? '/', headers: headersFor(from) });
    passed.once('upgrade', (answer, behind, first) => {
      const headers = answer.rawHeaders
        .map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`))
        .join('');
      line.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`);
      line.write(first);
      behind.pipe(line).pipe(behind);
      behind.on('error', () => line.destroy());
      line.on('error', () => behind.destroy());
    });
    passed.once('response', () => line.destroy());
    passed.end();
  });
  started.listen(0, '127.0.0.1');
  await once(started, 'listening');
  return started;
}

beforeAll(async () => {
  made = await testAuthority({ names: [PUBLIC] });
  ca = await readFile(made.files.authority, 'utf8');
  const config = readConfig(
    {
      DATA: made.folder,
      PORT: '0',
      PUBLIC_URL: `https://${PUBLIC}`,
      TRUST_PROXY: '1',
      METRICS_TOKEN: 'x'.repeat(20),
    },
    [],
  );
  server = await startServer(config, { log: createLog('silent') });
  proxy = await startProxy(server.port);
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await server.close();
  await made.remove();
});

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function ask(
  path: string,
  { method = 'GET', headers = {}, body = '' }: Sent = {},
): Promise<IncomingMessage> {
  const { port } = proxy.address() as AddressInfo;
  const asked = request({
    host: '127.0.0.1',
    port,
    servername: PUBLIC,
    ca,
    path,
    method,
    headers: { host: PUBLIC, 'content-type': 'application/json', ...headers },
  });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

test('behind a proxy a sign-in gets a cookie for HTTPS only', async () => {
  const [, token = ''] = server.setupLink?.split('#') ?? [];
  const body = { token, username: 'to-chuc', name: 'Trần Thử Nghiệm', password: 'mot-mat-khau-dai-2025' };
  const path = `/api/v1${api.setUp.path}`;
  const answer = await ask(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { origin: `https://${PUBLIC}` },
  });
  expect(answer.statusCode).toBe(200);
  const cookies = answer.headers['set-cookie']?.join('\n') ?? '';
  expect(cookies).toMatch(/; Secure/);
  expect(cookies).toMatch(/; HttpOnly/);
});

test('links are those of the public address, and browsers are told to come by HTTPS only', async () => {
  expect(server.setupLink).toMatch(new RegExp(`^https://${PUBLIC}/setup#`));
  const { headers } = await ask('/');
  expect(headers['strict-transport-security']).toBe('max-age=15552000');
  expect(headers['content-security-policy']).toContain(`wss://${PUBLIC}`);
});

test('sockets go through it, from our own page only', async () => {
  const { cookie } = await signIn(server);
  const { port } = proxy.address() as AddressInfo;
  const dial = async (origin: string): Promise<unknown> => {
    const socket = io(`https://127.0.0.1:${port}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ca,
      servername: PUBLIC,
      extraHeaders: { cookie, origin, host: PUBLIC },
    } as Parameters<typeof io>[1]);
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return await socket.timeout(5000).emitWithAck('clock:ask', {});
    } finally {
      socket.close();
    }
  };
  expect(await dial(`https://${PUBLIC}`)).toMatchObject({ ok: true });
  await expect(dial('https://ke-gian.vn')).rejects.toThrow(/websocket error/);
});

test('through it nobody reads the figures without the token, though the proxy is on this machine', async () => {
  expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
  expect((await ask('/metrics')).statusCode).toBe(403);
  expect((await ask('/metrics', { headers: bearer('x'.repeat(20)) })).statusCode).toBe(200);
  expect((await ask('/metrics', { headers: bearer('y'.repeat(20)) })).statusCode).toBe(403);
});
