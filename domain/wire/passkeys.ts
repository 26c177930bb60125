import { z } from 'zod';

import { Instant } from '../time.ts';
import { contract, ONLY_BEGINS } from './contract.ts';
import { Entered } from './sign-in.ts';

/** A passkey of somebody (khoá truy cập). */
export const Passkey = z.object({
  id: z.string(),
  name: z.string(),
  since: Instant,
  lastUsed: Instant.nullable(),
});
export type Passkey = z.infer<typeof Passkey>;

const PasskeyName = z.string().trim().min(1).max(60);
const PasskeyId = z.string().min(1).max(1400);
/** What the browser asks of the authenticator, as WebAuthn spells it in JSON. */
export const PasskeyOptions = z.object({ options: z.looseObject({ challenge: z.string() }) });
/** What the authenticator answered, in the same spelling. */
export const PasskeyResponse = z.looseObject({ id: PasskeyId });

export const passkeyContracts = {
  passkeyChallenge: contract({
    method: 'post',
    path: '/sign-in/passkey/options',
    summary: 'Begin to sign in with a passkey',
    scope: { at: 'public' },
    answer: PasskeyOptions,
    audit: ONLY_BEGINS,
  }),
  signInWithPasskey: contract({
    method: 'post',
    path: '/sign-in/passkey',
    summary: 'Sign in with a passkey; it counts as two factors',
    scope: { at: 'public' },
    body: z.object({ response: PasskeyResponse }),
    answer: Entered,
  }),
  passkeys: contract({
    method: 'get',
    path: '/me/passkeys',
    summary: 'The own passkeys',
    scope: { at: 'account' },
    answer: z.object({ items: z.array(Passkey) }),
  }),
  beginPasskey: contract({
    method: 'post',
    path: '/me/passkeys/options',
    summary: 'Begin to make a passkey',
    scope: { at: 'account' },
    answer: PasskeyOptions,
    audit: ONLY_BEGINS,
  }),
  addPasskey: contract({
    method: 'post',
    path: '/me/passkeys',
    summary: 'Keep the passkey that was made, under a name',
    scope: { at: 'account' },
    body: z.object({ name: PasskeyName, response: PasskeyResponse }),
    answer: Passkey,
  }),
  namePasskey: contract({
    method: 'post',
    path: '/me/passkeys/name',
    summary: 'Give a passkey another name',
    scope: { at: 'account' },
    body: z.object({ id: PasskeyId, name: PasskeyName }),
    answer: null,
  }),
  removePasskey: contract({
    method: 'post',
    path: '/me/passkeys/remove',
    summary: 'Let nobody in with a passkey any more',
    scope: { at: 'account' },
    body: z.object({ id: PasskeyId }),
    answer: null,
  }),
};
