import { z } from 'zod';

import { versionContracts } from '../../domain/wire/versions.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError } from '../platform/problems.ts';
import { NO_VERSION } from '../versions/sentences.ts';
import { exportSummary } from './exports.ts';
import { presentSummary, presentSummaryDifference, presentSummaryRow } from './present.ts';
import { summariesOf, summaryDifferences, summaryRows } from './queries.ts';

const noVersion = (): ProblemError => new ProblemError('not-found', NO_VERSION);

const Version = z.coerce.number().int().min(1);
function versionIn({ version }: { readonly version: string }): number {
  const read = Version.safeParse(version);
  if (!read.success) throw noVersion();
  return read.data;
}

/** A level's headcount summary as it was frozen at its deadline, and its later versions. */
export function headcountRoutes(): Route[] {
  return [
    implement(versionContracts.headcountVersions, async ({ scope, conference, query, context }) => {
      const before = readCursor(z.int(), query.cursor);
      const found = await summariesOf(context, conference, scope, before, query.limit);
      return {
        ...pageOf(
          found.versions,
          query.limit,
          (version) => presentSummary(version, found, context.language),
          ({ version }) => version,
        ),
        dueBefore: found.dueBefore,
      };
    }),

    implement(
      versionContracts.headcountDifferences,
      async ({ scope, conference, params, query, context }) => {
        const from = readCursor(z.int().min(0), query.cursor) ?? 0;
        const version = versionIn(params);
        const found = await summaryDifferences(context, conference, scope, version, from, query.limit);
        if (found === null) throw noVersion();
        return pageOf(
          found.rows,
          query.limit,
          (row) => presentSummaryDifference(row, found, context.language),
          ({ place }) => place + 1,
        );
      },
    ),

    implement(versionContracts.headcountVersion, async ({ scope, conference, params, query, context }) => {
      const from = readCursor(z.int().min(0), query.cursor) ?? 0;
      const search = { status: query.status ?? null, from, limit: query.limit };
      const found = await summaryRows(context, conference, scope, versionIn(params), search);
      if (found === null) throw noVersion();
      const { summary } = found;
      const listed = { ...summary, differing: summary.differences.length };
      return {
        ...pageOf(
          found.rows,
          query.limit,
          (row) => presentSummaryRow(row, found, context.language),
          ({ place }) => place + 1,
        ),
        version: presentSummary(listed, found, context.language),
      };
    }),

    implement(
      versionContracts.exportHeadcountVersion,
      async ({ scope, conference, params, query, context }) => {
        const found = await exportSummary(context, conference, scope, versionIn(params), query);
        if (found === null) throw noVersion();
        return found;
      },
    ),
  ];
}
