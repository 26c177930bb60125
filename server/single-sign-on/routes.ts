import { isIP } from 'node:net';

import type { Request, Response } from 'express';

import { API_PREFIX } from '../../domain/wire/request.ts';
import { singleSignOnContracts } from '../../domain/wire/single-sign-on.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import { isSecure, type Entrance } from '../sign-in/entrance.ts';
import { NOT_PROVEN } from '../sign-in/routes.ts';
import * as commands from './commands.ts';
import type { Provider } from './provider.ts';
import * as queries from './queries.ts';

export interface SingleSignOnParts {
  readonly entrance: Entrance;
  readonly publicUrl: string | null;
  /** Null where the settings name none. */
  readonly provider: Provider | null;
}

/** Keeps what belongs to one attempt; sent to the routes of signing in alone. */
const COOKIE = 'nhipcau-sso';
const COOKIE_PATH = `${API_PREFIX}/sign-in`;
/** The page to which the provider leads back: its address is registered there. */
const RETURN_PAGE = '/sign-in/return';
/** Where somebody who has linked their account goes on. */
const ACCOUNT_PAGE = '/account';

/** Single sign-on by OpenID Connect, beside local accounts. */
export function singleSignOnRoutes({ entrance, publicUrl, provider }: SingleSignOnParts): Route[] {
  const { browserOf, letIn } = entrance;
  const redirectOf = (request: Request): string => `${publicUrl ?? entrance.originOf(request)}${RETURN_PAGE}`;
  const asked = (): Provider => {
    if (provider === null) throw new ProblemError('wrong-state', NO_PROVIDER);
    return provider;
  };
  const keep = (request: Request, response: Response, kept: string): void => {
    response.cookie(COOKIE, kept, {
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure(request, publicUrl),
      path: COOKIE_PATH,
      maxAge: commands.KEPT_MS,
    });
  };

  return [
    implement(singleSignOnContracts.ways, async ({ request }) => {
      const origin = entrance.originOf(request);
      const host = URL.canParse(origin) ? new URL(origin).hostname : '';
      return {
        singleSignOn: provider?.settings.name ?? null,
        passkeys: host !== '' && isIP(host.replaceAll(/[[\]]/g, '')) === 0,
      };
    }),

    implement(singleSignOnContracts.beginSingleSignOn, async ({ body, context, request, response }) => {
      const result = await commands.begin(context, asked(), redirectOf(request), body.next);
      const { url, kept } = valueOrProblem(result, UNREACHABLE);
      keep(request, response, kept);
      return { url };
    }),

    implement(singleSignOnContracts.finishSingleSignOn, async ({ body, context, request, response }) => {
      const result = await commands.finish(context, asked(), redirectOf(request), {
        query: body.query,
        kept: keptBy(request),
        browser: browserOf(request),
      });
      // One answer of the provider is for one attempt.
      response.clearCookie(COOKIE, { path: COOKIE_PATH });
      const { came, next } = valueOrProblem(result, {
        'not-let-in': () => new ProblemError('wrong-credentials', NOT_LET_IN),
      });
      return { entered: letIn(request, response, came), next };
    }),

    implement(singleSignOnContracts.mySingleSignOn, async ({ scope, context }) => ({
      provider: provider?.settings.name ?? null,
      linked: provider !== null && (await queries.isLinked(context, provider, scope)),
    })),

    implement(singleSignOnContracts.linkSingleSignOn, async ({ scope, context, request, response }) => {
      const input = { account: scope, browser: browserOf(request), next: ACCOUNT_PAGE };
      const result = await commands.beginLink(context, asked(), redirectOf(request), input);
      const { url, kept } = valueOrProblem(result, { ...UNREACHABLE, ...NOT_PROVEN });
      keep(request, response, kept);
      return { url };
    }),

    implement(singleSignOnContracts.unlinkSingleSignOn, async ({ scope, context, request }) => {
      valueOrProblem(await commands.unlink(context, asked(), scope, browserOf(request)), NOT_PROVEN);
    }),
  ];
}

function keptBy(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value !== undefined && value !== '') return value;
  }
  return null;
}

const NO_PROVIDER = {
  vi: 'Máy chủ này không dùng đăng nhập một lần.',
  en: 'This server has no single sign-on.',
};
const NOT_LET_IN = {
  vi: 'Chưa đăng nhập được. Lượt này đã hết hạn, hoặc chưa có tài khoản nào ở đây được giao cho đồng chí. Hãy thử lại, hoặc hỏi ban tổ chức.',
  en: 'This did not let you in: the attempt is over, or nobody has given you an account here. Try again, or ask the organizers.',
};
const UNREACHABLE = {
  unreachable: () =>
    new ProblemError('failed', {
      vi: 'Không liên lạc được với hệ thống đăng nhập một lần. Hãy thử lại sau, hoặc dùng tên và mật khẩu.',
      en: 'The single sign-on cannot be reached. Try again later, or use name and password.',
    }),
};
