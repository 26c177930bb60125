import { createECDH, createPrivateKey, hash, sign, type KeyObject } from 'node:crypto';

import {
  deviceIdOf,
  lineText,
  requestText,
  SIGNATURE_HEADER,
  writeSignature,
} from '../domain/devices/proof.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { DeviceProof } from '../domain/wire/devices.ts';
import type { WireRequest } from '../domain/wire/request.ts';

/** A check-in machine with a key, as the page makes itself one; the key follows from a word, so that every process can make it. */
export interface TestMachine {
  readonly device: DeviceId;
  /** The public key, 65 bytes in base64url. */
  readonly key: string;
  sign(text: string): string;
}

const machines = new Map<string, TestMachine>();
const byId = new Map<DeviceId, TestMachine>();

/** The machine that has an id; null for an id that none of this process has. */
export function knownMachine(id: DeviceId): TestMachine | null {
  return byId.get(id) ?? null;
}

/** The machine of a word: always the same one. */
export function testMachine(word: string): TestMachine {
  const known = machines.get(word);
  if (known !== undefined) return known;
  const { device, key, secret } = keysOf(word);
  let own: KeyObject | undefined;
  const machine = {
    device,
    key,
    sign(text: string): string {
      own ??= secret();
      return sign('sha256', Buffer.from(text), { key: own, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    },
  };
  machines.set(word, machine);
  byId.set(device, machine);
  return machine;
}

/** Without remembering it: for the bench, which has fifteen thousand. */
export function keysOf(word: string): {
  readonly device: DeviceId;
  readonly key: string;
  readonly secret: () => KeyObject;
} {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(hash('sha256', `machine ${word}`, 'buffer'));
  const point = curve.getPublicKey();
  return {
    device: deviceIdOf(hash('sha256', point, 'hex')),
    key: point.toString('base64url'),
    secret: () =>
      createPrivateKey({
        key: {
          kty: 'EC',
          crv: 'P-256',
          x: point.subarray(1, 33).toString('base64url'),
          y: point.subarray(33).toString('base64url'),
          d: curve.getPrivateKey().toString('base64url'),
        },
        format: 'jwk',
      }),
  };
}

/** What a machine says first on a line of its own. */
export function proofOf(machine: TestMachine, line: string): DeviceProof {
  return { key: machine.key, signature: machine.sign(lineText(line)) };
}

/** The headers with which a machine signs a request. */
export function signedHeaders(
  machine: TestMachine,
  { method, url, body }: Pick<WireRequest, 'method' | 'url' | 'body'>,
  at: number,
): Record<string, string> {
  const text = requestText({ method, target: url, at, body: hash('sha256', body ?? '', 'hex') });
  return { [SIGNATURE_HEADER]: writeSignature({ key: machine.key, at, signature: machine.sign(text) }) };
}
