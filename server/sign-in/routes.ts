import type { Sentence } from '../../domain/text/language.ts';
import { signInContracts } from '../../domain/wire/sign-in.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import * as commands from './commands.ts';
import type { Entrance } from './entrance.ts';
import type { Busy } from './passwords.ts';
import * as queries from './queries.ts';
import { createThrottle } from './throttle.ts';

/** Setting up, signing in and out with a password or a link, and the browsers in which somebody is signed in. */
export function signInRoutes(entrance: Entrance): Route[] {
  const throttle = createThrottle();
  const { browserOf, letIn } = entrance;

  return [
    implement(signInContracts.setUp, async ({ body, context, request, response }) => {
      const result = await commands.setUp(context, browserOf(request), body);
      return letIn(request, response, valueOrProblem(result, { ...LINK_PROBLEMS, ...BUSY }));
    }),

    implement(signInContracts.signIn, async ({ body, context, request, response }) => {
      const result = await commands.signIn(context, throttle, browserOf(request), body);
      return letIn(request, response, valueOrProblem(result, { ...PROBLEMS, ...BUSY }));
    }),

    implement(signInContracts.activate, async ({ body, context, request, response }) => {
      const result = await commands.activate(context, browserOf(request), body);
      return letIn(request, response, valueOrProblem(result, { ...LINK_PROBLEMS, ...BUSY }));
    }),

    implement(signInContracts.step, async ({ context, request }) => ({
      entered: await queries.entered(context, request.headers.cookie),
    })),

    implement(signInContracts.signOut, async ({ context, request, response }) => {
      const { key } = browserOf(request);
      if (key !== null) await commands.signOut(context, key);
      entrance.end(response, key);
    }),

    implement(signInContracts.confirm, async ({ scope, body, context, request, response }) => {
      const input = { account: scope, password: body.password };
      const result = await commands.confirm(context, throttle, browserOf(request), input);
      letIn(request, response, valueOrProblem(result, { ...PROBLEMS, ...BUSY }));
    }),

    implement(signInContracts.changePassword, async ({ scope, body, context, request, response }) => {
      const input = { account: scope, password: body.password };
      const result = await commands.changePassword(context, browserOf(request), input);
      letIn(request, response, valueOrProblem(result, { ...NOT_PROVEN, ...BUSY }));
    }),

    implement(signInContracts.signIns, async ({ scope, context, request }) => ({
      items: await queries.signIns(context, scope, browserOf(request).key),
    })),

    implement(signInContracts.endSignIn, async ({ scope, body, context }) => {
      entrance.ended(await commands.endSignIn(context, scope, body.key));
    }),

    implement(signInContracts.endOtherSignIns, async ({ scope, context, request }) => {
      const ended = await commands.endSignIns(context, scope, browserOf(request).key);
      entrance.ended(ended);
      return { ended: ended.length };
    }),

    implement(signInContracts.myAccount, ({ scope, context, request }) =>
      queries.myAccount(context, scope, browserOf(request).key),
    ),
  ];
}

const TOO_MANY_AT_ONCE = (seconds: number): Sentence => ({
  vi: `Có quá nhiều người đăng nhập cùng lúc. Hãy đợi ${seconds} giây rồi làm lại; chưa có gì thay đổi.`,
  en: `Too many people are signing in at once. Wait ${seconds} s and try again; nothing has changed.`,
});

/** So many wait for their passwords that one more would wait too long. */
export const BUSY: Refusals<Busy> = {
  busy: ({ seconds }) => new ProblemError('too-many-requests', TOO_MANY_AT_ONCE(seconds), undefined, seconds),
};

/** Refusals of whoever asks to come in. */
export const PROBLEMS = {
  'wrong-credentials': () => new ProblemError('wrong-credentials'),
  'too-many': ({ seconds }: { readonly seconds: number }) =>
    new ProblemError('too-many-requests', undefined, undefined, seconds),
};

export const NOT_PROVEN = { 'not-proven': () => new ProblemError('not-proven') };

const LINK_PROBLEMS = {
  'link-unknown': () =>
    new ProblemError('not-found', {
      vi: 'Đường dẫn không đúng. Hãy mở lại đúng đường dẫn bạn đã nhận.',
      en: 'The link is not right. Open it again exactly as you received it.',
    }),
  'link-used': () => new ProblemError('link-used'),
};
