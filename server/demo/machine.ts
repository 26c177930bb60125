import { createPrivateKey, generateKeyPairSync, hash, sign } from 'node:crypto';

import {
  deviceIdOf,
  lineText,
  requestText,
  SIGNATURE_HEADER,
  writeSignature,
} from '../../domain/devices/proof.ts';
import type { DeviceId } from '../../domain/ids.ts';
import type { DeviceProof } from '../../domain/wire/devices.ts';
import type { WireRequest } from '../../domain/wire/request.ts';

/** The one machine of the demo, which stands at all doors. */
export interface DemoMachine {
  readonly device: DeviceId;
  /** What it says first on a line. */
  proof(line: string): DeviceProof;
  /** A request with its signature. */
  signed(request: WireRequest): WireRequest;
}

/** A machine with a new key; `clock` is the server's. */
export function newMachine(clock: () => number): DemoMachine {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const own = createPrivateKey(privateKey);
  const { x = '', y = '' } = own.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const key = point.toString('base64url');
  const signature = (text: string): string =>
    sign('sha256', Buffer.from(text), { key: own, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return {
    device: deviceIdOf(hash('sha256', point, 'hex')),
    proof: (line) => ({ key, signature: signature(lineText(line)) }),
    signed: (request) => {
      const { method, url: target, body, headers } = request;
      const at = clock();
      const text = requestText({ method, target, at, body: hash('sha256', body ?? '', 'hex') });
      const written = writeSignature({ key, at, signature: signature(text) });
      return { ...request, headers: { ...headers, [SIGNATURE_HEADER]: written } };
    },
  };
}
