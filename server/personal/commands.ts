import type { InvitationId } from '../../domain/invitations/step.ts';
import { LAST_EDITION } from '../../domain/personal/link.ts';
import { ok, type Result } from '../../domain/result.ts';
import { callingOf, invitationBelow } from '../invitations/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { signLink } from './links.ts';
import { raiseEdition, readEditions } from './store.ts';

export type RenewFailure = {
  /** `nobody`: no such invitation at the bridge or below it. */
  readonly reason: 'nobody' | 'too often';
};

/** A new link for somebody who is invited, as it stands in an address; the ones before are void from now on. */
export async function renewLink(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize' | 'below'>,
  id: InvitationId,
): Promise<Result<string, RenewFailure>> {
  const calling = await callingOf(context, conference);
  const view = calling === null ? null : await invitationBelow(context, conference, bridge, calling, id);
  if (view === null) return { ok: false, reason: 'nobody' };
  return await transaction(context.database, async (db): Promise<Result<string, RenewFailure>> => {
    if ((await readEditions(db, [id])).get(id) === LAST_EDITION) return { ok: false, reason: 'too often' };
    await raiseEdition(db, id);
    const edition = (await readEditions(db, [id])).get(id) ?? 1;
    context.audit.note({ on: { person: view.person.id } });
    return ok(signLink(context, { invitation: id, edition }));
  });
}
