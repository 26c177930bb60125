import type { RawCell, RawRow } from './table.ts';
import { decodeEscapes } from './workbook.ts';
import type { NumberStyle, Sheet, Workbook } from './workbook.ts';
import { attribute, XmlDamage, xmlReader } from './xml.ts';
import { unpack } from './zip.ts';

/** Excel's own bounds: XFD1048576. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * The rows of a sheet as they are unpacked, no faster than they are taken. Columns from `columns` on are not kept; a row
 * that has something there says so. Throws `ZipDamage` or `XmlDamage` where the sheet is broken.
 */
export async function* readSheet(
  bytes: Uint8Array,
  sheet: Sheet,
  workbook: Workbook,
  columns: number,
  maxText: number,
): AsyncGenerator<RawRow, void, undefined> {
  let ready: RawRow[] = [];
  let row = 0;
  let isInRow = false;
  let cells: RawCell[] = [];
  let isTooWide = false;
  let column = 0;
  let type = '';
  let style = -1;
  let value: string | null = null;
  let isTooLong = false;
  let hasFormula = false;
  let isPhonetic = false;

  const finishCell = (): void => {
    const cell = isTooLong
      ? ({ reason: 'cell too long' } as const)
      : cellOf(type, style, value, hasFormula, workbook);
    if (cell === '') return;
    if (column >= columns) isTooWide = true;
    else cells[column] = cell;
  };
  const xml = xmlReader(
    {
      open(name, attributes) {
        switch (name) {
          case 'row': {
            const said = attribute(attributes, 'r');
            const number = said === null ? row + 1 : Number(said);
            if (!Number.isInteger(number) || number <= row || number > MOST_ROWS)
              throw new XmlDamage('row number');
            row = number;
            cells = [];
            isTooWide = false;
            column = -1;
            isInRow = true;
            return false;
          }
          case 'c': {
            if (!isInRow) return false;
            const place = attribute(attributes, 'r');
            column = place === null ? column + 1 : columnOf(place);
            type = attribute(attributes, 't') ?? 'n';
            style = Number(attribute(attributes, 's') ?? -1);
            value = null;
            isTooLong = false;
            hasFormula = false;
            return false;
          }
          case 'f':
            hasFormula = true;
            return false;
          case 'rPh':
            isPhonetic = true;
            return false;
          case 'v':
            value ??= '';
            return isInRow;
          case 't':
            return isInRow && !isPhonetic;
          default:
            return false;
        }
      },
      text(piece) {
        if (piece === null || (value?.length ?? 0) + piece.length > maxText) isTooLong = true;
        else value = (value ?? '') + piece;
      },
      close(name) {
        if (name === 'c' && isInRow) finishCell();
        else if (name === 'rPh') isPhonetic = false;
        else if (name === 'row') {
          isInRow = false;
          ready.push({ row, cells, fault: isTooWide ? 'too many columns' : null });
        }
      },
    },
    maxText,
  );
  for await (const piece of unpack(bytes, sheet.entry)) {
    xml.push(piece);
    const rows = ready;
    ready = [];
    yield* rows;
  }
  xml.end();
}

/** Column of a cell's place: 0 for `A1`, 26 for `AA1`. */
function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at++) {
    const letter = place.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (column < 1 || column > MOST_COLUMNS) throw new XmlDamage('cell place');
  return column - 1;
}

/** The text that a person sees in a cell, as far as an importer needs it; empty for nothing. */
function cellOf(
  type: string,
  style: number,
  value: string | null,
  hasFormula: boolean,
  workbook: Workbook,
): RawCell {
  if (value === null || value === '') {
    return hasFormula && value === null ? { reason: 'formula without value' } : '';
  }
  switch (type) {
    case 's': {
      const text = workbook.strings[Number(value)];
      if (text === undefined) throw new XmlDamage('shared string');
      return text === null ? { reason: 'cell too long' } : text;
    }
    case 'inlineStr':
    case 'str':
      return decodeEscapes(value);
    case 'b':
      return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
    case 'e':
      return { reason: 'formula error', text: value };
    case 'd':
      return isoText(value);
    default: {
      const number = Number(value);
      return Number.isFinite(number)
        ? numberText(number, workbook.styles[style], workbook.countsFrom1904)
        : value;
    }
  }
}

/**
 * A number as text. Dates are `13/01/2025`, with the hour `13/01/2025 08:00`, hours alone `08:00`. Numbers are plain, with
 * a decimal comma where they have decimals (Excel's fifteen digits, no grouping): that reads in one way only. Zeros that
 * the format puts in front (00123) are kept.
 */
export function numberText(value: number, style: NumberStyle | undefined, countsFrom1904: boolean): string {
  if (style === undefined || value < 0) return plainNumber(value);
  if (typeof style === 'object') {
    return Number.isInteger(value) ? plainNumber(value).padStart(style.digits, '0') : plainNumber(value);
  }
  // 31/12/9999, the last day that Excel has.
  if (value >= 2_958_466) return plainNumber(value);
  // Excel takes 1900 for a leap year: 60 is its 29/02/1900, and all before lies a day later.
  const days = countsFrom1904 ? value + 1462 : value < 60 ? value + 1 : value;
  const ms = Math.round((days * DAY_MS) / MINUTE_MS) * MINUTE_MS;
  // Day 0 of the count is 30/12/1899. The calendar alone is read, so the zone is none.
  const iso = new Date(Date.UTC(1899, 11, 30) + ms).toISOString();
  const time = iso.slice(11, 16);
  if (style === 'time' || (value < 1 && !countsFrom1904)) return time;
  const date = `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
  return style === 'date' || Number.isInteger(value) ? date : `${date} ${time}`;
}

function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const rounded = Number(value.toPrecision(15));
  const text = String(rounded);
  return (text.includes('e') ? rounded.toFixed(20).replace(/0+$/, '') : text).replace('.', ',');
}

/** `2025-01-13T08:00:00` of a cell of the type date. */
function isoText(value: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/.exec(value);
  if (found === null) return value;
  const [, year, month, day, hour = '00', minute = '00'] = found;
  const date = `${day}/${month}/${year}`;
  return hour === '00' && minute === '00' ? date : `${date} ${hour}:${minute}`;
}
