import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';

import { contracts } from '../../domain/wire/api.ts';
import { API_PREFIX } from '../../domain/wire/request.ts';
import { readInput } from '../../server/platform/intake.ts';
import { ProblemError } from '../../server/platform/problems.ts';
import { type SignedInClient, type TestServer } from '../server/harness.ts';
import { exampleOf, objectsOf } from './example.ts';
import { openScene, type Scene } from './scene.ts';

type Body = z.ZodType;
const bodies = Object.entries(contracts).flatMap(([name, contract]) => {
  const { body } = contract;
  return body === undefined || body === null || body === 'file' ? [] : [[name, contract, body] as const];
});

/** Fields by which somebody would be more, or something else, than they may. */
const GRABBED = {
  id: 'x',
  account: 'x',
  conference: 'x',
  bridge: 'x',
  role: 'organizer',
  grants: [{ role: 'organizer', conference: null, bridge: null }],
  right: 'organize',
  scope: 'installation',
  actor: 'x',
  by: 'x',
  state: 'issued',
  outcome: 'recorded',
  password_hash: 'x',
  passwordHash: 'x',
  created_at: 0,
  receivedAt: 0,
  isAdmin: true,
  $where: '1',
};

/** What a schema makes of an input; null where it refuses it. */
function readOrRefused(schema: Body, input: unknown): unknown {
  try {
    return readInput(schema, input, 'vi');
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

describe('fields that nobody asked for are refused or dropped, at every depth', () => {
  test.each(bodies)('%s', (_, _contract, schema) => {
    const honest = exampleOf(schema);
    const read = readOrRefused(schema, honest);
    expect(read, `no example of ${JSON.stringify(honest)}`).not.toBeNull();
    for (const change of objectsOf(schema, honest)) {
      const grabbed = readOrRefused(
        schema,
        change((own, known) => ({
          ...Object.fromEntries(Object.entries(GRABBED).filter(([field]) => !known.includes(field))),
          ...own,
        })),
      );
      expect([null, read]).toContainEqual(grabbed);
    }
  });
});

describe('a body changes the nature of no object', () => {
  test.each(bodies)('%s', (_, _contract, schema) => {
    for (const poison of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}']) {
      for (const change of objectsOf(schema, exampleOf(schema))) {
        const poisoned = change(
          (own) =>
            JSON.parse(`${poison.slice(0, -1)},${JSON.stringify(own).slice(1)}`.replace(',}', '}')) as object,
        );
        const read = readOrRefused(schema, poisoned);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        walk(read, (object) => {
          expect((object as { polluted?: unknown }).polluted).toBeUndefined();
          expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(object));
        });
      }
    }
  });
});

function walk(value: unknown, visit: (object: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  visit(value);
  for (const item of Object.values(value)) walk(item, visit);
}

let server: TestServer;
let organizer: SignedInClient;
let scene: Scene;
beforeAll(async () => {
  ({ server, organizer, scene } = await openScene((field) => `${field} thử`));
  // What stands there in tests is no hash of anything.
  await server.database.write('account').update({ password_hash: null });
});
afterAll(() => server.close());

describe('no body makes the server fail, though whoever sends it may do everything', () => {
  const hostile: readonly [string, string][] = [
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1e999'],
    ['half of an object', '{"a":'],
    ['arrays in arrays without end', '['.repeat(200_000)],
    ['objects in objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['a key twice', '{"name":1,"name":2}'],
    [
      'keys of the language',
      '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"toString":1,"hasOwnProperty":1}',
    ],
    ['half a letter', '{"name":"\\ud800","reason":"\\ud800","text":"\\u0000"}'],
  ];
  test.each(bodies)('%s', async (_, { method, path }, schema) => {
    const ids: Record<string, string> = { ...scene, person: scene.people[0] ?? '', version: '1' } as never;
    const address = API_PREFIX + path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? 'x');
    const example = JSON.stringify(exampleOf(schema));
    const wild = example.replaceAll(/"[^"]*"(?=[,}\]])/g, () =>
      JSON.stringify("'; drop table person; -- \u202e"),
    );
    for (const [what, body] of [...hostile, ['wild words', wild] as const]) {
      const response = await organizer.fetch(address, {
        method: method.toUpperCase(),
        headers: { 'content-type': 'application/json' },
        body,
      });
      const text = await response.text();
      expect(response.status, `${what}: ${text}`).toBeLessThan(500);
      // Nothing of the inside is told.
      expect(text).not.toMatch(/SQLITE|node_modules|\.ts:\d|select |insert /);
    }
  });

  test('and everything is still there', async () => {
    // Three of the roster, and one who was accepted instead of somebody.
    expect(await server.database.read('person').count({ n: '*' })).toEqual([{ n: 4 }]);
  });
});
