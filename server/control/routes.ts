import { z } from 'zod';

import { controlContracts } from '../../domain/wire/control.ts';
import { pageOf, readCursor, staleCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import { sessionOf } from '../schedule/queries.ts';
import { acknowledgeAlert } from './commands.ts';
import { presentLogged } from './present.ts';
import { alertLogOf } from './queries.ts';

/** Alerts of the control room: taking them on, and their log. */
export function controlRoutes(): Route[] {
  return [
    implement(controlContracts.acknowledgeAlert, async ({ scope, conference, params, body, context }) => {
      const { session, alert } = params;
      const taken = await acknowledgeAlert(context, conference, scope, session, alert, body);
      return valueOrProblem(taken, {
        'no such alert': () => new ProblemError('not-found'),
        over: () =>
          new ProblemError('wrong-state', {
            vi: 'Cảnh báo này vừa hết, không cần xử lý nữa.',
            en: 'This alert is over; nothing is left to do.',
          }),
      });
    }),
    implement(controlContracts.alertLog, async ({ scope, conference, params, query, context }) => {
      const after = readCursor(z.string(), query.cursor);
      const { session } = params;
      if ((await sessionOf(context, conference, session)) === null) throw new ProblemError('not-found');
      const found = await alertLogOf(context, conference, scope, session, after, query.limit + 1);
      if (found === null) throw staleCursor();
      return pageOf(found, query.limit, presentLogged, ({ record }) => record.id);
    }),
  ];
}
