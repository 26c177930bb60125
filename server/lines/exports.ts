import type { LineStanding } from '../../domain/media/line-standing.ts';
import { judgeLine, LineMeasures, type LineMeasure } from '../../domain/media/line-test.ts';
import {
  lineMeasureName,
  sayLineFinding,
  sayLineStanding,
  sayMeasure,
} from '../../domain/media/sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { fileName, TYPES, writeTable } from '../reports/exports.ts';
import type { Column, Table } from '../reports/tables.ts';
import { lineRows, type LineRow } from './queries.ts';
import { HEADINGS, LINES_NAME } from './sentences.ts';

/** How the lines of a bridge and of everything below it stand as a file, with whom to call; null before the bridges are built. */
export async function exportLines(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'read' | 'below'>,
  {
    format,
    language,
    standing,
  }: {
    readonly format: 'xlsx' | 'csv';
    readonly language: Language;
    readonly standing?: LineStanding | undefined;
  },
): Promise<Document | null> {
  const found = await lineRows(context, conference, top, standing ?? null);
  if (found === null) return null;
  const name = LINES_NAME[language];
  return {
    type: TYPES[format],
    filename: fileName(name, found.tree.get(top)?.name ?? '', context.clock(), format),
    write: (out) => writeTable(tableOf(found.rows, language), format, name, language, out),
  };
}

function tableOf(rows: readonly LineRow[], language: Language): Table<LineRow> {
  const text = (
    key: keyof typeof HEADINGS,
    value: (row: LineRow) => string | null,
    width = 20,
  ): Column<LineRow> => ({ key, header: HEADINGS[key][language], kind: 'text', value, width });
  const measure = (name: LineMeasure): Column<LineRow> => ({
    key: name,
    header: lineMeasureName(name, language),
    kind: 'text',
    value: ({ test }) => (test === null ? null : sayMeasure(name, test.measures, language)),
    width: 14,
  });
  return {
    ids: ({ bridge }) => ({ bridge: bridge.id }),
    columns: [
      { key: 'number', header: HEADINGS.number[language], kind: 'count', value: ({ number }) => number },
      text('bridgeName', ({ bridge }) => bridge.name, 40),
      text('upperName', ({ upper }) => upper, 30),
      text('standing', (row) => sayLineStanding(row.standing, language)),
      {
        key: 'testedAt',
        header: HEADINGS.testedAt[language],
        kind: 'moment',
        value: ({ test }): Instant | null => test?.at ?? null,
        width: 17,
      },
      ...LineMeasures.keyof().options.map(measure),
      text('technical', ({ bridge }) => bridge.contacts.technical?.name ?? null, 24),
      text('technicalPhone', ({ bridge }) => bridge.contacts.technical?.phone ?? null),
      text('organizer', ({ bridge }) => bridge.contacts.organizer?.name ?? null, 24),
      text('organizerPhone', ({ bridge }) => bridge.contacts.organizer?.phone ?? null),
      text('findings', ({ test }) => (test === null ? null : findingsOf(test.measures, language)), 60),
    ],
    rows,
  };
}

function findingsOf(measures: LineMeasures, language: Language): string | null {
  const said = judgeLine(measures).findings.map((finding) => sayLineFinding(finding, measures, language));
  return said.length === 0 ? null : [...new Set(said)].join(' ');
}
