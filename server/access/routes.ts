import { z } from 'zod';

import { AccountId } from '../../domain/ids.ts';
import type { GrantFailure } from '../../domain/access/grants.ts';
import { accessContracts, type Account } from '../../domain/wire/access.ts';
import { pageOf, readCursor, staleCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import * as commands from './commands.ts';
import { presentAccount } from './present.ts';
import * as queries from './queries.ts';
import { NO_ROLE, NOT_GIVEN, NOT_TAKEN } from './sentences.ts';

export interface AccessParts {
  readonly gate: Gate;
}

/** Who is signed in, who has which role, giving roles and taking them away. */
export function accessRoutes({ gate }: AccessParts): Route[] {
  return [
    implement(accessContracts.me, ({ scope, context }) => queries.me(context, scope)),

    implement(accessContracts.addAccount, async ({ scope, body, context }) => {
      const { bridge, ...giving } = body;
      const place: commands.Place =
        bridge === null
          ? { at: 'conference', conference: scope }
          : {
              at: 'bridge',
              conference: scope,
              bridge: admitted(await gate.bridge(context, scope, bridge, 'organize')),
            };
      return presentGiven(valueOrProblem(await commands.addAccount(context, place, giving), GIVING));
    }),

    implement(accessContracts.giveRole, async ({ scope, conference, body, context }) => {
      const place = { at: 'bridge', conference, bridge: scope } as const;
      return presentGiven(valueOrProblem(await commands.addAccount(context, place, body), GIVING));
    }),

    implement(accessContracts.takeRole, async ({ scope, conference, params, context }) => {
      const place = { at: 'bridge', conference, bridge: scope } as const;
      valueOrProblem(await commands.takeRole(context, place, numberOf(params.role)), TAKING);
    }),

    implement(accessContracts.takeConferenceRole, async ({ scope, params, context }) => {
      const place = { at: 'conference', conference: scope } as const;
      valueOrProblem(await commands.takeRole(context, place, numberOf(params.role)), TAKING);
    }),

    implement(accessContracts.accounts, async ({ scope, body, context }) => {
      const { cursor, limit, ...search } = body;
      const after = readCursor(AccountId, cursor);
      const found = await queries.accountsOf(context, scope, search, after, limit + 1);
      return presentPage(context, scope, found, limit);
    }),

    implement(accessContracts.accountsAt, async ({ scope, conference, body, context }) => {
      const { cursor, limit, ...search } = body;
      const after = readCursor(AccountId, cursor);
      const found = await queries.accountsUnder(context, conference, scope, search, after, limit + 1);
      return presentPage(context, conference, found, limit);
    }),
  ];
}

const RoleNumber = z.coerce.number().int().min(1);

function numberOf(text: string): number {
  const number = RoleNumber.safeParse(text);
  if (!number.success) throw new ProblemError('not-found', NO_ROLE);
  return number.data;
}

function presentGiven({ account, token }: { readonly account: Account; readonly token: string | null }) {
  return { account, activation: token === null ? null : `/activate#${token}` };
}

async function presentPage(
  context: Context,
  conference: AuthorizedConferenceId,
  found: readonly queries.Holder[] | null,
  limit: number,
) {
  if (found === null) throw staleCursor();
  const bridges = await queries.bridgesIn(context, conference, found);
  const shown = pageOf(
    found,
    limit,
    ({ row, grants }) => presentAccount(row, grants),
    ({ row }) => row.id,
  );
  return { ...shown, bridges: bridges.map(({ id, name }) => ({ id, name })) };
}

const GIVING: Refusals<GrantFailure> = {
  'not-yours': () => new ProblemError('forbidden', NOT_GIVEN['not-yours']),
  'more-than-held': () => new ProblemError('forbidden', NOT_GIVEN['more-than-held']),
  'own-level': () => new ProblemError('forbidden', NOT_GIVEN['own-level']),
  'longer-than-held': () => new ProblemError('forbidden', NOT_GIVEN['longer-than-held']),
  'wrong-node': () => new ProblemError('malformed', NOT_GIVEN['wrong-node']),
  'no-time': () => new ProblemError('malformed', NOT_GIVEN['no-time']),
};

const TAKING: Refusals<commands.TakeFailure> = {
  'no such role': () => new ProblemError('not-found', NO_ROLE),
  'not yours': () => new ProblemError('forbidden', NOT_TAKEN),
};
