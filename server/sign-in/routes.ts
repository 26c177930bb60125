import type { Request, Response } from 'express';

import { signInContracts } from '../../domain/wire/sign-in.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import { COOKIE, cookieValue, LONGEST_MS } from './authentication.ts';
import * as commands from './commands.ts';
import { createThrottle } from './throttle.ts';

export interface SignInParts {
  readonly publicUrl: string | null;
  /** Told the key of each sign-in that has ended. */
  readonly onSignedOut: (signIn: string) => void;
}

/** Setting up, signing in and out, and choosing a password with a link. */
export function signInRoutes(parts: SignInParts): Route[] {
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
    implement(signInContracts.setUp, async ({ body, context, request, response }) => {
      const came = valueOrProblem(await commands.setUp(context, body), LINK_PROBLEMS);
      keepCookie(request, response, came.cookie);
      return came.account;
    }),

    implement(signInContracts.signIn, async ({ body, context, request, response }) => {
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

    implement(signInContracts.signOut, async ({ context, request, response }) => {
      const cookie = cookieValue(request.headers.cookie);
      if (cookie !== null) parts.onSignedOut(await commands.signOut(context, cookie));
      response.clearCookie(COOKIE, { path: '/' });
    }),

    implement(signInContracts.activate, async ({ body, context, request, response }) => {
      const came = valueOrProblem(await commands.activate(context, body), LINK_PROBLEMS);
      keepCookie(request, response, came.cookie);
      return came.account;
    }),
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
