import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import {
  addErasure,
  emptyLog,
  eraseHeldTexts,
  eraseLedgerTexts,
  overwriteRemoved,
  type What,
} from './store.ts';

/** How many events lost what people had written in them. */
export interface Erased {
  /** In the ledger. */
  readonly events: number;
  /** In quarantine; one without a decision cannot be accepted any more. */
  readonly held: number;
}

/**
 * Erases what people wrote in events of a conference: names of walk-ins, reasons. The events stay, and so do chain and
 * figures: the ledger holds digests, whose salt is erased together with the text. That it was done stays as well, with
 * the reason. Within two seconds every server shows nothing of it any more; copies outside (backups, exports, prints) are
 * not reached.
 */
export async function eraseTexts(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  what: What,
  reason: string,
): Promise<Erased> {
  const { database } = context;
  await overwriteRemoved(database.write, true);
  const erased = await transaction(database, async (connection) => {
    const events = await eraseLedgerTexts(connection, conference, what);
    const held = await eraseHeldTexts(connection, conference, what);
    await addErasure(connection, {
      id: context.newId(),
      conference,
      at: context.clock(),
      by: context.actor?.account ?? null,
      reason,
      person: what !== 'everything' && 'person' in what ? what.person : null,
      event: what !== 'everything' && 'event' in what ? what.event : null,
      events,
      held,
    });
    return { events, held };
  });
  await overwriteRemoved(database.write, false);
  await emptyLog(database.write);
  context.audit.note({ on: what === 'everything' ? {} : what, after: { ...erased, reason } });
  return erased;
}
