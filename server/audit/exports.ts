import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { linkedForm, firstAuditLink } from '../../domain/audit/entry.ts';
import { sealedText, writeAuditLine, type AuditHeader, type AuditLine } from '../../domain/audit/export.ts';
import { actWords, thingWords } from '../../domain/audit/sentences.ts';
import type { Link } from '../../domain/ledger/chain.ts';
import { readStatement } from '../../domain/ledger/checkpoint.ts';
import type { Language } from '../../domain/text/language.ts';
import { startOfDay } from '../../domain/time.ts';
import type { AuditFilter, AuditRow } from '../../domain/wire/audit.ts';
import { signCheckpoint } from '../ledger/commands.ts';
import { everyCheckpoint, firstOwnCheckpoint } from '../ledger/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import { sha256 } from '../platform/keys.ts';
import { fileName, TYPES, writeTable } from '../reports/exports.ts';
import type { Table } from '../reports/tables.ts';
import { presentEntry } from './present.ts';
import { everyEntry, shown, wantedBy, type Part } from './queries.ts';
import { COLUMNS, OUTCOMES, TRAIL_NAME } from './sentences.ts';
import { entriesBefore, placesOf, type Wanted } from './store.ts';

export const TRAIL_TYPE = 'application/x-ndjson';

/** A part of the trail as a file: a table for people, or lines that anyone with the public key can verify. */
export async function exportTrail(
  context: Context,
  part: Part,
  filter: AuditFilter,
  format: 'xlsx' | 'csv' | 'trail',
  of: string,
  language: Language = context.language,
): Promise<Document> {
  const name = TRAIL_NAME[language];
  const now = context.clock();
  if (format === 'trail') {
    return {
      type: TRAIL_TYPE,
      filename: fileName(name, of, now, 'json').replace(/json$/, 'ndjson'),
      write: (out, signal) => writeTrail(context, part, filter, out, signal),
    };
  }
  const wanted = await wantedBy(context, part, filter, true);
  return {
    type: TYPES[format],
    filename: fileName(name, of, now, format),
    write: (out) => writeTable(tableOf({ ...context, language }, wanted), format, name, language, out),
  };
}

const PAGE = 1000;

async function* rowsOf(context: Context, wanted: Wanted): AsyncGenerator<AuditRow> {
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const entries = await entriesBefore(context.database.read, wanted, before, PAGE);
    for (const entry of await shown(context, entries)) yield presentEntry(entry, context.language);
    const last = entries.at(-1);
    if (last === undefined || entries.length < PAGE) return;
    before = last.place;
  }
}

function tableOf(context: Context, wanted: Wanted): Table<AuditRow> {
  const { language } = context;
  const text = (key: keyof typeof COLUMNS, width: number, value: (row: AuditRow) => string | null) =>
    ({ key, header: COLUMNS[key][language], kind: 'text', width, value }) as const;
  return {
    ids: ({ account }) => ({ account }),
    columns: [
      { key: 'place', header: COLUMNS.place[language], kind: 'count', value: ({ place }) => place },
      { key: 'at', header: COLUMNS.at[language], kind: 'moment', value: ({ at }) => at },
      text('who', 26, ({ who }) => who),
      text('act', 32, ({ act }) => actIn(act, language)),
      text('outcome', 18, ({ outcome, reason }) =>
        [OUTCOMES[outcome][language], reason].filter((word) => word !== null).join(': '),
      ),
      text('on', 40, ({ on }) => on.map((thing) => thingWords(thing, language)).join('; ')),
      text('address', 16, ({ address }) => address),
      text('browser', 24, ({ browser }) => browser),
      text('filter', 24, ({ filter }) => filter),
      text('before', 40, ({ before }) => before),
      text('after', 40, ({ after }) => after),
    ],
    rows: rowsOf(context, wanted),
  };
}

function actIn(act: string, language: Language): string {
  const words = actWords(act);
  return language === 'vi' ? words.vi : words.en[0];
}

/** Text worth sending. */
const PIECE = 65_536;

/**
 * Writes the verifiable form: the whole chain from the last checkpoint before the first day to one that is signed now. What
 * the part and the filter do not have stands in it by its digest.
 */
async function writeTrail(
  context: Context,
  part: Part,
  filter: AuditFilter,
  out: Writable,
  signal: AbortSignal,
): Promise<void> {
  const last = await signCheckpoint(context);
  const first = await firstOwnCheckpoint(context);
  const upTo = last === null ? 0 : (readStatement(last.statement)?.audit.place ?? 0);
  const checkpoints: Extract<AuditLine, { kind: 'checkpoint' }>[] = [];
  let start: Link = firstAuditLink(sha256);
  for await (const { statement, signature, at } of everyCheckpoint(context, first, last?.number ?? 0)) {
    checkpoints.push({ kind: 'checkpoint', checkpoint: { statement, signature } });
    const audit = readStatement(statement)?.audit;
    if (audit !== undefined && filter.from !== undefined && at < startOfDay(filter.from)) start = audit;
  }
  // A filter of kinds takes looks or changes; both entries of a change go out.
  const wanted = await wantedBy(context, part, filter, false);
  const places = new Set(await placesOf(context.database.read, wanted, start.place, upTo));
  const header: AuditHeader = {
    at: context.clock(),
    key: context.keys.ledger.publicKey,
    start,
    asked: JSON.stringify({ ...nodeOf(part), ...filter }),
  };
  const pieces = piecesOf(context, { header, checkpoints, start, upTo, places });
  await pipeline(Readable.from(pieces), out, { signal });
}

function nodeOf(part: Part): Readonly<Record<string, string>> {
  if (part.of === 'installation') return {};
  if (part.of === 'conference') return { conference: part.conference };
  return { conference: part.conference, bridge: part.bridge };
}

interface Trail {
  readonly header: AuditHeader;
  readonly checkpoints: readonly Extract<AuditLine, { kind: 'checkpoint' }>[];
  readonly start: Link;
  readonly upTo: number;
  readonly places: ReadonlySet<number>;
}

async function* piecesOf(
  context: Context,
  { header, checkpoints, start, upTo, places }: Trail,
): AsyncGenerator<string, void, undefined> {
  const sealed = [writeAuditLine({ kind: 'header', header }), ...checkpoints.map(writeAuditLine)];
  let text = sealed.map((line) => `${line}\n`).join('');
  const counts = { shown: 0, hidden: 0 };
  for await (const entry of everyEntry(context, start.place, upTo)) {
    const isShown = places.has(entry.place);
    counts[isShown ? 'shown' : 'hidden'] += 1;
    const { place, at, hash } = entry;
    const line: AuditLine = isShown
      ? { kind: 'entry', entry }
      : { kind: 'hidden', entry: { place, at, hash, digest: linkedForm(entry.form, sha256) } };
    text += `${writeAuditLine(line)}\n`;
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  const { shown: seen, hidden } = counts;
  const signature = context.keys.ledger.sign(sealedText(sealed, seen, hidden, sha256));
  yield `${text}${writeAuditLine({ kind: 'end', ...counts, signature })}\n`;
}
