import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { crc32 } from 'node:zlib';

import { CipherContext, DtlsClient } from 'werift';

import type { TransportOffer } from '../../../server/media/engine.ts';

/** A certificate with its key; `forged` has somebody else's key. */
export interface Identity {
  readonly certPem: string;
  readonly keyPem: string;
  readonly signatureHash: Awaited<ReturnType<typeof makePair>>['signatureHash'];
}

const ECDSA_SHA256 = { signature: 3, hash: 4 } as const;
const P256 = 23;

function makePair() {
  return CipherContext.createSelfSignedCertificateWithKey(ECDSA_SHA256, P256);
}

export function makeIdentity(): Promise<Identity> {
  return makePair();
}

export async function forge(real: Identity): Promise<Identity> {
  return { ...real, keyPem: (await makePair()).keyPem };
}

export function fingerprintOf({ certPem }: Identity): { algorithm: 'sha-256'; value: string } {
  const der = Buffer.from(certPem.replaceAll(/-----.*?-----|\s/g, ''), 'base64');
  const value = createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g)!.join(':');
  return { algorithm: 'sha-256', value };
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

/** Both seals of a message cover its length with the seal itself in it. */
function withLength(message: Buffer, sealBytes: number): Buffer {
  message.writeUInt16BE(message.length - 20 + sealBytes, 2);
  return message;
}

/** A binding request as a browser makes it (RFC 8445, 7.2.2). */
export function bindingRequest(offer: TransportOffer['iceParameters'], password = offer.password): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(1, 0);
  head.writeUInt32BE(0x2112a442, 4);
  randomBytes(12).copy(head, 8);
  const priority = Buffer.from([0x6e, 0, 1, 0xff]);
  const open = Buffer.concat([
    head,
    attribute(0x0006, Buffer.from(`${offer.usernameFragment}:peer`)),
    attribute(0x0024, priority),
    attribute(0x802a, randomBytes(8)),
    attribute(0x0025, Buffer.alloc(0)),
  ]);
  const integrity = createHmac('sha1', password).update(withLength(open, 24)).digest();
  const sealed = withLength(Buffer.concat([open, attribute(0x0008, integrity)]), 8);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(sealed) ^ 0x5354554e) >>> 0);
  return Buffer.concat([sealed, attribute(0x8028, fingerprint)]);
}

/** The client's half of a handshake, which sends by `send`. */
export function shakeHands(identity: Identity, send: (datagram: Buffer) => void) {
  const line = {
    type: 'udp',
    address: {},
    closed: false,
    onData: (_datagram: Buffer, _from: [string, number]): void => undefined,
    send: (datagram: Buffer): Promise<void> => Promise.resolve(send(Buffer.from(datagram))),
    close: (): Promise<void> => Promise.resolve(),
  };
  const client = new DtlsClient({
    cert: identity.certPem,
    key: identity.keyPem,
    signatureHash: identity.signatureHash,
    transport: line as never,
    srtpProfiles: [7],
    extendedMasterSecret: true,
  });
  return {
    // Whoever is refused gets no answer, and gives up.
    begin: () => void client.connect().catch(() => undefined),
    receive: (datagram: Buffer) => line.onData(datagram, ['', 0]),
  };
}

/** Another program's half of a transport: says who it is and shakes hands. `sent` is what it sent, `media` counts what came sealed. */
export async function connectPeer(offer: TransportOffer, identity: Identity) {
  const socket = createSocket('udp4');
  const [candidate] = offer.iceCandidates;
  const sent: Buffer[] = [];
  const send = (datagram: Buffer): void => {
    sent.push(datagram);
    socket.send(datagram, candidate!.port, candidate!.ip);
  };
  const peer = shakeHands(identity, send);
  let media = 0;
  const answered = new Promise<void>((resolve) => {
    socket.on('message', (datagram) => {
      const first = datagram[0] ?? 0;
      if (first >= 128 && first < 192) media += 1;
      else if (first < 4) resolve();
      else if (first >= 20 && first < 64) peer.receive(datagram);
    });
  });
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', () => resolve()));
  send(bindingRequest(offer.iceParameters));
  await answered;
  peer.begin();
  return { sent, media: () => media, close: () => socket.close() };
}
