import { z } from 'zod';

import { AccountId, BridgeId, ConferenceId } from '../ids.ts';
import { Instant } from '../time.ts';
import { contract, page, PageBody } from './contract.ts';

/**
 * What somebody is to a conference; which rights each has is in `domain/access/rights.ts`.
 * - `organizer` (ban tổ chức): a whole conference, or with no conference everything.
 * - `unit-organizer` (đầu mối đơn vị): a bridge and everything below it.
 * - `host` (phụ trách điểm cầu): one bridge, nothing below.
 * - `control-room` (phòng điều hành), `auditor` (kiểm tra, giám sát), `technician` (kỹ thuật): a bridge and everything
 *   below it, a whole conference, or everything.
 */
export const Role = z.enum(['organizer', 'unit-organizer', 'host', 'control-room', 'auditor', 'technician']);
export type Role = z.infer<typeof Role>;

/** A role over a node: `conference` null is standing, `bridge` null is the whole conference. */
export const Grant = z.object({
  role: Role,
  conference: ConferenceId.nullable(),
  bridge: BridgeId.nullable(),
  /** First moment at which it is in force; null is from the beginning. */
  from: Instant.nullable(),
  /** First moment at which it is no more; null is without end. */
  until: Instant.nullable(),
});
export type Grant = z.infer<typeof Grant>;

/** A role as it is kept: under its number it is taken away. */
export const HeldGrant = Grant.extend({ id: z.int() });
export type HeldGrant = z.infer<typeof HeldGrant>;

export const Account = z.object({
  id: AccountId,
  username: z.string(),
  name: z.string(),
  /** False until the person has followed the activation link and chosen a password. */
  active: z.boolean(),
  grants: z.array(HeldGrant),
});
export type Account = z.infer<typeof Account>;

/** A user name (tên đăng nhập): small letters, so that one typed in capitals is the same. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{2,63}$/);
/** A person's name as it is shown. */
export const PersonName = z.string().trim().min(1).max(200);

/** To whom a role is given, and for how long. */
const given = z.object({
  username: Username,
  name: PersonName,
  from: Instant.nullable().default(null),
  until: Instant.nullable().default(null),
});

const RoleGiven = z.object({
  account: Account,
  /** Path of the activation page with its token, shown once; null where the person had an account already. */
  activation: z.string().nullable(),
});

/** Part of a name or user name, with or without marks; `bridge` asks for those with a role at that very bridge. */
const AccountSearch = PageBody.extend({
  q: z.string().max(100).optional(),
  role: Role.optional(),
  bridge: BridgeId.optional(),
});

/** Accounts, and the names of the bridges that their roles are over. */
const AccountPage = page(Account).extend({
  bridges: z.array(z.object({ id: BridgeId, name: z.string() })),
});

export const accessContracts = {
  me: contract({
    method: 'get',
    path: '/me',
    summary: 'Who is signed in, and with which roles',
    scope: { at: 'account' },
    answer: Account,
  }),
  addAccount: contract({
    method: 'post',
    path: '/conferences/{conference}/accounts',
    summary: 'Give a person a role in a conference; answers with a one-time activation link',
    scope: { at: 'conference', right: 'organize' },
    body: given.extend({ role: Role, bridge: BridgeId.nullable() }),
    answer: RoleGiven,
  }),
  giveRole: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/roles',
    summary: 'Give a person a role at a bridge; answers with a one-time activation link',
    scope: { at: 'bridge', right: 'organize' },
    body: given.extend({ role: Role.exclude(['organizer']) }),
    answer: RoleGiven,
  }),
  takeRole: contract({
    method: 'delete',
    path: '/conferences/{conference}/bridges/{bridge}/roles/{role}',
    summary:
      'Take away a role at a bridge or below it; it counts no more at once, also for lines that are open',
    scope: { at: 'bridge', right: 'organize' },
    answer: null,
  }),
  takeConferenceRole: contract({
    method: 'delete',
    path: '/conferences/{conference}/roles/{role}',
    summary: 'Take away any role in a conference',
    scope: { at: 'conference', right: 'organize' },
    answer: null,
  }),
  accounts: contract({
    method: 'post',
    path: '/conferences/{conference}/accounts/search',
    summary: 'Who has a role in a conference, by name',
    scope: { at: 'conference', right: 'people' },
    body: AccountSearch,
    answer: AccountPage,
    audit: 'look',
  }),
  accountsAt: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/accounts/search',
    summary: 'Who has a role at a bridge or below it, by name',
    scope: { at: 'bridge', right: 'people', below: true },
    body: AccountSearch,
    answer: AccountPage,
    audit: 'look',
  }),
};
