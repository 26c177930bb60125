import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** Whether an Ed25519 key signed exactly this text. */
export type SignatureCheck = (text: string, signature: string) => boolean;

/** The check of a public key, its 32 bytes in base64url; null for a text that is no key. */
export function signatureCheck(publicKey: string): SignatureCheck | null {
  const key = keyOf(publicKey);
  if (key === null) return null;
  return (text, signature) => {
    const bytes = Buffer.from(signature, 'base64url');
    // The last letter has bits that say nothing: of all spellings one is the signature's.
    return bytes.toString('base64url') === signature && verify(null, Buffer.from(text), key, bytes);
  };
}

function keyOf(x: string): KeyObject | null {
  if (!/^[\w-]{43}$/.test(x)) return null;
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return null;
  }
}
