import { accessContracts } from '../../domain/wire/access.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export interface AccessParts {
  readonly gate: Gate;
}

/** Who is signed in, and who has which role. */
export function accessRoutes(parts: AccessParts): Route[] {
  return [
    implement(accessContracts.me, ({ scope, context }) => queries.me(context, scope)),

    implement(accessContracts.addAccount, async ({ scope, body, context }) => {
      const { username, name, role, bridge } = body;
      if ((role === 'organizer') !== (bridge === null)) {
        const message = NODE_FAULT[role === 'organizer' ? 'organizer' : 'others'][context.language];
        throw new ProblemError('malformed', undefined, [{ at: 'bridge', message }]);
      }
      const node: commands.Node =
        role === 'organizer' || bridge === null
          ? { role: 'organizer', bridge: null }
          : { role, bridge: admitted(await parts.gate.bridge(context, scope, bridge, 'organize')) };
      const added = await commands.addAccount(context, scope, { username, name, node });
      return {
        account: added.account,
        activation: added.token === null ? null : `/activate#${added.token}`,
      };
    }),

    implement(accessContracts.accounts, async ({ scope, context }) => ({
      items: await queries.accountsOf(context, scope),
    })),
  ];
}

const NODE_FAULT = {
  organizer: {
    vi: 'ban tổ chức phụ trách cả hội nghị, không chọn điểm cầu',
    en: 'an organizer has the whole conference; leave the bridge out',
  },
  others: { vi: 'phải chọn điểm cầu phụ trách', en: 'choose the bridge of this role' },
};
