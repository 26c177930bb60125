import { z } from 'zod';

import { deviceContracts } from '../../domain/wire/devices.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { acceptHeld, refuseHeld } from './commands.ts';
import { presentHeld } from './present.ts';
import { heldBelow } from './queries.ts';

/** What revoked machines sent: the list of it, and a person's decisions. */
export function quarantineRoutes(): Route[] {
  return [
    implement(deviceContracts.quarantine, async ({ scope, conference, query, context }) => {
      const after = readCursor(z.int().min(0), query.cursor) ?? 0;
      const search = { device: query.device ?? null, state: query.state };
      const held = await heldBelow(context, conference, scope, search, after, query.limit);
      return pageOf(
        held,
        query.limit,
        (one) => presentHeld(one, context.language),
        ({ record }) => record.row,
      );
    }),
    implement(deviceContracts.acceptHeld, ({ scope, conference, body, context }) =>
      acceptHeld(context, conference, scope, body.which, body.reason),
    ),
    implement(deviceContracts.refuseHeld, ({ scope, conference, body, context }) =>
      refuseHeld(context, conference, scope, body.which, body.reason),
    ),
  ];
}
