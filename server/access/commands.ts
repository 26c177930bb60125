import { AccountId } from '../../domain/ids.ts';
import type { Account, Role } from '../../domain/wire/access.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { newActivationLink } from '../sign-in/links.ts';
import { presentAccount } from './present.ts';
import * as store from './store.ts';

/** Over what a role is given: a conference, or one bridge of it. */
export type Node =
  | { readonly role: 'organizer'; readonly bridge: null }
  | { readonly role: Exclude<Role, 'organizer'>; readonly bridge: AuthorizedBridgeId<'organize'> };

/**
 * Gives a person a role in a conference. Whoever has an account keeps it, with its name. Somebody new, or one whose
 * every role is in this conference and who never came in, gets a link (`token`) to choose a password with.
 */
export async function addAccount(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  input: { readonly username: string; readonly name: string; readonly node: Node },
): Promise<{ readonly account: Account; readonly token: string | null }> {
  const now = context.clock();
  const grant: store.GivenGrant = { role: input.node.role, conference, bridge: input.node.bridge };
  const fresh = {
    id: AccountId.parse(context.newId()),
    username: input.username,
    name: input.name,
    password_hash: null,
    created_at: now,
  };
  return await transaction(context.database, async (db) => {
    const row = (await store.accountByUsername(db, input.username)) ?? fresh;
    if (row === fresh) await store.addAccount(db, fresh);
    await store.addGrant(db, row.id, grant, now);
    const grants = await store.grantsOf(db, row.id);
    // Organizers of one conference must not get at an account that has a role in another.
    const ours = grants.filter((other) => other.conference === conference);
    let token: string | null = null;
    if (row.password_hash === null && ours.length === grants.length) {
      token = await newActivationLink(db, row.id, now);
    }
    return { account: presentAccount(row, ours), token };
  });
}
