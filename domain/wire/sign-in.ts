import { z } from 'zod';

import { Account, PersonName, Username } from './access.ts';
import { contract } from './contract.ts';

/** A password that somebody chooses. */
export const NewPassword = z.string().min(10).max(200);
/** A one-time token out of a link. */
const LinkToken = z.string().min(20).max(200);

export const signInContracts = {
  /** The first organizer comes in by the link that the program prints at its first start. */
  setUp: contract({
    method: 'post',
    path: '/setup',
    summary: 'Create the first organizer with the one-time link of the first start',
    scope: { at: 'public' },
    body: z.object({ token: LinkToken, username: Username, name: PersonName, password: NewPassword }),
    answer: Account,
  }),
  signIn: contract({
    method: 'post',
    path: '/sign-in',
    summary: 'Sign in with name and password',
    scope: { at: 'public' },
    body: z.object({ username: z.string().trim().toLowerCase().max(64), password: z.string().max(200) }),
    answer: Account,
  }),
  signOut: contract({
    method: 'post',
    path: '/sign-out',
    summary: 'End this sign-in',
    scope: { at: 'account' },
    answer: null,
  }),
  activate: contract({
    method: 'post',
    path: '/activate',
    summary: 'Choose a password with a one-time activation link',
    scope: { at: 'public' },
    body: z.object({ token: LinkToken, password: NewPassword }),
    answer: Account,
  }),
};
