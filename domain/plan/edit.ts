import { ClauseId } from '../ids.ts';
import { assertNever, ok, type Result } from '../result.ts';
import type { Deed } from './deed.ts';
import type { Leaf } from './draft.ts';
import { applyPatches, movedPath, type Patch } from './patch.ts';
import { at, emptyEntry, fits, isLeaf, isList, wordsIn, type Node, type Value } from './shape.ts';
import { acceptedLeaf, numberOf, type WorkingCopy } from './working-copy.ts';

/**
 * - `no such place`: there is no such field, entry or passage.
 * - `does not fit`: the field cannot have this value, or the list is full.
 * - `changed meanwhile`: it is not what the doer saw; `now` is what it is.
 */
export type EditFailure =
  | { readonly reason: 'no such place' }
  | { readonly reason: 'does not fit'; readonly path: string }
  | { readonly reason: 'changed meanwhile'; readonly path: string; readonly now: Value };

/** More than any plan has, and little enough for every page. */
const LONGEST_LIST = 500;

/** What a deed changes in a working copy. */
export function patchesOf(copy: WorkingCopy, deed: Deed): Result<readonly Patch[], EditFailure> {
  switch (deed.do) {
    case 'set':
    case 'accept': {
      const leaf = at(copy, deed.path);
      if (!isLeaf(leaf)) return { ok: false, reason: 'no such place' };
      const overtaken = overtakenAt(deed.path, leaf, deed.was);
      if (overtaken !== null) return overtaken;
      const value = deed.do === 'accept' ? (leaf.value as Value) : deed.value;
      if (!fits(deed.path, value)) return { ok: false, reason: 'does not fit', path: deed.path };
      const after = acceptedLeaf(value, value === null ? [] : leaf.source);
      return ok([{ kind: 'put', path: deed.path, before: leaf, after }]);
    }
    case 'add': {
      const entry = newEntry(copy, deed.list, acceptedLeaf(deed.value));
      return entry.ok
        ? ok([
            {
              kind: 'insert',
              list: deed.list,
              at: Math.min(deed.at, entry.value.length),
              entry: entry.value.entry,
            },
          ])
        : entry;
    }
    case 'remove': {
      const cut = deed.path.lastIndexOf('.');
      const list = deed.path.slice(0, cut);
      const entry = at(copy, deed.path);
      if (cut < 0 || entry === undefined || !isList(list)) return { ok: false, reason: 'no such place' };
      const overtaken = overtakenAt(deed.path, wordsOf(list, entry), deed.was);
      if (overtaken !== null) return overtaken;
      return ok([{ kind: 'remove', list, at: Number(deed.path.slice(cut + 1)), entry }]);
    }
    case 'move': {
      const { list, from, to } = deed;
      const entries = at(copy, list);
      if (!isList(list) || !Array.isArray(entries) || from >= entries.length || to >= entries.length)
        return { ok: false, reason: 'no such place' };
      return ok(from === to ? [] : [{ kind: 'move', list, from, to }]);
    }
    case 'take':
      return taken(copy, deed.leftover, deed.into);
    case 'leave': {
      const path = `leftovers.${deed.leftover}.fate`;
      const before = at(copy, path);
      if (before === undefined) return { ok: false, reason: 'no such place' };
      return ok([{ kind: 'put', path, before, after: deed.needed ? 'open' : 'not-needed' }]);
    }
    default:
      return assertNever(deed);
  }
}

/** The words of a passage left over, put into a field or made an entry of a list; the passage is the value's source. */
function taken(copy: WorkingCopy, index: number, into: string): Result<readonly Patch[], EditFailure> {
  const leftover = copy.leftovers[index];
  if (leftover === undefined) return { ok: false, reason: 'no such place' };
  const words = leftover.text.replaceAll(/\s+/g, ' ').trim();
  const value = acceptedLeaf<string>(words, [leftover.source]);
  const path = `leftovers.${index}.fate`;
  const placed: Patch = { kind: 'put', path, before: leftover.fate, after: 'placed' };
  if (isList(into)) {
    const entry = newEntry(copy, into, value);
    return entry.ok
      ? ok([{ kind: 'insert', list: into, at: entry.value.length, entry: entry.value.entry }, placed])
      : entry;
  }
  const leaf = at(copy, into);
  if (!isLeaf(leaf)) return { ok: false, reason: 'no such place' };
  if (!fits(into, words)) return { ok: false, reason: 'does not fit', path: into };
  return ok([{ kind: 'put', path: into, before: leaf, after: value }, placed]);
}

function newEntry(
  copy: WorkingCopy,
  list: string,
  words: Leaf<Value>,
): Result<{ readonly entry: unknown; readonly length: number }, EditFailure> {
  const entries = at(copy, list);
  if (!isList(list) || !Array.isArray(entries)) return { ok: false, reason: 'no such place' };
  const field = wordsIn(list);
  const path = [list, entries.length, ...(field === '' ? [] : [field])].join('.');
  if (entries.length >= LONGEST_LIST || !fits(path, words.value))
    return { ok: false, reason: 'does not fit', path: list };
  const entry =
    field === '' ? words : { ...(emptyEntry(list) as { readonly [key: string]: Node }), [field]: words };
  const id = list === 'clauses' ? { id: ClauseId.parse(`C${copy.lastClause + 1}`) } : {};
  return ok({ entry: { ...entry, ...id }, length: entries.length });
}

function wordsOf(list: string, entry: unknown): Leaf<unknown> | null {
  const field = wordsIn(list);
  const leaf = field === '' ? entry : at(entry, field);
  return isLeaf(leaf) ? leaf : null;
}

function overtakenAt(
  path: string,
  leaf: Leaf<unknown> | null,
  was: Value,
): ({ readonly ok: false } & EditFailure) | null {
  const now = (leaf?.value ?? null) as Value;
  return now === was ? null : { ok: false, reason: 'changed meanwhile', path, now };
}

/** A working copy after patches. A clause's number stays taken, also of one that is gone. */
export function patched(copy: WorkingCopy, patches: readonly Patch[]): WorkingCopy {
  const next = applyPatches(copy, patches);
  const highest = next.clauses.reduce(
    (most, { id }) => Math.max(most, id === undefined ? 0 : numberOf(id)),
    0,
  );
  return highest > next.lastClause ? { ...next, lastClause: highest } : next;
}

/** A deed as it is to be done after what others did since its doer looked; null where what it was about is gone. */
export function movedDeed(deed: Deed, since: readonly Patch[]): Deed | null {
  const moved = (path: string): string | null => movedPath(path, since);
  switch (deed.do) {
    case 'set':
    case 'accept':
    case 'remove': {
      const path = moved(deed.path);
      return path === null ? null : { ...deed, path };
    }
    case 'add': {
      const list = moved(deed.list);
      return list === null
        ? null
        : { ...deed, list, at: placeIn(moved(`${deed.list}.${deed.at}`)) ?? deed.at };
    }
    case 'move': {
      const [list, from] = [moved(deed.list), placeIn(moved(`${deed.list}.${deed.from}`))];
      if (list === null || from === null) return null;
      return { ...deed, list, from, to: placeIn(moved(`${deed.list}.${deed.to}`)) ?? deed.to };
    }
    case 'take': {
      const into = moved(deed.into);
      return into === null ? null : { ...deed, into };
    }
    case 'leave':
      return deed;
    default:
      return assertNever(deed);
  }
}

function placeIn(path: string | null): number | null {
  return path === null ? null : Number(path.slice(path.lastIndexOf('.') + 1));
}
