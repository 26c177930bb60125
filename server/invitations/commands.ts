import type { SeatBasis } from '../../domain/composition/placement.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { letterFor } from '../../domain/invitations/convening.ts';
import { afterStep, mayStep, type InvitationState, type Standing } from '../../domain/invitations/life.ts';
import {
  changesNames,
  InvitationId,
  type FreezeException,
  type InvitationStep,
} from '../../domain/invitations/step.ts';
import { ok, type Result } from '../../domain/result.ts';
import { tidy } from '../../domain/text/normalize.ts';
import { withdrawWaiting } from '../mail/commands.ts';
import { lettersChanged, lettersWait } from '../mail/live.ts';
import { mailLineIn } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { wasDeleted } from '../retention/queries.ts';
import { INVITATION, queueInvitationLetters } from './letters.ts';
import { bridgesBelow, callingOf, freezeOf, invitationViews, type Calling } from './queries.ts';
import * as store from './store.ts';

type Organizing = AuthorizedBridgeId<'organize' | 'below'>;

export type InvitationFailure =
  | { readonly reason: 'no bridges' }
  /** Deleted after their retention period. */
  | { readonly reason: 'names deleted' }
  /** Names are frozen: a change asks who allows it, and why. */
  | { readonly reason: 'frozen' }
  /** The conference has begun: names are the door's. */
  | { readonly reason: 'over' };

/** So many invitations are worked on in one transaction: check-ins wait for no longer than that. */
const TOGETHER = 500;

/** What every deed works with. */
export interface Ground {
  readonly context: Context;
  readonly conference: AuthorizedConferenceId;
  readonly calling: Calling;
  readonly bridges: readonly BridgeId[];
}

/** The ground of a deed below a bridge, if names may be changed as it does. */
export async function groundOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  changes: { readonly exception: FreezeException | null } | null = null,
): Promise<Result<Ground, InvitationFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const calling = await callingOf(context, conference);
  if (calling === null) return { ok: false, reason: 'no bridges' };
  if (changes !== null) {
    const { verdict } = await freezeOf(context, conference, calling);
    if (verdict === 'over') return { ok: false, reason: 'over' };
    if (verdict === 'exception' && changes.exception === null) return { ok: false, reason: 'frozen' };
  }
  return ok({ context, conference, calling, bridges: bridgesBelow(calling.tree, bridge) });
}

/** A step of an organizer, as it is entered. */
export function stepOf(
  { clock, actor }: Context,
  what: InvitationStep,
  exception: FreezeException | null,
): store.StepToEnter {
  return {
    at: clock(),
    by: actor?.name ?? null,
    via: 'organizer',
    what,
    exception: changesNames(what) ? exception : null,
  };
}

/** An invitation after a step, with the step; null where it may not be taken. */
export function stepped(
  invitation: Omit<store.StoredInvitation, 'standing'> & { readonly standing: Standing | null },
  step: store.StepToEnter,
): store.Entered | null {
  if (!mayStep(invitation.standing, step.what).ok) return null;
  const standing = afterStep(invitation.standing, step);
  return standing === null ? null : { invitation: { ...invitation, standing }, step };
}

/**
 * Prepares an invitation for everybody with a seat at a bridge or below it who has none, and moves those who sit elsewhere now; whoever
 * of these has their letter gets one that says so. What was cut short goes on when it is asked for again.
 *
 * @param anew invitations that were taken back and begin from the start: these and no others; null for everybody else
 */
export async function prepareInvitations(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  anew: readonly InvitationId[] | null,
  exception: FreezeException | null,
): Promise<Result<{ readonly prepared: number; readonly moved: number }, InvitationFailure>> {
  const found = await groundOf(context, conference, bridge, null);
  if (!found.ok) return found;
  const ground = found.value;
  const { verdict } = await freezeOf(context, conference, ground.calling);
  let [prepared, moved] = [0, 0];
  let after: Awaited<ReturnType<typeof store.readToInvite>>[number]['person'] | '' = '';
  for (;;) {
    const done = await transaction(context.database, async (db) => {
      const seats = await store.readToInvite(db, conference, ground.bridges, anew, after, TOGETHER);
      if (seats.length > 0 && verdict === 'over') return { reason: 'over' } as const;
      if (seats.length > 0 && verdict === 'exception' && exception === null)
        return { reason: 'frozen' } as const;
      const entered = seats.flatMap((seat) => preparedOf(ground, seat, exception) ?? []);
      await store.enterSteps(db, entered);
      await tellMoved(ground, db, entered);
      return { seats, entered };
    });
    if ('reason' in done) return { ok: false, reason: done.reason };
    for (const { step } of done.entered) {
      if (step.what.step === 'moved') moved += 1;
      else prepared += 1;
    }
    const last = done.seats.at(-1);
    if (last === undefined || done.seats.length < TOGETHER) break;
    after = last.person;
  }
  lettersWait(context.database);
  context.audit.note({ after: { prepared, moved, ...(exception !== null && { exception }) } });
  return ok({ prepared, moved });
}

function preparedOf(
  { context, conference }: Ground,
  { person, bridge, basis, invitation }: store.SeatToInvite,
  exception: FreezeException | null,
): store.Entered | null {
  const what: InvitationStep =
    invitation === null || invitation.standing.stage === 'withdrawn'
      ? { step: 'prepared', kind: letterFor(basis satisfies SeatBasis), bridge }
      : { step: 'moved', bridge };
  const own = invitation ?? {
    id: InvitationId.parse(context.newId()),
    conference,
    person,
    standing: null,
  };
  return stepped(own, stepOf(context, what, exception));
}

/** Whoever has their letter is told of another bridge. */
async function tellMoved(ground: Ground, db: Connection, entered: readonly store.Entered[]): Promise<void> {
  const moved = entered.filter(({ step }) => step.what.step === 'moved');
  await tellThem(ground, db, moved, 'moved');
}

/** Queues a letter to those who have had one before, where mail goes at all. */
export async function tellThem(
  { context, conference, calling }: Ground,
  db: Connection,
  entered: readonly store.Entered[],
  kind: 'moved' | 'withdrawn' | 'substitute',
): Promise<void> {
  const had = entered.filter(({ invitation: { standing } }) => standing.sentAt !== null);
  if (had.length === 0 || (await mailLineIn(db)).kind === 'none') return;
  const views = await invitationViews(
    db,
    calling,
    had.map(({ invitation }) => invitation.id),
  );
  await queueInvitationLetters(context, db, conference, calling, views, { kind });
}

/** Approves prepared invitations of a bridge and below; null takes all of them. */
export async function approveInvitations(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  which: readonly InvitationId[] | null,
): Promise<Result<{ readonly approved: number }, InvitationFailure>> {
  const found = await groundOf(context, conference, bridge);
  if (!found.ok) return found;
  let approved = 0;
  await eachBatch(found.value, which, ['prepared'], async (db, invitations) => {
    const step = stepOf(context, { step: 'approved' }, null);
    const entered = invitations.flatMap((invitation) => stepped(invitation, step) ?? []);
    await store.enterSteps(db, entered);
    approved += entered.length;
  });
  context.audit.note({ after: { approved } });
  return ok({ approved });
}

export type SendFailure =
  | InvitationFailure
  /** The server is not set up to send mail. */
  | { readonly reason: 'no line' };

/** Sends approved invitations by mail, or enters that they were handed over on paper. Null takes all that are approved. */
export async function sendInvitations(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  which: readonly InvitationId[] | null,
  by: 'mail' | 'paper',
): Promise<Result<{ readonly sent: number; readonly withoutAddress: number }, SendFailure>> {
  const found = await groundOf(context, conference, bridge);
  if (!found.ok) return found;
  const ground = found.value;
  if (by === 'mail' && (await mailLineIn(context.database.read)).kind === 'none')
    return { ok: false, reason: 'no line' };
  let [sent, withoutAddress] = [0, 0];
  // One that came back is sent once more only by name: the same address would refuse it again.
  const states: readonly InvitationState[] = which === null ? ['approved'] : ['approved', 'bounced'];
  await eachBatch(ground, which, states, async (db, invitations) => {
    const step = stepOf(context, by === 'mail' ? { step: 'queued' } : { step: 'sent', by }, null);
    const may = invitations.flatMap((invitation) => stepped(invitation, step) ?? []);
    const gone = by === 'mail' ? await queueAll(ground, db, may) : may;
    await store.enterSteps(db, gone);
    sent += gone.length;
    withoutAddress += may.length - gone.length;
  });
  lettersWait(context.database);
  context.audit.note({ after: { by, sent, withoutAddress } });
  return ok({ sent, withoutAddress });
}

/** Queues the letters, and gives those whose letter waits now. */
async function queueAll(
  { context, conference, calling }: Ground,
  db: Connection,
  entered: readonly store.Entered[],
): Promise<store.Entered[]> {
  const ids = entered.map(({ invitation }) => invitation.id);
  const views = await invitationViews(db, calling, ids);
  const { queued } = await queueInvitationLetters(context, db, conference, calling, views, {
    kind: 'letter',
  });
  return entered.filter(({ invitation }) => queued.has(invitation.id));
}

/**
 * Takes invitations back, with the reason; null takes those of people without a seat any more. Letters that wait do not go, and whoever
 * has theirs is told.
 */
export async function withdrawInvitations(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  which: readonly InvitationId[] | null,
  { reason, exception }: { readonly reason: string; readonly exception: FreezeException | null },
): Promise<Result<{ readonly withdrawn: number }, InvitationFailure>> {
  const found = await groundOf(context, conference, bridge, { exception });
  if (!found.ok) return found;
  const ground = found.value;
  let withdrawn = 0;
  for (;;) {
    const count = await transaction(context.database, async (db) => {
      const invitations =
        which === null
          ? await store.readSeatless(db, conference, ground.bridges, TOGETHER)
          : await readThose(ground, db, which);
      const step = stepOf(context, { step: 'withdrawn', reason: tidy(reason) }, exception);
      const entered = invitations.flatMap((invitation) => stepped(invitation, step) ?? []);
      await store.enterSteps(db, entered);
      for (const { invitation } of entered)
        await withdrawWaiting(db, context, { kind: INVITATION, id: invitation.id });
      await tellThem(ground, db, entered, 'withdrawn');
      return entered.length;
    });
    withdrawn += count;
    if (which !== null || count < TOGETHER) break;
  }
  await lettersChanged(context.database);
  lettersWait(context.database);
  context.audit.note({ after: { withdrawn, reason, ...(exception !== null && { exception }) } });
  return ok({ withdrawn });
}

/** Those of the given ids that are of the bridges. */
async function readThose(
  { conference, bridges }: Ground,
  db: Connection,
  ids: readonly InvitationId[],
): Promise<store.StoredInvitation[]> {
  const own = new Set(bridges);
  const read = await store.readInvitations(db, conference, ids);
  return read.filter(({ standing }) => own.has(standing.bridge));
}

/** Works on the named invitations, or on all in some states, so many at a time, each batch all of it or nothing. */
async function eachBatch(
  ground: Ground,
  which: readonly InvitationId[] | null,
  states: readonly InvitationState[],
  work: (db: Connection, invitations: readonly store.StoredInvitation[]) => Promise<void>,
): Promise<void> {
  const { context, conference, bridges } = ground;
  if (which !== null) {
    await transaction(context.database, async (db) => work(db, await readThose(ground, db, which)));
    return;
  }
  let after: InvitationId | '' = '';
  for (;;) {
    const last: InvitationId | null = await transaction(context.database, async (db) => {
      const batch = await store.readInStates(db, conference, bridges, states, after, TOGETHER);
      await work(db, batch);
      return batch.length < TOGETHER ? null : (batch.at(-1)?.id ?? null);
    });
    if (last === null) return;
    after = last;
  }
}
