import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { pagesAreFresh, PROJECT } from './pages.ts';

/** Builds the pages unless they are up to date. `npm start` runs it first. */
if (!(await pagesAreFresh())) {
  const vite = join(PROJECT, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: PROJECT,
    stdio: 'inherit',
  });
  build.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
