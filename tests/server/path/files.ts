import { parse } from 'csv-parse/sync';
import { readXlsx, writeXlsx } from 'hucre/xlsx';

import { FIGURES, type Figure } from '../../../domain/reports/figures.ts';
import { FIGURE_LABELS } from '../../../domain/reports/sentences.ts';
import { formatPercent } from '../../../domain/text/numbers.ts';
import { csv } from '../sample.ts';
import type { Line } from './ledger.ts';
import type { FileKind } from './walk.ts';

const COVERS = { own: 'riêng điểm cầu này', subtree: 'cả các điểm cầu bên dưới' } as const;
const SHARE = 'Tỷ lệ có mặt trên triệu tập';

/** A table file as some office program writes it. */
export async function fileOf(kind: FileKind, rows: readonly object[]): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'csv') return csv(rows);
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => {
    const texts = new Map<string, string>(Object.entries(row));
    return header.map((name) => texts.get(name) ?? '');
  });
  return new Uint8Array(await writeXlsx({ sheets: [{ name: 'Danh sách', rows: [header, ...cells] }] }));
}

type Cells = Readonly<Record<string, unknown>>;

/** The rows of the only sheet of a workbook, by header, read by another program's reader. */
export async function rowsOfXlsx(bytes: Uint8Array): Promise<Cells[]> {
  const { sheets } = await readXlsx(bytes);
  const [header = [], ...rows] = sheets[0]?.rows ?? [];
  if (sheets.length !== 1) throw new Error(`${sheets.length} sheets`);
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [String(name), row[at] ?? null])));
}

/** The rows of a CSV, by header. Throws where it does not begin with the mark by which Excel knows UTF-8. */
export function rowsOfCsv(bytes: Uint8Array): Record<string, string>[] {
  if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) throw new Error('no byte order mark');
  return parse(Buffer.from(bytes), { bom: true, columns: true });
}

function figuresIn(cells: Cells, keyOf: (figure: Figure) => string): Record<string, unknown> {
  return Object.fromEntries(FIGURES.map((figure) => [figure, cells[keyOf(figure)] ?? null]));
}

const label = (figure: Figure): string => FIGURE_LABELS.vi[figure];

/** Of each format: its lines as they stand in the file, and the same lines as the ledger wants them. */
export const FORMATS = {
  xlsx: {
    read: async (bytes: Uint8Array) =>
      (await rowsOfXlsx(bytes)).map((cells) => [
        cells['Điểm cầu'],
        cells['Phạm vi'],
        figuresIn(cells, label),
        cells[SHARE],
      ]),
    want: ({ name, covers, figures, part, whole }: Line) => [
      name,
      COVERS[covers],
      figures,
      whole === 0 ? null : part / whole,
    ],
  },
  csv: {
    read: async (bytes: Uint8Array) =>
      rowsOfCsv(bytes).map((cells) => [
        cells['Điểm cầu'],
        cells['Phạm vi'],
        figuresIn(cells, label),
        cells[SHARE],
      ]),
    want: ({ name, covers, figures, part, whole }: Line) => [
      name,
      COVERS[covers],
      Object.fromEntries(Object.entries(figures).map(([figure, count]) => [figure, String(count)])),
      whole === 0 ? '' : formatPercent(part, whole, 'vi'),
    ],
  },
  json: {
    read: async (bytes: Uint8Array) =>
      (JSON.parse(new TextDecoder().decode(bytes)) as Cells[]).map((cells) => [
        cells['bridgeName'],
        cells['scope'],
        figuresIn(cells, (figure) => figure),
        cells['presentOfSummoned'],
      ]),
    want: ({ name, covers, figures, part, whole }: Line) => [name, covers, figures, { part, whole }],
  },
} as const;
