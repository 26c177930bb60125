import { crc32, deflateSync } from 'node:zlib';

import { encode } from 'uqr';

/** White squares around a code, by which scanners find it, and pixels to a square: 220 or so in all, sharp on paper too. */
const QUIET = 4;
const PIXELS = 6;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * One of the eight masks. Choosing the best of all takes ten times as long; what a pass says is mostly a signature, as good as chance,
 * which no mask makes hard to read.
 */
const MASK = 3;

/** The QR code of a pass as a PNG of one bit a pixel: what every mail program shows, unlike a drawing. */
export function pictureOf(code: string): Buffer {
  const { data, size } = encode(code, { ecc: 'M', boostEcc: false, border: 0, maskPattern: MASK });
  const side = (size + 2 * QUIET) * PIXELS;
  const rowBytes = 1 + Math.ceil(side / 8);
  const white = Buffer.alloc(rowBytes, 0xff);
  // Each row begins with its filter, which is none.
  white[0] = 0;
  const margin = Array.from({ length: QUIET * PIXELS }, () => white);
  const squares = data.flatMap((row) => {
    const pixels = Buffer.from(white);
    for (const [x, isDark] of row.entries()) if (isDark) darken(pixels, (x + QUIET) * PIXELS);
    return Array.from({ length: PIXELS }, () => pixels);
  });
  const rows = Buffer.concat([...margin, ...squares, ...margin]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  // One bit a pixel, shades of grey; the rest is 0.
  head[8] = 1;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One square of a row, from a pixel on. */
function darken(row: Buffer, from: number): void {
  for (let x = from; x < from + PIXELS; x++) {
    const at = 1 + (x >> 3);
    row[at] = (row[at] ?? 0) & ~(0x80 >> (x & 7));
  }
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(8 + named.length);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), 4 + named.length);
  return framed;
}
