import { paperContracts } from '../../domain/wire/papers.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import { addPaper, removePaper, type AddPaperFailure } from './commands.ts';
import { paperFile } from './exports.ts';
import { presentPaper } from './present.ts';
import { paperOf, papersOf } from './queries.ts';
import { NO_SUCH_PAPER, NOT_ADDED } from './sentences.ts';

const REFUSALS: Refusals<AddPaperFailure> = {
  'unknown kind': () => new ProblemError('unreadable-file', NOT_ADDED['unknown kind']),
  'another kind': () => new ProblemError('unreadable-file', NOT_ADDED['another kind']),
  macros: () => new ProblemError('unreadable-file', NOT_ADDED.macros),
  'too large': () => new ProblemError('too-large', NOT_ADDED['too large']),
  'same name': () => new ProblemError('conflict', NOT_ADDED['same name']),
  'too many': () => new ProblemError('wrong-state', NOT_ADDED['too many']),
  'no room': () => new ProblemError('wrong-state', NOT_ADDED['no room']),
};

/** Papers of a conference: listed, added, taken away, and read. */
export function paperRoutes(): Route[] {
  return [
    implement(paperContracts.papers, async ({ scope, context }) => ({
      items: (await papersOf(context, scope)).map(presentPaper),
    })),

    implement(paperContracts.addPaper, async ({ scope, body, context }) =>
      presentPaper(valueOrProblem(await addPaper(context, scope, body), REFUSALS)),
    ),

    implement(paperContracts.removePaper, async ({ scope, params, context }) => {
      valueOrProblem(await removePaper(context, scope, params.paper), {
        'no such paper': () => new ProblemError('not-found', NO_SUCH_PAPER),
      });
    }),

    implement(paperContracts.paperFile, async ({ scope, params, context }) => {
      const paper = await paperOf(context, scope, params.paper);
      if (paper === null) throw new ProblemError('not-found', NO_SUCH_PAPER);
      return paperFile(context, paper);
    }),
  ];
}
