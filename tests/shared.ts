import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../shared/', import.meta.url);

/**
 * Path of a file of the reference material (source documents, official unit lists), which lies beside the project and
 * is not part of it. Null where it is not there: the tests that want it then skip.
 */
export function shared(path: string): string | null {
  const file = fileURLToPath(new URL(path, folder));
  return existsSync(file) ? file : null;
}
