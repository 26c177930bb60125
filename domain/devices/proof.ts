import { DeviceId } from '../ids.ts';

/** By how much the time of a signed request may differ from the server's: machines say theirs as they last measured it. */
export const SIGNATURE_HOLDS_MS = 10 * 60_000;

/** In which header a machine signs a request. */
export const SIGNATURE_HEADER = 'device-signature';

/**
 * The id of a machine: it follows from its public key, so that nobody has the id without the key. Laid out as a UUID of version 8;
 * 122 bits of the digest are left, of which nobody finds a second key.
 *
 * @param digest SHA-256 of the public key's 65 bytes, in hexadecimal
 */
export function deviceIdOf(digest: string): DeviceId {
  const variant = ((parseInt(digest.charAt(16), 16) & 0b11) | 0b1000).toString(16);
  const id = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
  return DeviceId.parse(id);
}

/** What a machine signs when its line is open: `nonce` was drawn by the server for this line alone. */
export function lineText(nonce: string): string {
  return `nhipcau line 1\n${nonce}`;
}

/** A request as its machine signs it. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as they stand in the request. */
  readonly target: string;
  /** The server's clock as the machine knows it, in milliseconds. */
  readonly at: number;
  /** SHA-256 of the body's bytes in hexadecimal; of no bytes where there is none. */
  readonly body: string;
}

export function requestText({ method, target, at, body }: SignedRequest): string {
  return `nhipcau request 1\n${method.toUpperCase()}\n${target}\n${at}\n${body}`;
}

/** What stands in the header of a signed request. */
export interface RequestSignature {
  /** The public key, 65 bytes in base64url. */
  readonly key: string;
  readonly at: number;
  /** 64 bytes in base64url. */
  readonly signature: string;
}

export function writeSignature({ key, at, signature }: RequestSignature): string {
  return `${key} ${at} ${signature}`;
}

/** What `writeSignature` wrote; null for any other text. */
export function readSignature(header: string): RequestSignature | null {
  const found = /^([\w-]{87}) (\d{1,15}) ([\w-]{86})$/.exec(header);
  if (found === null) return null;
  const [, key = '', at = '', signature = ''] = found;
  return { key, at: Number(at), signature };
}
