import { mkdtemp, writeFile, rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { api, contracts } from '../../domain/wire/api.ts';
import { API_PREFIX } from '../../domain/wire/request.ts';
import {
  client,
  signIn,
  socket,
  startTestServer,
  type SignedInClient,
  type TestServer,
} from '../server/harness.ts';

let server: TestServer;
let person: SignedInClient;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhipcau-pages-'));
  await mkdir(join(folder, 'assets'));
  const page =
    '<!doctype html><meta property="csp-nonce" nonce="STYLE-NONCE"><script src="/a.js" nonce="STYLE-NONCE"></script>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'assets', 'a.js'), '1');
  server = await startTestServer({ pages: folder });
  person = await signIn(server);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The policy of an answer by directive. */
function policyOf(response: Response): Record<string, string[]> {
  const header = response.headers.get('content-security-policy') ?? '';
  return Object.fromEntries(
    header.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

const PAGES = [
  '/',
  '/index.html',
  '/sign-in',
  '/activate',
  '/conferences/x/bridges/y/passes',
  '/conferences/x/bridges/y/sessions/z/summary',
  '/api/reference/',
  '/trust',
  '/khong-co-trang-nay.html',
];

describe('what a page may do', () => {
  test.each(PAGES)('%s runs scripts of files of this server only, and no text as a script', async (path) => {
    const response = await person.fetch(path, { headers: { accept: 'text/html' } });
    const policy = policyOf(response);
    expect(policy['default-src']).toBeDefined();
    const scripts = policy['script-src'] ?? policy['default-src'] ?? [];
    expect(scripts.every((source) => ["'self'", "'none'"].includes(source))).toBe(true);
    for (const sources of Object.values(policy)) {
      expect(sources).not.toContain("'unsafe-inline'");
      expect(sources).not.toContain("'unsafe-eval'");
      expect(sources.some((source) => /^\*|^https?:$/.test(source))).toBe(false);
    }
    expect(policy['frame-ancestors']).toEqual(["'none'"]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const html = await response.text();
    // No script stands in a page, no handler in an attribute, no address that is a program.
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/i);
    expect(html).not.toMatch(/\son\w+\s*=/i);
    expect(html).not.toMatch(/javascript:/i);
  });

  test('only the thread that reads codes in pictures runs WebAssembly, out of files of this server', async () => {
    const policy = policyOf(await person.fetch('/assets/codeReader.worker-0aZ_-9.js'));
    expect(policy['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(policy['default-src']).toEqual(["'none'"]);
    for (const path of ['/', '/assets/index.js', '/assets/x/codeReader.worker-0.js']) {
      expect(JSON.stringify(policyOf(await person.fetch(path)))).not.toContain('wasm');
    }
  });

  test('a file that pages are made of does nothing when it is opened by itself, and says so in few bytes', async () => {
    const response = await person.fetch('/assets/a.js');
    expect(response.status).toBe(200);
    expect(policyOf(response)).toEqual({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] });
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const written = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    expect(written.length).toBeLessThan(600);
  });

  test('styles written into a page need the nonce of this one answer', async () => {
    const nonces: string[] = [];
    for (let n = 0; n < 2; n++) {
      const response = await person.fetch('/', { headers: { accept: 'text/html' } });
      const [nonce] =
        policyOf(response)['style-src']?.flatMap((source) => /^'nonce-(.+)'$/.exec(source)?.[1] ?? []) ?? [];
      expect(nonce).toMatch(/^[\w+/]{22}==$/);
      expect(await response.text()).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
      nonces.push(nonce ?? '');
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('an answer of the API may do nothing at all, whatever somebody takes it for', async () => {
    const response = await person.response(api.me);
    expect(policyOf(response)).toEqual({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  test('no other site is let read an answer', async () => {
    for (const origin of ['https://evil.example', 'null', server.url]) {
      const asked = { origin, 'access-control-request-method': 'POST' };
      const answers = [
        await person.fetch(`${API_PREFIX}/me`, { headers: asked }),
        await person.fetch(`${API_PREFIX}/me`, { method: 'OPTIONS', headers: asked }),
      ];
      for (const { headers } of answers)
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

const changes = Object.entries(contracts).filter(([, { method }]) => method !== 'get');
const OTHERS = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'file://' },
  { origin: 'http://127.0.0.1.evil.example' },
  { origin: 'http://127.0.0.1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
];

describe('a page of another site', () => {
  test.each(changes)('changes nothing by %s', async (_, { method, path }) => {
    for (const headers of OTHERS) {
      const response = await person.fetch(API_PREFIX + path.replaceAll(/\{\w+\}/g, 'x'), {
        method: method.toUpperCase(),
        // A form of another site sends this without asking first.
        headers: { ...headers, 'content-type': 'text/plain' } as Record<string, string>,
        body: '{}',
      });
      expect(response.status).toBe(403);
    }
  });

  test.each(OTHERS.slice(0, 5))('opens no socket: %j', async (headers) => {
    await expect(socket(server, person.cookie, headers as Record<string, string>)).rejects.toThrow(
      'websocket error',
    );
  });

  test('a socket of our own page, or of a program without a page, is opened', async () => {
    for (const headers of [{ origin: server.url }, {}]) {
      const opened = await socket(server, person.cookie, headers);
      expect(opened.socket.connected).toBe(true);
      opened.close();
    }
  });

  test('a socket is opened by websocket only: a page of another site cannot ask by plain requests', async () => {
    const response = await person.fetch('/socket.io/?EIO=4&transport=polling');
    expect(response.status).toBe(400);
  });
});

describe('the cookie of a sign-in', () => {
  test('is of no use to scripts and other sites, and with HTTPS bound to this host alone', async () => {
    for (const publicUrl of ['https://nhipcau.example', undefined]) {
      const fresh = await startTestServer(publicUrl === undefined ? {} : { publicUrl });
      try {
        const [, token] = (fresh.setupLink ?? '').split('#');
        const response = await client(fresh).response(api.setUp, {
          body: {
            token: token ?? '',
            username: 'ban-to-chuc',
            name: 'Trần Thử',
            password: 'một mật khẩu đủ dài',
          },
        });
        expect(response.status, `said ${await response.clone().text()}`).toBe(200);
        const [cookie = ''] = response.headers.getSetCookie();
        expect(cookie).toMatch(/; HttpOnly/i);
        expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i);
        expect(cookie).toMatch(/; Path=\/(;|$)/i);
        expect(cookie).not.toMatch(/; Domain=/i);
        const isSecure = publicUrl !== undefined;
        expect({
          isBoundToHost: cookie.startsWith('__Host-'),
          isSecure: /; Secure/i.test(cookie),
          staysSecure: /max-age=\d{7,}/.test(response.headers.get('strict-transport-security') ?? ''),
        }).toEqual({ isBoundToHost: isSecure, isSecure, staysSecure: isSecure });
      } finally {
        await fresh.close();
      }
    }
  });
});
