import { spawnSync } from 'node:child_process';

import { expect, test } from 'vitest';

const PROOF = new URL('../../../server/devices/proof.ts', import.meta.url).href;

test('the thread that checks signatures holds up no process that has nothing else to do', () => {
  const program = `
    import { proveLine } from ${JSON.stringify(PROOF)};
    console.log(JSON.stringify(await proveLine({ id: 'x' }, { key: 'BA', signature: 'AA' })));
  `;
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 15_000,
  });
  expect(ended).toMatchObject({ status: 0, stdout: '{"ok":false,"reason":"not signed"}\n', stderr: '' });
});
