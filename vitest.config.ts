import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** What holds a clock against an aim, or has pictures encoded in software: it wants the machine for itself. */
const ALONE = ['tests/browser/lines.test.ts', 'tests/browser/media*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // By itself it leaves one core free. Tests wait for half of their time: for clocks, browsers, programs that start.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // What tests start they close; the program is read and compiled once for each process, and not for each file.
    isolate: false,
    // Programs that tests start are read and compiled once, not hundreds of times.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url)) },
    projects: [
      {
        extends: true,
        test: {
          name: 'domain',
          include: ['tests/domain/**/*.test.ts', 'tests/house/**/*.test.ts'],
          // The layers are read with all their files, on a machine that runs other tests beside it.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/server/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'attacks',
          include: ['tests/attacks/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          // A browser on a loaded machine is late now and then; what is broken fails twice.
          retry: 1,
          include: ['tests/browser/**/*.test.ts'],
          exclude: ALONE,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          // After all others, one at a time.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          retry: 1,
          include: ALONE,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
