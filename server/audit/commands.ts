import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import { eraseTexts, emptyLog, objectName, overwriteRemoved, type Wanted } from './store.ts';

/** Of which entries the words are to be erased; what is given is all required. */
export interface EraseAsked {
  /** Entered before this moment. */
  readonly before?: Instant;
  /** What this account did. */
  readonly account?: string;
  /** On one thing: a person, an account. */
  readonly on?: { readonly kind: string; readonly id: string };
  /** Where these words stand in what is kept. */
  readonly containing?: string;
}

/**
 * Erases words of the audit trail: names, addresses, filters, values before and after. The entries stay with their ids and
 * digests, and so does the chain. Whoever calls has the erasure itself entered as a change. Gives how many entries had words.
 */
export async function eraseTrailWords(
  { database, audit }: Context,
  { before, account, on, containing }: EraseAsked,
): Promise<number> {
  const wanted: Wanted = {
    objects: null,
    object: on === undefined ? null : objectName([on.kind, on.id]),
    doers: account === undefined ? null : [account],
    steps: null,
    from: null,
    until: before ?? null,
    paired: false,
  };
  await overwriteRemoved(database.write, true);
  try {
    const entries = await transaction(database, (connection) =>
      eraseTexts(connection, wanted, containing ?? null),
    );
    audit.note({ on: on === undefined ? {} : { [on.kind]: on.id }, after: { entries } });
    return entries;
  } finally {
    await overwriteRemoved(database.write, false);
    await emptyLog(database.write);
  }
}
