import { retentionContracts } from '../../domain/wire/retention.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { deleteKinds, setPeriods } from './commands.ts';
import { presentRetention } from './present.ts';
import { previewOf } from './queries.ts';

/** For how long what is personal in a conference is kept. */
export function retentionRoutes(): Route[] {
  return [
    implement(retentionContracts.retention, async ({ scope, context }) =>
      presentRetention(await previewOf(context, scope)),
    ),

    implement(retentionContracts.setRetention, async ({ scope, body, context }) => {
      await setPeriods(context, scope, body);
      return presentRetention(await previewOf(context, scope));
    }),

    implement(retentionContracts.deleteNow, async ({ scope, body, context }) => ({
      deleted: [...(await deleteKinds(context, scope, body.kinds, body.reason))],
    })),
  ];
}
