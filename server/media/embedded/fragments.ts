/* Records of DTLS 1.2 (RFC 6347) on their way to the handshake: browsers send their first message in pieces, which may be lost, repeated and overtaken. */

const RECORD_HEADER = 13;
const MESSAGE_HEADER = 12;
const LARGEST_MESSAGE = 16_384;
const MOST_PARTIAL = 8;
export const content = { alert: 21, handshake: 22 } as const;
const CLIENT_HELLO = 1;

interface Partial {
  readonly body: Buffer;
  readonly has: Uint8Array;
  missing: number;
}

export interface Record {
  readonly bytes: Buffer;
  readonly type: number;
  /** Not encrypted yet: everybody could have sent it. */
  readonly isClear: boolean;
  readonly beginsHandshake: boolean;
}

/** Takes datagrams apart into records, and joins the pieces of messages: what it gives back holds whole messages only. */
export class RecordReader {
  readonly #partial = new Map<number, Partial>();

  /** The records that a datagram completes; none from where it is broken on. */
  read(datagram: Buffer): Record[] {
    const records: Record[] = [];
    for (let at = 0; at + RECORD_HEADER <= datagram.length;) {
      const end = at + RECORD_HEADER + datagram.readUInt16BE(at + 11);
      if (end > datagram.length) break;
      const bytes = datagram.subarray(at, end);
      const type = bytes.readUInt8(0);
      const isClear = bytes.readUInt16BE(3) === 0;
      if (type === content.handshake && isClear) records.push(...this.#whole(bytes));
      else records.push({ bytes, type, isClear, beginsHandshake: false });
      at = end;
    }
    return records;
  }

  /** A record may hold several messages; each that is whole by now becomes a record of its own. */
  #whole(record: Buffer): Record[] {
    const records: Record[] = [];
    for (let at = RECORD_HEADER; at + MESSAGE_HEADER <= record.length;) {
      const total = record.readUIntBE(at + 1, 3);
      const from = record.readUIntBE(at + 6, 3);
      const length = record.readUIntBE(at + 9, 3);
      const piece = record.subarray(at + MESSAGE_HEADER, at + MESSAGE_HEADER + length);
      if (piece.length < length || from + length > total || total > LARGEST_MESSAGE) break;
      const body = length === total ? piece : this.#join(record.readUInt16BE(at + 4), total, from, piece);
      if (body !== null) {
        const bytes = Buffer.concat([
          record.subarray(0, RECORD_HEADER),
          record.subarray(at, at + MESSAGE_HEADER),
          body,
        ]);
        bytes.writeUInt16BE(MESSAGE_HEADER + total, 11);
        bytes.writeUIntBE(0, RECORD_HEADER + 6, 3);
        bytes.writeUIntBE(total, RECORD_HEADER + 9, 3);
        const beginsHandshake = record.readUInt8(at) === CLIENT_HELLO;
        records.push({ bytes, type: content.handshake, isClear: true, beginsHandshake });
      }
      at += MESSAGE_HEADER + length;
    }
    return records;
  }

  #join(message: number, total: number, from: number, piece: Buffer): Buffer | null {
    let partial = this.#partial.get(message);
    if (partial?.body.length !== total) {
      if (this.#partial.size >= MOST_PARTIAL) this.#partial.clear();
      partial = { body: Buffer.alloc(total), has: new Uint8Array(total), missing: total };
      this.#partial.set(message, partial);
    }
    piece.copy(partial.body, from);
    for (let at = from; at < from + piece.length; at += 1) {
      partial.missing -= partial.has[at] === 1 ? 0 : 1;
      partial.has[at] = 1;
    }
    if (partial.missing > 0) return null;
    this.#partial.delete(message);
    return partial.body;
  }
}
