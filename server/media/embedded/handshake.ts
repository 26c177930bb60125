/*
 * The handshake of a transport (DTLS 1.2, always the server). werift does the protocol; what its server leaves out is checked here:
 * that the certificate is the one of the signalling, that the peer has its key, and that both saw the same handshake. This reads
 * werift's inner state, so that its version is pinned.
 */
import { createHash, createHmac, timingSafeEqual, verify, X509Certificate } from 'node:crypto';

import type { DtlsParameters } from 'mediasoup/types';
import { DtlsServer, RTCDtlsTransport, type RTCCertificate } from 'werift';

import { content, RecordReader } from './fragments.ts';
import { GCM, KEY_BYTES, saltBytes, SrtpReceiver, SrtpSender, type SrtpProfile } from './srtp.ts';

export type Certificate = RTCCertificate;

/** A certificate of the engine's own, for as long as it runs. */
export function makeCertificate(): Promise<Certificate> {
  return RTCDtlsTransport.SetupCertificate();
}

export function fingerprintsOf(certificate: Certificate): DtlsParameters['fingerprints'] {
  return certificate.getFingerprints().map(({ algorithm, value }) => ({
    algorithm: algorithm as 'sha-256',
    value,
  }));
}

/** What is sealed and opened with once both sides know each other. */
export interface Secured {
  readonly sender: SrtpSender;
  readonly receiver: SrtpReceiver;
}

export interface HandshakeEvents {
  send(datagram: Buffer): void;
  onSecured(secured: Secured): void;
  /** The peer is not who it claims to be. */
  onRefused(): void;
  /** The peer said goodbye. */
  onClosed(): void;
}

const message = { certificateVerify: 15, finished: 20 } as const;
const FINISHED_BYTES = 12;
/** GCM first: it takes half of the time. */
const PROFILES: readonly SrtpProfile[] = [GCM, 1];

export class Handshake {
  readonly #records = new RecordReader();
  readonly #server: DtlsServer;
  readonly #line = {
    type: 'udp',
    address: {} as never,
    closed: false,
    onData: (_datagram: Buffer, _from: readonly [string, number]): void => undefined,
    send: (datagram: Buffer): Promise<void> => {
      if (!this.#isOver) this.#events.send(datagram);
      return Promise.resolve();
    },
    close: (): Promise<void> => Promise.resolve(),
  };
  readonly #events: HandshakeEvents;
  #isSecured = false;
  #isOver = false;

  /** `expected` are the fingerprints that came by the signalling. */
  constructor(certificate: Certificate, expected: DtlsParameters['fingerprints'], events: HandshakeEvents) {
    this.#events = events;
    this.#server = new DtlsServer({
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      transport: this.#line,
      srtpProfiles: [...PROFILES],
      extendedMasterSecret: true,
      certificateRequest: true,
    });
    // A broken message is no end: the peer sends again, and whoever owns the transport counts the time.
    this.#server.onError.subscribe(() => undefined);
    this.#server.onClose.subscribe(() => {
      if (this.#isSecured && !this.#isOver) events.onClosed();
    });
    this.#server.onConnect.once(() => {
      const secured = isHonest(this.#server, expected) ? keysOf(this.#server) : null;
      if (secured === null) {
        this.close();
        events.onRefused();
        return;
      }
      this.#isSecured = true;
      events.onSecured(secured);
    });
  }

  /** Never throws, whatever comes. */
  receive(datagram: Buffer): void {
    for (const { bytes, type, isClear, beginsHandshake } of this.#records.read(datagram)) {
      if (this.#isOver) return;
      // Anybody can send these two: werift would begin anew, or close.
      if (this.#isSecured && isClear && (beginsHandshake || type === content.alert)) continue;
      try {
        this.#line.onData(bytes, ['', 0]);
      } catch {
        // A record that is not one.
      }
    }
  }

  close(): void {
    this.#isOver = true;
  }
}

function keysOf(server: DtlsServer): Secured | null {
  const profile = server.srtp.srtpProfile;
  if (profile === undefined) return null;
  const keys = server.extractSessionKeys(KEY_BYTES, saltBytes(profile));
  return {
    sender: new SrtpSender(keys.localKey, keys.localSalt, profile),
    receiver: new SrtpReceiver(keys.remoteKey, keys.remoteSalt, profile),
  };
}

function isHonest(server: DtlsServer, expected: DtlsParameters['fingerprints']): boolean {
  const certificate = server.remoteCertificate;
  if (certificate === undefined) return false;
  if (!expected.some((fingerprint) => fits(certificate, fingerprint))) return false;
  try {
    const said = server.dtls.sortedHandshakeCache;
    const signed = said.findIndex(({ msg_type: type }) => type === message.certificateVerify);
    const finished = said.findIndex(
      ({ msg_type: type, fragment }) => type === message.finished && fragment.length === FINISHED_BYTES,
    );
    const signature = said[signed]?.fragment;
    const proof = said[finished]?.fragment;
    if (signature === undefined || proof === undefined) return false;
    const until = (end: number): Buffer => Buffer.concat(said.slice(0, end).map((one) => one.serialize()));
    return (
      ownsKey(certificate, signature, until(signed)) &&
      timingSafeEqual(proofOf(server.cipher.masterSecret, until(finished)), proof)
    );
  } catch {
    // A signature that is too short, or a certificate that is none.
    return false;
  }
}

function fits(certificate: Buffer, { algorithm, value }: DtlsParameters['fingerprints'][number]): boolean {
  const hashes: Readonly<globalThis.Record<string, string>> = {
    'sha-256': 'sha256',
    'sha-384': 'sha384',
    'sha-512': 'sha512',
  };
  const hash = hashes[algorithm];
  if (hash === undefined) return false;
  return createHash(hash).update(certificate).digest('hex') === value.replaceAll(':', '').toLowerCase();
}

/** `signature` as CertificateVerify has it: hash, kind, length, bytes. */
function ownsKey(certificate: Buffer, signature: Buffer, signedText: Buffer): boolean {
  const hash = new Map([
    [4, 'sha256'],
    [5, 'sha384'],
    [6, 'sha512'],
  ]).get(signature.readUInt8(0));
  if (hash === undefined) return false;
  const { publicKey } = new X509Certificate(certificate);
  return verify(hash, signedText, publicKey, signature.subarray(4, 4 + signature.readUInt16BE(2)));
}

/** What the client's Finished has to hold (RFC 5246, 7.4.9), over everything said before it. */
function proofOf(masterSecret: Buffer, said: Buffer): Buffer {
  const hmac = (...parts: readonly Buffer[]): Buffer =>
    createHmac('sha256', masterSecret).update(Buffer.concat(parts)).digest();
  const seed = Buffer.concat([Buffer.from('client finished'), createHash('sha256').update(said).digest()]);
  return hmac(hmac(seed), seed).subarray(0, FINISHED_BYTES);
}
