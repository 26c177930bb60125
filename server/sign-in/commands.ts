import { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import * as accounts from '../access/store.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedAccountId } from '../platform/scopes.ts';
import { LONGEST_MS } from './cookie.ts';
import { newActivationLink, newSetupLink, usableLink } from './links.ts';
import { openSignIn, stepUp, type CameIn } from './opening.ts';
import { hashPassword, isOutdated, passwordFits, type Busy } from './passwords.ts';
import { isProven, signInOf } from './queries.ts';
import * as store from './store.ts';
import type { Throttle } from './throttle.ts';

/** The browser that asks: how it calls itself, where it is, and the key of the sign-in that its cookie holds. */
export interface Browser {
  readonly agent: string;
  readonly address: string;
  readonly key: string | null;
}

/** Makes the link of the first start, ending any earlier one. Null once there is an account. */
export async function newSetupToken(context: Context): Promise<string | null> {
  const now = context.clock();
  return await transaction(context.database, async (db) =>
    (await accounts.anyAccount(db)) ? null : newSetupLink(db, now),
  );
}

/** Creates the first organizer with the link of the first start. */
export async function setUp(
  context: Context,
  browser: Browser,
  input: {
    readonly token: string;
    readonly username: string;
    readonly name: string;
    readonly password: string;
  },
): Promise<Result<CameIn, { reason: 'link-unknown' | 'link-used' } | Busy>> {
  const known = await usableLink(context, input.token, 'setup');
  if (!known.ok) return known;
  const hash = await hashPassword(input.password);
  if (!hash.ok) return hash;
  const id = AccountId.parse(context.newId());
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    // Two browsers with the same link: the second finds it used, or finds an account.
    const first = (await store.useToken(db, known.value.hash, now)) && !(await accounts.anyAccount(db));
    if (!first) return { ok: false, reason: 'link-used' };
    const row = {
      id,
      username: input.username,
      name: input.name,
      password_hash: hash.value,
      created_at: now,
    };
    await accounts.addAccount(db, row);
    await accounts.addGrant(db, id, { role: 'organizer', conference: null, bridge: null }, now);
    context.audit.note({
      on: { account: id },
      by: { account: id, name: input.name },
      after: { role: 'organizer' },
    });
    const proof = { account: id, how: 'link', strong: false, browser: browser.agent } as const;
    return ok(await openSignIn(db, proof, browser.key, now));
  });
}

/** Signs in with a password. The sign-in that the browser had ends. */
export async function signIn(
  context: Context,
  throttle: Throttle,
  browser: Browser,
  input: { readonly username: string; readonly password: string },
): Promise<Result<CameIn, { reason: 'wrong-credentials' } | { reason: 'too-many'; seconds: number } | Busy>> {
  const seconds = throttle.wait(input.username, browser.address, context.clock());
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };
  // Counted before the work, taken back after it: a hundred tries sent at once are a hundred tries.
  throttle.failed(input.username, browser.address, context.clock());
  const row = await accounts.accountByUsername(context.database.read, input.username);
  const kept = row?.password_hash ?? null;
  // Of a name that nobody has nothing is noted: it may be a password that was typed into the wrong field.
  if (row !== undefined) context.audit.note({ on: { account: row.id }, username: row.username });
  const fits = await passwordFits(kept, input.password);
  if (!fits.ok) {
    throttle.takeBack(input.username, browser.address);
    return fits;
  }
  if (row === undefined || kept === null || !fits.value) return { ok: false, reason: 'wrong-credentials' };
  throttle.succeeded(input.username, browser.address);
  context.audit.note({ by: { account: row.id, name: row.name }, after: { by: 'password' } });
  const better = isOutdated(kept) ? await hashPassword(input.password) : null;
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    // Where there is no time for it now, the next sign-in will do.
    if (better?.ok === true) await store.replacePassword(db, row.id, { from: kept, to: better.value });
    // Long after nobody could use them: a clock that is wrong for an hour must not sign everybody out for good.
    await store.removeOldSignIns(db, (now - LONGEST_MS) as Instant);
    const proof = { account: row.id, how: 'password', strong: false, browser: browser.agent } as const;
    return ok(await openSignIn(db, proof, browser.key, now));
  });
}

/** Ends one sign-in; those of other browsers stay. */
export async function signOut(context: Context, key: string): Promise<void> {
  await store.removeSignIn(context.database.write, key);
}

/** Sets the password of an account with its link. Whoever was signed in to it is signed out. */
export async function activate(
  context: Context,
  browser: Browser,
  input: { readonly token: string; readonly password: string },
): Promise<Result<CameIn, { reason: 'link-unknown' | 'link-used' } | Busy>> {
  const known = await usableLink(context, input.token, 'activation');
  if (!known.ok) return known;
  const { hash: token, account } = known.value;
  if (account === null) throw new Error('an activation link without an account');
  context.audit.note({ on: { account }, by: { account } });
  const password = await hashPassword(input.password);
  if (!password.ok) return password;
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    if (!(await store.useToken(db, token, now))) return { ok: false, reason: 'link-used' };
    return ok(await comeInWithPassword(db, { account, password: password.value, browser, now }));
  });
}

/**
 * Sets a password that somebody chose with a link or a code, inside the transaction that used it up, and lets them in: all other
 * sign-ins of the account end.
 */
export async function comeInWithPassword(
  db: Parameters<typeof store.addSignIn>[0],
  input: {
    readonly account: AccountId;
    /** What `hashPassword` made of it. */
    readonly password: string;
    readonly browser: Browser;
    readonly now: Instant;
  },
): Promise<CameIn> {
  const { account, password, browser, now } = input;
  await store.setPassword(db, account, password);
  const others = await store.removeSignIns(db, account);
  const proof = { account, how: 'link', strong: false, browser: browser.agent } as const;
  const came = await openSignIn(db, proof, browser.key, now);
  return { ...came, ended: [...came.ended, ...others] };
}

/** Proves with the password once more who one is. The sign-in gets another name and secret. */
export async function confirm(
  context: Context,
  throttle: Throttle,
  browser: Browser,
  input: { readonly account: AuthorizedAccountId; readonly password: string },
): Promise<Result<CameIn, { reason: 'wrong-credentials' } | { reason: 'too-many'; seconds: number } | Busy>> {
  const { account, password } = input;
  const seconds = throttle.wait(account, browser.address, context.clock());
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };
  throttle.failed(account, browser.address, context.clock());
  const row = await accounts.accountById(context.database.read, account);
  const fits = await passwordFits(row?.password_hash ?? null, password);
  if (!fits.ok) {
    throttle.takeBack(account, browser.address);
    return fits;
  }
  if (!fits.value) return { ok: false, reason: 'wrong-credentials' };
  throttle.succeeded(account, browser.address);
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    const before = await signInOf(db, browser.key, account, now);
    // Signed out meanwhile, somewhere else: what is over is not brought back.
    if (before === null) return { ok: false, reason: 'wrong-credentials' };
    return ok(await stepUp(db, before, Boolean(before.strong), now));
  });
}

/** Chooses another password. All other sign-ins of the account end, and this one gets another name and secret. */
export async function changePassword(
  context: Context,
  browser: Browser,
  input: { readonly account: AuthorizedAccountId; readonly password: string },
): Promise<Result<CameIn, { reason: 'not-proven' } | Busy>> {
  const { account } = input;
  const now = context.clock();
  if (!(await isProven(context.database.read, browser.key, account, now)))
    return { ok: false, reason: 'not-proven' };
  const password = await hashPassword(input.password);
  if (!password.ok) return password;
  return await transaction(context.database, async (db) => {
    const before = await signInOf(db, browser.key, account, now);
    if (before === null) return { ok: false, reason: 'not-proven' };
    await store.setPassword(db, account, password.value);
    await store.retireTokens(db, { purpose: 'activation', account }, now);
    const others = await store.removeSignIns(db, account, { except: before.key });
    context.audit.note({ on: { account }, after: { ended: others.length } });
    const came = await stepUp(db, before, Boolean(before.strong), now);
    return ok({ ...came, ended: [...came.ended, ...others] });
  });
}

/** Signs out one of somebody's own browsers. Answers with the keys of those that ended. */
export async function endSignIn(
  context: Context,
  account: AuthorizedAccountId,
  key: string,
): Promise<readonly string[]> {
  const ended = await store.removeSignIns(context.database.write, account, { only: key });
  context.audit.note({ on: { account }, after: { ended: ended.length } });
  return ended;
}

/** Signs out everywhere but here; without `here`, everywhere. Answers with the keys of those that ended. */
export async function endSignIns(
  context: Context,
  account: AccountId,
  here: string | null,
): Promise<readonly string[]> {
  const ended = await store.removeSignIns(context.database.write, account, { except: here });
  context.audit.note({ on: { account }, after: { ended: ended.length } });
  return ended;
}

/** A new link with which somebody chooses another password: for the command line, in the place of one that was lost. */
export async function newLink(context: Context, account: AccountId): Promise<string> {
  context.audit.note({ on: { account } });
  const now = context.clock();
  return await transaction(context.database, (db) => newActivationLink(db, account, now));
}
