import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Request } from 'express';

import { passkeyContracts } from '../../domain/wire/passkeys.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { Entrance } from '../sign-in/entrance.ts';
import { NOT_PROVEN } from '../sign-in/routes.ts';
import { createChallenges } from './challenges.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

/** The website that a request came to. */
export function siteOrProblem(entrance: Pick<Entrance, 'originOf'>, request: Request): commands.Site {
  const origin = entrance.originOf(request);
  if (!URL.canParse(origin)) throw new ProblemError('malformed');
  return { origin, host: new URL(origin).hostname };
}

/** Passkeys: signing in with them, making, naming and removing them. */
export function passkeyRoutes(entrance: Entrance): Route[] {
  const challenges = createChallenges();
  const { browserOf, letIn } = entrance;
  const siteOf = (request: Request): commands.Site => siteOrProblem(entrance, request);

  return [
    implement(passkeyContracts.passkeyChallenge, async ({ context, request }) => ({
      options: await commands.challenge(context, siteOf(request), challenges),
    })),

    implement(passkeyContracts.signInWithPasskey, async ({ body, context, request, response }) => {
      // The library reads it field by field, and refuses what is not as it should be.
      const answer = body.response as unknown as AuthenticationResponseJSON;
      const result = await commands.signInWithPasskey(
        context,
        siteOf(request),
        challenges,
        browserOf(request),
        answer,
      );
      return letIn(request, response, valueOrProblem(result, WRONG_PASSKEY));
    }),

    implement(passkeyContracts.passkeys, async ({ scope, context }) => ({
      items: await queries.passkeys(context, scope),
    })),

    implement(passkeyContracts.beginPasskey, async ({ scope, context, request }) => {
      const site = siteOf(request);
      const result = await commands.beginPasskey(context, site, challenges, browserOf(request), scope);
      return { options: valueOrProblem(result, NOT_PROVEN) };
    }),

    implement(passkeyContracts.addPasskey, async ({ scope, body, context, request }) => {
      const made = body.response as unknown as RegistrationResponseJSON;
      const input = { account: scope, name: body.name, response: made };
      const result = await commands.addPasskey(
        context,
        siteOf(request),
        challenges,
        browserOf(request),
        input,
      );
      return valueOrProblem(result, {
        ...NOT_PROVEN,
        ...NOT_VERIFIED,
        'too-many': () => new ProblemError('wrong-state', TOO_MANY),
      });
    }),

    implement(passkeyContracts.namePasskey, async ({ scope, body, context }) => {
      valueOrProblem(await commands.namePasskey(context, scope, body.id, body.name), NOT_FOUND);
    }),

    implement(passkeyContracts.removePasskey, async ({ scope, body, context, request }) => {
      const result = await commands.removePasskey(context, browserOf(request), scope, body.id);
      valueOrProblem(result, { ...NOT_PROVEN, ...NOT_FOUND });
    }),
  ];
}

const WRONG_PASSKEY = {
  'wrong-credentials': () =>
    new ProblemError('wrong-credentials', {
      vi: 'Không đăng nhập được bằng khoá truy cập này. Hãy thử lại, hoặc dùng tên và mật khẩu.',
      en: 'This passkey does not let you in. Try again, or use name and password.',
    }),
};
const NOT_FOUND = { 'not-found': () => new ProblemError('not-found') };
const NOT_MADE = {
  vi: 'Khoá truy cập chưa được nhận. Hãy bắt đầu lại.',
  en: 'The passkey was not taken. Begin again.',
};
export const NOT_VERIFIED = { 'not-verified': () => new ProblemError('malformed', NOT_MADE) };
const TOO_MANY = {
  vi: 'Tài khoản này đã có quá nhiều khoá truy cập. Hãy xoá khoá không còn dùng.',
  en: 'This account has too many passkeys. Remove those that are not in use.',
};
