import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request, type RequestOptions } from 'node:https';
import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { connect as dial } from 'node:net';
import { connect } from 'node:tls';

import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { renewCertificates } from '../../../server/platform/certificates.ts';
import { readConfig } from '../../../server/platform/config.ts';
import { createLog } from '../../../server/platform/log.ts';
import { startServer, type RunningServer } from '../../../server/server.ts';
import { signIn } from '../harness.ts';
import { NAME, testAuthority, type TestAuthority } from './authority.ts';

let made: TestAuthority;
let server: RunningServer;
let ca: string;
const told: string[] = [];

beforeAll(async () => {
  made = await testAuthority();
  ca = await readFile(made.files.authority, 'utf8');
  const config = readConfig(
    {
      DATA: made.folder,
      PORT: '0',
      HTTP_PORT: '0',
      TLS_CERT: made.files.cert,
      TLS_KEY: made.files.key,
      PUBLIC_URL: `https://${NAME}`,
    },
    [],
  );
  server = await startServer(config, { log: createLog('silent'), tell: ({ en }) => void told.push(en) });
});
afterAll(async () => {
  await server.close();
  await made.remove();
});

interface Answered {
  readonly response: IncomingMessage;
  readonly text: string;
}

/** Asks the server as a client that trusts the authority and comes under a name. */
async function ask(path: string, options: RequestOptions = {}, body = ''): Promise<Answered> {
  const asked = request({
    host: '127.0.0.1',
    port: server.port,
    servername: NAME,
    ca,
    path,
    ...options,
    headers: { host: NAME, ...(options.headers as Record<string, string> | undefined) },
  });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(response, 'end');
  return { response, text };
}

/** What the plain port answers; nothing is followed. */
const plainly = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.plainPort}${path}`, { redirect: 'manual', ...init });

describe('HTTPS by certificate files', () => {
  test('a client that trusts the authority gets in under each name of the certificate', async () => {
    expect((await ask('/healthz')).response.statusCode).toBe(200);
    const byAddress = await ask('/healthz', { servername: '', headers: { host: '127.0.0.1' } });
    expect(byAddress.response.statusCode).toBe(200);
  });

  test('one that does not trust it, or comes under another name, is not let in by its own verifier', async () => {
    await expect(ask('/healthz', { ca: [] })).rejects.toThrow(/unable to verify|self-signed|unable to get/);
    await expect(ask('/healthz', { servername: 'khac.local' })).rejects.toThrow(/does not match/);
  });

  test('old forms of TLS are refused', async () => {
    const line = connect({
      port: server.port,
      ca,
      servername: NAME,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
    });
    const [error] = (await once(line, 'error')) as [Error];
    expect(error.message).toMatch(/protocol version|no protocols|unsupported/i);
  });

  test('sockets are let in through it, with the cookie of a sign-in', async () => {
    const { cookie } = await signIn(server);
    const socket = io(`https://127.0.0.1:${server.port}`, {
      transports: ['websocket'],
      reconnection: false,
      ca,
      extraHeaders: { cookie, origin: `https://${NAME}` },
    } as Parameters<typeof io>[1]);
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      expect(await socket.timeout(5000).emitWithAck('clock:ask', {})).toMatchObject({ ok: true });
    } finally {
      socket.close();
    }
  });

  test('cookies and the policy of the pages are those of a secure server; without HSTS, as the authority is a private one', async () => {
    const { response } = await ask('/api/reference/');
    expect(response.headers['content-security-policy']).toContain(`wss://${NAME}`);
    expect(response.headers['content-security-policy']).not.toContain('ws://127');
    expect(response.headers['strict-transport-security']).toBeUndefined();
  });

  test('a renewed certificate is taken in without a restart, and a half-written one is not', async () => {
    const serial = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const line = connect({ port: server.port, ca, servername: NAME }, () => {
          resolve(line.getPeerCertificate().serialNumber);
          line.end();
        });
        line.once('error', reject);
      });
    const before = await serial();
    expect(await renewCertificates(made.files, { names: [], days: 30 }, Date.now())).toMatchObject({
      ok: true,
    });
    server.lookAtCertificate();
    const after = await serial();
    expect(after).not.toBe(before);
    expect(told).toContainEqual(expect.stringMatching(/^Took in the new HTTPS certificate/));

    const other = await testAuthority();
    const key = await readFile(made.files.key);
    await writeFile(made.files.key, await readFile(other.files.key));
    server.lookAtCertificate();
    expect(told.filter((line) => line.includes('cannot be used'))).toHaveLength(0);
    server.lookAtCertificate();
    server.lookAtCertificate();
    expect(told.filter((line) => line.includes('cannot be used'))).toHaveLength(1);
    expect(await serial()).toBe(after);
    await writeFile(made.files.key, key);
    await other.remove();
  });
});

describe('the plain port beside it', () => {
  test('leads to HTTPS with the path, under the name that somebody came by where the certificate is for it', async () => {
    const byAddress = await plainly('/conferences/x?q=1');
    expect([byAddress.status, byAddress.headers.get('location')]).toEqual([
      308,
      'https://127.0.0.1/conferences/x?q=1',
    ]);
    for (const [host, location] of [
      [NAME, `https://${NAME}/x`],
      ['ke-gian.vn', `https://${NAME}/x`],
    ] as const) {
      const led = await raw(`GET /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(led).toContain(`Location: ${location}\r\n`);
      expect(led).not.toContain('ke-gian');
    }
  });

  test('leads nowhere else, whatever the path looks like', async () => {
    for (const path of ['//ke-gian.vn/x', 'http://ke-gian.vn/', '/\\ke-gian.vn']) {
      const led = await raw(`GET ${path} HTTP/1.1\r\nHost: ${NAME}\r\nConnection: close\r\n\r\n`);
      const [, location = ''] = /Location: (.*)\r\n/.exec(led) ?? [];
      expect(new URL(location).hostname).toBe(NAME);
    }
  });

  test('takes nothing that was sent in the clear', async () => {
    const answer = await plainly('/api/v1/sign-in', { method: 'POST', body: '{}' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('https://');
  });

  test('shows how to trust the authority, with the fingerprint of the very file that it hands out', async () => {
    const page = await plainly('/trust');
    const text = await page.text();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|javascript:|onclick/);
    for (const system of ['Windows 7, 10, 11', 'Android', 'iPhone', 'macOS', 'Linux', 'Firefox'])
      expect(text.match(new RegExp(system, 'g'))).toHaveLength(system === 'Linux' ? 4 : 2);
    const file = Buffer.from(await (await plainly('/trust/nhipcau-authority.crt')).arrayBuffer());
    const digest = createHash('sha256').update(file).digest('hex').toUpperCase();
    expect(text.replaceAll(' ', '')).toContain(digest);
    expect(new X509Certificate(file).fingerprint256.replaceAll(':', '')).toBe(digest);
    const pem = await (await plainly('/trust/nhipcau-authority.pem')).text();
    expect(new X509Certificate(pem).raw).toEqual(file);
    // The same over HTTPS, and never the key.
    expect((await ask('/trust')).text).toContain(digest.slice(0, 8));
    expect(text + pem).not.toContain('PRIVATE');
  });
});

/** Sends bytes to the plain port as they are; what comes back. */
async function raw(text: string): Promise<string> {
  const line = dial(server.plainPort ?? 0, '127.0.0.1');
  line.write(text);
  let back = '';
  line.setEncoding('utf8').on('data', (part: string) => (back += part));
  await once(line, 'close');
  return back;
}
