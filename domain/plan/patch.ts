import { assertNever } from '../result.ts';
import { at } from './shape.ts';

/** The smallest change of a working copy, with what it takes to undo it. */
export type Patch =
  | { readonly kind: 'put'; readonly path: string; readonly before: unknown; readonly after: unknown }
  | { readonly kind: 'insert'; readonly list: string; readonly at: number; readonly entry: unknown }
  | { readonly kind: 'remove'; readonly list: string; readonly at: number; readonly entry: unknown }
  | { readonly kind: 'move'; readonly list: string; readonly from: number; readonly to: number };

/** The same thing with a patch applied to it. What the patch does not touch is the same object as before. */
export function applyPatch<Root>(root: Root, patch: Patch): Root {
  switch (patch.kind) {
    case 'put':
      return changed(root, patch.path, () => patch.after);
    case 'insert':
      return changed(root, patch.list, (list) => inserted(list as unknown[], patch.at, patch.entry));
    case 'remove':
      return changed(root, patch.list, (list) => removed(list as unknown[], patch.at));
    case 'move':
      return changed(root, patch.list, (list) => {
        const entries = list as unknown[];
        return inserted(removed(entries, patch.from), patch.to, entries[patch.from]);
      });
    default:
      return assertNever(patch);
  }
}

export function applyPatches<Root>(root: Root, patches: readonly Patch[]): Root {
  return patches.reduce(applyPatch, root);
}

// Browsers of commune offices do not know `toSpliced` and `with`.
function inserted(entries: readonly unknown[], place: number, entry: unknown): unknown[] {
  return [...entries.slice(0, place), entry, ...entries.slice(place)];
}

function removed(entries: readonly unknown[], place: number): unknown[] {
  return entries.filter((_, index) => index !== place);
}

function changed<Root>(root: Root, path: string, change: (node: unknown) => unknown): Root {
  const walk = (node: unknown, steps: readonly string[]): unknown => {
    const [step, ...rest] = steps;
    if (step === undefined) return change(node);
    if (Array.isArray(node))
      return node.map((entry, index) => (index === Number(step) ? walk(entry, rest) : entry));
    const fields = node as Record<string, unknown>;
    return { ...fields, [step]: walk(fields[step], rest) };
  };
  return walk(root, path.split('.')) as Root;
}

/**
 * Where the thing at a path stands once others have made their patches; null where it is gone. What was taken out and put
 * back is the same thing again.
 */
export function movedPath(path: string, patches: readonly Patch[]): string | null {
  let moved: string | null = path;
  let gone: { readonly entry: unknown; readonly list: string; readonly rest: string } | null = null;
  for (const patch of patches) {
    if (patch.kind === 'put') continue;
    if (moved === null) {
      if (
        gone === null ||
        patch.kind !== 'insert' ||
        patch.list !== gone.list ||
        !isSame(patch.entry, gone.entry)
      )
        continue;
      moved = `${patch.list}.${patch.at}${gone.rest}`;
    } else if (moved.startsWith(`${patch.list}.`)) {
      const rest: string = moved.slice(patch.list.length + 1).replace(/^\d+/, '');
      moved = movedIn(moved, patch);
      if (moved === null && patch.kind === 'remove') gone = { entry: patch.entry, list: patch.list, rest };
    }
  }
  return moved;
}

function movedIn(path: string, patch: Exclude<Patch, { kind: 'put' }>): string | null {
  const [step = '', ...rest] = path.slice(patch.list.length + 1).split('.');
  const index = movedIndex(Number(step), patch);
  return index === null ? null : [patch.list, index, ...rest].join('.');
}

function movedIndex(index: number, patch: Exclude<Patch, { kind: 'put' }>): number | null {
  switch (patch.kind) {
    case 'insert':
      return index >= patch.at ? index + 1 : index;
    case 'remove':
      return index === patch.at ? null : index > patch.at ? index - 1 : index;
    case 'move': {
      if (index === patch.from) return patch.to;
      const without = index > patch.from ? index - 1 : index;
      return without >= patch.to ? without + 1 : without;
    }
    default:
      return assertNever(patch);
  }
}

/**
 * What takes patches back, out of a root on which others have worked since. Null where what the patches left there is no
 * longer as they left it: taking them back would take away somebody else's work. The patches are of different things, none
 * of which moves another.
 *
 * @param later what was done since, in its order
 */
export function takenBack(
  root: unknown,
  patches: readonly Patch[],
  later: readonly Patch[],
): readonly Patch[] | null {
  const back: Patch[] = [];
  for (const patch of patches.toReversed()) {
    const inverse = inverseOf(root, patch, later);
    if (inverse === null) return null;
    back.push(inverse);
  }
  return back;
}

function inverseOf(root: unknown, patch: Patch, later: readonly Patch[]): Patch | null {
  switch (patch.kind) {
    case 'put': {
      const path = movedPath(patch.path, later);
      if (path === null || !isSame(at(root, path), patch.after)) return null;
      return { kind: 'put', path, before: patch.after, after: patch.before };
    }
    case 'insert': {
      const place = placeOf(`${patch.list}.${patch.at}`, later);
      if (place === null || !isSame(at(root, `${place.list}.${place.at}`), patch.entry)) return null;
      return { kind: 'remove', ...place, entry: patch.entry };
    }
    case 'remove': {
      const list = movedPath(patch.list, later);
      const entries = list === null ? undefined : at(root, list);
      if (list === null || !Array.isArray(entries)) return null;
      // What stood behind it may be gone too: then as near as the list allows.
      const behind = placeOf(`${patch.list}.${patch.at}`, later);
      return {
        kind: 'insert',
        list,
        at: Math.min(behind?.at ?? patch.at, entries.length),
        entry: patch.entry,
      };
    }
    case 'move': {
      const place = placeOf(`${patch.list}.${patch.to}`, later);
      const entries = place === null ? undefined : at(root, place.list);
      if (place === null || !Array.isArray(entries)) return null;
      return {
        kind: 'move',
        list: place.list,
        from: place.at,
        to: Math.min(patch.from, entries.length - 1),
      };
    }
    default:
      return assertNever(patch);
  }
}

function placeOf(path: string, later: readonly Patch[]): { list: string; at: number } | null {
  const moved = movedPath(path, later);
  if (moved === null) return null;
  const cut = moved.lastIndexOf('.');
  return { list: moved.slice(0, cut), at: Number(moved.slice(cut + 1)) };
}

/** Whether two things of plain data are equal; a field that is undefined is as one that is not there. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isSame(a[name], b[name]));
}
