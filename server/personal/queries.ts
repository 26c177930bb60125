import { InvitationId } from '../../domain/invitations/step.ts';
import type { PersonalLink } from '../../domain/personal/link.ts';
import { conferenceName } from '../../domain/plan/name.ts';
import { isFor } from '../../domain/schedule/session.ts';
import type { CalendarSession } from '../../domain/calendar/content.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { InvitationView } from '../../domain/wire/invitations.ts';
import { invitationToAnswer, invitationView } from '../invitations/queries.ts';
import { papersOf } from '../papers/queries.ts';
import { issuePass } from '../passes/commands.ts';
import { serialsOf, validUntil } from '../passes/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Answering, Gate } from '../platform/scopes.ts';
import { sessionsOf, type SessionRecord } from '../schedule/queries.ts';
import type { PersonalContent, PersonalState } from './content.ts';
import { readEditions } from './store.ts';

/** Whom a link lets in, and what they were sent. */
export interface Invited {
  readonly answering: Answering;
  readonly view: InvitationView;
}

/** The invitation of a link that was signed here; null where there is none, where its letter has not gone, or where the link is void. */
export async function invitedBy(
  context: Context,
  gate: Gate,
  { invitation, edition }: PersonalLink,
): Promise<Invited | null> {
  const id = InvitationId.parse(invitation);
  const found = await invitationToAnswer(context, id);
  if (found === null) return null;
  const editions = await readEditions(context.database.read, [id]);
  if ((editions.get(id) ?? 1) !== edition) return null;
  const answering = gate.answering(found, 'link');
  const view = await invitationView(context, answering.conference, id);
  if (view === null || view.standing.sentAt === null) return null;
  return { answering, view };
}

/** The first session that somebody at a bridge is called to: one that is still to be held, else the last that was. */
export async function sessionAt(
  context: Context,
  { answering: { conference }, view }: Invited,
): Promise<SessionRecord | null> {
  const [tree, sessions] = await Promise.all([
    bridgeTreeOf(context, conference),
    sessionsOf(context, conference),
  ]);
  const own = sessions.filter(
    ({ kind, bridges }) => kind === 'session' && isFor(bridges, tree, (id) => id === view.bridge.id),
  );
  const now = context.clock();
  return own.find(({ endsAt }) => endsAt > now) ?? own.at(-1) ?? null;
}

/** What the page of somebody shows. */
export async function personalContent(context: Context, invited: Invited): Promise<PersonalContent> {
  const { answering, view } = invited;
  const { conference } = answering;
  const [{ plan }, session, papers] = await Promise.all([
    planOf(context, conference),
    sessionAt(context, invited),
    papersOf(context, conference),
  ]);
  const state = stateOf(view, session === null || context.clock() < session.startsAt);
  const { kind } = view.standing;
  return {
    kind,
    conference: { title: conferenceName(plan.title), number: plan.number },
    convenedBy: view.convenedBy,
    person: view.person,
    obligedSince: kind === 'summons' ? view.obligedSince : null,
    session:
      session === null
        ? null
        : {
            startsAt: session.startsAt,
            endsAt: session.endsAt,
            doorsAt: session.doorsAt,
            calledOff: session.cancelled?.reason ?? null,
            programme: session.agenda.map(({ title, minutes }) => ({ title, minutes })),
          },
    bridge: view.bridge,
    seat: view.seat,
    papers,
    pass: await passOf(context, invited, state),
    state,
  };
}

/** Whoever is not to come has no pass on their page: somebody else may have their seat. */
async function passOf(
  context: Context,
  { answering: { conference }, view: { person, seat } }: Invited,
  state: PersonalState,
): Promise<PersonalContent['pass']> {
  if (seat === null || state.kind === 'withdrawn' || state.substitute?.state === 'accepted') return null;
  const [until, serials] = await Promise.all([
    validUntil(context, conference),
    serialsOf(context, conference),
  ]);
  if (until === null) return null;
  const serial = serials.get(person.id) ?? 1;
  return { code: issuePass(context, conference, { person, serial }, until), until };
}

function stateOf({ standing }: InvitationView, isBefore: boolean): PersonalState {
  const { withdrawn, answer, substitute } = standing;
  if (withdrawn !== null) return { kind: 'withdrawn', reason: withdrawn };
  const said = answer?.said ?? null;
  return {
    kind: 'open',
    answer:
      said === null || said.answer === 'substitute'
        ? null
        : said.answer === 'coming'
          ? 'coming'
          : { notComing: said.reason },
    substitute:
      substitute === null
        ? null
        : { name: substitute.words.name, state: substitute.state, reason: substitute.reason },
    mayAnswer: isBefore && substitute?.state !== 'accepted',
  };
}

/** The session of somebody as their calendar has it; null where nothing is to be held. */
export async function calendarSession(context: Context, invited: Invited): Promise<CalendarSession | null> {
  const { conference } = invited.answering;
  const [{ plan }, session] = await Promise.all([planOf(context, conference), sessionAt(context, invited)]);
  if (session === null) return null;
  const { venue, name } = invited.view.bridge;
  return {
    ...session,
    conference: { id: conference, title: conferenceName(plan.title), number: plan.number },
    venue: venue ?? name,
  };
}
