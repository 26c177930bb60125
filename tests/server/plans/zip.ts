import { crc32, deflateRawSync } from 'node:zlib';

function header(signature: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature);
  return bytes;
}

/** A ZIP archive of one deflated entry that claims what it is told to. */
export function zipOf(name: string, content: Buffer, claimed = content.length): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(content, { level: 9 });
  const sum = crc32(content);
  const local = header(0x04034b50, 30);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(sum, 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = header(0x02014b50, 46);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(sum, 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claimed, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = header(0x06054b50, 22);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  const parts = [local, Buffer.from(name), packed, entry, Buffer.from(name), end];
  return new Uint8Array(Buffer.concat(parts));
}
