import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs the benchmarks one after the other, or those named: `npm run bench -- placement`. Those of the ledger at national scale
 * are run in their short form; `npm run bench:national` and its like run them whole. A figure never fails.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));
const SHORT_FORM = new Set(['checkin', 'national', 'program', 'reconnect']);
const wanted = process.argv.slice(2);
const programs = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

if (programs.length === 0) {
  console.error(`No such benchmark: ${wanted.join(', ')}.`);
  process.exit(2);
}
let broken = 0;
for (const name of programs) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', `${folder}${name}.ts`, ...(SHORT_FORM.has(name) ? ['--short'] : [])],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) broken += 1;
}
process.exit(broken === 0 ? 0 : 1);
