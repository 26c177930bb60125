import { z } from 'zod';

import { codeContracts } from '../../domain/wire/codes.ts';
import { liveSession } from '../attendance/live.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { presentCode } from './present.ts';
import { codesUnder, proposedBy } from './queries.ts';

const Place = z.object({ bridge: z.string(), code: z.string() });

/** What was scanned and is still to be resolved. Resolving is done with events, like everything at a door. */
export function codeRoutes({ gate }: { readonly gate: Gate }): Route[] {
  return [
    implement(codeContracts.codesToResolve, async ({ scope, conference, params, query, context }) => {
      const live = await liveSession(context, conference, params.session);
      if (live?.whole.get(scope) === undefined) throw new ProblemError('not-found');
      const { sequence } = live;
      const sight = await gate.sight(context, conference);
      const codes = codesUnder(live, scope, sight, readCursor(Place, query.cursor), query.limit + 1);
      const proposed = await proposedBy(context, conference, codes);
      const shown = pageOf(
        codes,
        query.limit,
        (code) => presentCode(code, proposed.get(code.code)),
        ({ bridge, code }) => ({ bridge: bridge.id, code }),
      );
      return { ...shown, sequence };
    }),
  ];
}
