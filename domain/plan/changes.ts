import { isSame } from './patch.ts';
import type { Plan } from './plan.ts';
import { at, wordsIn } from './shape.ts';

/** One difference between two plans. */
export interface PlanChange {
  /** The field, or the entry of a list: where it stands now; of what is gone where it stood. */
  readonly path: string;
  readonly change: 'changed' | 'added' | 'removed' | 'moved';
  /** In words of the plan, where it has any; of an entry its words. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Everything in which one plan differs from another, in the order of a plan. An entry is known again by its words. */
export function changesOf(before: Plan, after: Plan): PlanChange[] {
  return (Object.keys(after) as (keyof Plan)[]).flatMap((name): PlanChange[] => {
    const [was, is] = [before[name], after[name]];
    if (Array.isArray(was) && Array.isArray(is)) return changesOfList(name, was, is);
    return isSame(was, is) ? [] : [{ path: name, change: 'changed', before: was, after: is }];
  });
}

function changesOfList(list: string, before: readonly unknown[], after: readonly unknown[]): PlanChange[] {
  const field = wordsIn(list);
  const wordsOf = (entry: unknown): unknown => (field === '' ? entry : at(entry, field));
  // A clause has its id; whatever became of its words, it is the same one.
  const isKnown = (one: unknown, other: unknown): boolean =>
    list === 'clauses' ? isSame(at(one, 'id'), at(other, 'id')) : isSame(wordsOf(one), wordsOf(other));
  const left = before.map((entry, index) => ({ entry, index }));
  const take = (from: readonly { readonly entry: unknown; readonly index: number }[], entry: unknown) =>
    from.find((each) => isSame(each.entry, entry)) ?? from.find((each) => isKnown(each.entry, entry));
  const found: PlanChange[] = [];
  const kept: number[] = [];
  for (const [index, entry] of after.entries()) {
    const path = `${list}.${index}`;
    const known = take(left, entry);
    if (known === undefined) {
      found.push({ path, change: 'added', before: null, after: wordsOf(entry) });
      continue;
    }
    left.splice(left.indexOf(known), 1);
    kept.push(known.index);
    if (!isSame(known.entry, entry))
      found.push({ path, change: 'changed', before: wordsOf(known.entry), after: wordsOf(entry) });
  }
  for (const { entry, index } of left)
    found.push({ path: `${list}.${index}`, change: 'removed', before: wordsOf(entry), after: null });
  if (kept.some((index, place) => place > 0 && index < (kept[place - 1] ?? 0)))
    found.push({ path: list, change: 'moved', before: null, after: null });
  return found;
}
