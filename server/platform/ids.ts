import { randomBytes } from 'node:crypto';

const HEX = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const COUNTER_BITS = 42n;
const COUNTER_END = 1n << COUNTER_BITS;

/**
 * Makes UUIDv7 (RFC 9562): 48 bits of the clock's milliseconds, then a counter that starts at random in each
 * millisecond and rises within it, then 32 random bits. Ids of one maker sort by time of making, also when the clock
 * stands still or goes back: an index that they are inserted into grows at its end.
 */
export function uuidv7Maker(clock: () => number): () => string {
  let last = -1;
  let counter = 0n;
  return () => {
    const now = Math.max(clock(), last);
    if (now > last) {
      last = now;
      // The upper half stays free, so that a millisecond has room for 2^41 ids.
      counter = BigInt.asUintN(41, randomBytes(8).readBigUInt64BE());
    } else {
      counter = (counter + 1n) % COUNTER_END;
    }
    const high = (BigInt(last) << 16n) | 0x7000n | (counter >> 30n);
    const low = (0b10n << 62n) | ((counter & 0x3fffffffn) << 32n) | BigInt(randomBytes(4).readUInt32BE());
    const bytes = Buffer.alloc(16);
    bytes.writeBigUInt64BE(high);
    bytes.writeBigUInt64BE(low, 8);
    return uuidOfBytes(bytes);
  };
}

/** Whether a text is a UUID in its usual lower-case form. */
export function isUuid(text: string): boolean {
  return HEX.test(text);
}

/** The 16 bytes of a UUID in its usual form; throws for any other text. */
export function bytesOfUuid(uuid: string): Buffer {
  if (!isUuid(uuid)) throw new Error(`not a UUID: ${uuid.slice(0, 64)}`);
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** The usual form of a UUID out of its 16 bytes. */
export function uuidOfBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new Error(`a UUID has 16 bytes, not ${bytes.length}`);
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
