/** A record of which some fields are compared by what they hold. */
type Fields = Readonly<Record<string, unknown>>;

/** Names of the fields in which two records differ; `revision` is no content. */
export function changedFields(before: Fields, after: Fields): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  names.delete('revision');
  return Array.from(names).filter((name) => !isSame(before[name], after[name]));
}

/** A change taken back on what stands now. */
export interface TakenBack<Of> {
  readonly record: Of;
  /** Fields that are as before the change again. */
  readonly restored: number;
  /** Fields that were changed again since, and stay. */
  readonly left: number;
}

/** Puts back each field that still is as the change left it; what somebody changed since stays as they made it. */
export function takeBack<Of extends object>(now: Of, before: Of, after: Of): TakenBack<Of> {
  const [was, is, has] = [before, after, now] as unknown as [Fields, Fields, Fields];
  const changed = changedFields(was, is);
  const own = changed.filter((name) => isSame(has[name], is[name]));
  const back = Object.fromEntries(own.map((name) => [name, was[name]]));
  return { record: { ...now, ...back }, restored: own.length, left: changed.length - own.length };
}

/** Records are plain data, written in one order of their fields. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
