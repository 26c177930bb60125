import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Entered, MyAccount, SignInEntry } from '../../domain/wire/sign-in.ts';
import * as accounts from '../access/store.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedAccountId } from '../platform/scopes.ts';
import { limitsAt, stepOf } from './authentication.ts';
import { ticketIn } from './cookie.ts';
import { enteredBy } from './opening.ts';
import { presentSignIn } from './present.ts';
import { verdictOn } from './rotation.ts';
import * as store from './store.ts';

/** So long after somebody proved who they are, they may change what lets them in. */
const PROVEN_MS = 10 * 60_000;

type Db = Parameters<typeof store.signInsByKey>[0];

/** A sign-in of an account; null where it is over, or somebody else's. */
export async function signInOf(
  db: Db,
  key: string | null,
  account: AccountId,
  now: Instant,
): Promise<store.KnownSignIn | null> {
  if (key === null) return null;
  const [row] = await store.signInsByKey(db, [key], limitsAt(now), now);
  return row?.account === account ? row : null;
}

/** Whether somebody proved not long ago in this browser who they are. */
export async function isProven(
  db: Db,
  key: string | null,
  account: AccountId,
  now: Instant,
): Promise<boolean> {
  const row = await signInOf(db, key, account, now);
  return row !== null && Math.abs(now - row.proved_at) < PROVEN_MS;
}

/** Somebody who has shown one factor and is asked for more: the sign-in that their browser holds. */
export async function halfSignedIn(
  context: Context,
  cookies: string | undefined,
): Promise<(store.KnownSignIn & { readonly step: 'code' | 'enrol' }) | null> {
  const row = await heldBy(context, cookies);
  if (row === null) return null;
  const step = stepOf(row);
  return step === 'in' ? null : { ...row, step };
}

/** How far the browser with these cookies is; null where it has not begun. */
export async function entered(context: Context, cookies: string | undefined): Promise<Entered | null> {
  const row = await heldBy(context, cookies);
  return row === null ? null : enteredBy(context.database.read, row.key, context.clock());
}

async function heldBy(context: Context, cookies: string | undefined): Promise<store.KnownSignIn | null> {
  const ticket = ticketIn(cookies);
  if (ticket === null) return null;
  const now = context.clock();
  const [row] = await store.signInsByKey(context.database.read, [ticket.key], limitsAt(now), now);
  return row === undefined || verdictOn(row, ticket.hash, now) === 'reused' ? null : row;
}

/** The browsers in which somebody is signed in, the last used first. */
export async function signIns(
  context: Context,
  account: AuthorizedAccountId,
  here: string | null,
): Promise<SignInEntry[]> {
  const rows = await store.signInsOf(context.database.read, account, limitsAt(context.clock()));
  return rows.map((row) => presentSignIn(row, here, context.language));
}

/** Somebody's account as they see it themselves. */
export async function myAccount(
  context: Context,
  account: AuthorizedAccountId,
  here: string | null,
): Promise<MyAccount> {
  const db = context.database.read;
  const row = await accounts.accountById(db, account);
  if (row === undefined) throw new Error('a sign-in of an account that is gone');
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    password: row.password_hash !== null,
    proven: await isProven(db, here, account, context.clock()),
  };
}
