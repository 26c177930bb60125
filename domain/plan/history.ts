import { ok, type Result } from '../result.ts';
import { takenBack, type Patch } from './patch.ts';

/** One step in the history of a working copy, numbered by the revision that it made. */
export interface Step {
  readonly revision: number;
  /** Who did it. */
  readonly by: string;
  /** `undo` takes the step `of` back, `redo` does it again. */
  readonly kind: 'deed' | 'undo' | 'redo';
  /** Of `undo` and `redo`: the deed that they are about. */
  readonly of: number | null;
  readonly patches: readonly Patch[];
}

/** The step that undoing takes back: somebody's own last deed that still stands. Null where there is none. */
export function stepToUndo<S extends Step>(steps: readonly S[], by: string): S | null {
  const own = steps.filter((step) => step.by === by);
  const deed = own.findLast(({ kind, revision }) => kind === 'deed' && !isUndone(own, revision));
  if (deed === undefined) return null;
  return own.findLast(({ kind, of }) => kind === 'redo' && of === deed.revision) ?? deed;
}

/** The step that redoing takes back: somebody's own last undoing, as long as they have done nothing else since. */
export function stepToRedo<S extends Step>(steps: readonly S[], by: string): S | null {
  const own = steps.filter((step) => step.by === by);
  const from = own.findLastIndex(({ kind }) => kind === 'deed');
  const undone = own.slice(from + 1).filter(({ kind, of, revision }) => {
    if (kind !== 'undo') return false;
    return !own.some((later) => later.revision > revision && later.of === of);
  });
  return undone.at(-1) ?? null;
}

function isUndone(own: readonly Step[], deed: number): boolean {
  return own.findLast(({ of }) => of === deed)?.kind === 'undo';
}

/** The deed that a step is about. */
export function deedOf({ kind, of, revision }: Step): number {
  return kind === 'deed' || of === null ? revision : of;
}

/** What takes a step back, as things stand now; refused where somebody has worked on the same since. */
export function reverting(
  root: unknown,
  step: Step,
  steps: readonly Step[],
): Result<readonly Patch[], { readonly reason: 'changed since' }> {
  const later = steps.filter(({ revision }) => revision > step.revision).flatMap(({ patches }) => patches);
  const back = takenBack(root, step.patches, later);
  return back === null ? { ok: false, reason: 'changed since' } : ok(back);
}
