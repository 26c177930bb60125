import { z } from 'zod';

import type { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import * as accounts from '../access/store.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedAccountId } from '../platform/scopes.ts';
import type { Browser } from '../sign-in/commands.ts';
import { openSignIn, type CameIn } from '../sign-in/opening.ts';
import { isProven, signInOf } from '../sign-in/queries.ts';
import { sealingOf } from '../sign-in/sealing.ts';
import type { Provider, Vouched } from './provider.ts';
import * as store from './store.ts';

/** What the browser keeps, sealed, while its person is with the provider: nobody else's answer fits it. */
const Kept = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string().nullable(),
  /** The account that is to be linked, where somebody asked for that from their own page. */
  link: z.string().nullable(),
  at: z.number(),
});
type Kept = z.infer<typeof Kept>;

/** So long somebody may take with the provider. */
export const KEPT_MS = 15 * 60_000;

export interface Begun {
  readonly url: string;
  /** For a cookie of the browser. */
  readonly kept: string;
}
type Unreachable = { readonly reason: 'unreachable' };
/** One answer for whoever has no account, has another, or sent what does not fit. */
type NotLetIn = { readonly reason: 'not-let-in' };

function sealing(context: Context) {
  return sealingOf(context.keys, 'single sign-on');
}

/** Begins a single sign-on. `next`: the page to go to afterwards. */
export async function begin(
  context: Context,
  provider: Provider,
  redirect: string,
  next: string | null,
): Promise<Result<Begun, Unreachable>> {
  return await beginWith(context, provider, redirect, { next, link: null });
}

/** Begins to link one's own account with one of the provider. */
export async function beginLink(
  context: Context,
  provider: Provider,
  redirect: string,
  input: { readonly account: AuthorizedAccountId; readonly browser: Browser; readonly next: string },
): Promise<Result<Begun, Unreachable | { reason: 'not-proven' }>> {
  const { account, browser, next } = input;
  if (!(await isProven(context.database.read, browser.key, account, context.clock())))
    return { ok: false, reason: 'not-proven' };
  return await beginWith(context, provider, redirect, { next, link: account });
}

async function beginWith(
  context: Context,
  provider: Provider,
  redirect: string,
  own: Pick<Kept, 'next' | 'link'>,
): Promise<Result<Begun, Unreachable>> {
  try {
    const { url, ...attempt } = await provider.begin(redirect);
    const kept: Kept = { ...attempt, ...own, at: context.clock() };
    return ok({ url, kept: sealing(context).seal(JSON.stringify(kept)) });
  } catch (error) {
    context.log.error({ err: error }, 'provider of single sign-on not reached');
    return { ok: false, reason: 'unreachable' };
  }
}

/** Lets in, or links, whom the provider vouches for. */
export async function finish(
  context: Context,
  provider: Provider,
  redirect: string,
  input: { readonly query: string; readonly kept: string | null; readonly browser: Browser },
): Promise<Result<{ readonly came: CameIn; readonly next: string | null }, NotLetIn>> {
  const { query, browser } = input;
  const now = context.clock();
  const kept = keptIn(context, input.kept);
  if (kept === null) return { ok: false, reason: 'not-let-in' };
  let vouched: Vouched;
  try {
    vouched = await provider.finish(redirect, query, kept);
  } catch (error) {
    context.log.warn({ err: error }, 'single sign-on refused');
    return { ok: false, reason: 'not-let-in' };
  }
  return await transaction(context.database, async (db) => {
    const account =
      kept.link === null
        ? await accountFor(db, provider, vouched, now)
        : await linkTo(db, provider, vouched, { link: kept.link, browser, now });
    if (account === null) return { ok: false, reason: 'not-let-in' };
    await store.noteLink(db, provider.settings.issuer, vouched.subject, now);
    const links = kept.link !== null;
    context.audit.note({ on: { account }, by: { account }, after: { by: 'single-sign-on', links } });
    const proof = { account, how: 'single-sign-on', strong: vouched.strong, browser: browser.agent } as const;
    return ok({ came: await openSignIn(db, proof, browser.key, now), next: kept.next });
  });
}

function keptIn(context: Context, sealed: string | null): Kept | null {
  const text = sealed === null ? null : sealing(context).open(sealed);
  if (text === null) return null;
  const kept = Kept.parse(JSON.parse(text));
  return Math.abs(context.clock() - kept.at) < KEPT_MS ? kept : null;
}

type Db = Parameters<typeof store.addLink>[0];

/**
 * The account of somebody whom the provider vouches for. The subject decides; only where it is not known yet, the account is
 * found by its user name: the verified e-mail address, or the provider's own user name where the settings trust it. An account
 * that is linked with another subject stays with that one: an address that was given to somebody new opens nothing of the old.
 * Nobody is given an account here.
 */
async function accountFor(
  db: Db,
  { settings }: Provider,
  vouched: Vouched,
  now: store.LinkRow['created_at'],
): Promise<AccountId | null> {
  const { issuer } = settings;
  const known = await store.linkOfSubject(db, issuer, vouched.subject);
  if (known !== undefined) return known.account;
  const name =
    settings.linkBy === 'email' ? vouched.email : settings.linkBy === 'username' ? vouched.username : null;
  if (name === null) return null;
  const row = await accounts.accountByUsername(db, name);
  if (row === undefined || (await store.linkOfAccount(db, issuer, row.id)) !== undefined) return null;
  await store.addLink(db, {
    issuer,
    subject: vouched.subject,
    account: row.id,
    created_at: now,
    used_at: now,
  });
  return row.id;
}

/** Links the account of whoever asked for it, as long as they are still signed in to it in this browser. */
async function linkTo(
  db: Db,
  { settings }: Provider,
  vouched: Vouched,
  input: {
    readonly link: string;
    readonly browser: Browser;
    readonly now: store.LinkRow['created_at'];
  },
): Promise<AccountId | null> {
  const { link, browser, now } = input;
  const { issuer } = settings;
  const account = link as AccountId;
  if ((await signInOf(db, browser.key, account, now)) === null) return null;
  const known = await store.linkOfSubject(db, issuer, vouched.subject);
  if (known !== undefined) return known.account === account ? account : null;
  await store.removeLink(db, issuer, account);
  await store.addLink(db, { issuer, subject: vouched.subject, account, created_at: now, used_at: now });
  return account;
}

/** Ends the link of somebody's account. */
export async function unlink(
  context: Context,
  provider: Provider,
  account: AuthorizedAccountId,
  browser: Browser,
): Promise<Result<null, { reason: 'not-proven' }>> {
  return await transaction(context.database, async (db) => {
    if (!(await isProven(db, browser.key, account, context.clock())))
      return { ok: false, reason: 'not-proven' };
    await store.removeLink(db, provider.settings.issuer, account);
    context.audit.note({ on: { account }, before: { singleSignOn: true } });
    return ok(null);
  });
}
