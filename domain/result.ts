/**
 * An expected outcome of a rule or a command. What can go wrong on good machines with honest people is returned,
 * with a reason out of a closed list; what may only happen through a bug or a broken machine is thrown.
 */
export type Result<Value, Failure extends { readonly reason: string }> =
  | { readonly ok: true; readonly value: Value }
  | ({ readonly ok: false } & Failure);

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Closes a switch over a discriminated union: a new member fails to compile here. */
export function assertNever(impossible: never): never {
  throw new Error(`unexpected ${JSON.stringify(impossible)}`);
}

/** A value that may be there at once: whoever is in a hurry waits only for a promise. */
export type Soon<Value> = Value | Promise<Value>;
