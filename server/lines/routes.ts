import { createHash } from 'node:crypto';

import { TableRevision } from '../../domain/wire/bridges.ts';
import { lineContracts } from '../../domain/wire/lines.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { addLineTest } from './commands.ts';
import { exportLines } from './exports.ts';
import { presentIncidents, presentTable, presentTest } from './present.ts';
import { incidentsBelow, lastTests, testsAt } from './queries.ts';
import { ANOTHER_TEST, NO_BRIDGES } from './sentences.ts';

/** Tests of the bridges' lines before the day. */
export function lineRoutes({ gate }: { readonly gate: Gate }): Route[] {
  return [
    implement(lineContracts.addLineTest, async ({ scope, conference, body, context }) => {
      const test = valueOrProblem(await addLineTest(context, conference, scope, body), {
        'another under this id': () => new ProblemError('conflict', ANOTHER_TEST),
      });
      return presentTest(test, context.language);
    }),

    implement(lineContracts.lineTests, async ({ scope, conference, context }) => {
      const { standing, tests } = await testsAt(context, conference, scope);
      return { standing, items: tests.map((test) => presentTest(test, context.language)) };
    }),

    implement(lineContracts.lineTable, async ({ scope, query, context }) => {
      const bridges = (await gate.sight(context, scope)).bridges();
      const table = presentTable(await lastTests(context, scope), bridges);
      const digest = createHash('sha256').update(JSON.stringify(table)).digest('base64url');
      const revision = TableRevision.parse(digest);
      return { revision, table: revision === query.since ? null : table };
    }),

    implement(lineContracts.lineIncidents, async ({ scope, conference, params, context }) => {
      const found = await incidentsBelow(context, conference, scope, params.session);
      if (found === null) throw new ProblemError('not-found');
      return presentIncidents(found);
    }),

    implement(lineContracts.exportLines, async ({ scope, conference, query, context }) => {
      const document = await exportLines(context, conference, scope, query);
      if (document === null) throw new ProblemError('wrong-state', NO_BRIDGES);
      return document;
    }),
  ];
}
