import { secondFactorContracts } from '../../domain/wire/second-factor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { Entrance } from '../sign-in/entrance.ts';
import { NOT_PROVEN, PROBLEMS } from '../sign-in/routes.ts';
import { createThrottle } from '../sign-in/throttle.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

/** The second factor: giving its code, setting it up, doing without it, and who must have one. */
export function secondFactorRoutes(entrance: Entrance): Route[] {
  const throttle = createThrottle();
  const { browserOf, letIn } = entrance;

  return [
    implement(secondFactorContracts.giveCode, async ({ body, context, request, response }) => {
      const result = await commands.giveCode(context, throttle, request.headers.cookie, body.code);
      return letIn(request, response, valueOrProblem(result, CODE_PROBLEMS));
    }),

    implement(secondFactorContracts.beginEnrolment, async ({ context, request }) =>
      valueOrProblem(await commands.beginEnrolment(context, request.headers.cookie), CODE_PROBLEMS),
    ),

    implement(secondFactorContracts.finishEnrolment, async ({ body, context, request, response }) => {
      const result = await commands.finishEnrolment(context, throttle, request.headers.cookie, body.code);
      const { came, recoveryCodes } = valueOrProblem(result, CODE_PROBLEMS);
      return { entered: letIn(request, response, came), recoveryCodes: [...recoveryCodes] };
    }),

    implement(secondFactorContracts.secondFactor, ({ scope, context, request }) =>
      queries.secondFactor(context, scope, browserOf(request).key),
    ),

    implement(secondFactorContracts.beginSecondFactor, async ({ scope, context, request }) =>
      valueOrProblem(await commands.beginSecondFactor(context, browserOf(request), scope), NOT_PROVEN),
    ),

    implement(
      secondFactorContracts.finishSecondFactor,
      async ({ scope, body, context, request, response }) => {
        const input = { account: scope, typed: body.code };
        const result = await commands.finishSecondFactor(context, throttle, browserOf(request), input);
        const { came, recoveryCodes } = valueOrProblem(result, { ...CODE_PROBLEMS, ...NOT_PROVEN });
        letIn(request, response, came);
        return { recoveryCodes: [...recoveryCodes] };
      },
    ),

    implement(secondFactorContracts.newRecoveryCodes, async ({ scope, context, request }) => {
      const result = await commands.newRecoveryCodes(context, browserOf(request), scope);
      const codes = valueOrProblem(result, {
        ...NOT_PROVEN,
        none: () => new ProblemError('wrong-state', NO_FACTOR),
      });
      return { recoveryCodes: [...codes] };
    }),

    implement(secondFactorContracts.endSecondFactor, async ({ scope, context, request }) => {
      valueOrProblem(await commands.endSecondFactor(context, browserOf(request), scope), {
        ...NOT_PROVEN,
        needed: () => new ProblemError('wrong-state', NEEDED),
      });
    }),

    implement(secondFactorContracts.requirement, async ({ scope, context }) => ({
      roles: [...(await queries.requirement(context, scope))],
    })),

    implement(secondFactorContracts.setRequirement, async ({ scope, body, context }) => ({
      roles: await commands.setRequirement(context, scope, body.roles),
    })),

    implement(secondFactorContracts.conferenceRequirement, async ({ scope, context }) => ({
      roles: [...(await queries.conferenceRequirement(context, scope))],
    })),

    implement(secondFactorContracts.setConferenceRequirement, async ({ scope, body, context }) => ({
      roles: await commands.setConferenceRequirement(context, scope, body.roles),
    })),
  ];
}

const NO_FACTOR = {
  vi: 'Tài khoản này chưa bật bước xác nhận thứ hai.',
  en: 'This account has no second factor.',
};
const NEEDED = {
  vi: 'Vai trò được giao yêu cầu bước xác nhận thứ hai nên không tắt được.',
  en: 'One of the roles given asks for a second factor, so it stays on.',
};

const CODE_PROBLEMS = {
  'too-many': PROBLEMS['too-many'],
  'wrong-code': () =>
    new ProblemError('wrong-credentials', {
      vi: 'Mã chưa đúng hoặc đã dùng rồi. Hãy đợi mã mới trong ứng dụng rồi nhập lại.',
      en: 'The code is not right, or was used before. Wait for a new one in the app and type that.',
    }),
  'not-begun': () =>
    new ProblemError('not-signed-in', {
      vi: 'Lượt đăng nhập này đã hết hạn. Hãy đăng nhập lại từ đầu.',
      en: 'This attempt to sign in is over. Begin again.',
    }),
};
