import type { Passkey } from '../../domain/wire/passkeys.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedAccountId } from '../platform/scopes.ts';
import { presentPasskey } from './present.ts';
import * as store from './store.ts';

/** Somebody's passkeys, the oldest first. */
export async function passkeys(context: Context, account: AuthorizedAccountId): Promise<Passkey[]> {
  return (await store.passkeysOf(context.database.read, account)).map(presentPasskey);
}
