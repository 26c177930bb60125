import { RelayId } from '../../../domain/media/cascade.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Context } from '../../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../../platform/scopes.ts';
import { hashOfToken, newToken } from '../../sign-in/tokens.ts';
import { addRelay, setCame, setRevoked, type RelayRow } from './store.ts';

/** Lets a relay come, at the host of a bridge. Its token is told once. */
export async function newRelay(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  bridge: AuthorizedBridgeId<'organize'>,
): Promise<{ readonly id: RelayId; readonly token: string }> {
  const token = newToken();
  const row: RelayRow = {
    id: RelayId.parse(context.newId()),
    conference,
    bridge,
    hash: hashOfToken(token),
    created_at: context.clock(),
    came_at: null,
    revoked_at: null,
  };
  await addRelay(context.database.write, row);
  context.audit.note({ after: { relay: row.id, bridge } });
  return { id: row.id, token };
}

export type RevokeFailure = { readonly reason: 'no such relay' };

/** Ends a relay: its line is cut within seconds, and its token lets nobody in any more. */
export async function revokeRelay(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: RelayId,
): Promise<Result<null, RevokeFailure>> {
  context.audit.note({ after: { relay: id, revoked: true } });
  const revoked = await setRevoked(context.database.write, conference, id, context.clock());
  return revoked ? ok(null) : { ok: false, reason: 'no such relay' };
}

/** Notes that a relay came. */
export async function noteCame(context: Context, id: RelayId): Promise<void> {
  await setCame(context.database.write, id, context.clock());
}
