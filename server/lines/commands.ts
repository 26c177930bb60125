import { isDeepStrictEqual } from 'node:util';

import type { LineMeasures } from '../../domain/media/line-test.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import type { NamedTest } from './queries.ts';
import { insertTest, readTest, type StoredTest } from './store.ts';

/** What a page measured, under the id that it made. */
export type MeasuredTest = Pick<StoredTest, 'id' | 'seconds'> & { readonly measures: LineMeasures };

/** Keeps what a bridge measured of its line. Sent again it is the same test; another one under its id is refused. */
export async function addLineTest(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  { id, seconds, measures }: MeasuredTest,
): Promise<Result<NamedTest, { readonly reason: 'another under this id' }>> {
  const { actor, database } = context;
  const by = actor?.account ?? null;
  const test: StoredTest = { id, bridge, seconds, measures, by, at: context.clock() };
  try {
    await transaction(database, (db) => insertTest(db, conference, test));
    context.audit.note({ on: { bridge }, after: { ...measures } });
    return ok({ ...test, byName: actor?.name ?? null });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  const there = await readTest(database.write, id);
  const isSame =
    there !== null &&
    there.bridge === bridge &&
    there.by === by &&
    there.seconds === seconds &&
    isDeepStrictEqual(there.measures, measures);
  return isSame
    ? ok({ ...there, byName: actor?.name ?? null })
    : { ok: false, reason: 'another under this id' };
}
