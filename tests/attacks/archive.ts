import { inflateRawSync } from 'node:zlib';

const ENTRY = 0x02014b50;
const STORED = 0;

/** The parts of a ZIP as texts by name, by its directory at the end: for what this program writes itself. */
export function partsOf(bytes: Uint8Array): Record<string, string> {
  const file = Buffer.from(bytes);
  const parts: Record<string, string> = {};
  let at = file.readUInt32LE(file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16);
  while (file.readUInt32LE(at) === ENTRY) {
    const [method, packed] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const start = file.readUInt32LE(at + 42);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const data = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
    const raw = file.subarray(data, data + packed);
    parts[name] = (method === STORED ? raw : inflateRawSync(raw)).toString('utf8');
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}
