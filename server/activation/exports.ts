import { PassThrough, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as breathe } from 'node:timers/promises';

import { encode } from 'uqr';

import { showCode } from '../../domain/activation/code.ts';
import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { shownCode } from '../../domain/devices/pairing-code.ts';
import { pathOfSquares } from '../../domain/passes/qr-path.ts';
import { escapeHtml } from '../../domain/text/html.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import type { Language } from '../../domain/text/language.ts';
import { shorten } from '../../domain/text/normalize.ts';
import type { SheetValue } from '../documents/sheet-writer.ts';
import { writeWorkbook } from '../documents/xlsx.ts';
import { writeZip, type ZipPart } from '../documents/zip-writer.ts';
import type { Document } from '../platform/endpoint.ts';
import type { Made, NewCode } from './commands.ts';
import { CODE_PAGE, HEADINGS, LIST, SHEET, SLIP, slipLines, SLIPS } from './sentences.ts';

/** The codes of one unit: of a bridge directly below the node with everything below it, or of the node itself. */
interface Unit {
  readonly bridge: Bridge;
  readonly codes: readonly NewCode[];
}

/**
 * The sheets of codes that were just made, as a ZIP with two files for each unit directly below: a list for the office
 * (XLSX), and slips to print and cut (HTML). A file for each unit, and not a sheet, as an office hands each unit its own
 * and no other's. Written once: nobody has the codes any more when the last byte is out.
 *
 * @param address of the server, as hosts reach it, without a slash at the end
 */
export function codeSheets(made: Made, under: BridgeId, address: string, language: Language): Document {
  const { tree } = made.hosts;
  const node = tree.get(under)?.name ?? '';
  return {
    type: 'application/zip',
    filename: `${SHEET[language]} - ${fileName(node)}.zip`,
    async write(out: Writable) {
      const parts = Readable.from(writeZip(filesOf(made, under, address, language)), {
        objectMode: true,
        highWaterMark: 1,
      });
      await pipeline(parts, out);
    },
  };
}

function* filesOf(made: Made, under: BridgeId, address: string, language: Language): Generator<ZipPart> {
  const units = unitsOf(made.hosts.tree, under, made.codes);
  const digits = String(units.length).length;
  for (const [at, unit] of units.entries()) {
    const name = `${String(at + 1).padStart(digits, '0')} ${fileName(unit.bridge.name)}`;
    yield { name: `${name} - ${LIST[language]}.xlsx`, content: listOf(unit, made, address, language) };
    yield { name: `${name} - ${SLIPS[language]}.html`, content: slipsOf(unit, made, address, language) };
  }
}

/** The node itself comes first, then the units in tree order; those without a code are left out. */
function unitsOf(tree: BridgeTree, under: BridgeId, codes: readonly NewCode[]): Unit[] {
  const unitOf = new Map<BridgeId, Bridge>();
  for (const child of tree.children(under)) {
    for (const { id } of tree.subtree(child.id)) unitOf.set(id, child);
  }
  const byUnit = Map.groupBy(codes, ({ bridge }) => unitOf.get(bridge.id) ?? bridge);
  const own = tree.get(under);
  const order = own === undefined ? [] : [own, ...tree.children(under)];
  return order.flatMap((bridge) => {
    const its = byUnit.get(bridge);
    return its === undefined ? [] : [{ bridge, codes: its }];
  });
}

function listOf(unit: Unit, made: Made, address: string, language: Language): PassThrough {
  const { tree } = made.hosts;
  const column = (heading: keyof typeof HEADINGS, width: number) => ({
    header: HEADINGS[heading][language],
    width,
  });
  const columns = [
    { ...column('number', 6), kind: 'number' as const },
    column('bridge', 40),
    column('upper', 30),
    column('code', 24),
    column('link', 60),
    column('pairing', 16),
    { ...column('expires', 17), kind: 'datetime' as const },
    column('handed', 24),
  ];
  function* rows(): Generator<SheetValue[]> {
    for (const [at, { bridge, code, pairing }] of unit.codes.entries()) {
      const upper = bridge.parent === null ? null : (tree.get(bridge.parent)?.name ?? null);
      const codes = [showCode(code), linkOf(address, code), shownCode(pairing)];
      yield [at + 1, bridge.name, upper, ...codes, made.expiresAt, null];
    }
  }
  const out = new PassThrough();
  writeWorkbook([{ name: SHEET[language], columns, rows: rows() }], out).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

/** The code stands behind the #: no server and no log on the way sees it. */
function linkOf(address: string, code: string): string {
  return `${address}${CODE_PAGE}#${code}`;
}

/** Slips made without a pause for whoever is at a door: one takes a tenth of a millisecond. */
const SLIPS_AT_A_TIME = 50;

async function* slipsOf(unit: Unit, made: Made, address: string, language: Language): AsyncGenerator<Buffer> {
  const say = (key: keyof typeof SLIP): string => escapeHtml(SLIP[key][language]);
  const lines = slipLines(language)
    .map((line) => `<li>${escapeHtml(line)}</li>`)
    .join('');
  const expires = escapeHtml(formatDateTime(made.expiresAt, language));
  const place = escapeHtml(`${address}${CODE_PAGE}`);
  yield Buffer.from(
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
      // The file needs nothing from anywhere; whatever a bridge is called, nothing in it runs.
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
      '<meta name="viewport" content="width=device-width">' +
      `<title>${escapeHtml(`${SLIPS[language]} - ${unit.bridge.name}`)}</title><style>${STYLE}</style></head><body>`,
  );
  let text = '';
  for (const [at, { bridge, code, pairing }] of unit.codes.entries()) {
    const { parent } = bridge;
    const upper = parent === null ? '' : (made.hosts.tree.get(parent)?.name ?? '');
    text +=
      `<section><h1>${say('title')}</h1><h2>${escapeHtml(shorten(bridge.name, 90))}</h2>` +
      `<p class="upper">${escapeHtml(shorten(upper, 90))}</p><div>${qrOf(linkOf(address, code))}<dl>` +
      `<dt>${say('address')}</dt><dd>${place}</dd>` +
      `<dt>${say('code')}</dt><dd class="code">${showCode(code)}</dd>` +
      `<dt>${say('pairing')}</dt><dd class="code">${shownCode(pairing)}</dd>` +
      `<dt>${say('expires')}</dt><dd>${expires}</dd></dl></div><ol>${lines}</ol></section>`;
    if ((at + 1) % SLIPS_AT_A_TIME === 0) {
      yield Buffer.from(text);
      text = '';
      await breathe();
    }
  }
  yield Buffer.from(`${text}</body></html>`);
}

/** White modules around the code, by which scanners find it. */
const QUIET = 4;

/**
 * The pattern laid over the modules, of which readers take any. To choose the best of eight for each link takes thirteen times
 * as long, and what is in these links is chance, so that none of them comes out in stripes.
 */
const MASK = 0;

function qrOf(link: string): string {
  const { data, size } = encode(link, { ecc: 'M', boostEcc: false, border: 0, maskPattern: MASK });
  const side = size + 2 * QUIET;
  return `<svg viewBox="${-QUIET} ${-QUIET} ${side} ${side}" shape-rendering="crispEdges"><path d="${pathOfSquares(data)}"/></svg>`;
}

/** Six to a sheet of A4, to be cut along the lines. */
const STYLE =
  '@page{size:A4;margin:10mm}' +
  'body{margin:0;font:10pt/1.4 "Be Vietnam Pro","Segoe UI",Arial,sans-serif;color:#000;background:#fff}' +
  'section{display:inline-block;vertical-align:top;box-sizing:border-box;width:94mm;height:91mm;padding:4mm;' +
  'border:.2mm dashed #888;overflow:hidden;break-inside:avoid}' +
  'h1{margin:0;font-size:8pt;font-weight:400}h2{margin:0;font-size:12pt;line-height:1.3}' +
  '.upper{margin:0 0 2mm;font-size:9pt}div{display:flex;gap:3mm;align-items:center}' +
  'svg{flex:none;width:33mm;height:33mm}dl{margin:0;min-width:0}dt{font-size:8pt}' +
  'dd{margin:0 0 1.5mm;overflow-wrap:anywhere;font-weight:600;font-size:9pt}' +
  'dd.code{font-family:Consolas,"DejaVu Sans Mono",monospace;font-size:11.5pt;white-space:nowrap}' +
  'ol{margin:2mm 0 0;padding-left:4.5mm;font-size:8.5pt}' +
  '@media(max-width:200mm){section{width:auto;height:auto;display:block}}@media print{body{font-size:10pt}}';

/** A name as files may have it: of one folder, on every system. */
function fileName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*\s]+/gu, ' ')
    .replace(/^[.\s]+/, '')
    .trim();
  return shorten(clean, 80).replace(/[.\s]+$/, '') || '-';
}
