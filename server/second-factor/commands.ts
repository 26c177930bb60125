import type { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Role } from '../../domain/wire/access.ts';
import type { Enrolment } from '../../domain/wire/second-factor.ts';
import * as accounts from '../access/store.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type {
  AuthorizedAccountId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
} from '../platform/scopes.ts';
import type { Browser } from '../sign-in/commands.ts';
import { stepUp, type CameIn } from '../sign-in/opening.ts';
import { halfSignedIn, isProven, signInOf } from '../sign-in/queries.ts';
import { sealingOf, type Sealing } from '../sign-in/sealing.ts';
import type { Throttle } from '../sign-in/throttle.ts';
import {
  digitsIn,
  enrolmentOf,
  hashOfRecoveryCode,
  newRecoveryCodes as makeRecoveryCodes,
  newSecret,
  stepOfCode,
} from './codes.ts';
import { isNeeded } from './queries.ts';
import * as store from './store.ts';

type Db = Parameters<typeof store.codeOf>[0];
type TooMany = { readonly reason: 'too-many'; readonly seconds: number };
type Wrong = { readonly reason: 'wrong-code' };
type NotProven = { readonly reason: 'not-proven' };
type NotBegun = { readonly reason: 'not-begun' };

/** Somebody who comes in, with recovery codes that are shown once. */
export interface Enrolled {
  readonly came: CameIn;
  readonly recoveryCodes: readonly string[];
}

/** So long somebody may take over setting up their app. */
const BEGUN_MS = 15 * 60_000;

function sealing(context: Context): Sealing {
  return sealingOf(context.keys, 'second factor');
}

/** Lets in whoever has shown one factor, with the code of the second or a recovery code. */
export async function giveCode(
  context: Context,
  throttle: Throttle,
  cookies: string | undefined,
  typed: string,
): Promise<Result<CameIn, TooMany | Wrong | NotBegun>> {
  const half = await halfSignedIn(context, cookies);
  if (half?.step !== 'code') return { ok: false, reason: 'not-begun' };
  const { account } = half;
  context.audit.note({ on: { account }, by: { account } });
  const now = context.clock();
  // For the account alone, wherever the tries come from: a million codes are soon tried from a thousand addresses.
  const seconds = throttle.wait(account, account, now);
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };
  throttle.failed(account, account, now);
  return await transaction(context.database, async (db) => {
    const before = await signInOf(db, half.key, account, now);
    if (before === null) return { ok: false, reason: 'not-begun' };
    if (!(await useCode(db, context, account, typed))) return { ok: false, reason: 'wrong-code' };
    throttle.succeeded(account, account);
    return ok(await stepUp(db, before, true, now));
  });
}

/** Whether a typed code is good, and has not been used before: from now on it has. */
async function useCode(db: Db, context: Context, account: AccountId, typed: string): Promise<boolean> {
  const now = context.clock();
  const digits = digitsIn(typed);
  if (digits === null) return await store.useRecoveryCode(db, account, hashOfRecoveryCode(typed), now);
  const row = await store.codeOf(db, account);
  const secret = sealing(context).open(row?.secret ?? '');
  const step = secret === null ? null : stepOfCode(secret, digits, now);
  return step !== null && (await store.useStep(db, account, step));
}

/** Begins to set up the second factor of somebody who may not come in without. */
export async function beginEnrolment(
  context: Context,
  cookies: string | undefined,
): Promise<Result<Enrolment, NotBegun>> {
  const half = await halfSignedIn(context, cookies);
  if (half?.step !== 'enrol') return { ok: false, reason: 'not-begun' };
  return ok(await begin(context, half.account));
}

/** Lets them in with the first code of their app. */
export async function finishEnrolment(
  context: Context,
  throttle: Throttle,
  cookies: string | undefined,
  typed: string,
): Promise<Result<Enrolled, TooMany | Wrong | NotBegun>> {
  const half = await halfSignedIn(context, cookies);
  if (half?.step !== 'enrol') return { ok: false, reason: 'not-begun' };
  return await finish(context, throttle, { account: half.account, key: half.key, typed });
}

/** Begins to set up a second factor; one that is there stays until it is finished. */
export async function beginSecondFactor(
  context: Context,
  browser: Browser,
  account: AuthorizedAccountId,
): Promise<Result<Enrolment, NotProven>> {
  if (!(await isProven(context.database.read, browser.key, account, context.clock())))
    return { ok: false, reason: 'not-proven' };
  return ok(await begin(context, account));
}

export async function finishSecondFactor(
  context: Context,
  throttle: Throttle,
  browser: Browser,
  input: { readonly account: AuthorizedAccountId; readonly typed: string },
): Promise<Result<Enrolled, TooMany | Wrong | NotBegun | NotProven>> {
  const { account, typed } = input;
  if (!(await isProven(context.database.read, browser.key, account, context.clock())))
    return { ok: false, reason: 'not-proven' };
  return await finish(context, throttle, { account, key: browser.key, typed });
}

async function begin(context: Context, account: AccountId): Promise<Enrolment> {
  const secret = newSecret();
  const row = await accounts.accountById(context.database.read, account);
  if (row === undefined) throw new Error('a sign-in of an account that is gone');
  await store.putNext(context.database.write, account, sealing(context).seal(secret), context.clock());
  return enrolmentOf(secret, row.username);
}

async function finish(
  context: Context,
  throttle: Throttle,
  input: { readonly account: AccountId; readonly key: string | null; readonly typed: string },
): Promise<Result<Enrolled, TooMany | Wrong | NotBegun>> {
  const { account, key, typed } = input;
  context.audit.note({ on: { account }, by: { account } });
  const now = context.clock();
  const begun = await store.codeOf(context.database.read, account);
  const sealed = begun?.next_secret ?? null;
  if (sealed === null || Math.abs(now - (begun?.next_at ?? 0)) > BEGUN_MS)
    return { ok: false, reason: 'not-begun' };
  const seconds = throttle.wait(account, account, now);
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };
  throttle.failed(account, account, now);
  const digits = digitsIn(typed);
  const secret = sealing(context).open(sealed);
  const step = digits === null || secret === null ? null : stepOfCode(secret, digits, now);
  if (step === null) return { ok: false, reason: 'wrong-code' };
  throttle.succeeded(account, account);
  return await transaction(context.database, async (db) => {
    const before = await signInOf(db, key, account, now);
    if (before === null) return { ok: false, reason: 'not-begun' };
    if (!(await store.takeNext(db, account, sealed, step))) return { ok: false, reason: 'not-begun' };
    const recoveryCodes = await freshRecoveryCodes(db, account);
    return ok({ came: await stepUp(db, before, true, now), recoveryCodes });
  });
}

async function freshRecoveryCodes(db: Db, account: AccountId): Promise<string[]> {
  const codes = makeRecoveryCodes();
  await store.putRecoveryCodes(db, account, codes.map(hashOfRecoveryCode));
  return codes;
}

/** Makes new recovery codes; those before work no more. */
export async function newRecoveryCodes(
  context: Context,
  browser: Browser,
  account: AuthorizedAccountId,
): Promise<Result<readonly string[], NotProven | { reason: 'none' }>> {
  if (!(await isProven(context.database.read, browser.key, account, context.clock())))
    return { ok: false, reason: 'not-proven' };
  return await transaction(context.database, async (db) => {
    if (((await store.codeOf(db, account))?.secret ?? null) === null) return { ok: false, reason: 'none' };
    return ok(await freshRecoveryCodes(db, account));
  });
}

/** Does without a second factor, where no role asks for it. */
export async function endSecondFactor(
  context: Context,
  browser: Browser,
  account: AuthorizedAccountId,
): Promise<Result<null, NotProven | { reason: 'needed' }>> {
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    if (!(await isProven(db, browser.key, account, now))) return { ok: false, reason: 'not-proven' };
    if (await isNeeded(db, browser.key, account, now)) return { ok: false, reason: 'needed' };
    await store.removeCode(db, account);
    context.audit.note({ on: { account }, before: { secondFactor: true }, after: { secondFactor: false } });
    return ok(null);
  });
}

/** Takes somebody's second factor away, for the command line: they set up another where a role asks for it. */
export async function resetSecondFactor(context: Context, account: AccountId): Promise<void> {
  context.audit.note({ on: { account }, after: { secondFactor: false } });
  await transaction(context.database, (db) => store.removeCode(db, account));
}

/** Which roles ask for a second factor, everywhere. */
export async function setRequirement(
  context: Context,
  _installation: AuthorizedInstallation,
  roles: readonly Role[],
): Promise<Role[]> {
  return await put(context, null, roles);
}

/** The same in a conference. */
export async function setConferenceRequirement(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  roles: readonly Role[],
): Promise<Role[]> {
  return await put(context, conference, roles);
}

async function put(
  context: Context,
  conference: Parameters<typeof store.putRequirement>[1],
  roles: readonly Role[],
): Promise<Role[]> {
  return await transaction(context.database, async (db) => {
    context.audit.note({ before: { roles: await store.requirementOf(db, conference) }, after: { roles } });
    await store.putRequirement(db, conference, [...new Set(roles)]);
    return await store.requirementOf(db, conference);
  });
}
