import type { RelayId } from '../../../domain/media/cascade.ts';
import type { Context } from '../../platform/context.ts';
import type { AuthorizedConferenceId, Mark } from '../../platform/scopes.ts';
import { hashOfToken } from '../../sign-in/tokens.ts';
import { goneAmong, readRelays, relayByHash, type RelayRow } from './store.ts';

/** Every relay of a conference, those that were revoked too, in the order in which they were added. */
export function relaysOf(
  { database }: Context,
  conference: AuthorizedConferenceId<Mark>,
): Promise<RelayRow[]> {
  return readRelays(database.read, conference);
}

/** Whose token it is; undefined for nobody's. */
export function relayOfToken({ database }: Context, token: string): Promise<RelayRow | undefined> {
  return relayByHash(database.read, hashOfToken(token));
}

/** Which of those that are there have no right to be any more. */
export function noLongerGood({ database }: Context, ids: readonly RelayId[]): Promise<RelayId[]> {
  return goneAmong(database.read, ids);
}
