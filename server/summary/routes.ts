import { summaryContracts } from '../../domain/wire/summary.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import { NO_BRIDGES, NO_SESSION, TAKES_NO_PART } from '../reports/sentences.ts';
import { presentSummary } from './present.ts';
import { chairSummary } from './queries.ts';

/** What the chair of a bridge signs. */
export function summaryRoutes(): Route[] {
  return [
    implement(summaryContracts.bridgeSummary, async ({ scope, conference, params, context }) => {
      const summary = valueOrProblem(await chairSummary(context, conference, scope, params.session), {
        'no such session': () => new ProblemError('not-found', NO_SESSION),
        'no bridges': () => new ProblemError('wrong-state', NO_BRIDGES),
        'takes no part': () => new ProblemError('wrong-state', TAKES_NO_PART),
      });
      return presentSummary(summary, context.language);
    }),
  ];
}
