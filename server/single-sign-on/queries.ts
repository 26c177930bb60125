import type { Context } from '../platform/context.ts';
import type { AuthorizedAccountId } from '../platform/scopes.ts';
import type { Provider } from './provider.ts';
import * as store from './store.ts';

/** Whether somebody's account is linked with one of the provider. */
export async function isLinked(
  context: Context,
  provider: Provider,
  account: AuthorizedAccountId,
): Promise<boolean> {
  const { issuer } = provider.settings;
  return (await store.linkOfAccount(context.database.read, issuer, account)) !== undefined;
}
