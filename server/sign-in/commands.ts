import { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Account } from '../../domain/wire/access.ts';
import { presentAccount } from '../access/present.ts';
import * as accounts from '../access/store.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import { LONGEST_MS } from './authentication.ts';
import { newSetupLink, usableLink } from './links.ts';
import { hashPassword, passwordFits } from './passwords.ts';
import * as store from './store.ts';
import type { Throttle } from './throttle.ts';
import { hashOfToken, newToken } from './tokens.ts';

/** Somebody who has just come in: who they are, and the secret for their browser's cookie. */
export interface CameIn {
  readonly account: Account;
  readonly cookie: string;
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
  input: {
    readonly token: string;
    readonly username: string;
    readonly name: string;
    readonly password: string;
  },
): Promise<Result<CameIn, { reason: 'link-unknown' | 'link-used' }>> {
  const known = await usableLink(context, input.token, 'setup');
  if (!known.ok) return known;
  const hash = await hashPassword(input.password);
  const id = AccountId.parse(context.newId());
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    // Two browsers with the same link: the second finds it used, or finds an account.
    const first = (await store.useToken(db, known.value.hash, now)) && !(await accounts.anyAccount(db));
    if (!first) return { ok: false, reason: 'link-used' };
    const row = { id, username: input.username, name: input.name, password_hash: hash, created_at: now };
    await accounts.addAccount(db, row);
    await accounts.addGrant(db, id, { role: 'organizer', conference: null, bridge: null }, now);
    return ok({
      account: presentAccount(row, await accounts.grantsOf(db, id)),
      cookie: await openSignIn(db, id, now),
    });
  });
}

/** Signs in. `replaces` is what the browser's cookie held before: that sign-in ends. */
export async function signIn(
  context: Context,
  throttle: Throttle,
  input: {
    readonly username: string;
    readonly password: string;
    readonly address: string;
    readonly replaces: string | null;
  },
): Promise<Result<CameIn, { reason: 'wrong-credentials' } | { reason: 'too-many'; seconds: number }>> {
  const seconds = throttle.wait(input.username, input.address, context.clock());
  if (seconds > 0) return { ok: false, reason: 'too-many', seconds };
  // Counted before the work, taken back after it: a hundred tries sent at once are a hundred tries.
  throttle.failed(input.username, input.address, context.clock());
  const row = await accounts.accountByUsername(context.database.read, input.username);
  const fits = await passwordFits(row?.password_hash ?? null, input.password);
  if (row === undefined || !fits) return { ok: false, reason: 'wrong-credentials' };
  throttle.succeeded(input.username, input.address);
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    if (input.replaces !== null) await store.removeSignIn(db, hashOfToken(input.replaces));
    // Long after nobody could use them: a clock that is wrong for an hour must not sign everybody out for good.
    await store.removeOldSignIns(db, (now - LONGEST_MS) as Instant);
    return ok({
      account: presentAccount(row, await accounts.grantsOf(db, row.id)),
      cookie: await openSignIn(db, row.id, now),
    });
  });
}

/** Ends one sign-in; those of other browsers stay. Answers with its key, under which its sockets are found. */
export async function signOut(context: Context, cookie: string): Promise<string> {
  const hash = hashOfToken(cookie);
  await store.removeSignIn(context.database.write, hash);
  return hash;
}

/** Sets the password of an account that somebody was given, with its link. */
export async function activate(
  context: Context,
  input: { readonly token: string; readonly password: string },
): Promise<Result<CameIn, { reason: 'link-unknown' | 'link-used' }>> {
  const known = await usableLink(context, input.token, 'activation');
  if (!known.ok) return known;
  const { hash: token, account } = known.value;
  if (account === null) throw new Error('an activation link without an account');
  const password = await hashPassword(input.password);
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    if (!(await store.useToken(db, token, now))) return { ok: false, reason: 'link-used' };
    await store.setPassword(db, account, password);
    const row = await accounts.accountById(db, account);
    if (row === undefined) throw new Error('an activation link of an account that is gone');
    return ok({
      account: presentAccount(row, await accounts.grantsOf(db, account)),
      cookie: await openSignIn(db, account, now),
    });
  });
}

async function openSignIn(
  db: Parameters<typeof store.addSignIn>[0],
  account: AccountId,
  now: Instant,
): Promise<string> {
  const cookie = newToken();
  await store.addSignIn(db, { hash: hashOfToken(cookie), account, created_at: now, last_seen_at: now });
  return cookie;
}
