import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Entered, How } from '../../domain/wire/sign-in.ts';
import { presentAccount } from '../access/present.ts';
import * as accounts from '../access/store.ts';
import { limitsAt, stepOf } from './authentication.ts';
import { newTicket } from './cookie.ts';
import * as store from './store.ts';

type Transaction = Parameters<typeof store.addSignIn>[0];

/** Somebody who has proved who they are, by which means, and from where. */
export interface Proof {
  readonly account: AccountId;
  readonly how: How;
  /** Whether it was two factors. */
  readonly strong: boolean;
  /** How the browser calls itself. */
  readonly browser: string;
}

/** What a browser that has come in, or half in, is given. */
export interface CameIn {
  readonly entered: Entered;
  /** The secret for its cookie. */
  readonly cookie: string;
  /** Keys of sign-ins that ended with it. */
  readonly ended: readonly string[];
}

const LONGEST_BROWSER = 300;

/**
 * Opens a sign-in with a name and a secret that nobody can have known. `replaces` is the one that the browser's cookie held: it ends,
 * whoever's it was.
 */
export async function openSignIn(
  db: Transaction,
  proof: Proof,
  replaces: string | null,
  now: Instant,
): Promise<CameIn> {
  if (replaces !== null) await store.removeSignIn(db, replaces);
  const ticket = newTicket();
  await store.addSignIn(db, {
    key: ticket.key,
    hash: ticket.hash,
    next_hash: null,
    next_at: null,
    previous_hash: null,
    rotated_at: now,
    account: proof.account,
    how: proof.how,
    browser: proof.browser.slice(0, LONGEST_BROWSER),
    created_at: now,
    last_seen_at: now,
    proved_at: now,
    strong: proof.strong,
  });
  const entered = await enteredBy(db, ticket.key, now);
  if (entered === null) throw new Error('a sign-in that is over at once');
  return { entered, cookie: ticket.value, ended: replaces === null ? [] : [replaces] };
}

/**
 * Gives a sign-in that has just proved more (a code, the password again) another name and secret: the one from before, whoever else
 * may have it, gets nothing of it.
 */
export async function stepUp(
  db: Transaction,
  before: store.SignInRow,
  strong: boolean,
  now: Instant,
): Promise<CameIn> {
  const { account, how, browser } = before;
  return await openSignIn(db, { account, how, browser, strong }, before.key, now);
}

/** How far a sign-in is; null where it is over. */
export async function enteredBy(db: Transaction, key: string, now: Instant): Promise<Entered | null> {
  const [row] = await store.signInsByKey(db, [key], limitsAt(now), now);
  if (row === undefined) return null;
  const step = stepOf(row);
  if (step !== 'in') return { step, name: row.name };
  const account = await accounts.accountById(db, row.account);
  if (account === undefined) throw new Error('a sign-in of an account that is gone');
  return { step, account: presentAccount(account, await accounts.grantsOf(db, row.account)) };
}
