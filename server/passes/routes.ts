import { z } from 'zod';

import { PersonId } from '../../domain/ids.ts';
import { passContracts } from '../../domain/wire/passes.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import { issuePass, reissuePass, type ReissueFailure } from './commands.ts';
import { exportPasses } from './exports.ts';
import { presentPass } from './present.ts';
import { type Bearer, issueOf, type IssueFailure } from './queries.ts';
import { NO_BRIDGES, NO_SESSION, NOBODY, TOO_OFTEN } from './sentences.ts';

const Place = z.object({ bridge: z.string(), person: z.string() });

const ISSUE_REFUSALS: Refusals<IssueFailure> = {
  'no bridges': () => new ProblemError('wrong-state', NO_BRIDGES),
  'no session': () => new ProblemError('wrong-state', NO_SESSION),
};
const REISSUE_REFUSALS: Refusals<ReissueFailure> = {
  nobody: () => new ProblemError('not-found', NOBODY),
  'no session': () => new ProblemError('wrong-state', NO_SESSION),
  'too often': () => new ProblemError('wrong-state', TOO_OFTEN),
};

/** Passes: issued to everybody with a seat, and issued again to one. */
export function passRoutes(): Route[] {
  return [
    implement(passContracts.passes, async ({ scope, conference, body, context }) => {
      const issue = valueOrProblem(await issueOf(context, conference, scope), ISSUE_REFUSALS);
      const after = readCursor(Place, body.cursor);
      const rows: Bearer[] = [];
      for await (const bearer of issue.bearers({ query: body.q ?? '', after })) {
        rows.push(bearer);
        if (rows.length > body.limit) break;
      }
      return {
        ...pageOf(
          rows,
          body.limit,
          (bearer) => presentPass(bearer, issuePass(context, conference, bearer, issue.until)),
          ({ bridge, person }) => ({ bridge, person: person.id }),
        ),
        until: issue.until,
        people: await issue.countPeople(),
      };
    }),

    implement(passContracts.exportPasses, async ({ scope, conference, query, context }) =>
      valueOrProblem(await exportPasses(context, conference, scope, query.language), ISSUE_REFUSALS),
    ),

    implement(passContracts.reissuePass, async ({ scope, conference, params, body, context }) => {
      const person = PersonId.parse(params.person);
      const { bearer, until } = valueOrProblem(
        await reissuePass(context, conference, scope, person, body.reason),
        REISSUE_REFUSALS,
      );
      return presentPass(bearer, issuePass(context, conference, bearer, until));
    }),
  ];
}
