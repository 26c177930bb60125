import type { Request, Response } from 'express';

import { accessContracts } from '../../domain/wire/access.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { COOKIE, cookieValue, LONGEST_MS } from './authentication.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { createThrottle } from './throttle.ts';

export interface AccessParts {
  readonly gate: Gate;
  readonly publicUrl: string | null;
  /** Told the key of each sign-in that has ended. */
  readonly onSignedOut: (signIn: string) => void;
}

/** Setting up, signing in and out, and who has which role. */
export function accessRoutes(parts: AccessParts): Route[] {
  const throttle = createThrottle();

  const keepCookie = (request: Request, response: Response, value: string): void => {
    response.cookie(COOKIE, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.secure || (parts.publicUrl?.startsWith('https:') ?? false),
      path: '/',
      maxAge: LONGEST_MS,
    });
  };

  return [
    implement(accessContracts.setUp, async ({ body, context, request, response }) => {
      const came = valueOrProblem(await commands.setUp(context, body), LINK_PROBLEMS);
      keepCookie(request, response, came.cookie);
      return came.account;
    }),

    implement(accessContracts.signIn, async ({ body, context, request, response }) => {
      const result = await commands.signIn(context, throttle, {
        ...body,
        address: request.ip ?? '',
        replaces: cookieValue(request.headers.cookie),
      });
      const came = valueOrProblem(result, {
        'wrong-credentials': () => new ProblemError('wrong-credentials'),
        'too-many': ({ seconds }) => new ProblemError('too-many-requests', undefined, undefined, seconds),
      });
      keepCookie(request, response, came.cookie);
      return came.account;
    }),

    implement(accessContracts.signOut, async ({ context, request, response }) => {
      const cookie = cookieValue(request.headers.cookie);
      if (cookie !== null) parts.onSignedOut(await commands.signOut(context, cookie));
      response.clearCookie(COOKIE, { path: '/' });
    }),

    implement(accessContracts.me, ({ scope, context }) => queries.me(context, scope)),

    implement(accessContracts.activate, async ({ body, context, request, response }) => {
      const came = valueOrProblem(await commands.activate(context, body), LINK_PROBLEMS);
      keepCookie(request, response, came.cookie);
      return came.account;
    }),

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

const LINK_PROBLEMS = {
  'link-unknown': () =>
    new ProblemError('not-found', {
      vi: 'Đường dẫn không đúng. Hãy mở lại đúng đường dẫn bạn đã nhận.',
      en: 'The link is not right. Open it again exactly as you received it.',
    }),
  'link-used': () => new ProblemError('link-used'),
};

const NODE_FAULT = {
  organizer: {
    vi: 'ban tổ chức phụ trách cả hội nghị, không chọn điểm cầu',
    en: 'an organizer has the whole conference; leave the bridge out',
  },
  others: { vi: 'phải chọn điểm cầu phụ trách', en: 'choose the bridge of this role' },
};
