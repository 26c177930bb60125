import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readConfig } from '../../../server/platform/config.ts';
import { settingsOf } from '../../../server/platform/settings.ts';
import { PROJECT } from '../../../server/platform/pages.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Readonly<Record<string, string>>
>;
const SETTINGS = settingsOf({}, []).map(({ name }) => name);

/** The names of packages in imports that are there when the program runs; those of types are not. */
const IMPORTED = /(?:^import (?!type )[^;']*from |^import |\bimport\()'(@?[a-z][\w./-]*)'/gm;

describe('the container', () => {
  // No container was built where this was written: what can be known without one is held here.
  const lines = read('deploy/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  const copies = lines.filter((line) => line.startsWith('COPY ')).map((line) => line.split(/\s+/).slice(1));

  test('copies what is there, and nothing that is kept out of it', () => {
    const ignored = read('.dockerignore').split('\n').filter(Boolean);
    const own = copies
      .filter(([first = '']) => !first.startsWith('--from'))
      .flatMap((words) => words.slice(0, -1));
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
    expect(own.filter((path) => ignored.includes(path))).toEqual([]);
  });

  test('takes from the first stage only what that one has', () => {
    const built = new Set(
      copies.filter(([first = '']) => !first.startsWith('--from')).flatMap((words) => words.slice(0, -1)),
    );
    const taken = copies.filter(([first = '']) => first.startsWith('--from')).map(([, path = '']) => path);
    expect(taken.length).toBeGreaterThan(3);
    const tops = taken.map((path) => path.replace('/opt/nhipcau/', '').split('/')[0] ?? '');
    expect(tops.filter((top) => !built.has(top) && top !== 'node_modules')).toEqual([]);
  });

  test('runs scripts and programs of this project, under its version of node, and not as root', () => {
    const text = lines.join('\n');
    for (const [, script = ''] of text.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty(script);
    const programs = [...text.matchAll(/"node", "([^"]+)"/g)].map(([, program = '']) => program);
    expect(programs).toHaveLength(2);
    expect(programs.filter((program) => !existsSync(join(PROJECT, program)))).toEqual([]);
    expect(text.match(/CMD \["node", "server\/main\.ts"\]/g)).toHaveLength(1);
    expect(scripts['start']).toContain('server/main.ts');
    for (const [, major] of text.matchAll(/^FROM node:(\d+)/gm))
      expect(devDependencies['node']?.split('.')[0]).toBe(major);
    expect(text.indexOf('\nUSER nhipcau')).toBeLessThan(text.indexOf('\nCMD'));
    for (const [, name = ''] of text.matchAll(/\b([A-Z_]+)=\S+/g))
      expect(['NODE_ENV', ...SETTINGS]).toContain(name);
  });

  test('has every package that the server and the rules need once those for development are gone', () => {
    const files = ['server', 'domain'].flatMap((folder) =>
      readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => path.endsWith('.ts') && statSync(join(PROJECT, path)).isFile()),
    );
    const missing = files.flatMap((path) =>
      [...read(path).matchAll(IMPORTED)]
        .map(([, name = '']) => name)
        .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !(name in dependencies))
        .map((name) => `${path}: ${name}`),
    );
    // Only the build of the pages, which is over by then.
    expect(missing.filter((one) => !one.endsWith(': vite'))).toEqual([]);
  });
});

describe('the service of systemd', () => {
  const unit = read('deploy/nhipcau.service');
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

  test('starts the program itself, so that the signal reaches it, and waits for longer than it takes to stop', () => {
    expect(value('ExecStart')).toBe('/opt/nhipcau/node_modules/.bin/node server/main.ts');
    const [, most = ''] = /STOP_WITHIN_MS = ([\d_]+)/.exec(read('server/main.ts')) ?? [];
    expect(Number(value('TimeoutStopSec')) * 1000).toBeGreaterThan(Number(most.replaceAll('_', '')));
  });

  test('keeps its data where it may write, and sets only what there is', () => {
    const names = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name);
    for (const name of names) expect(['NODE_ENV', ...SETTINGS]).toContain(name);
    expect(unit).toContain(`DATA=/var/lib/${value('StateDirectory')}`);
    for (const hardening of [
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'UMask=0077',
      'StateDirectoryMode=0700',
    ])
      expect(unit.split('\n')).toContain(hardening);
  });
});

test('every setting of the example is one that there is, and can be used', () => {
  const examples = [...read('deploy/env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', text = '']) => [name, text] as const,
  );
  for (const [name] of examples) expect(SETTINGS).toContain(name);
  // Certificates are looked at, and are not there.
  const plain = examples.filter(([name]) => !/^TLS_|^HTTP_PORT/.test(name));
  expect(readConfig(Object.fromEntries(plain), [])).toMatchObject({ port: 443, logLevel: 'info' });
});

test('operators read of every setting and every figure', () => {
  const told = read('docs/OPERATIONS.md');
  expect(SETTINGS.filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
  const figures = [...read('server/platform/metrics.ts').matchAll(/'(nhipcau_\w+)'/g)].map(
    ([, name = '']) => name,
  );
  expect(figures.length).toBeGreaterThan(12);
  expect(figures.filter((name) => !told.includes(`\`${name}`))).toEqual([]);
});
