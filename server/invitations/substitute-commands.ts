import { InvitationId, type FreezeException } from '../../domain/invitations/step.ts';
import { mayStep, type StepFailure } from '../../domain/invitations/life.ts';
import { ok, type Result } from '../../domain/result.ts';
import { tidy } from '../../domain/text/normalize.ts';
import type { InvitationView } from '../../domain/wire/invitations.ts';
import { enterReissue, enterSeating } from '../attendance/live.ts';
import { giveSeat, type SubstituteFailure } from '../composition/substitute-commands.ts';
import { lettersWait } from '../mail/live.ts';
import { voidPasses } from '../passes/commands.ts';
import { personOfWords } from '../people/commands.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { handNumberOver } from '../seating/commands.ts';
import { groundOf, stepOf, stepped, tellThem, type Ground, type InvitationFailure } from './commands.ts';
import { invitationViews } from './queries.ts';
import * as store from './store.ts';
import { REPLACED } from './sentences.ts';

type Organizing = AuthorizedBridgeId<'organize' | 'below'>;

export type DecideFailure =
  | InvitationFailure
  | StepFailure
  | SubstituteFailure
  | { readonly reason: 'no such invitation' };

type Decision = Result<InvitationView, DecideFailure>;

/**
 * Accepts the substitute that somebody proposed: found in the roster or entered there, given the seat with its number, and an invitation
 * of their own that is approved. The passes of whoever they come for are void. All of it or nothing.
 *
 * @param at the bridge of the invitation
 */
export async function acceptSubstitute(
  context: Context,
  conference: AuthorizedConferenceId,
  at: Organizing,
  id: InvitationId,
  exception: FreezeException | null,
): Promise<Decision> {
  const found = await groundOf(context, conference, at, { exception });
  if (!found.ok) return found;
  const ground = found.value;
  const done = await transaction(context.database, async (db) => {
    const own = await proposed(ground, db, at, id);
    if (!own.ok) return own;
    const { invitation, words } = own.value;
    const note = tidy(`${REPLACED.vi}: ${words.name}`);
    const person = await personOfWords(context, db, conference, words);
    const revision = await handNumberOver(db, conference, at, invitation.person, person.id);
    const given = await giveSeat(context, db, conference, at, {
      from: invitation.person,
      to: person.id,
      note,
    });
    if (!given.ok) throw new Refused(given);
    const serial = await voidPasses(context, db, conference, invitation.person, note);
    const accepted = stepped(
      invitation,
      stepOf(context, { step: 'substitute-accepted', person: person.id }, exception),
    );
    if (accepted === null) throw new Error('a proposed substitute could not be accepted');
    const entered = [accepted, ...(await invitedInstead(ground, db, person.id, accepted, exception))];
    await store.enterSteps(db, entered);
    await tellThem(ground, db, [accepted], 'substitute');
    context.audit.note({
      on: { person: [invitation.person, person.id], bridge: at },
      after: { accepted: words, ...(exception !== null && { exception }) },
    });
    return ok({ revision, serial, person: invitation.person });
  }).catch(refusalIn);
  if (!done.ok) return done;
  const { revision, serial, person } = done.value;
  if (revision !== null) enterSeating(context, conference, at, revision);
  if (serial !== null) enterReissue(context, conference, person, serial);
  lettersWait(context.database);
  return await viewNow(ground, id);
}

/** What was begun is taken back with the transaction. */
class Refused extends Error {
  readonly failure: { readonly ok: false } & SubstituteFailure;
  constructor(failure: { readonly ok: false } & SubstituteFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

function refusalIn(error: unknown): { readonly ok: false } & SubstituteFailure {
  if (error instanceof Refused) return error.failure;
  throw error;
}

/** Refuses the substitute, with the reason: whoever proposed them is waited for again. */
export async function refuseSubstitute(
  context: Context,
  conference: AuthorizedConferenceId,
  at: Organizing,
  id: InvitationId,
  reason: string,
): Promise<Decision> {
  const found = await groundOf(context, conference, at);
  if (!found.ok) return found;
  const ground = found.value;
  const done = await transaction(context.database, async (db): Promise<Result<null, DecideFailure>> => {
    const own = await proposed(ground, db, at, id);
    if (!own.ok) return own;
    const { invitation, words } = own.value;
    const step = stepOf(context, { step: 'substitute-refused', reason: tidy(reason) }, null);
    const refused = stepped(invitation, step);
    if (refused === null) return { ok: false, reason: 'no substitute proposed' };
    await store.enterSteps(db, [refused]);
    await tellThem(ground, db, [refused], 'substitute');
    context.audit.note({ on: { person: invitation.person }, after: { refused: words, reason } });
    return ok(null);
  });
  if (!done.ok) return done;
  lettersWait(context.database);
  return await viewNow(ground, id);
}

/** The invitation of the bridge that decides, with the substitute that is proposed. */
async function proposed({ conference }: Ground, db: Connection, at: Organizing, id: InvitationId) {
  const invitation = await store.readInvitation(db, id);
  if (invitation?.conference !== conference || invitation.standing.bridge !== at)
    return { ok: false, reason: 'no such invitation' } as const;
  const may = mayStep(invitation.standing, { step: 'substitute-refused', reason: '-' });
  if (!may.ok) return may;
  const { substitute } = invitation.standing;
  if (substitute === null) return { ok: false, reason: 'no substitute proposed' } as const;
  return ok({ invitation, words: substitute.words });
}

/** The invitation of whoever comes instead: a new one, or the one that they had before it was taken back. */
async function invitedInstead(
  { context, conference }: Ground,
  db: Connection,
  person: store.StoredInvitation['person'],
  { invitation: { standing } }: store.Entered,
  exception: FreezeException | null,
): Promise<store.Entered[]> {
  const { kind, bridge } = standing;
  const had = await store.readInvitationOf(db, conference, person);
  const own = had ?? { id: InvitationId.parse(context.newId()), conference, person, standing: null };
  const prepared = stepped(own, stepOf(context, { step: 'prepared', kind, bridge }, exception));
  if (prepared === null) return [];
  const approved = stepped(prepared.invitation, stepOf(context, { step: 'approved' }, null));
  return approved === null ? [prepared] : [prepared, approved];
}

async function viewNow({ context, calling }: Ground, id: InvitationId): Promise<Decision> {
  const [view] = await invitationViews(context.database.read, calling, [id]);
  return view === undefined ? { ok: false, reason: 'no such invitation' } : ok(view);
}
