import type { RegistrationResponseJSON } from '@simplewebauthn/browser';

import { activationContracts } from '../../../domain/wire/activation.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { passkeyContracts, type Passkey } from '../../../domain/wire/passkeys.ts';
import type { Entered } from '../../../domain/wire/sign-in.ts';
import { call } from '../api/call.ts';

/** Whether this browser has passkeys, at this address: they need a secure page, and a name that they can belong to. */
export function hasPasskeys(): boolean {
  return (
    window.isSecureContext && 'PublicKeyCredential' in window && !/^[\d.]+$|:/.test(window.location.hostname)
  );
}

/** What speaks with authenticators comes when somebody wants one. */
const authenticators = () => import('@simplewebauthn/browser');

/** The person, the browser or the authenticator broke off. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

async function asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    throw new BrokenOff('no passkey', { cause: error });
  }
}

/** Signs in with whichever passkey of this site the person picks. Throws `BrokenOff` where none comes of it. */
export async function signInByPasskey(): Promise<Entered> {
  const { options } = await call(passkeyContracts.passkeyChallenge, {});
  const { startAuthentication } = await authenticators();
  const response = await asked(() => startAuthentication({ optionsJSON: options }));
  return await call(passkeyContracts.signInWithPasskey, { body: { response: { ...response } } });
}

/** Makes a passkey for whoever is signed in. Throws `BrokenOff` where none comes of it. */
export async function makePasskey(name: string): Promise<Passkey> {
  const { options } = await call(passkeyContracts.beginPasskey, {});
  return await call(passkeyContracts.addPasskey, { body: { name, response: await made(options) } });
}

/** Becomes a host by a code with a passkey in the place of a password. Throws `BrokenOff` where none comes of it. */
export async function becomeHostWithPasskey(body: {
  readonly code: string;
  readonly name: string;
}): Promise<AnswerOf<typeof activationContracts.useCodeWithPasskey>> {
  const { options, account } = await call(activationContracts.beginUseWithPasskey, { body });
  return await call(activationContracts.useCodeWithPasskey, {
    body: { ...body, account, response: await made(options) },
  });
}

/** What this machine's authenticator answers to the question by which it makes a passkey. */
async function made(options: object): Promise<RegistrationResponseJSON & Record<string, unknown>> {
  const { startRegistration } = await authenticators();
  type Options = Parameters<typeof startRegistration>[0]['optionsJSON'];
  return { ...(await asked(() => startRegistration({ optionsJSON: options as Options }))) };
}
