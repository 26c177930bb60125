import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cruise } from 'dependency-cruiser';
import { expect, test } from 'vitest';

import rules from '../../.dependency-cruiser.mjs';

/** Cruises a small house made of the given files with the project's own rules, and names the rules it breaks. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const house = await mkdtemp(join(tmpdir(), 'nhipcau-house-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(house, path, '..'), { recursive: true });
      await writeFile(join(house, path), text);
    }
    const { output } = await cruise(
      Object.keys(files),
      {
        ...rules.options,
        parser: 'swc',
        baseDir: house,
        validate: true,
        ruleSet: { forbidden: rules.forbidden },
      },
      undefined,
      undefined,
    );
    if (typeof output === 'string') throw new Error(output);
    return output.summary.violations.map((violation) => violation.rule.name);
  } finally {
    await rm(house, { recursive: true });
  }
}

test('the rules see the TypeScript sources of the house', async () => {
  const { output } = await cruise(['domain', 'server', 'client/src'], {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
  });
  const sources = typeof output === 'string' ? [] : output.modules.map((module) => module.source);
  expect(sources).toContain('domain/plan/plan.ts');
  expect(sources).toContain('server/main.ts');
  expect(sources).toContain('client/src/main.tsx');
});

test.each([
  ['client-not-server', { 'client/src/a.ts': "import '../../server/b.ts';", 'server/b.ts': '' }],
  [
    'pages-name-their-contracts',
    { 'client/src/a.ts': "import '../../domain/wire/api.ts';", 'domain/wire/api.ts': '' },
  ],
  ['server-not-client', { 'server/a.ts': "import '../client/b.ts';", 'client/b.ts': '' }],
  ['domain-only-zod-luxon-and-itself', { 'domain/a.ts': "import 'node:fs';" }],
  [
    'platform-knows-no-capability',
    { 'server/platform/a.ts': "import '../people/commands.ts';", 'server/people/commands.ts': '' },
  ],
  [
    'routes-and-sockets-do-not-touch-storage',
    { 'server/people/routes.ts': "import './store.ts';", 'server/people/store.ts': '' },
  ],
  [
    'commands-and-queries-know-no-http',
    { 'server/people/commands.ts': "import './routes.ts';", 'server/people/routes.ts': '' },
  ],
  [
    'stores-decide-nothing',
    { 'server/people/store.ts': "import './commands.ts';", 'server/people/commands.ts': '' },
  ],
  [
    'presenters-neither-read-nor-write',
    { 'server/people/present.ts': "import './store.ts';", 'server/people/store.ts': '' },
  ],
  ['no-cycles', { 'domain/a.ts': "import './b.ts';", 'domain/b.ts': "import './a.ts';" }],
  ['no-unresolvable', { 'domain/a.ts': "import './gone.ts';" }],
])('a forbidden arrow is named: %s', async (rule, files) => {
  expect(await broken(files)).toContain(rule);
});
