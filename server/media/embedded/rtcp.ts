/* RTCP (RFC 3550, 4585, 5104): what browsers say of the feed, and what they are told. */

const type = { senderReport: 200, receiverReport: 201, transportFeedback: 205, payloadFeedback: 206 };

/** What a browser says that a forwarder has to act on. */
export type RtcpMessage =
  | { readonly kind: 'sender report'; readonly ssrc: number; readonly packet: Buffer }
  | { readonly kind: 'keyframe asked'; readonly ssrc: number }
  | { readonly kind: 'lost'; readonly ssrc: number; readonly sequences: readonly number[] };

/** Reads a compound packet up to where it is broken; what a forwarder has no use for is left out. */
export function readRtcp(compound: Buffer): RtcpMessage[] {
  const messages: RtcpMessage[] = [];
  for (let at = 0; at + 8 <= compound.length;) {
    const length = (compound.readUInt16BE(at + 2) + 1) * 4;
    const packet = compound.subarray(at, at + length);
    if (packet.length < length || length < 8) break;
    const message = readOne(packet);
    if (message !== null) messages.push(message);
    at += length;
  }
  return messages;
}

function readOne(packet: Buffer): RtcpMessage | null {
  const format = packet.readUInt8(0) & 0x1f;
  switch (packet.readUInt8(1)) {
    case type.senderReport:
      return packet.length < 28 ? null : { kind: 'sender report', ssrc: packet.readUInt32BE(4), packet };
    case type.transportFeedback:
      return format !== 1 || packet.length < 16
        ? null
        : { kind: 'lost', ssrc: packet.readUInt32BE(8), sequences: readNack(packet) };
    case type.payloadFeedback:
      if (format === 1 && packet.length >= 12)
        return { kind: 'keyframe asked', ssrc: packet.readUInt32BE(8) };
      // A full intra request names the stream in its entries.
      if (format === 4 && packet.length >= 20)
        return { kind: 'keyframe asked', ssrc: packet.readUInt32BE(12) };
      return null;
    default:
      return null;
  }
}

function readNack(packet: Buffer): number[] {
  const sequences: number[] = [];
  for (let at = 12; at + 4 <= packet.length; at += 4) {
    const first = packet.readUInt16BE(at);
    const following = packet.readUInt16BE(at + 2);
    sequences.push(first);
    for (let bit = 0; bit < 16; bit += 1) {
      if ((following & (1 << bit)) !== 0) sequences.push((first + 1 + bit) & 0xffff);
    }
  }
  return sequences;
}

function packetOf(kind: number, format: number, bytes: number): Buffer {
  const packet = Buffer.alloc(bytes);
  packet[0] = 0x80 | format;
  packet[1] = kind;
  packet.writeUInt16BE(bytes / 4 - 1, 2);
  return packet;
}

/** Asks a producer for a picture that stands for itself (PLI). */
export function askKeyframe(from: number, media: number): Buffer {
  const packet = packetOf(type.payloadFeedback, 1, 12);
  packet.writeUInt32BE(from, 4);
  packet.writeUInt32BE(media, 8);
  return packet;
}

/** Names what did not come (generic NACK); `sequences` are unwrapped and ascending. */
export function tellLost(from: number, media: number, sequences: readonly number[]): Buffer {
  const entries: { first: number; following: number }[] = [];
  for (const sequence of sequences) {
    const last = entries.at(-1);
    const distance = last === undefined ? Infinity : sequence - last.first;
    if (last !== undefined && distance <= 16) last.following |= 1 << (distance - 1);
    else entries.push({ first: sequence, following: 0 });
  }
  const packet = packetOf(type.transportFeedback, 1, 12 + entries.length * 4);
  packet.writeUInt32BE(from, 4);
  packet.writeUInt32BE(media, 8);
  for (const [index, { first, following }] of entries.entries()) {
    packet.writeUInt16BE(first & 0xffff, 12 + index * 4);
    packet.writeUInt16BE(following, 14 + index * 4);
  }
  return packet;
}

/** How one stream arrived since the report before. */
export interface ReceptionBlock {
  readonly ssrc: number;
  /** Share lost, in 256ths. */
  readonly fraction: number;
  readonly lost: number;
  readonly highest: number;
  /** In units of the stream's clock. */
  readonly jitter: number;
  /** Middle of the last sender report's time, and how long ago it came in 65,536ths of a second; 0 without one. */
  readonly lastReport: number;
  readonly delay: number;
}

/** At most 31 blocks fit. */
export function receiverReport(from: number, blocks: readonly ReceptionBlock[]): Buffer {
  const fitting = blocks.slice(0, 31);
  const packet = packetOf(type.receiverReport, fitting.length, 8 + fitting.length * 24);
  packet.writeUInt32BE(from, 4);
  for (const [index, block] of fitting.entries()) {
    const at = 8 + index * 24;
    packet.writeUInt32BE(block.ssrc, at);
    packet.writeUInt8(Math.min(255, Math.max(0, block.fraction)), at + 4);
    packet.writeUIntBE(Math.min(0x7fffff, Math.max(0, block.lost)), at + 5, 3);
    packet.writeUInt32BE(block.highest >>> 0, at + 8);
    packet.writeUInt32BE(block.jitter >>> 0, at + 12);
    packet.writeUInt32BE(block.lastReport >>> 0, at + 16);
    packet.writeUInt32BE(block.delay >>> 0, at + 20);
  }
  return packet;
}

/** A producer's sender report as one consumer is to read it: its own name and counts, the producer's times. */
export function senderReportFor(report: Buffer, ssrc: number, packets: number, octets: number): Buffer {
  const own = packetOf(type.senderReport, 0, 28);
  own.writeUInt32BE(ssrc, 4);
  report.copy(own, 8, 8, 20);
  own.writeUInt32BE(packets >>> 0, 20);
  own.writeUInt32BE(octets >>> 0, 24);
  return own;
}

/** Ticks of a quarter of a millisecond, in which arrivals are told. */
const TICKS_PER_MS = 4;
const TICKS_PER_REFERENCE = 256;

/**
 * When packets of a transport arrived, for the sender's estimate of its bandwidth (transport-wide congestion control). `arrivals` are
 * unwrapped numbers with milliseconds, ascending, not empty; what is missing between them was lost.
 */
export function tellArrivals(
  from: number,
  media: number,
  count: number,
  arrivals: readonly (readonly [number: number, ms: number])[],
): Buffer {
  const [first, last] = [arrivals[0]!, arrivals.at(-1)!];
  const total = last[0] - first[0] + 1;
  const reference = Math.floor((first[1] * TICKS_PER_MS) / TICKS_PER_REFERENCE);
  let before = reference * TICKS_PER_REFERENCE;
  const symbols = new Uint8Array(Math.ceil(total / 7) * 7);
  const deltas: number[] = [];
  for (const [number, ms] of arrivals) {
    const now = Math.round(ms * TICKS_PER_MS);
    const delta = Math.max(-32_768, Math.min(32_767, now - before));
    before += delta;
    const isSmall = delta >= 0 && delta <= 255;
    symbols[number - first[0]] = isSmall ? 1 : 2;
    if (isSmall) deltas.push(delta);
    else deltas.push((delta >> 8) & 0xff, delta & 0xff);
  }
  const bytes = 20 + (symbols.length / 7) * 2 + deltas.length;
  const padding = (4 - (bytes % 4)) % 4;
  const packet = packetOf(type.transportFeedback, 15, bytes + padding);
  packet.writeUInt32BE(from, 4);
  packet.writeUInt32BE(media, 8);
  packet.writeUInt16BE(first[0] & 0xffff, 12);
  packet.writeUInt16BE(total, 14);
  packet.writeUIntBE(reference & 0xffffff, 16, 3);
  packet.writeUInt8(count & 0xff, 19);
  let at = 20;
  for (let group = 0; group < symbols.length; group += 7, at += 2) {
    // A vector of seven symbols of two bits each.
    let chunk = 0xc000;
    for (let one = 0; one < 7; one += 1) chunk |= (symbols[group + one] ?? 0) << (12 - one * 2);
    packet.writeUInt16BE(chunk, at);
  }
  packet.set(deltas, at);
  if (padding > 0) {
    packet[0] = packet.readUInt8(0) | 0x20;
    packet[packet.length - 1] = padding;
  }
  return packet;
}
