import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { TableFailure } from './table.ts';
import { attribute, XmlDamage, xmlReader } from './xml.ts';
import type { XmlHandlers } from './xml.ts';
import { unpack } from './zip.ts';
import type { ZipEntry } from './zip.ts';

/** One sheet of a workbook, as its table of contents has it. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: ZipEntry;
}

/** How numbers of a style are to be read: as a date, an hour, both, or with so many digits at least. */
export type NumberStyle = 'date' | 'time' | 'datetime' | { readonly digits: number };

/** A string of the shared table; null where it is longer than a cell may be. */
export type SharedString = string | null;

/** What the cells of a workbook refer to. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** Dates count from 1904 instead of 1900, as on old Macs. */
  readonly countsFrom1904: boolean;
  /** By the number that a cell gives; undefined for a plain number. */
  readonly styles: readonly (NumberStyle | undefined)[];
  readonly strings: readonly SharedString[];
}

/** Parts other than sheets and strings are small; a hundred megabytes of styles are no styles. */
const LARGEST_PART = 20_000_000;
/** The one part that is held in memory: two million different texts of fifty letters. */
const LARGEST_STRINGS = 100_000_000;
const MOST_STRINGS = 5_000_000;
const NO_TEXT = 0;

/** Feeds one part of an archive to handlers. Throws `ZipDamage` or `XmlDamage` where it is broken. */
export async function readPart(
  bytes: Uint8Array,
  entry: ZipEntry,
  handlers: XmlHandlers,
  maxText: number,
): Promise<void> {
  const xml = xmlReader(handlers, maxText);
  for await (const piece of unpack(bytes, entry)) xml.push(piece);
  xml.end();
}

/** Everything of a workbook but its sheets. `maxText` is the longest text of a cell, in bytes. */
export async function readWorkbook(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  maxText: number,
): Promise<Result<Workbook, TableFailure>> {
  const parts = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const kind = kindOf(parts);
  if (kind !== null) return { ok: false, reason: kind };
  const links = await readLinks(bytes, parts, '_rels/.rels');
  const book = targetOf(links, '/officeDocument', '') ?? 'xl/workbook.xml';
  const bookEntry = parts.get(book.toLowerCase());
  if (bookEntry === undefined || bookEntry.size > LARGEST_PART) return { ok: false, reason: 'damaged' };
  const folder = book.slice(0, book.lastIndexOf('/') + 1);
  const inner = await readLinks(bytes, parts, `${folder}_rels/${book.slice(folder.length)}.rels`);

  const sheets: Sheet[] = [];
  let countsFrom1904 = false;
  await readPart(
    bytes,
    bookEntry,
    {
      open(name, attributes) {
        if (name === 'workbookPr') countsFrom1904 = isTrue(attribute(attributes, 'date1904'));
        if (name !== 'sheet') return false;
        const id =
          attribute(attributes, 'r:id') ?? /(?:^|\s)\w+:id\s*=\s*"([^"]*)"/.exec(attributes)?.[1] ?? '';
        const link = inner.find((one) => one.id === id && one.type.endsWith('/worksheet'));
        const entry = link === undefined ? undefined : parts.get(resolve(folder, link.target).toLowerCase());
        // Sheets of charts and dialogs have no rows.
        if (entry === undefined) return false;
        const state = attribute(attributes, 'state') ?? 'visible';
        const isHidden = state !== 'visible';
        sheets.push({ name: (attribute(attributes, 'name') ?? '').normalize('NFC'), isHidden, entry });
        return false;
      },
      text: ignore,
      close: ignore,
    },
    NO_TEXT,
  );
  if (sheets.length === 0) return { ok: false, reason: 'damaged' };

  const stylesAt = targetOf(inner, '/styles', folder);
  const stylesEntry = stylesAt === null ? undefined : parts.get(stylesAt.toLowerCase());
  const stringsAt = targetOf(inner, '/sharedStrings', folder);
  const stringsEntry = stringsAt === null ? undefined : parts.get(stringsAt.toLowerCase());
  if (stylesEntry !== undefined && stylesEntry.size > LARGEST_PART) return { ok: false, reason: 'damaged' };
  if (stringsEntry !== undefined && stringsEntry.size > LARGEST_STRINGS) {
    return { ok: false, reason: 'too large unpacked', most: LARGEST_STRINGS };
  }
  return ok({
    sheets,
    countsFrom1904,
    styles: stylesEntry === undefined ? [] : await readStyles(bytes, stylesEntry),
    strings: stringsEntry === undefined ? [] : await readStrings(bytes, stringsEntry, maxText),
  });
}

function ignore(): void {
  // Nothing of this is needed.
}

/** Archives that are other files than an XLSX. */
function kindOf(
  parts: ReadonlyMap<string, ZipEntry>,
): 'opendocument' | 'binary workbook' | 'other document' | null {
  if (parts.has('xl/workbook.xml')) return null;
  if (parts.has('xl/workbook.bin')) return 'binary workbook';
  if (parts.has('mimetype') && parts.has('content.xml')) return 'opendocument';
  return parts.has('[content_types].xml') &&
    !parts.has('word/document.xml') &&
    !parts.has('ppt/presentation.xml')
    ? null
    : 'other document';
}

interface Link {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

async function readLinks(
  bytes: Uint8Array,
  parts: ReadonlyMap<string, ZipEntry>,
  path: string,
): Promise<readonly Link[]> {
  const entry = parts.get(path.toLowerCase());
  const links: Link[] = [];
  if (entry === undefined || entry.size > LARGEST_PART) return links;
  await readPart(
    bytes,
    entry,
    {
      open(name, attributes) {
        if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return false;
        links.push({
          id: attribute(attributes, 'Id') ?? '',
          type: attribute(attributes, 'Type') ?? '',
          target: attribute(attributes, 'Target') ?? '',
        });
        return false;
      },
      text: ignore,
      close: ignore,
    },
    NO_TEXT,
  );
  return links;
}

/** The part that a relation of a kind leads to. Kinds are addresses; their ends are the same in both dialects. */
function targetOf(links: readonly Link[], kind: string, folder: string): string | null {
  const link = links.find((one) => one.type.endsWith(kind));
  return link === undefined ? null : resolve(folder, link.target);
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps: string[] = folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true';
}

async function readStyles(bytes: Uint8Array, entry: ZipEntry): Promise<readonly (NumberStyle | undefined)[]> {
  const formats = new Map<number, string>();
  const used: number[] = [];
  let isInCells = false;
  await readPart(
    bytes,
    entry,
    {
      open(name, attributes) {
        if (name === 'numFmt') {
          formats.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
        } else if (name === 'cellXfs') isInCells = true;
        else if (name === 'xf' && isInCells) used.push(Number(attribute(attributes, 'numFmtId') ?? 0));
        return false;
      },
      text: ignore,
      close(name) {
        if (name === 'cellXfs') isInCells = false;
      },
    },
    NO_TEXT,
  );
  return used.map((id) => styleOf(id, formats.get(id)));
}

/** What a number format shows. Formats below 164 are Excel's own; 27-36 and 50-58 are dates in East Asia. */
export function styleOf(id: number, format: string | undefined): NumberStyle | undefined {
  if (format === undefined) {
    if (id === 22) return 'datetime';
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
    return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? 'time' : undefined;
  }
  // Only the format of positive numbers, without literal text, colours and locale marks.
  const shown = (format.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (/^0+$/.test(shown)) return shown.length > 1 ? { digits: shown.length } : undefined;
  if (shown.includes('general') || /[0#?]/.test(shown.replace(/\.0+/g, ''))) return undefined;
  const hasTime = /[hs]/.test(shown);
  const hasDate = /[dy]/.test(shown) || (/m/.test(shown) && !hasTime);
  if (hasDate) return hasTime ? 'datetime' : 'date';
  return hasTime ? 'time' : undefined;
}

async function readStrings(bytes: Uint8Array, entry: ZipEntry, maxText: number): Promise<SharedString[]> {
  const strings: SharedString[] = [];
  let text = '';
  let isTooLong = false;
  let isPhonetic = false;
  await readPart(
    bytes,
    entry,
    {
      open(name) {
        if (name === 'si') {
          text = '';
          isTooLong = false;
        } else if (name === 'rPh') isPhonetic = true;
        return name === 't' && !isPhonetic;
      },
      text(piece) {
        // A text of many short pieces is as long as one of one piece.
        if (piece === null || text.length + piece.length > maxText) isTooLong = true;
        else text += piece;
      },
      close(name) {
        if (name === 'rPh') isPhonetic = false;
        else if (name === 'si' && strings.push(isTooLong ? null : decodeEscapes(text)) > MOST_STRINGS) {
          throw new XmlDamage('too many strings');
        }
      },
    },
    maxText,
  );
  return strings;
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
