import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { accessContracts } from '../../../domain/wire/access.ts';
import { contracts, type RouteName } from '../../../domain/wire/api.ts';
import type { Contract } from '../../../domain/wire/contract.ts';
import { implement, missingImplementations } from '../../../server/platform/endpoint.ts';
import { client, startTestServer, type TestServer } from '../harness.ts';

const routes = Object.entries(contracts) as [RouteName, Contract][];
let server: TestServer;
beforeAll(async () => {
  // Behind whatever is served stands a handler that would answer anybody.
  server = await startTestServer({
    routes: routes.map(([, contract]) => ({ contract, handle: async () => ({}) })),
  });
});
afterAll(() => server.close());

describe('the table of routes', () => {
  test('has no two for one method and path', () => {
    const addresses = routes.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test.each(routes)('names in the path of %s what its scope is checked against', (_, { path, scope }) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const checked = {
      public: [],
      account: [],
      installation: [],
      conference: ['conference'],
      bridge: ['conference', 'bridge'],
    };
    expect(names.slice(0, checked[scope.at].length)).toEqual(checked[scope.at]);
    // What is not checked by the gate hangs under something that is; what the whole installation has is for its organizers.
    const isForAnybody = scope.at === 'public' || scope.at === 'account';
    expect(names.length > 0 && isForAnybody).toBe(false);
  });

  test('opens to strangers only what brings them in, what an auditor checks a file with, and a calendar to whoever has its key', () => {
    const open = routes.filter(([, { scope }]) => scope.at === 'public').map(([name]) => name);
    const comeIn = [
      'activate',
      'beginEnrolment',
      'beginSingleSignOn',
      'finishEnrolment',
      'finishSingleSignOn',
      'giveCode',
      'passkeyChallenge',
      'setUp',
      'signIn',
      'signInWithPasskey',
      'step',
      'useCode',
      'beginUseWithPasskey',
      'useCodeWithPasskey',
      'ways',
    ];
    expect(open.toSorted()).toEqual([...comeIn, 'ledgerKey', 'ledgerVerifier', 'calendar'].toSorted());
  });
});

test('what nobody implements is named, and what two implement is refused', () => {
  const me = implement(accessContracts.me, async () => {
    throw new Error('never called');
  });
  const missing = missingImplementations([me]);
  expect(missing).not.toContain('me');
  expect(missing).toHaveLength(routes.length - 1);
  expect(() => missingImplementations([me, me])).toThrow('implemented twice: get /me');
});

test.each(routes.filter(([, { scope }]) => scope.at !== 'public'))(
  'without a sign-in %s does not answer, whatever it is sent',
  async (_, { method, path }) => {
    const response = await client(server).fetch(`/api/v1${path.replaceAll(/\{\w+\}/g, 'x')}`, {
      method: method.toUpperCase(),
    });
    expect(response.status).toBe(401);
  },
);

describe('the description of the API', () => {
  interface Operation {
    operationId: string;
    summary: string;
    parameters?: { in: string; name: string; required?: boolean; schema: unknown }[];
    requestBody?: unknown;
    responses: Record<string, unknown>;
    security: unknown[];
  }
  interface Description {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, unknown> };
  }
  let description: Description;
  beforeAll(async () => {
    description = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as Description;
  });

  test('is OpenAPI 3.1 and has every contract', () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    expect(description.info).toMatchObject({ title: 'Nhịp Cầu' });
    const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
    expect(operations.map((operation) => operation.operationId).toSorted()).toEqual(
      routes.map(([name]) => name).toSorted(),
    );
  });

  test.each(routes)('has the parameters, body and answers of %s', (_, contract) => {
    const operation = description.paths[contract.path]?.[contract.method];
    const parameters = operation?.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map((parameter) => `{${parameter.name}}`)).toEqual(
      [...contract.path.matchAll(/\{\w+\}/g)].map(String),
    );
    expect(inPath.every((parameter) => parameter.required)).toBe(true);
    const inQuery = parameters.filter((parameter) => parameter.in === 'query');
    expect(inQuery.map((parameter) => parameter.name).toSorted()).toEqual(
      Object.keys(contract.query?.shape ?? {}).toSorted(),
    );
    expect(operation?.requestBody !== undefined).toBe((contract.body ?? null) !== null);
    expect(Object.keys(operation?.responses ?? {})).toEqual([
      contract.answer === null ? '204' : '200',
      'default',
    ]);
    expect(operation?.security).toHaveLength(contract.scope.at === 'public' ? 0 : 1);
  });

  test('names every schema that it refers to', () => {
    const text = JSON.stringify(description);
    const named = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(description.components.schemas).toHaveProperty([name]);
    expect(description.components.schemas).toHaveProperty('Problem');
  });

  test('says of a field what may be left out by who sends, not by who receives', () => {
    const query = description.paths['/units']?.['get']?.parameters ?? [];
    expect(query.find((parameter) => parameter.name === 'limit')?.required ?? false).toBe(false);
    expect(query.find((parameter) => parameter.name === 'asOf')?.required).toBe(true);
  });
});

test('nothing but the gate makes a scope', async () => {
  const root = fileURLToPath(new URL('../../../server/', import.meta.url));
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.ts'));
  expect(files).toContain(join('access', 'gate.ts'));
  const making: string[] = [];
  for (const file of files) {
    const text = await readFile(join(root, file), 'utf8');
    if (/\bas\s+(?:unknown\s+as\s+)?Authorized|<Authorized\w+(?:<[^>]*>)?>\s*\(/.test(text))
      making.push(file);
  }
  expect(making).toEqual([join('access', 'gate.ts')]);
});
