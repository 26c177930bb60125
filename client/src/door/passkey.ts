import { type Bytes, randomBytes } from './sealing.ts';

/** A passkey that gives a secret (the PRF extension of WebAuthn), and the secret that it gave. */
export interface Passkey {
  readonly credential: Bytes;
  readonly secret: Bytes;
}

/** `cancelled`: the person or the machine broke off. `unable`: this browser or this key gives no secret. */
export type PasskeyFailure = 'cancelled' | 'unable';

const SECRET_BYTES = 32;
const PATIENCE_MS = 120_000;

/** Whether asking can make sense. Only the attempt shows whether the key itself gives secrets. */
export async function mayUsePasskey(): Promise<boolean> {
  if (!window.isSecureContext || !('PublicKeyCredential' in window)) return false;
  // A page that is reached by a bare number has no name that a passkey could belong to.
  if (/^[\d.]+$|:/.test(window.location.hostname)) return false;
  const { getClientCapabilities } = PublicKeyCredential as unknown as {
    getClientCapabilities?: () => Promise<Record<string, boolean>>;
  };
  if (getClientCapabilities === undefined) return true;
  const able = await getClientCapabilities.call(PublicKeyCredential).catch(() => ({}));
  return (able as Record<string, boolean>)['extension:prf'] !== false;
}

/**
 * Makes a passkey for this account on this machine, or on a key that is plugged in. Nobody but this page ever hears of
 * it: it signs nobody in, it only gives the secret that opens the vault.
 */
export async function makePasskey(
  account: string,
  name: string,
  salt: Bytes,
): Promise<Passkey | PasskeyFailure> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    rp: { name: 'Nhịp Cầu' },
    user: { id: idOf(account), name, displayName: name },
    challenge: randomBytes(SECRET_BYTES),
    pubKeyCredParams: [
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    timeout: PATIENCE_MS,
    extensions: { prf: { eval: { first: salt } } },
  };
  const made = await navigator.credentials.create({ publicKey }).catch(() => null);
  if (!(made instanceof PublicKeyCredential)) return 'cancelled';
  const { prf } = made.getClientExtensionResults();
  if (prf?.enabled !== true) return 'unable';
  const credential = new Uint8Array(made.rawId);
  const secret = bytesOf(prf.results?.first);
  // Most keys give no secret while they are made, only when they are used.
  return secret === null ? await askPasskey(credential, salt) : { credential, secret };
}

/** Asks a passkey for its secret. */
export async function askPasskey(credential: Bytes, salt: Bytes): Promise<Passkey | PasskeyFailure> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: randomBytes(SECRET_BYTES),
    allowCredentials: [{ type: 'public-key', id: credential }],
    userVerification: 'required',
    timeout: PATIENCE_MS,
    extensions: { prf: { eval: { first: salt } } },
  };
  const given = await navigator.credentials.get({ publicKey }).catch(() => null);
  if (!(given instanceof PublicKeyCredential)) return 'cancelled';
  const secret = bytesOf(given.getClientExtensionResults().prf?.results?.first);
  return secret === null ? 'unable' : { credential, secret };
}

function bytesOf(source: BufferSource | undefined): Bytes | null {
  if (source === undefined) return null;
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

/** At most 64 bytes, as WebAuthn wants it. */
function idOf(account: string): Bytes {
  return new TextEncoder().encode(account).slice(0, 64);
}
