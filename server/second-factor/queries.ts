import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Role } from '../../domain/wire/access.ts';
import type { SecondFactor } from '../../domain/wire/second-factor.ts';
import type { Context } from '../platform/context.ts';
import type {
  AuthorizedAccountId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
} from '../platform/scopes.ts';
import { signInOf } from '../sign-in/queries.ts';
import * as store from './store.ts';

/** Whether one of somebody's roles asks for a second factor now; a sign-in of theirs says so. */
export async function isNeeded(
  db: Parameters<typeof store.codeOf>[0],
  key: string | null,
  account: AccountId,
  now: Instant,
): Promise<boolean> {
  return (await signInOf(db, key, account, now))?.needs_factor === 1;
}

/** How it stands with somebody's second factor. */
export async function secondFactor(
  context: Context,
  account: AuthorizedAccountId,
  here: string | null,
): Promise<SecondFactor> {
  const db = context.database.read;
  return {
    on: ((await store.codeOf(db, account))?.secret ?? null) !== null,
    needed: await isNeeded(db, here, account, context.clock()),
    recoveryCodes: await store.recoveryCodesLeft(db, account),
  };
}

/** Which roles ask for a second factor, everywhere. */
export async function requirement(
  context: Context,
  _installation: AuthorizedInstallation,
): Promise<readonly Role[]> {
  return await store.requirementOf(context.database.read, null);
}

/** Which roles of a conference do. */
export async function conferenceRequirement(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<readonly Role[]> {
  return await store.requirementOf(context.database.read, conference);
}
