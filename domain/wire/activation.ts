import { z } from 'zod';

import { BRIDGE_STANDINGS, CODES_FOR } from '../activation/state.ts';
import { AccountId, BridgeId } from '../ids.ts';
import { Language } from '../text/language.ts';
import { Instant } from '../time.ts';
import { PersonName } from './access.ts';
import { contract, ONLY_BEGINS, page, PageQuery } from './contract.ts';
import { PasskeyOptions, PasskeyResponse } from './passkeys.ts';
import { NewPassword } from './sign-in.ts';

/** `in` có người phụ trách, `waiting` mã chưa dùng, `expired` mã hết hạn, `none` chưa có mã. */
export const BridgeStanding = z.enum(BRIDGE_STANDINGS);
const CodesFor = z.enum(CODES_FOR);

/** How many bridges of a subtree stand how; the four add up to `bridges`. */
export const HostCounts = z.object({
  bridges: z.int(),
  in: z.int(),
  waiting: z.int(),
  expired: z.int(),
  none: z.int(),
});
export type HostCounts = z.infer<typeof HostCounts>;

/** A bridge directly below, with everything below it. */
export const HostCountsBelow = HostCounts.extend({ bridge: BridgeId, name: z.string() });
export type HostCountsBelow = z.infer<typeof HostCountsBelow>;

/** One bridge with who came in, and its code if one is out. The code itself nobody is told. */
export const HostRow = z.object({
  bridge: BridgeId,
  name: z.string(),
  /** The bridge above it; null at the top. */
  upper: z.string().nullable(),
  standing: BridgeStanding,
  hosts: z.array(z.string()),
  /** How many hosts there are beyond those named. */
  moreHosts: z.int(),
  /** Until when its code is good; when it ended, for one that is past. */
  expiresAt: Instant.nullable(),
});
export type HostRow = z.infer<typeof HostRow>;

/** Codes made together. */
export const CodeBatch = z.object({
  id: z.string(),
  bridge: BridgeId,
  bridgeName: z.string(),
  at: Instant,
  by: z.string().nullable(),
  expiresAt: Instant,
  codes: z.int(),
  used: z.int(),
  /** Still good. */
  open: z.int(),
});
export type CodeBatch = z.infer<typeof CodeBatch>;

/** For how many days a code may be good. */
export const CODE_DAYS = { least: 1, usual: 30, most: 90 } as const;
/** Longer than any code, as people type blanks and hyphens into it. */
const typedCode = z.string().min(1).max(100);

/** Whoever has just become a host: what they sign in by, and where. */
const NewHost = z.object({ username: z.string(), bridgeName: z.string(), conferenceTitle: z.string() });

export const activationContracts = {
  makeCodes: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/activation-codes',
    summary: 'Make one activation code for each bridge of a subtree; answers with the sheets, once',
    scope: { at: 'bridge', right: 'organize', below: true },
    body: z.object({
      for: CodesFor.default('uncovered'),
      days: z.int().min(CODE_DAYS.least).max(CODE_DAYS.most).default(CODE_DAYS.usual),
      language: Language.default('vi'),
    }),
    answer: 'stream',
    streams: ['application/zip'],
  }),
  revokeCodes: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/activation-codes/revoke',
    summary: 'End every unused code of a bridge and of all below it',
    scope: { at: 'bridge', right: 'organize', below: true },
    answer: z.object({ revoked: z.int() }),
  }),
  hostCounts: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/hosts',
    summary: 'How many bridges of a subtree have a host, and how many codes are out',
    scope: { at: 'bridge', right: 'organize', below: true },
    query: PageQuery,
    answer: page(HostCountsBelow).extend({
      asOf: Instant,
      /** Of the bridge itself with everything below it. */
      all: HostCounts,
      /** Of the bridge alone. */
      own: HostCounts,
      /** How many bridges are directly below. */
      below: z.int(),
      /** The last batches that were made at this bridge or below it, newest first. */
      batches: z.array(CodeBatch),
    }),
  }),
  hosts: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/hosts/list',
    summary: 'Which bridges of a subtree have a host and which do not yet',
    scope: { at: 'bridge', right: 'organize', below: true },
    query: PageQuery.extend({ standing: BridgeStanding.optional() }),
    answer: page(HostRow).extend({ asOf: Instant, total: z.int() }),
    audit: 'look',
  }),
  /** Answers an unknown code and one that is none alike; what bridge it is for is said only once it was used. */
  useCode: contract({
    method: 'post',
    path: '/activation',
    summary: 'Become the host of a bridge with an activation code: makes an account',
    scope: { at: 'public' },
    body: z.object({ code: typedCode, name: PersonName, password: NewPassword }),
    answer: NewHost,
  }),
  beginUseWithPasskey: contract({
    method: 'post',
    path: '/activation/passkey/options',
    summary: 'Begin to become the host of a bridge with a passkey in the place of a password',
    scope: { at: 'public' },
    body: z.object({ code: typedCode, name: PersonName }),
    answer: PasskeyOptions.extend({
      /** The account that the passkey is made for. */
      account: AccountId,
    }),
    audit: ONLY_BEGINS,
  }),
  useCodeWithPasskey: contract({
    method: 'post',
    path: '/activation/passkey',
    summary: 'Become the host of a bridge with an activation code and the passkey that was made',
    scope: { at: 'public' },
    body: z.object({ code: typedCode, name: PersonName, account: AccountId, response: PasskeyResponse }),
    answer: NewHost,
  }),
  takeCode: contract({
    method: 'post',
    path: '/activation/own',
    summary: 'Become the host of a bridge with an activation code, with the account one has',
    scope: { at: 'account' },
    body: z.object({ code: typedCode }),
    answer: z.object({ bridgeName: z.string(), conferenceTitle: z.string() }),
  }),
};
