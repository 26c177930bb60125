import { sayBridgeClass } from '../../domain/bridges/sentences.ts';
import { dueStatusWord } from '../../domain/reports/sentences.ts';
import { formatDuration } from '../../domain/text/durations.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { fileName, TYPES, writeTable } from '../reports/exports.ts';
import { columnsIn, type Table } from '../reports/tables.ts';
import { presentSummaryRow } from './present.ts';
import { summaryRows, type Named, type SummaryBridge } from './queries.ts';

const NAME = { vi: 'Tổng hợp số lượng đại biểu, bản', en: 'Headcount summary, version' } as const;

/** One version of a level's summary as a file: bridge by bridge, with who was missing and who was late. */
export async function exportSummary(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  version: number,
  { format, language }: { readonly format: 'xlsx' | 'csv' | 'json'; readonly language: Language },
): Promise<Document | null> {
  const all = { status: null, from: 0, limit: Infinity };
  const found = await summaryRows(context, conference, bridge, version, all);
  if (found === null) return null;
  const name = `${NAME[language]} ${version}`;
  const of = found.tree?.get(bridge)?.name ?? bridge;
  return {
    type: TYPES[format],
    filename: fileName(name, of, found.summary.at, format),
    write: (out) => writeTable(tableOf(found.rows, found, language), format, name, language, out),
  };
}

function tableOf(rows: readonly SummaryBridge[], named: Named, language: Language): Table<SummaryBridge> {
  const { text, count, moment } = columnsIn<SummaryBridge>(language);
  return {
    ids: ({ bridge }) => ({ bridge }),
    columns: [
      count('number', ({ place }) => place + 1),
      text('bridgeName', ({ node, bridge }) => node?.name ?? bridge, 40),
      text(
        'level',
        ({ node }) => (node === undefined ? null : sayBridgeClass(node.class, language)),
        18,
        ({ node }) => node?.class ?? null,
      ),
      count('headcount', ({ total }) => total),
      text('chairName', ({ chairName }) => chairName, 24),
      text(
        'reportStatus',
        ({ status }) => dueStatusWord(status, language),
        16,
        ({ status }) => status,
      ),
      text('lateBy', ({ lateByMs }) => (lateByMs === 0 ? null : formatDuration(lateByMs, language)), 18),
      moment('reportedAt', ({ at }) => at),
      text('reportedBy', (row) => presentSummaryRow(row, named, language).by, 26),
    ],
    rows,
  };
}
