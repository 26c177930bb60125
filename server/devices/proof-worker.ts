/* A thread that checks signatures of machines: tens of thousands come back at once, and each check takes a tenth of a millisecond. */
import { createPublicKey, verify } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

import type { ToCheck } from './proof.ts';

/** What stands before the 65 bytes of a P-256 key in its usual form (SubjectPublicKeyInfo). */
const BEFORE_KEY = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

function isSigned([key, text, signature]: ToCheck): boolean {
  try {
    const der = Buffer.concat([BEFORE_KEY, Buffer.from(key, 'base64url')]);
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const how = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', Buffer.from(text), how, Buffer.from(signature, 'base64url'));
  } catch {
    // Not a point of the curve.
    return false;
  }
}

parentPort?.on('message', (list: readonly ToCheck[]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(list.map(isSigned));
});
