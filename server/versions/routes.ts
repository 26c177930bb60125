import { z } from 'zod';

import type { SessionId } from '../../domain/ids.ts';
import { versionContracts } from '../../domain/wire/versions.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { NO_BRIDGES, NO_SESSION, TAKES_NO_PART } from '../reports/sentences.ts';
import { sessionOf } from '../schedule/queries.ts';
import { freezeReport, type FreezeFailure } from './commands.ts';
import { presentDifference, presentVersion } from './present.ts';
import { differencesOf, versionsOf } from './queries.ts';
import { FROZEN_MEANWHILE, NO_VERSION } from './sentences.ts';

const REFUSALS: Refusals<FreezeFailure> = {
  'no such session': () => new ProblemError('not-found', NO_SESSION),
  'no bridges': () => new ProblemError('wrong-state', NO_BRIDGES),
  'takes no part': () => new ProblemError('wrong-state', TAKES_NO_PART),
  'changed meanwhile': () => new ProblemError('out-of-date', FROZEN_MEANWHILE),
};

const Version = z.coerce.number().int().min(1);

/** Versions of the attendance report. */
export function versionRoutes(): Route[] {
  return [
    implement(versionContracts.freezeReport, async ({ scope, conference, params, context }) => {
      const { report, isNew } = valueOrProblem(
        await freezeReport(context, conference, scope, params.session),
        REFUSALS,
      );
      return { version: report.version, sequence: report.sequence, at: report.at, differs: isNew };
    }),

    implement(versionContracts.reportVersions, async ({ scope, conference, params, query, context }) => {
      await sessionOrProblem(context, conference, params.session);
      const before = readCursor(z.int(), query.cursor);
      const { tree, versions } = await versionsOf(
        context,
        conference,
        scope,
        params.session,
        before,
        query.limit,
      );
      return pageOf(
        versions,
        query.limit,
        (version) => presentVersion(version, tree),
        ({ version }) => version,
      );
    }),

    implement(versionContracts.reportDifferences, async ({ scope, conference, params, query, context }) => {
      await sessionOrProblem(context, conference, params.session);
      const { session } = params;
      const version = Version.safeParse(params.version);
      const from = readCursor(z.int().min(0), query.cursor) ?? 0;
      const found = version.success
        ? await differencesOf(context, conference, scope, session, version.data, from, query.limit)
        : null;
      if (found === null) throw new ProblemError('not-found', NO_VERSION);
      return pageOf(
        found.rows,
        query.limit,
        (row) => presentDifference(row, found.tree),
        ({ place }) => place + 1,
      );
    }),
  ];
}

async function sessionOrProblem(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<void> {
  if ((await sessionOf(context, conference, session)) === null)
    throw new ProblemError('not-found', NO_SESSION);
}
