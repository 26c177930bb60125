import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Request } from 'express';
import { z } from 'zod';

import { activationContracts } from '../../domain/wire/activation.ts';
import { browserWords } from '../devices/sentences.ts';
import { createChallenges } from '../passkeys/challenges.ts';
import { NOT_VERIFIED, siteOrProblem } from '../passkeys/routes.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { reachedAt } from '../platform/origin.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { Entrance } from '../sign-in/entrance.ts';
import { BUSY } from '../sign-in/routes.ts';
import { createThrottle } from '../sign-in/throttle.ts';
import {
  becomeHost,
  becomeHostToo,
  becomeHostWithPasskey,
  beginAsHost,
  makeCodes,
  revokeCodes,
  type CodeFailure,
  type PasskeyPlace,
} from './commands.ts';
import { codeSheets } from './exports.ts';
import { presentBatch, presentHost } from './present.ts';
import { batchesUnder, bridgesStanding, countStandings, hostNames, hostsOf, type Hosts } from './queries.ts';
import { CODE_PROBLEMS, NO_BRIDGES, NOBODY_NEEDS_ONE } from './sentences.ts';

export interface ActivationParts {
  readonly publicUrl: string | null;
  readonly entrance: Entrance;
}

/** Where a list goes on: after so many of it. */
const Place = z.object({ after: z.int().min(0) });

/** Codes with which hosts come in: made, revoked, counted, used. */
export function activationRoutes(parts: ActivationParts): Route[] {
  const throttle = createThrottle();
  const challenges = createChallenges();
  const placeOf = (request: Request): PasskeyPlace => ({
    site: siteOrProblem(parts.entrance, request),
    challenges,
  });

  return [
    implement(activationContracts.makeCodes, async ({ scope, conference, body, context, request }) => {
      const made = valueOrProblem(await makeCodes(context, conference, scope, body), {
        'no bridges': () => new ProblemError('wrong-state', NO_BRIDGES),
        'nobody needs one': () => new ProblemError('wrong-state', NOBODY_NEEDS_ONE),
      });
      return codeSheets(made, scope, reachedAt(request, parts.publicUrl), body.language);
    }),

    implement(activationContracts.revokeCodes, async ({ scope, conference, context }) => ({
      revoked: await revokeCodes(context, conference, scope),
    })),

    implement(activationContracts.hostCounts, async ({ scope, conference, query, context }) => {
      const hosts = there(await hostsOf(context, conference));
      const { tree } = hosts;
      const children = tree.children(scope);
      const after = readCursor(Place, query.cursor)?.after ?? 0;
      const rows = children.slice(after, after + query.limit + 1).map((bridge, at) => ({ bridge, at }));
      const { rows: batches, names } = await batchesUnder(context, conference, hosts, scope);
      const own = tree.get(scope);
      return {
        ...pageOf(
          rows,
          query.limit,
          ({ bridge }) => ({
            bridge: bridge.id,
            name: bridge.name,
            ...countStandings(hosts, tree.subtree(bridge.id)),
          }),
          ({ at }) => ({ after: after + at + 1 }),
        ),
        asOf: hosts.asOf,
        all: countStandings(hosts, tree.subtree(scope)),
        own: countStandings(hosts, own === undefined ? [] : [own]),
        below: children.length,
        batches: batches.map((batch) => presentBatch(hosts, names, batch)),
      };
    }),

    implement(activationContracts.hosts, async ({ scope, conference, query, context }) => {
      const hosts = there(await hostsOf(context, conference));
      const all = bridgesStanding(hosts, scope, query.standing ?? null);
      const after = readCursor(Place, query.cursor)?.after ?? 0;
      const rows = all.slice(after, after + query.limit + 1).map((bridge, at) => ({ bridge, at }));
      const names = await hostNames(
        context,
        conference,
        rows.map(({ bridge }) => bridge.id),
      );
      return {
        ...pageOf(
          rows,
          query.limit,
          ({ bridge }) => presentHost(hosts, bridge, names.get(bridge.id) ?? []),
          ({ at }) => ({ after: after + at + 1 }),
        ),
        asOf: hosts.asOf,
        total: all.length,
      };
    }),

    implement(activationContracts.useCode, async ({ body, context, request }) =>
      valueOrProblem(await becomeHost(context, throttle, { ...body, address: request.ip ?? '' }), {
        ...CODE_REFUSALS,
        ...BUSY,
      }),
    ),

    implement(activationContracts.beginUseWithPasskey, async ({ body, context, request }) =>
      valueOrProblem(
        await beginAsHost(context, throttle, placeOf(request), { ...body, address: request.ip ?? '' }),
        CODE_REFUSALS,
      ),
    ),

    implement(activationContracts.useCodeWithPasskey, async ({ body, context, request }) => {
      const { response, ...input } = body;
      const name = browserWords(request.headers['user-agent'] ?? '', context.language);
      // The library reads it field by field, and refuses what is not as it should be.
      const passkey = { name, response: response as unknown as RegistrationResponseJSON };
      return valueOrProblem(
        await becomeHostWithPasskey(context, throttle, placeOf(request), {
          ...input,
          passkey,
          address: request.ip ?? '',
        }),
        { ...CODE_REFUSALS, ...NOT_VERIFIED },
      );
    }),

    implement(activationContracts.takeCode, async ({ scope, body, context, request }) =>
      valueOrProblem(
        await becomeHostToo(context, throttle, scope, { ...body, address: request.ip ?? '' }),
        CODE_REFUSALS,
      ),
    ),
  ];
}

function there(hosts: Hosts | null): Hosts {
  if (hosts === null) throw new ProblemError('wrong-state', NO_BRIDGES);
  return hosts;
}

const CODE_REFUSALS: Refusals<CodeFailure> = {
  'code-unknown': () => new ProblemError('not-found', CODE_PROBLEMS['code-unknown']),
  'code-used': () => new ProblemError('link-used', CODE_PROBLEMS['code-used']),
  'code-expired': () => new ProblemError('link-used', CODE_PROBLEMS['code-expired']),
  'code-replaced': () => new ProblemError('link-used', CODE_PROBLEMS['code-replaced']),
  'code-revoked': () => new ProblemError('link-used', CODE_PROBLEMS['code-revoked']),
  'too-many': ({ seconds }) => new ProblemError('too-many-requests', undefined, undefined, seconds),
};
