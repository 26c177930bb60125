import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** What `vite build` writes and the server serves. */
export const PAGES = join(PROJECT, 'client', 'dist');

/** What the pages are built from. */
const SOURCES = [
  'client/src',
  'client/public',
  'client/index.html',
  'domain',
  'server/cli/verifier.ts',
  'server/cli/evidence.ts',
  'server/platform/signatures.ts',
  'verifier.config.ts',
  'vite.config.ts',
  'files.config.ts',
  'package-lock.json',
];

/** Whether the built pages are there and younger than everything that they are built from. */
export async function pagesAreFresh(project: string = PROJECT): Promise<boolean> {
  const built = await newest(join(project, 'client', 'dist', 'index.html'));
  if (built === 0) return false;
  for (const source of SOURCES) if ((await newest(join(project, source))) > built) return false;
  return true;
}

/**
 * When the youngest file of a path was changed, in milliseconds; 0 where there is none. Folders count too: removing
 * a file changes nothing else.
 */
async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(found.mtimeMs, ...inside);
}
