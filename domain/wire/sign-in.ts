import { z } from 'zod';

import { AccountId } from '../ids.ts';
import { Instant } from '../time.ts';
import { Account, PersonName, Username } from './access.ts';
import { contract } from './contract.ts';

/** A password that somebody chooses. */
export const NewPassword = z.string().min(10).max(200);
/** A password that somebody has. */
const Password = z.string().max(200);
/** A one-time token out of a link. */
const LinkToken = z.string().min(20).max(200);
/** A code of an app, or a recovery code, as a person types it. */
export const TypedCode = z.string().trim().min(1).max(40);

/** How somebody came in (cách đăng nhập). */
export const How = z.enum(['password', 'passkey', 'single-sign-on', 'link']);
export type How = z.infer<typeof How>;

/**
 * How far somebody is (bước đăng nhập):
 * - `in`: signed in.
 * - `code`: known, and asked for the code of their second factor.
 * - `enrol`: known, and led to set up the second factor that their role asks for.
 * Before `in` nothing else is open to them.
 */
export const Entered = z.discriminatedUnion('step', [
  z.object({ step: z.literal('in'), account: Account }),
  z.object({ step: z.literal('code'), name: z.string() }),
  z.object({ step: z.literal('enrol'), name: z.string() }),
]);
export type Entered = z.infer<typeof Entered>;

/** One browser that is signed in. */
export const SignInEntry = z.object({
  key: z.string(),
  how: How,
  /** The browser in words. */
  browser: z.string(),
  since: Instant,
  /** To within ten minutes. */
  lastSeen: Instant,
  /** The one that asks. */
  current: z.boolean(),
});
export type SignInEntry = z.infer<typeof SignInEntry>;

/** One's own account, as far as it lets one in. */
export const MyAccount = z.object({
  id: AccountId,
  username: z.string(),
  name: z.string(),
  /** Whether it has one. */
  password: z.boolean(),
  /** Whether changes can be made now, or one must first prove who one is. */
  proven: z.boolean(),
});
export type MyAccount = z.infer<typeof MyAccount>;

export const signInContracts = {
  /** The first organizer comes in by the link that the program prints at its first start. */
  setUp: contract({
    method: 'post',
    path: '/setup',
    summary: 'Create the first organizer with the one-time link of the first start',
    scope: { at: 'public' },
    body: z.object({ token: LinkToken, username: Username, name: PersonName, password: NewPassword }),
    answer: Entered,
  }),
  signIn: contract({
    method: 'post',
    path: '/sign-in',
    summary: 'Sign in with name and password',
    scope: { at: 'public' },
    body: z.object({ username: z.string().trim().toLowerCase().max(64), password: Password }),
    answer: Entered,
  }),
  activate: contract({
    method: 'post',
    path: '/activate',
    summary: 'Choose a password with a one-time link',
    scope: { at: 'public' },
    body: z.object({ token: LinkToken, password: NewPassword }),
    answer: Entered,
  }),
  step: contract({
    method: 'get',
    path: '/sign-in',
    summary: 'How far this browser is with signing in; null where it has not begun',
    scope: { at: 'public' },
    answer: z.object({ entered: Entered.nullable() }),
  }),
  signOut: contract({
    method: 'post',
    path: '/sign-out',
    summary: 'End this sign-in',
    scope: { at: 'account' },
    answer: null,
  }),
  confirm: contract({
    method: 'post',
    path: '/me/confirm',
    summary: 'Prove once more who one is, before a change of what lets one in; the cookie gets a new secret',
    scope: { at: 'account' },
    body: z.object({ password: Password }),
    answer: null,
  }),
  changePassword: contract({
    method: 'post',
    path: '/me/password',
    summary: 'Choose another password; every other sign-in of the account ends',
    scope: { at: 'account' },
    body: z.object({ password: NewPassword }),
    answer: null,
  }),
  signIns: contract({
    method: 'get',
    path: '/me/sign-ins',
    summary: 'The browsers in which one is signed in',
    scope: { at: 'account' },
    answer: z.object({ items: z.array(SignInEntry) }),
  }),
  endSignIn: contract({
    method: 'post',
    path: '/me/sign-ins/end',
    summary: 'Sign out another browser of the same person',
    scope: { at: 'account' },
    body: z.object({ key: z.string().max(64) }),
    answer: null,
  }),
  endOtherSignIns: contract({
    method: 'post',
    path: '/me/sign-ins/end-others',
    summary: 'Sign out everywhere else',
    scope: { at: 'account' },
    answer: z.object({ ended: z.int() }),
  }),
  myAccount: contract({
    method: 'get',
    path: '/me/account',
    summary: 'The own account, and whether what lets its owner in can be changed now',
    scope: { at: 'account' },
    answer: MyAccount,
  }),
};
