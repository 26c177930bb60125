/* SRTP and SRTCP (RFC 3711, RFC 7714) on node's crypto: AES_CM_128_HMAC_SHA1_80 and AEAD_AES_128_GCM. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';

import { turnsOf, unwrapped } from './sequence.ts';

/** As the handshake names them: 7 is AEAD_AES_128_GCM, 1 AES_CM_128_HMAC_SHA1_80. Browsers take the first that they are offered. */
export type SrtpProfile = 1 | 7;
export const GCM = 7 satisfies SrtpProfile;
export const COUNTER = 1 satisfies SrtpProfile;
export const KEY_BYTES = 16;

export function saltBytes(profile: SrtpProfile): number {
  return profile === GCM ? 12 : 14;
}

const GCM_TAG = 16;
const HMAC_TAG = 10;
const INDEX_BYTES = 4;
/** Set where a packet of SRTCP is encrypted, as all of ours are. */
const ENCRYPTED = 0x8000_0000;
/** Senders with numbers that come this much late are taken for replays. */
const WINDOW = 1024;
const MOST_STREAMS = 64;

interface Keys {
  readonly cipher: KeyObject;
  readonly authentication: KeyObject;
  readonly salt: Buffer;
}

/** `label` is 0 for RTP, 3 for RTCP; authentication and salt follow it. */
function keysOf(master: Buffer, masterSalt: Buffer, label: number, profile: SrtpProfile): Keys {
  const derive = (what: number, bytes: number): Buffer => {
    const counter = Buffer.alloc(16);
    masterSalt.copy(counter);
    counter[7] = counter.readUInt8(7) ^ what;
    return createCipheriv('aes-128-ctr', master, counter).update(Buffer.alloc(bytes));
  };
  return {
    cipher: createSecretKey(derive(label, KEY_BYTES)),
    authentication: createSecretKey(derive(label + 1, 20)),
    salt: derive(label + 2, saltBytes(profile)),
  };
}

/** The vector of a packet: its stream and its number, wherever the profile has them, over the salt. */
function vectorOf(salt: Buffer, profile: SrtpProfile, ssrc: number, high: number, low: number): Buffer {
  const vector = Buffer.alloc(profile === GCM ? 12 : 16);
  const from = profile === GCM ? 2 : 4;
  vector.writeUInt32BE(ssrc, from);
  vector.writeUInt32BE(high >>> 0, from + 4);
  vector.writeUInt16BE(low, from + 8);
  for (let at = 0; at < salt.length; at += 1) vector[at] = vector[at]! ^ salt[at]!;
  return vector;
}

function four(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** Seals what goes out to one peer. */
export class SrtpSender {
  readonly #profile: SrtpProfile;
  readonly #rtp: Keys;
  readonly #rtcp: Keys;
  #nextIndex = 0;
  constructor(key: Buffer, salt: Buffer, profile: SrtpProfile) {
    this.#profile = profile;
    this.#rtp = keysOf(key, salt, 0, profile);
    this.#rtcp = keysOf(key, salt, 3, profile);
  }

  /** One datagram. `number` is the sequence without wrap-around: a retransmission has to be sealed as it was at first. */
  rtp(header: Buffer, payload: Buffer, ssrc: number, number: number): Buffer {
    const { cipher: key, authentication, salt } = this.#rtp;
    const turns = turnsOf(number);
    const vector = vectorOf(salt, this.#profile, ssrc, turns, number & 0xffff);
    const end = header.length + payload.length;
    if (this.#profile === GCM) {
      const cipher = createCipheriv('aes-128-gcm', key, vector);
      cipher.setAAD(header);
      const sealed = cipher.update(payload);
      cipher.final();
      const datagram = Buffer.allocUnsafe(end + GCM_TAG);
      header.copy(datagram);
      sealed.copy(datagram, header.length);
      cipher.getAuthTag().copy(datagram, end);
      return datagram;
    }
    const datagram = Buffer.allocUnsafe(end + HMAC_TAG);
    header.copy(datagram);
    createCipheriv('aes-128-ctr', key, vector).update(payload).copy(datagram, header.length);
    tagOf(authentication, datagram.subarray(0, end), four(turns)).copy(datagram, end);
    return datagram;
  }

  rtcp(packet: Buffer): Buffer {
    const { cipher: key, authentication, salt } = this.#rtcp;
    const index = this.#nextIndex;
    this.#nextIndex = (this.#nextIndex + 1) & 0x7fffffff;
    const head = packet.subarray(0, 8);
    const trailer = four(ENCRYPTED + index);
    const vector = rtcpVectorFor(salt, this.#profile, packet.readUInt32BE(4), index);
    if (this.#profile === GCM) {
      const cipher = createCipheriv('aes-128-gcm', key, vector);
      cipher.setAAD(Buffer.concat([head, trailer]));
      const sealed = cipher.update(packet.subarray(8));
      cipher.final();
      return Buffer.concat([head, sealed, cipher.getAuthTag(), trailer]);
    }
    const sealed = createCipheriv('aes-128-ctr', key, vector).update(packet.subarray(8));
    const whole = Buffer.concat([head, sealed, trailer]);
    return Buffer.concat([whole, tagOf(authentication, whole)]);
  }
}

/** GCM has the index of SRTCP in the last four octets; counter mode where RTP has its number. */
function rtcpVectorFor(salt: Buffer, profile: SrtpProfile, ssrc: number, index: number): Buffer {
  if (profile !== GCM) return vectorOf(salt, profile, ssrc, index >>> 16, index & 0xffff);
  const vector = Buffer.alloc(12);
  vector.writeUInt32BE(ssrc, 2);
  vector.writeUInt32BE(index, 8);
  for (let at = 0; at < 12; at += 1) vector[at] = vector[at]! ^ salt[at]!;
  return vector;
}

function tagOf(key: KeyObject, ...parts: readonly Buffer[]): Buffer {
  const mac = createHmac('sha1', key);
  for (const part of parts) mac.update(part);
  return mac.digest().subarray(0, HMAC_TAG);
}

/** Which numbers of a stream have come: of each of the last `WINDOW` places, the one that was seen there. */
interface Seen {
  highest: number;
  readonly places: Float64Array;
}

function wasSeen(seen: Seen | undefined, number: number): boolean {
  if (seen === undefined) return false;
  return number <= seen.highest - WINDOW || seen.places[number % WINDOW] === number;
}

/** False where the peer has more streams than anybody needs. */
function remember(all: Map<number, Seen>, ssrc: number, number: number): boolean {
  let seen = all.get(ssrc);
  if (seen === undefined) {
    if (all.size >= MOST_STREAMS) return false;
    seen = { highest: number, places: new Float64Array(WINDOW).fill(-1) };
    all.set(ssrc, seen);
  }
  seen.places[number % WINDOW] = number;
  seen.highest = Math.max(seen.highest, number);
  return true;
}

/** Opens what one peer sends. Null for what is forged, comes a second time, or is broken. */
export class SrtpReceiver {
  readonly #profile: SrtpProfile;
  readonly #rtp: Keys;
  readonly #rtcp: Keys;
  readonly #seen = new Map<number, Seen>();
  readonly #seenRtcp = new Map<number, Seen>();
  constructor(key: Buffer, salt: Buffer, profile: SrtpProfile) {
    this.#profile = profile;
    this.#rtp = keysOf(key, salt, 0, profile);
    this.#rtcp = keysOf(key, salt, 3, profile);
  }

  /** `headerBytes` as `readRtp` says. The number is without wrap-around. */
  rtp(datagram: Buffer, headerBytes: number): { readonly payload: Buffer; readonly number: number } | null {
    const end = datagram.length - (this.#profile === GCM ? GCM_TAG : HMAC_TAG);
    if (end < headerBytes) return null;
    const ssrc = datagram.readUInt32BE(8);
    const sequence = datagram.readUInt16BE(2);
    const seen = this.#seen.get(ssrc);
    const number = seen === undefined ? sequence : unwrapped(sequence, seen.highest);
    if (number < 0 || wasSeen(seen, number)) return null;
    const { cipher: key, authentication, salt } = this.#rtp;
    const vector = vectorOf(salt, this.#profile, ssrc, turnsOf(number), sequence);
    const [head, sealed, tag] = [
      datagram.subarray(0, headerBytes),
      datagram.subarray(headerBytes, end),
      datagram.subarray(end),
    ];
    let payload: Buffer | null;
    if (this.#profile === GCM) payload = opened(key, vector, head, sealed, tag);
    else {
      const own = tagOf(authentication, datagram.subarray(0, end), four(turnsOf(number)));
      payload = timingSafeEqual(own, tag)
        ? createDecipheriv('aes-128-ctr', key, vector).update(sealed)
        : null;
    }
    return payload !== null && remember(this.#seen, ssrc, number) ? { payload, number } : null;
  }

  rtcp(datagram: Buffer): Buffer | null {
    const { cipher: key, authentication, salt } = this.#rtcp;
    const isGcm = this.#profile === GCM;
    const trailerAt = datagram.length - INDEX_BYTES - (isGcm ? 0 : HMAC_TAG);
    const end = isGcm ? trailerAt - GCM_TAG : trailerAt;
    if (end < 8) return null;
    const ssrc = datagram.readUInt32BE(4);
    const trailer = datagram.readUInt32BE(trailerAt);
    const index = trailer & 0x7fffffff;
    if (trailer < ENCRYPTED || wasSeen(this.#seenRtcp.get(ssrc), index)) return null;
    const vector = rtcpVectorFor(salt, this.#profile, ssrc, index);
    const [head, sealed] = [datagram.subarray(0, 8), datagram.subarray(8, end)];
    let body: Buffer | null;
    if (isGcm) {
      const known = Buffer.concat([head, datagram.subarray(trailerAt)]);
      body = opened(key, vector, known, sealed, datagram.subarray(end, trailerAt));
    } else {
      const tagAt = datagram.length - HMAC_TAG;
      const own = tagOf(authentication, datagram.subarray(0, tagAt));
      const isOwn = timingSafeEqual(own, datagram.subarray(tagAt));
      body = isOwn ? createDecipheriv('aes-128-ctr', key, vector).update(sealed) : null;
    }
    return body !== null && remember(this.#seenRtcp, ssrc, index) ? Buffer.concat([head, body]) : null;
  }
}

function opened(key: KeyObject, vector: Buffer, known: Buffer, sealed: Buffer, tag: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-128-gcm', key, vector, { authTagLength: GCM_TAG });
  decipher.setAAD(known);
  decipher.setAuthTag(tag);
  const open = decipher.update(sealed);
  try {
    decipher.final();
    return open;
  } catch {
    return null;
  }
}
