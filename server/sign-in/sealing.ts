import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import type { Keys } from '../platform/keys.ts';

/** Encrypts what must be read again, so that a copy of the database alone does not have it. */
export interface Sealing {
  seal(text: string): string;
  /** Null for what was not sealed with this key, for this purpose. */
  open(sealed: string): string | null;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a key that is made of the installation's own: its signature over a sentence that nothing else signs. Ed25519
 * signs the same text the same way each time, and nobody else can.
 */
export function sealingOf(keys: Keys, purpose: string): Sealing {
  const key = createHash('sha256')
    .update(keys.passes.sign(`nhipcau sealing key: ${purpose}`))
    .digest();
  return {
    seal: (text) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
