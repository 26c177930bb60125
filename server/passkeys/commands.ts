import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from '@simplewebauthn/server';

import type { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Passkey } from '../../domain/wire/passkeys.ts';
import * as accounts from '../access/store.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedAccountId } from '../platform/scopes.ts';
import type { Browser } from '../sign-in/commands.ts';
import { openSignIn, type CameIn } from '../sign-in/opening.ts';
import { isProven } from '../sign-in/queries.ts';
import type { Challenges } from './challenges.ts';
import { makeDecoy } from './decoy.ts';
import { presentPasskey } from './present.ts';
import * as store from './store.ts';

/** A website as passkeys know it: the origin of its pages, and the name that they are bound to. */
export interface Site {
  readonly origin: string;
  readonly host: string;
}

/** More than anybody has authenticators. */
const MOST_OF_ONE = 20;
const decoy = makeDecoy();

/** Begins to sign in: whoever has a passkey of this site may answer. Nothing is asked, and nothing told, of who. */
export async function challenge(
  context: Context,
  site: Site,
  challenges: Challenges,
): Promise<{ challenge: string }> {
  const options = await generateAuthenticationOptions({ rpID: site.host, userVerification: 'required' });
  challenges.give(options.challenge, null, context.clock());
  return options;
}

/** Signs in with a passkey. It is in somebody's hand and asked for their finger or PIN: two factors. */
export async function signInWithPasskey(
  context: Context,
  site: Site,
  challenges: Challenges,
  browser: Browser,
  response: AuthenticationResponseJSON,
): Promise<Result<CameIn, { reason: 'wrong-credentials' }>> {
  const now = context.clock();
  const row = await store.passkeyById(context.database.read, response.id);
  const verified = await verify(response, site, challenges, row ?? { ...decoy, id: response.id }, now);
  if (row === undefined || verified === null || !isHandleOf(row.account, response))
    return { ok: false, reason: 'wrong-credentials' };
  return await transaction(context.database, async (db) => {
    // Removed while it was looked at.
    if ((await store.passkeyById(db, row.id)) === undefined)
      return { ok: false, reason: 'wrong-credentials' };
    await store.notePasskey(db, row.id, verified.counter, now);
    context.audit.note({
      on: { account: row.account },
      by: { account: row.account },
      after: { by: 'passkey' },
    });
    const proof = { account: row.account, how: 'passkey', strong: true, browser: browser.agent } as const;
    return ok(await openSignIn(db, proof, browser.key, now));
  });
}

async function verify(
  response: AuthenticationResponseJSON,
  site: Site,
  challenges: Challenges,
  row: Pick<store.PasskeyRow, 'id' | 'public_key' | 'counter' | 'transports'>,
  now: Parameters<Challenges['take']>[2],
): Promise<{ readonly counter: number } | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (given) => challenges.take(given, null, now),
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      credential: credentialOf(row),
      requireUserVerification: true,
    });
    return verified ? { counter: authenticationInfo.newCounter } : null;
  } catch {
    // The library throws for whatever does not fit; what was sent is anybody's.
    return null;
  }
}

function credentialOf(
  row: Pick<store.PasskeyRow, 'id' | 'public_key' | 'counter' | 'transports'>,
): WebAuthnCredential {
  return {
    id: row.id,
    publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
    counter: row.counter,
    transports: JSON.parse(row.transports) as string[],
  };
}

/** For whom a passkey was made. Another than that of the passkeys which lock a check-in page: an authenticator keeps one of each. */
function handleOf(account: AccountId): string {
  return `sign-in:${account}`;
}

/** A passkey carries for whom it was made. */
function isHandleOf(account: AccountId, { response }: AuthenticationResponseJSON): boolean {
  const { userHandle } = response;
  return (
    userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString('utf8') === handleOf(account)
  );
}

/** Begins to make a passkey, that the authenticator keeps and finds by itself. */
export async function beginPasskey(
  context: Context,
  site: Site,
  challenges: Challenges,
  browser: Browser,
  account: AuthorizedAccountId,
): Promise<Result<{ challenge: string }, { reason: 'not-proven' }>> {
  const db = context.database.read;
  if (!(await isProven(db, browser.key, account, context.clock())))
    return { ok: false, reason: 'not-proven' };
  const row = await accounts.accountById(db, account);
  if (row === undefined) throw new Error('a sign-in of an account that is gone');
  const others = await store.passkeysOf(db, account);
  return ok(await newPasskey(site, challenges, row, context.clock(), others));
}

/** The question by which an authenticator makes a passkey for an account, which need not be there yet. */
export async function newPasskey(
  site: Site,
  challenges: Challenges,
  whom: Pick<accounts.AccountRow, 'id' | 'username' | 'name'>,
  now: Instant,
  others: readonly Pick<store.PasskeyRow, 'id'>[] = [],
): Promise<{ challenge: string }> {
  const options = await generateRegistrationOptions({
    rpName: 'Nhịp Cầu',
    rpID: site.host,
    userName: whom.username,
    userDisplayName: whom.name,
    userID: new TextEncoder().encode(handleOf(whom.id)),
    attestationType: 'none',
    excludeCredentials: others.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  challenges.give(options.challenge, whom.id, now);
  return options;
}

/** Keeps a passkey that was made, under the name that its owner gives it. */
export async function addPasskey(
  context: Context,
  site: Site,
  challenges: Challenges,
  browser: Browser,
  input: {
    readonly account: AuthorizedAccountId;
    readonly name: string;
    readonly response: RegistrationResponseJSON;
  },
): Promise<Result<Passkey, { reason: 'not-proven' | 'not-verified' | 'too-many' }>> {
  const { account, name, response } = input;
  const now = context.clock();
  if (!(await isProven(context.database.read, browser.key, account, now)))
    return { ok: false, reason: 'not-proven' };
  const row = await madePasskey(site, challenges, { account, name, response }, now);
  if (row === null) return { ok: false, reason: 'not-verified' };
  try {
    return await transaction(context.database, async (db) => {
      if ((await store.passkeysOf(db, account)).length >= MOST_OF_ONE)
        return { ok: false, reason: 'too-many' };
      await store.addPasskey(db, row);
      context.audit.note({ on: { account }, after: { name } });
      return ok(presentPasskey(row));
    });
  } catch (error) {
    // Somebody has it already: an authenticator makes no two alike, so this one was copied out of what it once said.
    if (isUniqueViolation(error)) return { ok: false, reason: 'not-verified' };
    throw error;
  }
}

/** A passkey as it is kept, out of what an authenticator answered; null where it does not answer the question of this account. */
export async function madePasskey(
  site: Site,
  challenges: Challenges,
  input: { readonly account: AccountId; readonly name: string; readonly response: RegistrationResponseJSON },
  now: Instant,
): Promise<store.PasskeyRow | null> {
  const { account, name, response } = input;
  const made = await verifyMade(response, site, (given) => challenges.take(given, account, now));
  return made === null
    ? null
    : {
        id: made.id,
        account,
        name,
        public_key: Buffer.from(made.publicKey).toString('base64url'),
        counter: made.counter,
        transports: JSON.stringify(made.transports ?? []),
        created_at: now,
        used_at: null,
      };
}

async function verifyMade(
  response: RegistrationResponseJSON,
  site: Site,
  expectedChallenge: (challenge: string) => boolean,
): Promise<WebAuthnCredential | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
    });
    return verified ? registrationInfo.credential : null;
  } catch {
    return null;
  }
}

export async function namePasskey(
  context: Context,
  account: AuthorizedAccountId,
  id: string,
  name: string,
): Promise<Result<null, { reason: 'not-found' }>> {
  context.audit.note({ on: { account }, after: { name } });
  const named = await store.namePasskey(context.database.write, account, id, name);
  return named ? ok(null) : { ok: false, reason: 'not-found' };
}

export async function removePasskey(
  context: Context,
  browser: Browser,
  account: AuthorizedAccountId,
  id: string,
): Promise<Result<null, { reason: 'not-found' | 'not-proven' }>> {
  return await transaction(context.database, async (db) => {
    if (!(await isProven(db, browser.key, account, context.clock())))
      return { ok: false, reason: 'not-proven' };
    context.audit.note({ on: { account }, before: { passkey: id } });
    return (await store.removePasskey(db, account, id)) ? ok(null) : { ok: false, reason: 'not-found' };
  });
}

/** Removes all of somebody's passkeys, for the command line: a machine or a key was lost. Answers with how many. */
export async function removePasskeys(context: Context, account: AccountId): Promise<number> {
  context.audit.note({ on: { account } });
  return await store.removePasskeys(context.database.write, account);
}
