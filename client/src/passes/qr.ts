import { encode } from 'uqr';

/** A QR code as one path of squares of side 1, and its side. Correction M: a printed badge gets creases. */
export function qrPath(text: string): { readonly path: string; readonly side: number } {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: 0 });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x++;
      // A run of dark squares is one rectangle: a tenth of the elements, and no hairlines between them in print.
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
    }
  }
  return { path, side: size };
}
