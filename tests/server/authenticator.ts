import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

/** A passkey as software: what the browser's authenticator would answer, for tests of the server without a browser. */
export interface Authenticator {
  readonly id: string;
  /** The answer to the options of making a passkey. */
  make(options: { readonly challenge: string }, site: Site): Made;
  /** The answer to the options of signing in. `handle`: for whom it says it was made. */
  answer(options: { readonly challenge: string }, site: Site, handle: string, changed?: Changed): Answered;
}
export interface Site {
  readonly origin: string;
  readonly host: string;
}
interface Changed {
  /** Without the finger or the PIN. */
  readonly unverified?: boolean;
  readonly counter?: number;
  readonly id?: string;
}
type Made = Record<string, unknown> & { readonly id: string };
type Answered = Record<string, unknown> & { readonly id: string };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function cose(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
}

function head(host: string, flags: number, counter: number): Buffer {
  const counted = Buffer.alloc(4);
  counted.writeUInt32BE(counter);
  return Buffer.concat([sha256(host), Buffer.from([flags]), counted]);
}

export function authenticator(): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const raw = randomBytes(32);
  const id = base64(raw);
  return {
    id,
    make({ challenge }, { origin, host }) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(raw.length);
      // Present, verified, with a new key.
      const authData = Buffer.concat([head(host, 0x45, 0), Buffer.alloc(16), length, raw, cose(publicKey)]);
      const size = Buffer.alloc(2);
      size.writeUInt16BE(authData.length);
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
        size,
        authData,
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64(clientData('webauthn.create', challenge, origin)),
          attestationObject: base64(attestation),
          transports: ['internal'],
        },
      };
    },
    answer({ challenge }, { origin, host }, handle, changed = {}) {
      const authData = head(host, changed.unverified === true ? 0x01 : 0x05, changed.counter ?? 0);
      const data = clientData('webauthn.get', challenge, origin);
      return {
        id: changed.id ?? id,
        rawId: changed.id ?? id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64(data),
          authenticatorData: base64(authData),
          signature: base64(sign('sha256', Buffer.concat([authData, sha256(data)]), key)),
          userHandle: base64(Buffer.from(handle)),
        },
      };
    },
  };
}
