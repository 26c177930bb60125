import { afterStep, mayStep, type StepFailure } from '../../domain/invitations/life.ts';
import type { Answer, InvitationStep } from '../../domain/invitations/step.ts';
import { nfc } from '../../domain/text/normalize.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { InvitationView } from '../../domain/wire/invitations.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { Answering } from '../platform/scopes.ts';
import { callingOf, invitationViews } from './queries.ts';
import { enterSteps, readInvitation } from './store.ts';

export type AnswerFailure =
  | StepFailure
  /** There is no such invitation, or no bridge of it any more. */
  | { readonly reason: 'no such invitation' }
  /** The conference has begun: the door knows who comes. */
  | { readonly reason: 'over' };

/** Enters what somebody answers to their invitation. The last answer counts, until somebody else has their seat. */
export async function enterAnswer(
  context: Context,
  answering: Answering,
  said: Answer,
): Promise<Result<InvitationView, AnswerFailure>> {
  return await enterOwn(context, answering, { step: 'answered', said: inOneForm(said) });
}

/** Enters that somebody opened the page of their invitation. Only the first time is kept. */
export async function enterOpened(
  context: Context,
  answering: Answering,
): Promise<Result<InvitationView, AnswerFailure>> {
  return await enterOwn(context, answering, { step: 'opened' });
}

async function enterOwn(
  context: Context,
  { id, conference, by }: Answering,
  what: Extract<InvitationStep, { step: 'answered' | 'opened' }>,
): Promise<Result<InvitationView, AnswerFailure>> {
  const calling = await callingOf(context, conference);
  if (calling === null) return { ok: false, reason: 'no such invitation' };
  const at = context.clock();
  if (what.step === 'answered' && calling.startsAt !== null && at >= calling.startsAt)
    return { ok: false, reason: 'over' };
  return await transaction(context.database, async (db): Promise<Result<InvitationView, AnswerFailure>> => {
    const invitation = await readInvitation(db, id);
    if (invitation === null || invitation.conference !== conference)
      return { ok: false, reason: 'no such invitation' };
    const may = mayStep(invitation.standing, what);
    if (!may.ok) return may;
    const standing = afterStep(invitation.standing, { at, what });
    const isNew = what.step === 'answered' || invitation.standing.openedAt === null;
    if (standing !== null && isNew && standing !== invitation.standing) {
      const name = by === 'organizer' ? (context.actor?.name ?? null) : null;
      const step = { at, by: name, via: by, what, exception: null };
      await enterSteps(db, [{ invitation: { ...invitation, standing }, step }]);
      context.audit.note({ on: { person: invitation.person }, after: { step: what.step, by } });
    }
    const [view] = await invitationViews(db, calling, [id]);
    return view === undefined ? { ok: false, reason: 'no such invitation' } : ok(view);
  });
}

/** Names of people are compared letter by letter. */
function inOneForm(said: Answer): Answer {
  if (said.answer !== 'substitute') return said;
  const { name, position, unit, phone, email } = said.substitute;
  return {
    ...said,
    substitute: {
      name: nfc(name),
      position: nfc(position),
      unit: orNone(unit),
      phone: orNone(phone),
      email: orNone(email),
    },
  };
}

function orNone(text: string | null): string | null {
  return text === null ? null : nfc(text) || null;
}
