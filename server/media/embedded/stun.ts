/* The answering half of ICE-lite: binding requests (RFC 8489, RFC 8445). IPv4 only, as is the socket. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const HEADER = 20;
const MAGIC = 0x2112a442;
const FINGERPRINT_MASK = 0x5354554e;
const REQUEST = 0x0001;
const SUCCESS = 0x0101;
const ERROR = 0x0111;
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  mappedAddress: 0x0020,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  controlled: 0x8029,
} as const;
const INTEGRITY_BYTES = 20;

export interface BindingRequest {
  readonly transaction: Buffer;
  /** The part of the username that is ours. */
  readonly fragment: string;
  /** Nominates the pair: media goes there from now on. */
  readonly isNominating: boolean;
  /** The peer believes that we lead, which a lite agent never does. */
  readonly isControlled: boolean;
  readonly datagram: Buffer;
  /** Where the integrity attribute begins. */
  readonly integrityAt: number;
}

/** A binding request with integrity, as it came; null for anything else. Its integrity is not checked yet. */
export function readBindingRequest(datagram: Buffer): BindingRequest | null {
  if (
    datagram.length < HEADER ||
    datagram.readUInt16BE(0) !== REQUEST ||
    datagram.readUInt32BE(4) !== MAGIC
  ) {
    return null;
  }
  if (datagram.readUInt16BE(2) !== datagram.length - HEADER || datagram.length % 4 !== 0) return null;
  let username = '';
  let isNominating = false;
  let isControlled = false;
  let integrityAt: number | null = null;
  for (let at = HEADER; at < datagram.length;) {
    const type = datagram.readUInt16BE(at);
    const length = datagram.readUInt16BE(at + 2);
    const value = datagram.subarray(at + 4, at + 4 + length);
    if (value.length < length) return null;
    if (type === attribute.fingerprint) {
      if (length !== 4 || fingerprintOf(datagram, at) !== value.readUInt32BE(0)) return null;
    } else if (integrityAt !== null) {
      // What follows integrity, but for the fingerprint, is not protected by it and does not count.
    } else if (type === attribute.integrity) {
      if (length !== INTEGRITY_BYTES) return null;
      integrityAt = at;
    } else if (type === attribute.username) username = value.toString('utf8');
    else if (type === attribute.useCandidate) isNominating = true;
    else if (type === attribute.controlled) isControlled = true;
    at += 4 + Math.ceil(length / 4) * 4;
  }
  const [fragment = ''] = username.split(':');
  if (integrityAt === null || fragment === '') return null;
  const transaction = datagram.subarray(8, HEADER);
  return { transaction, fragment, isNominating, isControlled, datagram, integrityAt };
}

/** Whether a request was made by somebody who knows the password. */
export function isGenuine({ datagram, integrityAt }: BindingRequest, password: string): boolean {
  const said = datagram.subarray(integrityAt + 4, integrityAt + 4 + INTEGRITY_BYTES);
  return timingSafeEqual(integrityOf(datagram, integrityAt, password), said);
}

/** Tells the peer under which address it is seen. */
export function bindingAnswer(request: BindingRequest, password: string, ip: string, port: number): Buffer {
  const value = Buffer.alloc(8);
  value[1] = 1;
  value.writeUInt16BE(port ^ (MAGIC >>> 16), 2);
  const address = ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  value.writeUInt32BE((address ^ MAGIC) >>> 0, 4);
  return sealed(SUCCESS, request.transaction, [attributeOf(attribute.mappedAddress, value)], password);
}

/** 487: the peer has to lead. */
export function roleConflict(request: BindingRequest, password: string): Buffer {
  const value = Buffer.concat([Buffer.from([0, 0, 4, 87]), Buffer.from('Role Conflict   ')]);
  return sealed(ERROR, request.transaction, [attributeOf(attribute.errorCode, value)], password);
}

function attributeOf(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

function sealed(type: number, transaction: Buffer, attributes: readonly Buffer[], password: string): Buffer {
  const head = Buffer.alloc(HEADER);
  head.writeUInt16BE(type, 0);
  head.writeUInt32BE(MAGIC, 4);
  transaction.copy(head, 8);
  const open = Buffer.concat([head, ...attributes]);
  const withIntegrity = Buffer.concat([
    open,
    attributeOf(attribute.integrity, integrityOf(open, open.length, password)),
  ]);
  const print = Buffer.alloc(4);
  print.writeUInt32BE(fingerprintOf(withIntegrity, withIntegrity.length), 0);
  const whole = Buffer.concat([withIntegrity, attributeOf(attribute.fingerprint, print)]);
  whole.writeUInt16BE(whole.length - HEADER, 2);
  return whole;
}

/** Both sums are over what stands before them, with a length that counts them in. */
function before(message: Buffer, at: number, attributeBytes: number): Buffer {
  const copy = Buffer.from(message.subarray(0, at));
  copy.writeUInt16BE(at - HEADER + attributeBytes, 2);
  return copy;
}

function integrityOf(message: Buffer, at: number, password: string): Buffer {
  return createHmac('sha1', password)
    .update(before(message, at, 4 + INTEGRITY_BYTES))
    .digest();
}

function fingerprintOf(message: Buffer, at: number): number {
  return (crc32(before(message, at, 8)) ^ FINGERPRINT_MASK) >>> 0;
}
