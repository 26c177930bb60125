import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { SIGNATURE_HEADER } from '../../domain/devices/proof.ts';

const digests = new WeakMap<IncomingMessage, string>();
const OF_NOTHING = hash('sha256', '', 'hex');

/** Notes the digest of a body's bytes as they came, where the request is signed; for the body parser. */
export function noteDigest(request: IncomingMessage, _response: unknown, bytes: Buffer): void {
  if (request.headers[SIGNATURE_HEADER] === undefined) return;
  digests.set(request, hash('sha256', bytes, 'hex'));
}

/** SHA-256 of the bytes of a signed request's body, in hexadecimal. */
export function bodyDigestOf(request: IncomingMessage): string {
  return digests.get(request) ?? OF_NOTHING;
}
