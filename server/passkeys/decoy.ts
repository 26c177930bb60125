import { generateKeyPairSync } from 'node:crypto';

import type { PasskeyRow } from './store.ts';

/**
 * A key that no authenticator has. An answer with a passkey that nobody has is held against it: the same work is done as for one that
 * somebody has, so that neither the answer nor its time tells which passkeys exist.
 */
export function makeDecoy(): Pick<PasskeyRow, 'public_key' | 'counter' | 'transports'> {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
  return { public_key: cose.toString('base64url'), counter: 0, transports: '[]' };
}
