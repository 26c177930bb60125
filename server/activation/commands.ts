import { createHash, randomInt } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

import type { RegistrationResponseJSON } from '@simplewebauthn/server';

import { CODE_ALPHABET, CODE_CHANCE, codeFrom, readCode } from '../../domain/activation/code.ts';
import { needsCode, type CodesFor } from '../../domain/activation/state.ts';
import { usernameFor } from '../../domain/activation/username.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import { AccountId, type BridgeId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { tidy } from '../../domain/text/normalize.ts';
import type { Instant } from '../../domain/time.ts';
import * as accounts from '../access/store.ts';
import { newPairingCodes } from '../devices/pairing.ts';
import type { Challenges } from '../passkeys/challenges.ts';
import { madePasskey, newPasskey, type Site } from '../passkeys/commands.ts';
import { addPasskey, passkeyById } from '../passkeys/store.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedAccountId, AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { hashPassword, type Busy } from '../sign-in/passwords.ts';
import type { Throttle } from '../sign-in/throttle.ts';
import { hostsOf, type Hosts } from './queries.ts';
import * as store from './store.ts';

const DAY_MS = 24 * 3_600_000;
/** Codes drawn without a pause for whoever is at a door: a nation's would take a fifth of a second. */
const CODES_AT_A_TIME = 500;

/** A code on its way to paper: the only moment at which it is anywhere. */
export interface NewCode {
  readonly bridge: Bridge;
  readonly code: string;
  /** Pairs the first machine of the bridge, where the host has come in. */
  readonly pairing: string;
}

export interface Made {
  readonly hosts: Hosts;
  readonly codes: readonly NewCode[];
  readonly expiresAt: Instant;
}

/**
 * Makes one code for each bridge of a subtree that needs one, and beside it one that pairs its first machine. Earlier codes
 * of such a bridge end. Of the codes only hashes are kept: who loses the answer makes them again.
 */
export async function makeCodes(
  context: Context,
  conference: AuthorizedConferenceId,
  under: AuthorizedBridgeId<'organize' | 'below'>,
  input: { readonly for: CodesFor; readonly days: number },
): Promise<Result<Made, { readonly reason: 'no bridges' | 'nobody needs one' }>> {
  const now = context.clock();
  const expiresAt = (now + input.days * DAY_MS) as Instant;
  // Looked at inside the transaction: of two who make them at once, the second sees what the first has made.
  return await transaction(context.database, async (connection) => {
    const hosts = await hostsOf(context, conference, connection);
    if (hosts === null) return { ok: false, reason: 'no bridges' };
    const wanted = hosts.tree.subtree(under).filter(({ id }) => needsCode(hosts.standing(id), input.for));
    if (wanted.length === 0) return { ok: false, reason: 'nobody needs one' };
    const ids = wanted.map(({ id }) => id);
    const pairing = await newPairingCodes(context, conference, ids, expiresAt, connection);
    const codes: NewCode[] = [];
    const hashes: { readonly hash: string; readonly bridge: BridgeId }[] = [];
    for (const bridge of wanted) {
      const code = newCode();
      codes.push({ bridge, code, pairing: pairing.get(bridge.id)!.code });
      hashes.push({ hash: hashOfCode(code), bridge: bridge.id });
      if (codes.length % CODES_AT_A_TIME === 0) await breathe();
    }
    await store.endCodes(connection, conference, ids, 'replaced', now);
    const batch = context.newId();
    await store.addBatch(connection, {
      id: batch,
      conference,
      bridge: under,
      at: now,
      by: context.actor?.account ?? null,
      expires_at: expiresAt,
      codes: codes.length,
    });
    await store.addCodes(connection, { conference, batch, expires_at: expiresAt }, hashes);
    context.audit.note({ after: { codes: codes.length, for: input.for, expiresAt } });
    return ok({ hosts, codes, expiresAt });
  });
}

/** Ends every unused code of a bridge and of all below it. Gives how many there were. */
export async function revokeCodes(
  context: Context,
  conference: AuthorizedConferenceId,
  under: AuthorizedBridgeId<'organize' | 'below'>,
): Promise<number> {
  const hosts = await hostsOf(context, conference);
  const bridges = hosts?.tree.subtree(under).map(({ id }) => id) ?? [];
  const ended = await transaction(context.database, (connection) =>
    store.endCodes(connection, conference, bridges, 'revoked', context.clock()),
  );
  context.audit.note({ after: { ended } });
  return ended;
}

/** Why a code does not work. Whoever holds one may know what became of it; of a guess nothing is said. */
export type CodeFailure =
  | { readonly reason: 'code-unknown' }
  | { readonly reason: 'code-used' }
  | { readonly reason: 'code-expired' }
  | { readonly reason: 'code-replaced' }
  | { readonly reason: 'code-revoked' }
  | { readonly reason: 'too-many'; readonly seconds: number };

/** Where somebody has become a host. */
export interface Place {
  readonly bridgeName: string;
  readonly conferenceTitle: string;
}

/**
 * Makes an account with the role of host out of a code, with a name to sign in by. Used once: of two at the same moment one
 * comes in. Guesses are counted by address, before the code is looked up.
 */
export async function becomeHost(
  context: Context,
  throttle: Throttle,
  input: {
    readonly code: string;
    readonly name: string;
    readonly password: string;
    readonly address: string;
  },
): Promise<Result<Place & { readonly username: string }, CodeFailure | Busy>> {
  const found = await goodCode(context, throttle, input.code, input.address);
  if (!found.ok) return found;
  const password = await hashPassword(input.password);
  if (!password.ok) return password;
  const name = tidy(input.name);
  const id = AccountId.parse(context.newId());
  return await redeem(context, found.value, id, async (connection, now) => {
    const username = await freeUsername(connection, name);
    await accounts.addAccount(connection, {
      id,
      username,
      name,
      password_hash: password.value,
      created_at: now,
    });
    return { username };
  });
}

/** Begins to make a passkey for an account that a code is about to make. The code stays unused. */
export async function beginAsHost(
  context: Context,
  throttle: Throttle,
  { site, challenges }: PasskeyPlace,
  input: { readonly code: string; readonly name: string; readonly address: string },
): Promise<Result<{ readonly account: AccountId; readonly options: { challenge: string } }, CodeFailure>> {
  const found = await goodCode(context, throttle, input.code, input.address);
  if (!found.ok) return found;
  const id = AccountId.parse(context.newId());
  const name = tidy(input.name);
  const whom = { id, name, username: await freeUsername(context.database.read, name) };
  return ok({ account: id, options: await newPasskey(site, challenges, whom, context.clock()) });
}

/** Where passkeys are made, and what was asked of those who make one. */
export interface PasskeyPlace {
  readonly site: Site;
  readonly challenges: Challenges;
}

/** The same as `becomeHost`, with a passkey in the place of the password. */
export async function becomeHostWithPasskey(
  context: Context,
  throttle: Throttle,
  { site, challenges }: PasskeyPlace,
  input: {
    readonly code: string;
    readonly name: string;
    readonly address: string;
    readonly account: AccountId;
    readonly passkey: { readonly name: string; readonly response: RegistrationResponseJSON };
  },
): Promise<Result<Place & { readonly username: string }, CodeFailure | { readonly reason: 'not-verified' }>> {
  const found = await goodCode(context, throttle, input.code, input.address);
  if (!found.ok) return found;
  const { account: id, passkey } = input;
  const made = await madePasskey(site, challenges, { ...passkey, account: id }, context.clock());
  // Nor is one taken that somebody has: an authenticator makes no two alike, so this one was copied out of what it once said.
  const isCopied = made !== null && (await passkeyById(context.database.read, made.id)) !== undefined;
  if (made === null || isCopied) return { ok: false, reason: 'not-verified' };
  const name = tidy(input.name);
  return await redeem(context, found.value, id, async (connection, now) => {
    const username = await freeUsername(connection, name);
    await accounts.addAccount(connection, { id, username, name, password_hash: null, created_at: now });
    await addPasskey(connection, made);
    return { username };
  });
}

/** Adds the role of host to an account that somebody has. */
export async function becomeHostToo(
  context: Context,
  throttle: Throttle,
  account: AuthorizedAccountId,
  input: { readonly code: string; readonly address: string },
): Promise<Result<Place, CodeFailure>> {
  const found = await goodCode(context, throttle, input.code, input.address);
  if (!found.ok) return found;
  return await redeem(context, found.value, account, async () => ({}));
}

/**
 * A code that can be used. A guess is counted as failed before it is looked up, and taken back where it was none. What is no
 * code at all (a letter mistyped) is neither counted nor looked up: it could not be right.
 */
async function goodCode(
  context: Context,
  throttle: Throttle,
  typed: string,
  address: string,
): Promise<Result<store.CodeRow, CodeFailure>> {
  const read = readCode(typed);
  if (!read.ok) return { ok: false, reason: 'code-unknown' };
  const hash = hashOfCode(read.code);
  const seconds = throttle.wait(hash, address, context.clock());
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };
  throttle.failed(hash, address, context.clock());
  const row = await store.codeByHash(context.database.read, hash);
  if (row === undefined) return { ok: false, reason: 'code-unknown' };
  // No guess: whoever knows the letters of a code was given it once.
  throttle.succeeded(hash, address);
  const why = endOf(row, context.clock());
  return why === null ? ok(row) : { ok: false, reason: why };
}

function endOf(
  row: store.CodeRow,
  now: Instant,
): 'code-used' | 'code-expired' | 'code-replaced' | 'code-revoked' | null {
  if (row.used_at !== null) return 'code-used';
  if (row.ended !== null) return row.ended === 'replaced' ? 'code-replaced' : 'code-revoked';
  return now < row.expires_at ? null : 'code-expired';
}

type Connection = Parameters<typeof store.useCode>[0];

async function redeem<More extends object>(
  context: Context,
  code: store.CodeRow,
  account: AccountId,
  prepare: (connection: Connection, now: Instant) => Promise<More>,
): Promise<Result<Place & More, CodeFailure>> {
  const { conference, bridge, hash } = code;
  for (let attempt = 1; ; attempt++) {
    const now = context.clock();
    try {
      return await transaction(context.database, async (connection) => {
        const made = await prepare(connection, now);
        if (!(await store.useCode(connection, hash, account, now))) throw new Lost();
        await accounts.addGrant(
          connection,
          account,
          { role: 'host', conference, bridge, from: null, until: null },
          now,
        );
        const place = await store.bridgeName(connection, conference, bridge);
        if (place === undefined) throw new Error('a code of a bridge that is gone');
        const on = { account, conference, bridge };
        context.audit.note({ on, by: { account }, after: { role: 'host' } });
        return ok({ ...place, ...made });
      });
    } catch (error) {
      if (error instanceof Lost) {
        const row = await store.codeByHash(context.database.read, hash);
        return { ok: false, reason: (row && endOf(row, now)) ?? 'code-used' };
      }
      // Another process has just given the same name to sign in by.
      if (!isUniqueViolation(error) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Somebody else was faster with the same code: everything of this attempt is rolled back. */
class Lost extends Error {}
const MOST_ATTEMPTS = 5;

async function freeUsername(connection: Connection, name: string): Promise<string> {
  const taken = await store.takenUsernames(connection, usernameFor(name, 1));
  for (let attempt = 1; ; attempt++) {
    const username = usernameFor(name, attempt);
    if (!taken.has(username)) return username;
  }
}

function newCode(): string {
  return codeFrom(Array.from({ length: CODE_CHANCE }, () => randomInt(CODE_ALPHABET.length)));
}

/** What is kept of a code. */
function hashOfCode(code: string): string {
  return createHash('sha256').update(`nhipcau activation ${code}`).digest('base64url');
}
