import { encode } from 'uqr';

import { pathOfSquares } from '../../../domain/passes/qr-path.ts';

/** A QR code as one path of squares of side 1, and its side. Correction M: a printed badge gets creases. */
export function qrPath(text: string): { readonly path: string; readonly side: number } {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: 0 });
  return { path: pathOfSquares(data), side: size };
}
