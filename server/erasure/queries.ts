import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { countErasures } from './store.ts';

/** Changes whenever texts of a conference are erased: what was read of them before is to be read anew. */
export function erasureRevision(context: Context, conference: AuthorizedConferenceId): Promise<number> {
  return countErasures(context.database.read, conference);
}
