import { z } from 'zod';

import { contract, ONLY_BEGINS } from './contract.ts';
import { Entered } from './sign-in.ts';

/** A page of ours to go to afterwards. */
const Next = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])/);

export const singleSignOnContracts = {
  ways: contract({
    method: 'get',
    path: '/sign-in/ways',
    summary: 'How one can sign in beside name and password',
    scope: { at: 'public' },
    answer: z.object({
      /** What the provider of the single sign-on is called; null where there is none. */
      singleSignOn: z.string().nullable(),
      /** Passkeys are bound to a name: a server that is reached by its number has none. */
      passkeys: z.boolean(),
    }),
  }),
  beginSingleSignOn: contract({
    method: 'post',
    path: '/sign-in/single-sign-on',
    summary: 'Begin a single sign-on: the address of the provider to go to',
    scope: { at: 'public' },
    body: z.object({ next: Next.nullable() }),
    answer: z.object({ url: z.url() }),
    audit: ONLY_BEGINS,
  }),
  finishSingleSignOn: contract({
    method: 'post',
    path: '/sign-in/single-sign-on/finish',
    summary: 'Come in with what the provider sent back: the query of the address that it led to',
    scope: { at: 'public' },
    body: z.object({ query: z.string().max(8000) }),
    answer: z.object({ entered: Entered, next: z.string().nullable() }),
  }),
  mySingleSignOn: contract({
    method: 'get',
    path: '/me/single-sign-on',
    summary: 'Whether the own account is linked with one of the provider',
    scope: { at: 'account' },
    answer: z.object({ provider: z.string().nullable(), linked: z.boolean() }),
  }),
  linkSingleSignOn: contract({
    method: 'post',
    path: '/me/single-sign-on',
    summary: 'Begin to link the own account with one of the provider',
    scope: { at: 'account' },
    answer: z.object({ url: z.url() }),
    audit: ONLY_BEGINS,
  }),
  unlinkSingleSignOn: contract({
    method: 'post',
    path: '/me/single-sign-on/end',
    summary: 'End the link',
    scope: { at: 'account' },
    answer: null,
  }),
};
