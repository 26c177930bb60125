import type { SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { alertAcknowledged } from './live.ts';
import { insertAcknowledgement, readAcknowledgements, readAlert, type AlertRecord } from './store.ts';

/**
 * Takes an alert on by name, as bad as it was seen: one that got worse in the meantime stays open. Where somebody else was quicker, it
 * is theirs, and they are who is named.
 */
export async function acknowledgeAlert(
  context: Context,
  _conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'control'>,
  session: SessionId,
  id: string,
  seen: Pick<AlertRecord, 'level' | 'bridges'>,
): Promise<Result<{ readonly by: string; readonly at: Instant }, { reason: 'no such alert' | 'over' }>> {
  const { actor } = context;
  type Taken = Result<
    { readonly at: Instant; readonly by: string | null },
    { reason: 'no such alert' | 'over' }
  >;
  const taken = await transaction(context.database, async (db): Promise<Taken> => {
    const alert = await readAlert(db, session, bridge, id);
    if (alert === undefined) return { ok: false, reason: 'no such alert' };
    if (alert.over_at !== null) return { ok: false, reason: 'over' };
    await insertAcknowledgement(db, { alert: id, ...seen, at: context.clock(), by: actor?.account ?? null });
    const [first] = (await readAcknowledgements(db, [id])).filter(
      ({ level, bridges }) => level === seen.level && bridges === seen.bridges,
    );
    if (first === undefined) throw new Error('an acknowledgement that was just written is gone');
    context.audit.note({ on: { alert: id }, after: { kind: alert.kind, ...seen } });
    const names = await namesOf(context, first.by === null ? [] : [first.by]);
    return ok({ at: first.at, by: first.by === null ? null : (names.get(first.by) ?? null) });
  });
  if (!taken.ok) return taken;
  alertAcknowledged(context.database, session);
  return ok({ at: taken.value.at, by: taken.value.by ?? actor?.name ?? '' });
}
