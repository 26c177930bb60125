import { z } from 'zod';

import { AccountId, BridgeId, ConferenceId } from '../ids.ts';
import { contract } from './contract.ts';

/**
 * - `organizer` (ban tổ chức): a whole conference, or with no conference everything.
 * - `unit-organizer` (đầu mối đơn vị): a bridge and everything below it.
 * - `host` (phụ trách điểm cầu): one bridge, nothing below.
 */
export const Role = z.enum(['organizer', 'unit-organizer', 'host']);
export type Role = z.infer<typeof Role>;

/** A role over a node: `conference` null is standing, `bridge` null is the whole conference. */
export const Grant = z.object({
  role: Role,
  conference: ConferenceId.nullable(),
  bridge: BridgeId.nullable(),
});
export type Grant = z.infer<typeof Grant>;

export const Account = z.object({
  id: AccountId,
  username: z.string(),
  name: z.string(),
  /** False until the person has followed the activation link and chosen a password. */
  active: z.boolean(),
  grants: z.array(Grant),
});
export type Account = z.infer<typeof Account>;

const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{2,63}$/);
const password = z.string().min(10).max(200);
const personName = z.string().trim().min(1).max(200);
/** A one-time token out of a link. */
const token = z.string().min(20).max(200);

export const accessContracts = {
  /** The first organizer comes in by the link that the program prints at its first start. */
  setUp: contract({
    method: 'post',
    path: '/setup',
    summary: 'Create the first organizer with the one-time link of the first start',
    scope: { at: 'public' },
    body: z.object({ token, username, name: personName, password }),
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
  me: contract({
    method: 'get',
    path: '/me',
    summary: 'Who is signed in, and with which roles',
    scope: { at: 'account' },
    answer: Account,
  }),
  activate: contract({
    method: 'post',
    path: '/activate',
    summary: 'Choose a password with a one-time activation link',
    scope: { at: 'public' },
    body: z.object({ token, password }),
    answer: Account,
  }),
  addAccount: contract({
    method: 'post',
    path: '/conferences/{conference}/accounts',
    summary: 'Give a person a role in a conference; answers with a one-time activation link',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ username, name: personName, role: Role, bridge: BridgeId.nullable() }),
    answer: z.object({
      account: Account,
      /** Path of the activation page with its token, shown once; null where the person had an account already. */
      activation: z.string().nullable(),
    }),
  }),
  accounts: contract({
    method: 'get',
    path: '/conferences/{conference}/accounts',
    summary: 'Who has a role in a conference',
    scope: { at: 'conference', right: 'organize' },
    answer: z.object({ items: z.array(Account) }),
  }),
};
