import type { Language } from '../../domain/text/language.ts';
import { shorten } from '../../domain/text/normalize.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { writeCsv } from '../documents/csv.ts';
import { writeWorkbook } from '../documents/xlsx.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { presentSeat } from './present.ts';
import { hallOf } from './queries.ts';
import { FILE_NAME, HEADINGS } from './sentences.ts';

const COLUMNS = ['person', 'name', 'position', 'unit', 'number'] as const;
const WIDTHS = { person: 38, name: 28, position: 44, unit: 28, number: 10 } as const;
const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const;

/** Everybody expected at a bridge with their seat numbers as a file that is read back as it is. */
export async function exportSeats(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people'>,
  format: 'xlsx' | 'csv',
  language: Language,
): Promise<Document & { readonly people: number }> {
  const [tree, { expected }] = await Promise.all([
    bridgeTreeOf(context, conference),
    hallOf(context, conference, bridge),
  ]);
  const rows = expected.map(presentSeat).map((row) => COLUMNS.map((column) => row[column]));
  const headers = COLUMNS.map((column) => HEADINGS[column][language]);
  const name = (tree?.get(bridge)?.name ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*\s]+/gu, ' ')
    .trim();
  return {
    type: TYPES[format],
    filename: `${FILE_NAME[language]} - ${shorten(name, 80)}.${format}`,
    people: rows.length,
    async write(out) {
      if (format === 'csv') return writeCsv(headers, rows, out);
      const columns = COLUMNS.map((column) => ({
        header: HEADINGS[column][language],
        width: WIDTHS[column],
      }));
      return writeWorkbook([{ name: FILE_NAME[language], columns, rows }], out);
    },
  };
}
