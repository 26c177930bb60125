import { inflateRawSync } from 'node:zlib';

import { readRows } from '../../../server/documents/rows.ts';

/** The bytes of the answer to a request for codes. */
export async function made(answer: Promise<Response>): Promise<Buffer> {
  const response = await answer;
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw new Error(bytes.toString());
  return bytes;
}

/** What is in an archive, read by its directory at the end as every program does. */
export function filesIn(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [packed, nameLength, start] = [at + 20, at + 28, at + 42].map((place, i) =>
      i === 1 ? bytes.readUInt16LE(place) : bytes.readUInt32LE(place),
    ) as [number, number, number];
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString();
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    files.set(name, inflateRawSync(bytes.subarray(from, from + packed)));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

/** The rows of a list in an archive of codes, below its heading. */
export async function listIn(files: Map<string, Buffer>, name: string): Promise<string[][]> {
  const table = await readRows(new Uint8Array(files.get(name)!), name);
  if (!table.ok) throw new Error(table.reason);
  const rows: string[][] = [];
  for await (const read of table.value.rows) {
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    rows.push(Array.from(table.value.header, (header) => read.cells[header] ?? ''));
  }
  return rows;
}

/** The codes of an archive by the names of their bridges, out of the slips. */
export function codesIn(bytes: Buffer): Map<string, string> {
  const codes = new Map<string, string>();
  for (const [name, file] of filesIn(bytes)) {
    if (!name.endsWith('.html')) continue;
    for (const slip of file.toString().split('<section>').slice(1)) {
      const bridge = /<h2>(.*?)<\/h2>/.exec(slip)?.[1] ?? '';
      codes.set(bridge, /class="code">(.*?)</.exec(slip)?.[1] ?? '');
    }
  }
  return codes;
}
