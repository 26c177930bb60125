/** A text that only the data key of a vault opens. */
export interface Sealed {
  /** Whose data key. */
  readonly vault: string;
  readonly iv: Bytes;
  readonly data: Bytes;
}
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Whether this page may seal at all: browsers give their cryptography only to pages that came over HTTPS, or from the
 * machine itself. Without it no list is kept on this machine.
 */
export const CAN_SEAL = window.isSecureContext && 'subtle' in crypto;

const IV_BYTES = 12;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** OWASP's least for PBKDF2 with SHA-256 (2023). */
export const LEAST_ITERATIONS = 600_000;
/** A new machine that is quick today may be slow on a hot battery: not more than some seconds then. */
const MOST_ITERATIONS = 5_000_000;
const ABOUT_MS = 1000;
const PROBE = 200_000;

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

export function newSalt(): Bytes {
  return randomBytes(SALT_BYTES);
}

/** The bytes of a new data key. Whoever has made the key of them overwrites them. */
export function newKeyBytes(): Bytes {
  return randomBytes(KEY_BYTES);
}

/** A key for sealing out of its bytes; they cannot be read back out of it. */
export async function keyOf(bytes: Bytes): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** Seals bytes with AES-GCM. `about` says what they are: under another heading they do not open. */
export async function sealBytes(
  key: CryptoKey,
  about: string,
  bytes: Bytes,
): Promise<{ iv: Bytes; data: Bytes }> {
  const iv = randomBytes(IV_BYTES);
  const how = { name: 'AES-GCM', iv, additionalData: utf8(about) };
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, key, bytes)) };
}

/** Null where the key is another one, or the bytes are not what was sealed. */
export async function unsealBytes(
  key: CryptoKey,
  about: string,
  { iv, data }: { iv: Bytes; data: Bytes },
): Promise<Bytes | null> {
  try {
    const how = { name: 'AES-GCM', iv, additionalData: utf8(about) };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, data));
  } catch {
    return null;
  }
}

export async function sealText(key: CryptoKey, about: string, text: string) {
  return await sealBytes(key, about, utf8(text));
}

export async function unsealText(
  key: CryptoKey,
  about: string,
  sealed: { iv: Bytes; data: Bytes },
): Promise<string | null> {
  const bytes = await unsealBytes(key, about, sealed);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** The key that a PIN stands for: PBKDF2 with SHA-256, made slow on purpose. */
export async function keyFromPin(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return await crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
}

/** The key that a passkey's secret stands for. The secret is 32 random bytes: nothing has to be made slow. */
export async function keyFromSecret(secret: Bytes, salt: Bytes): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('nhipcau vault') };
  return await crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
}

/** How many rounds take about a second on this machine; never less than the least. */
export async function measureIterations(): Promise<number> {
  const began = performance.now();
  await keyFromPin('000000', newSalt(), PROBE);
  const took = Math.max(1, performance.now() - began);
  const wanted = Math.round((PROBE * ABOUT_MS) / took / 10_000) * 10_000;
  return Math.min(MOST_ITERATIONS, Math.max(LEAST_ITERATIONS, wanted));
}
