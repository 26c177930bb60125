import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { api, contracts } from '../../domain/wire/api.ts';
import { API_PREFIX } from '../../domain/wire/request.ts';
import { isRead, type Contract } from '../../domain/wire/contract.ts';
import { signIn, type SignedInClient, type TestServer } from '../server/harness.ts';
import { rawLine } from '../raw-line.ts';
import { openScene, type Scene } from './scene.ts';

let server: TestServer;
let organizer: SignedInClient;
let scene: Scene;
beforeAll(async () => {
  ({ server, organizer, scene } = await openScene(
    (field) => `${field}"\r\nX-Evil: 1\r\n\r\n; filename=../../x.exe`,
  ));
});
afterAll(() => server.close());

/** A request as it is written here: clients tidy paths before they send them. */
async function raw(target: string): Promise<string> {
  const line = await rawLine(server.port);
  line.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
  let answer = '';
  line.on('data', (piece: Buffer) => (answer += piece.toString('latin1')));
  await once(line, 'close');
  return answer;
}

const UP = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..\\', '%252e%252e%252f', '..;/', '....//'];
const FOLDERS = ['/', '/assets/', '/api/reference/', '/api/v1/', '/socket.io/', '/trust/'];
const targets = FOLDERS.flatMap((folder) =>
  UP.flatMap((up) =>
    ['package.json', 'etc/passwd', 'data/ledger.key'].map((file) => folder + up.repeat(6) + file),
  ),
);

describe('no address leads out of the folders that are served', () => {
  test(`${targets.length} ways up`, async () => {
    for (const target of targets) {
      const answer = await raw(target);
      expect(answer, `to ${target}`).toMatch(/^HTTP\/1\.1 (2\d\d|301|400|404)/);
      expect(answer, `to ${target}`).not.toMatch(/"name": "nhipcau"|root:.*:0:0:/);
    }
  });

  test.each([
    '/.git/config',
    '/assets/.env',
    '/..%00/package.json',
    '/index.html%00.js',
    '//etc/passwd',
    '/server/main.ts',
    '/nhipcau.sqlite',
    '/data/nhipcau.sqlite',
    '/%',
    '/%c0%ae%c0%ae/package.json',
    'http://evil.example/x.js',
  ])('%s gives no file', async (target) => {
    const answer = await raw(target);
    // Where pages live, an address without an ending is one of theirs.
    expect(answer).toMatch(/^HTTP\/1\.1 (301|400|404|503)|<div id="root">/);
    expect(answer).not.toMatch(/"name": "nhipcau"|root:.*:0:0:|SQLite format|\[core\]/);
    expect(answer).not.toMatch(/\nLocation: (?!\/)/i);
  });
});

const reads = Object.entries(contracts).filter(([, contract]) => isRead(contract));
/** Asks it as what it is: a search has a body. */
function asking({ method, body }: Contract): RequestInit {
  const json = { 'content-type': 'application/json' };
  return body === undefined ? {} : { method: method.toUpperCase(), headers: json, body: '{}' };
}
const STRANGE = [
  '../../etc/passwd',
  '%2e%2e',
  "x' or '1'='1",
  'x"; drop table person; --',
  '%',
  '_',
  '*',
  '\u0000',
  'ﬀ',
  'x'.repeat(5000),
  '__proto__',
  'constructor',
  '1e309',
  '-1',
];

describe('a parameter of a path is an id and nothing else', () => {
  test.each(reads)('%s', async (name, contract) => {
    const { path, query } = contract;
    const ids: Record<string, string> = { ...scene, person: scene.people[0] ?? '', version: '1' } as never;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    // Somebody else each time: who tries as much as this is told to wait.
    const asker = await signIn(server);
    for (const strange of STRANGE) {
      for (const parameter of names) {
        const address = path.replaceAll(/\{(\w+)\}/g, (_all, own: string) =>
          encodeURIComponent(own === parameter ? strange : (ids[own] ?? 'x')),
        );
        const response = await asker.fetch(API_PREFIX + address, asking(contract));
        await response.body?.cancel();
        expect([400, 403, 404], `${name} ${parameter}=${strange}: ${response.status}`).toContain(
          response.status,
        );
      }
    }
    // And in its query, whatever it is for.
    for (const field of Object.keys(query?.shape ?? {})) {
      for (const strange of STRANGE) {
        const address = path.replaceAll(/\{(\w+)\}/g, (_all, own: string) => ids[own] ?? 'x');
        const response = await asker.fetch(
          `${API_PREFIX}${address}?${field}=${encodeURIComponent(strange)}`,
          asking(contract),
        );
        await response.body?.cancel();
        expect(response.status, `${name} ?${field}=${strange}`).toBeLessThan(500);
      }
    }
  });
});

describe('the name of a file in an answer', () => {
  const documents = reads.filter(([, { answer }]) => answer === 'stream');
  test.each(documents)('%s adds no header and leaves no folder', async (_, contract) => {
    const response = await organizer.response(contract as typeof api.exportReport, {
      params: { ...scene, version: '1' } as never,
      query: {} as never,
      ...(contract.body === undefined ? {} : { body: {} as never }),
    });
    if (response.status !== 200) return;
    await response.body?.cancel();
    expect(response.headers.get('x-evil')).toBeNull();
    const disposition = response.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(
      /^attachment; filename=("[^"\\/\r\n]*"|[\w.-]+)(; filename\*=UTF-8''[\w%.~!#$&+^`|-]+)?$/,
    );
    expect(decodeURIComponent(disposition)).not.toMatch(/\.\.[/\\]|[\r\n]/);
  });
});
