import { PersonId } from '../../domain/ids.ts';
import { InvitationId } from '../../domain/invitations/step.ts';
import { STEP_FAILURES, type StepFailure } from '../../domain/invitations/life.ts';
import { invitationContracts } from '../../domain/wire/invitations.ts';
import { mailLine } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import { enterAnswer, type AnswerFailure } from './answer-commands.ts';
import {
  approveInvitations,
  prepareInvitations,
  sendInvitations,
  withdrawInvitations,
  type InvitationFailure,
  type SendFailure,
} from './commands.ts';
import { exportSecurityList } from './exports.ts';
import { previewOf } from './letters.ts';
import { presentInvitation, presentStep } from './present.ts';
import {
  callingOf,
  findInvitations,
  freezeOf,
  invitationBelow,
  logOf,
  settingsOf,
  type Calling,
} from './queries.ts';
import * as say from './sentences.ts';
import { roundsOf, setSettings } from './settings-commands.ts';
import { acceptSubstitute, refuseSubstitute, type DecideFailure } from './substitute-commands.ts';

const REFUSALS: Refusals<InvitationFailure> = {
  'no bridges': () => new ProblemError('wrong-state', say.NO_BRIDGES),
  'names deleted': () => new ProblemError('wrong-state', NAMES_DELETED),
  frozen: () => new ProblemError('has-errors', say.FROZEN, [{ at: 'exception', message: say.FROZEN }]),
  over: () => new ProblemError('wrong-state', say.OVER),
};
const SEND_REFUSALS: Refusals<SendFailure> = {
  ...REFUSALS,
  'no line': () => new ProblemError('wrong-state', say.NO_LINE),
};
const STEP_REFUSALS = Object.fromEntries(
  STEP_FAILURES.map((reason) => [reason, () => new ProblemError('wrong-state', say.STEPS[reason])]),
) as unknown as Refusals<StepFailure>;
const ANSWER_REFUSALS: Refusals<AnswerFailure> = {
  ...STEP_REFUSALS,
  'no such invitation': () => noInvitation(),
  over: () => new ProblemError('wrong-state', say.OVER),
};
const DECIDE_REFUSALS: Refusals<DecideFailure> = {
  ...REFUSALS,
  ...STEP_REFUSALS,
  'no such invitation': () => noInvitation(),
  'no seat': () => new ProblemError('out-of-date', say.NO_SEAT),
  chairs: () => new ProblemError('wrong-state', say.CHAIRS),
  'seated already': () => new ProblemError('conflict', say.SEATED_ALREADY),
};

const noInvitation = (): ProblemError => new ProblemError('not-found', say.NO_INVITATION);

/** The invitation that a path names, if it is of the bridge or below it. */
async function namedIn(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize' | 'below'>,
  { invitation }: { readonly invitation: string },
) {
  const id = InvitationId.safeParse(invitation);
  const calling = await callingOf(context, conference);
  if (!id.success || calling === null) throw noInvitation();
  const view = await invitationBelow(context, conference, bridge, calling, id.data);
  if (view === null) throw noInvitation();
  return { view, calling };
}

async function callingFor(context: Context, conference: AuthorizedConferenceId): Promise<Calling> {
  const calling = await callingOf(context, conference);
  if (calling === null) throw new ProblemError('wrong-state', say.NO_BRIDGES);
  return calling;
}

/** Invitations (giấy mời, thông báo triệu tập): prepared, approved, sent, answered, and what comes between. */
export function invitationRoutes({ gate }: { readonly gate: Gate }): Route[] {
  return [
    implement(invitationContracts.searchInvitations, async ({ scope, conference, body, context }) => {
      const { q = '', state = null, limit, cursor } = body;
      const after = readCursor(PersonId, cursor);
      const calling = await callingFor(context, conference);
      const [found, freeze, line] = await Promise.all([
        findInvitations(context, conference, scope, calling, { q, state }, after, limit),
        freezeOf(context, conference, calling),
        mailLine(context),
      ]);
      const { people, counts, pending } = found;
      const present = (one: (typeof people)[number]) => presentInvitation(one, calling.tree);
      return {
        ...pageOf(people, limit, present, ({ person }) => person),
        counts,
        pending,
        freeze,
        mail: line.kind,
      };
    }),

    implement(invitationContracts.prepareInvitations, async ({ scope, conference, body, context }) => {
      const { anew, exception } = body;
      return valueOrProblem(await prepareInvitations(context, conference, scope, anew, exception), REFUSALS);
    }),

    implement(invitationContracts.approveInvitations, async ({ scope, conference, body, context }) =>
      valueOrProblem(await approveInvitations(context, conference, scope, body.invitations), REFUSALS),
    ),

    implement(invitationContracts.withdrawInvitations, async ({ scope, conference, body, context }) =>
      valueOrProblem(await withdrawInvitations(context, conference, scope, body.invitations, body), REFUSALS),
    ),

    implement(invitationContracts.sendInvitations, async ({ scope, conference, body, context }) =>
      valueOrProblem(
        await sendInvitations(context, conference, scope, body.invitations, body.by),
        SEND_REFUSALS,
      ),
    ),

    implement(invitationContracts.invitation, async ({ scope, conference, params, context }) => {
      const { view } = await namedIn(context, conference, scope, params);
      return { invitation: view, log: (await logOf(context, view.id)).map(presentStep) };
    }),

    implement(invitationContracts.previewInvitation, async ({ scope, conference, params, context }) => {
      const { view, calling } = await namedIn(context, conference, scope, params);
      return { to: view.person.email, ...(await previewOf(context, conference, calling, view)) };
    }),

    implement(invitationContracts.answerInvitation, async ({ scope, conference, params, body, context }) => {
      const { view } = await namedIn(context, conference, scope, params);
      const answering = gate.answering(view, 'organizer');
      return valueOrProblem(await enterAnswer(context, answering, body.said), ANSWER_REFUSALS);
    }),

    implement(invitationContracts.decideSubstitute, async ({ scope, conference, params, body, context }) => {
      const { view } = await namedIn(context, conference, scope, params);
      const at = admitted(await gate.subtree(context, conference, view.bridge.id, 'organize'));
      const decided = body.accept
        ? await acceptSubstitute(context, conference, at, view.id, body.exception)
        : await refuseSubstitute(context, conference, at, view.id, body.reason);
      return valueOrProblem(decided, DECIDE_REFUSALS);
    }),

    implement(invitationContracts.securityList, async ({ scope, conference, query, context }) => {
      const calling = await callingFor(context, conference);
      return exportSecurityList(context, conference, scope, calling, query.format, query.language);
    }),

    implement(invitationContracts.invitationSettings, async ({ scope, context }) => {
      const calling = await callingFor(context, scope);
      const [freeze, { settings, rounds }] = await Promise.all([
        freezeOf(context, scope, calling),
        settingsOf(context, scope),
      ]);
      const { reminderDays, isStopped } = settings;
      const reminders = { days: [...reminderDays], isStopped, rounds: roundsOf(settings, rounds, calling) };
      return { freeze, reminders };
    }),

    implement(invitationContracts.setInvitationSettings, async ({ scope, body, context }) => {
      await setSettings(context, scope, body);
    }),
  ];
}
