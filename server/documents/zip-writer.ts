import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One part of an archive, made while it is written. */
export interface ZipPart {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/** Sizes follow the data, as nobody knows them before; names are in UTF-8. */
const FLAGS = 0x0808;
const VERSION = 20;
const DEFLATE = 8;
/** 01/01/1980 00:00, where the count of DOS begins: the same content makes the same file. */
const DOS_DATE = 0x0021;
/** Beyond it an archive needs 64-bit fields. A report of ten million rows stays below. */
const MOST_BYTES = 0xffffffff;

/** Writes an archive piece by piece; memory does not grow with what is in it. */
export async function* writeZip(
  parts: AsyncIterable<ZipPart> | Iterable<ZipPart>,
): AsyncGenerator<Buffer, void, undefined> {
  const written: Written[] = [];
  let at = 0;
  for await (const part of parts) {
    const name = Buffer.from(part.name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(VERSION, 4);
    header.writeUInt16LE(FLAGS, 6);
    header.writeUInt16LE(DEFLATE, 8);
    header.writeUInt16LE(DOS_DATE, 12);
    header.writeUInt16LE(name.length, 26);
    yield Buffer.concat([header, name]);
    let crc = 0;
    let size = 0;
    let packed = 0;
    async function* counted() {
      for await (const piece of part.content) {
        crc = crc32(piece, crc);
        size += piece.length;
        yield piece;
      }
    }
    const deflate = createDeflateRaw();
    // Errors reach the loop below by the stream itself.
    const pieces = pipeline(
      Readable.from(counted(), { objectMode: true, highWaterMark: 1 }),
      deflate,
      () => {},
    );
    for await (const piece of pieces) {
      packed += (piece as Buffer).length;
      yield piece as Buffer;
    }
    const start = at;
    at += 30 + name.length + packed + 16;
    if (Math.max(at, size) > MOST_BYTES) throw new Error('archive of more than 4 GB');
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(0x08074b50, 0);
    sizes.writeUInt32LE(crc, 4);
    sizes.writeUInt32LE(packed, 8);
    sizes.writeUInt32LE(size, 12);
    yield sizes;
    written.push({ name, crc, packed, size, at: start });
  }
  yield directoryOf(written, at);
}

function directoryOf(written: readonly Written[], start: number): Buffer {
  const records = written.map(({ name, crc, packed, size, at }) => {
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(VERSION, 4);
    record.writeUInt16LE(VERSION, 6);
    record.writeUInt16LE(FLAGS, 8);
    record.writeUInt16LE(DEFLATE, 10);
    record.writeUInt16LE(DOS_DATE, 14);
    record.writeUInt32LE(crc, 16);
    record.writeUInt32LE(packed, 20);
    record.writeUInt32LE(size, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(at, 42);
    return Buffer.concat([record, name]);
  });
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([directory, end]);
}
