/* RTP packets (RFC 3550) with header extensions of either form (RFC 8285). */

const FIXED = 12;
const ONE_BYTE = 0xbede;

export interface RtpHeader {
  readonly payloadType: number;
  readonly isMarked: boolean;
  readonly isPadded: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** Where the payload begins. */
  readonly length: number;
  readonly extensions: ReadonlyMap<number, Buffer>;
}

const NONE: ReadonlyMap<number, Buffer> = new Map();

/** The header of a packet; null where it is not one. */
export function readRtp(packet: Buffer): RtpHeader | null {
  if (packet.length < FIXED) return null;
  const first = packet.readUInt8(0);
  if (first >> 6 !== 2) return null;
  let length = FIXED + (first & 0x0f) * 4;
  let extensions = NONE;
  if ((first & 0x10) !== 0) {
    if (packet.length < length + 4) return null;
    const profile = packet.readUInt16BE(length);
    const from = length + 4;
    length = from + packet.readUInt16BE(length + 2) * 4;
    if (packet.length < length) return null;
    extensions = readExtensions(profile, packet.subarray(from, length));
  }
  if (packet.length < length) return null;
  const second = packet.readUInt8(1);
  return {
    payloadType: second & 0x7f,
    isMarked: second > 0x7f,
    isPadded: (first & 0x20) !== 0,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    length,
    extensions,
  };
}

function readExtensions(profile: number, block: Buffer): ReadonlyMap<number, Buffer> {
  const isOneByte = profile === ONE_BYTE;
  if (!isOneByte && profile >> 4 !== 0x100) return NONE;
  const found = new Map<number, Buffer>();
  for (let at = 0; at < block.length;) {
    const head = block.readUInt8(at);
    if (head === 0) {
      at += 1;
      continue;
    }
    const id = isOneByte ? head >> 4 : head;
    if (isOneByte && id === 15) break;
    if (!isOneByte && at + 1 >= block.length) break;
    const from = at + (isOneByte ? 1 : 2);
    const size = isOneByte ? (head & 0x0f) + 1 : block.readUInt8(at + 1);
    if (from + size > block.length) break;
    found.set(id, block.subarray(from, from + size));
    at = from + size;
  }
  return found;
}

/** A block of one-byte extensions, to stand behind the fixed header; empty where there are none. */
export function extensionBlock(extensions: readonly (readonly [id: number, value: Buffer])[]): Buffer {
  const fitting = extensions.filter(([id, { length }]) => id > 0 && id < 15 && length > 0 && length <= 16);
  if (fitting.length === 0) return Buffer.alloc(0);
  const size = fitting.reduce((sum, [, value]) => sum + 1 + value.length, 0);
  const words = Math.ceil(size / 4);
  const block = Buffer.alloc(4 + words * 4);
  block.writeUInt16BE(ONE_BYTE, 0);
  block.writeUInt16BE(words, 2);
  let at = 4;
  for (const [id, value] of fitting) {
    block.writeUInt8((id << 4) | (value.length - 1), at);
    value.copy(block, at + 1);
    at += 1 + value.length;
  }
  return block;
}

/** The header of a packet that goes out; `block` as `extensionBlock` makes it. */
export function writeRtpHeader(
  head: Pick<RtpHeader, 'payloadType' | 'isMarked' | 'sequence' | 'timestamp' | 'ssrc'>,
  block: Buffer,
): Buffer {
  const header = Buffer.allocUnsafe(FIXED + block.length);
  header[0] = block.length > 0 ? 0x90 : 0x80;
  header[1] = head.payloadType | (head.isMarked ? 0x80 : 0);
  header.writeUInt16BE(head.sequence, 2);
  header.writeUInt32BE(head.timestamp, 4);
  header.writeUInt32BE(head.ssrc, 8);
  block.copy(header, FIXED);
  return header;
}

/** The payload without padding; null where the padding claims more than there is. */
export function unpadded(payload: Buffer, isPadded: boolean): Buffer | null {
  if (!isPadded) return payload;
  const padding = payload.at(-1) ?? 0;
  return padding === 0 || padding > payload.length ? null : payload.subarray(0, payload.length - padding);
}

/** Whether a picture that stands for itself begins in this payload. */
export function beginsKeyframe(mimeType: string, payload: Buffer): boolean {
  switch (mimeType.toLowerCase()) {
    case 'video/vp8':
      return beginsVp8Keyframe(payload);
    case 'video/h264':
      return beginsH264Keyframe(payload);
    default:
      return false;
  }
}

/** RFC 7741: descriptor, its optional octets, then the frame whose lowest bit is 0 in a key frame. */
function beginsVp8Keyframe(payload: Buffer): boolean {
  const first = payload[0] ?? 0;
  const startsPartitionZero = (first & 0x10) !== 0 && (first & 0x07) === 0;
  if (!startsPartitionZero) return false;
  let at = 1;
  if ((first & 0x80) !== 0) {
    const flags = payload[at++] ?? 0;
    if ((flags & 0x80) !== 0) at += ((payload[at] ?? 0) & 0x80) === 0 ? 1 : 2;
    if ((flags & 0x40) !== 0) at += 1;
    if ((flags & 0x30) !== 0) at += 1;
  }
  const frame = payload[at];
  return frame !== undefined && (frame & 1) === 0;
}

const H264 = { idr: 5, parameters: 7, aggregate: 24, fragment: 28 };

/** RFC 6184: an IDR slice or the parameters before it, alone, in an aggregate or as the first fragment. */
function beginsH264Keyframe(payload: Buffer): boolean {
  const isKey = (octet: number): boolean => [H264.idr, H264.parameters].includes(octet & 0x1f);
  const first = payload[0];
  if (first === undefined) return false;
  const type = first & 0x1f;
  if (type === H264.fragment) {
    const second = payload[1] ?? 0;
    return (second & 0x80) !== 0 && isKey(second);
  }
  if (type !== H264.aggregate) return isKey(first);
  for (let at = 1; at + 2 < payload.length; at += 2 + payload.readUInt16BE(at)) {
    if (isKey(payload.readUInt8(at + 2))) return true;
  }
  return false;
}
