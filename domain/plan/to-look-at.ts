import type { Leaf } from './draft.ts';
import { isLeaf } from './shape.ts';
import { needsLook, type WorkingCopy } from './working-copy.ts';

/** Every value of a working copy with its path (`clauses.3.text`), in the order of a plan. */
export function leavesOf(copy: WorkingCopy): [path: string, leaf: Leaf<unknown>][] {
  const { leftovers: _, lastClause: __, ...plan } = copy;
  const found: [string, Leaf<unknown>][] = [];
  const walk = (node: unknown, path: string): void => {
    if (isLeaf(node)) found.push([path, node]);
    else if (typeof node === 'object' && node !== null)
      for (const [name, field] of Object.entries(node)) walk(field, path === '' ? name : `${path}.${name}`);
  };
  walk(plan, '');
  return found;
}

/** Paths of the fields that a person should look at before anything else. */
export function fieldsToLookAt(copy: WorkingCopy): string[] {
  return leavesOf(copy).flatMap(([path, leaf]) => (needsLook(path, leaf) ? [path] : []));
}
