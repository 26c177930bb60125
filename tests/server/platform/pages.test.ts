import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { pagesAreFresh } from '../../../server/platform/pages.ts';
import { startTestServer, type TestServer } from '../harness.ts';

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'nhipcau-pages-'));
  return () => rm(project, { recursive: true });
});

/** Puts a file there that was last changed in this minute of an hour, its folders with it. */
async function file(path: string, minute: number): Promise<void> {
  const at = new Date(Date.UTC(2025, 0, 13, 8, minute));
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), path);
  for (let part = path; part !== '.'; part = dirname(part)) await utimes(join(project, part), at, at);
}

describe('the pages are built anew', () => {
  test('when they were never built', async () => {
    await file('client/src/main.tsx', 1);
    expect(await pagesAreFresh(project)).toBe(false);
  });

  test('not when everything is older than they are', async () => {
    await file('package-lock.json', 2);
    await file('client/src/a/b.tsx', 1);
    await file('client/dist/index.html', 3);
    expect(await pagesAreFresh(project)).toBe(true);
  });

  test.each([
    'client/src/a/b.tsx',
    'domain/time.ts',
    'vite.config.ts',
    'package-lock.json',
    'client/index.html',
  ])('when %s is younger', async (path) => {
    await file('client/dist/index.html', 3);
    await file(path, 4);
    expect(await pagesAreFresh(project)).toBe(false);
  });

  test('when a file was taken away', async () => {
    await file('client/src/a.tsx', 1);
    await file('client/src/b.tsx', 1);
    await file('client/dist/index.html', 3);
    expect(await pagesAreFresh(project)).toBe(true);
    await rm(join(project, 'client/src/b.tsx'));
    expect(await pagesAreFresh(project)).toBe(false);
  });
});

describe('serving the pages', () => {
  let server: TestServer;
  let pages: string;
  beforeAll(async () => {
    pages = await mkdtemp(join(tmpdir(), 'nhipcau-dist-'));
    server = await startTestServer({ pages });
  });
  afterAll(async () => {
    await server.close();
    await rm(pages, { recursive: true });
  });

  test('without them the server runs and says so', async () => {
    const response = await fetch(server.url);
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(/chưa có trang web[^]*npm run build/);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test('every path of the application gets its first page, never kept; a missing file is missing', async () => {
    await writeFile(join(pages, 'index.html'), '<title>Nhịp Cầu</title>');
    await mkdir(join(pages, 'assets'));
    await writeFile(join(pages, 'assets', 'app-abc.js'), 'export {};');
    for (const path of ['/', '/conferences/1/live', '/setup']) {
      const response = await fetch(server.url + path, { headers: { accept: 'text/html' } });
      expect(await response.text()).toContain('Nhịp Cầu');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
    const script = await fetch(`${server.url}/assets/app-abc.js`);
    expect(script.headers.get('cache-control')).toMatch(/immutable/);
    for (const path of ['/assets/app-old.js', '/nothing.png', '/assets/..%2f..%2fpackage.json'])
      expect((await fetch(server.url + path, { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  test('what was compressed beside it is sent as the browser takes it, and the file itself otherwise', async () => {
    const program = 'export const bridges = 15345;\n'.repeat(200);
    await mkdir(join(pages, 'assets'), { recursive: true });
    await writeFile(join(pages, 'assets', 'door-abc.js'), program);
    await writeFile(join(pages, 'assets', 'door-abc.js.br'), brotliCompressSync(program));
    await writeFile(join(pages, 'assets', 'door-abc.js.gz'), gzipSync(program));
    const other = await startTestServer({ pages });
    try {
      for (const [takes, encoding] of [
        ['gzip, deflate, br', 'br'],
        ['gzip, deflate', 'gzip'],
        ['identity', null],
      ] as const) {
        const response = await fetch(`${other.url}/assets/door-abc.js`, {
          headers: { 'accept-encoding': takes },
        });
        expect(response.headers.get('content-encoding')).toBe(encoding);
        expect(response.headers.get('content-type')).toMatch(/javascript/);
        expect(response.headers.get('cache-control')).toMatch(/immutable/);
        expect(await response.text()).toBe(program);
      }
    } finally {
      await other.close();
    }
  });
});
