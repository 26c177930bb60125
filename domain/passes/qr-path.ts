/**
 * The dark squares of a QR code, row by row, as one SVG path of squares of side 1. A run of them is one rectangle: a tenth of
 * the elements, and no hairlines between them in print.
 */
export function pathOfSquares(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x++;
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
    }
  }
  return path;
}
