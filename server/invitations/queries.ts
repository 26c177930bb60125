import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import { postOf } from '../../domain/composition/person.ts';
import type { BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import { conveningOf } from '../../domain/invitations/convening.ts';
import { frozenFrom, judgeChange, type FreezeVerdict } from '../../domain/invitations/freeze.ts';
import { INVITATION_STATES, stateOf, type InvitationState } from '../../domain/invitations/life.ts';
import type { InvitationId } from '../../domain/invitations/step.ts';
import { conferenceName } from '../../domain/plan/name.ts';
import type { CivilDate, Instant } from '../../domain/time.ts';
import type { InvitationCounts, InvitationView } from '../../domain/wire/invitations.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { searchWords } from '../people/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { lastDayOfPasses } from '../passes/queries.ts';
import { sessionsOf, type SessionRecord } from '../schedule/queries.ts';
import {
  readReminding,
  readRounds,
  readSettings,
  type InvitationSettings,
  type Round,
} from './settings-store.ts';
import * as store from './store.ts';

export type { InvitedPerson, StepToEnter, StoredInvitation } from './store.ts';
export type { InvitationSettings } from './settings-store.ts';

/** A hall has fewer; whoever asks for a whole nation has the list of what is placed. */
const MOST_NAMES = 100_000;

type Organizing = AuthorizedBridgeId<'organize' | 'below'>;

export type CallingSession = Pick<SessionRecord, 'title' | 'startsAt' | 'endsAt' | 'venue' | 'bridges'>;

/** What the letters of a conference say beside their person. */
export interface Calling {
  readonly tree: BridgeTree;
  readonly title: string;
  readonly replacesNotice: boolean;
  readonly issuedAt: Instant | null;
  /** The sessions that are held, in order. */
  readonly sessions: readonly CallingSession[];
  /** The first of them; null before the conference has one. */
  readonly startsAt: Instant | null;
  /** The last day on which passes are good; null before the conference has a session. */
  readonly passesUntil: CivilDate | null;
  readonly venue: string | null;
}

/** What letters say of a conference; null before it has bridges. */
export async function callingOf(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<Calling | null> {
  const [tree, { plan, issuedAt }, sessions] = await Promise.all([
    bridgeTreeOf(context, conference),
    planOf(context, conference),
    sessionsOf(context, conference),
  ]);
  if (tree === null) return null;
  const held = sessions.filter(({ kind, cancelled }) => kind === 'session' && cancelled === null);
  return {
    tree,
    title: conferenceName(plan.title),
    replacesNotice: plan.replacesNotice,
    issuedAt,
    sessions: held,
    startsAt: held[0]?.startsAt ?? null,
    passesUntil: lastDayOfPasses(sessions),
    venue: held[0]?.venue ?? plan.venue,
  };
}

/** One invitation as its person may see it; null where there is none of this id. */
export async function invitationView(
  context: Context,
  conference: AuthorizedConferenceId,
  id: InvitationId,
): Promise<InvitationView | null> {
  const calling = await callingOf(context, conference);
  if (calling === null) return null;
  const [view] = await invitationViews(context.database.read, calling, [id]);
  return view?.conference === conference ? view : null;
}

/** Several of them, in no order that matters, as they stand in a transaction or outside of one. */
export async function invitationViews(
  db: Connection,
  calling: Calling,
  ids: readonly InvitationId[],
): Promise<InvitationView[]> {
  const people = await store.readInvited(db, ids);
  return people.flatMap((person) => viewOf(person, calling) ?? []);
}

function viewOf(
  { id, conference, about, standing, seat }: store.InvitedPerson,
  calling: Calling,
): InvitationView | null {
  const { tree } = calling;
  const bridge = tree.get(standing.bridge);
  if (bridge === undefined) return null;
  const convening = conveningOf(bridge, tree, calling, calling.issuedAt);
  return {
    id,
    conference,
    person: { id: about.id, name: about.name, ...postOf(about), email: about.email },
    standing,
    bridge: { id: bridge.id, name: bridge.name, address: bridge.address, venue: venueOf(bridge, calling) },
    seat: seat?.bridge === bridge.id ? { as: seat.as, seatNumber: seat.seatNumber } : null,
    convenedBy: tree.get(convening.by)?.name ?? bridge.name,
    obligedSince: convening.obligedSince,
  };
}

/** The plan says where the central bridge is; where the others are they say themselves. */
function venueOf({ id, address }: Bridge, { tree, venue }: Calling): string | null {
  return id === tree.root.id ? (venue ?? address) : address;
}

/** A bridge as letters name it: with the hall where that is known and says more. */
export function placeAt(bridge: Bridge, calling: Calling): string {
  return placeOf({ name: bridge.name, venue: venueOf(bridge, calling) });
}

/** The same, where the hall has been looked up already. */
export function placeOf({ name, venue }: Pick<InvitationView['bridge'], 'name' | 'venue'>): string {
  return venue === null || venue === name ? name : `${name}, ${venue}`;
}

/** Which conference an invitation is of, for whoever is about to be let in to answer it; null where there is none of this id. */
export async function invitationToAnswer(
  { database }: Pick<Context, 'database'>,
  id: InvitationId,
): Promise<{ readonly id: InvitationId; readonly conference: ConferenceId } | null> {
  return await store.readInvitation(database.read, id);
}

/** The bridges over which somebody decides: theirs and all below. */
export function bridgesBelow(tree: BridgeTree, bridge: Organizing): BridgeId[] {
  return tree.subtree(bridge).map(({ id }) => id);
}

/** How the names of a conference stand at some moment. */
export interface FreezeNow {
  readonly days: number | null;
  readonly from: Instant | null;
  readonly verdict: FreezeVerdict;
}

/** When names freeze, and what is asked of a change now. Before the conference has a session every change is free. */
export async function freezeOf(
  { clock, database }: Pick<Context, 'clock' | 'database'>,
  conference: ConferenceId,
  { startsAt }: Pick<Calling, 'startsAt'>,
): Promise<FreezeNow> {
  const { freezeDays: days } = await readSettings(database.read, conference);
  if (startsAt === null) return { days, from: null, verdict: 'free' };
  return { days, from: frozenFrom({ days }, startsAt), verdict: judgeChange({ days }, startsAt, clock()) };
}

export interface InvitationsFound {
  /** One further than asked for, where there is one. */
  readonly people: readonly store.InvitedPerson[];
  readonly counts: InvitationCounts;
  readonly pending: Awaited<ReturnType<typeof store.countPending>>;
}

/** Invitations of a bridge and everything below it in official order, after a person. */
export async function findInvitations(
  { database: { read } }: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  { tree }: Calling,
  { q, state }: { readonly q: string; readonly state: InvitationState | null },
  after: PersonId | null,
  limit: number,
): Promise<InvitationsFound> {
  const bridges = bridgesBelow(tree, bridge);
  const search = { bridges, state, words: searchWords(q) };
  const [people, counts, pending] = await Promise.all([
    store.listInvitations(read, conference, search, after, limit + 1),
    store.countStates(read, conference, bridges),
    store.countPending(read, conference, bridges),
  ]);
  const each = INVITATION_STATES.map((one) => [one, counts[one] ?? 0] as const);
  return { people, counts: Object.fromEntries(each) as InvitationCounts, pending };
}

/** Everything that happened to an invitation, oldest first. */
export async function logOf({ database }: Context, id: InvitationId): Promise<store.StepToEnter[]> {
  return await store.readLog(database.read, id);
}

export interface SettingsNow {
  readonly settings: InvitationSettings;
  readonly rounds: readonly Round[];
}

export async function settingsOf(
  { database }: Context,
  conference: AuthorizedConferenceId,
): Promise<SettingsNow> {
  const [settings, rounds] = await Promise.all([
    readSettings(database.read, conference),
    readRounds(database.read, conference),
  ]);
  return { settings, rounds };
}

/** Conferences that remind, for the work that the server does by itself. */
export async function remindingNow({ database }: Context): ReturnType<typeof readReminding> {
  return await readReminding(database.read);
}

/** One invitation of a bridge or below it, as an organizer asks for it; null where there is none. */
export async function invitationBelow(
  { database }: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  calling: Calling,
  id: InvitationId,
): Promise<InvitationView | null> {
  const [view] = await invitationViews(database.read, calling, [id]);
  if (view?.conference !== conference) return null;
  return calling.tree.path(view.bridge.id).some((above) => above.id === bridge) ? view : null;
}

/** Somebody who is invited to a conference; null while nobody is. */
export async function someInvitation(
  { database: { read } }: Context,
  conference: AuthorizedConferenceId<'organize'>,
  calling: Calling,
): Promise<InvitationView | null> {
  const bridges = calling.tree.bridges.map(({ id }) => id);
  const [first] = await store.listInvitations(read, conference, { bridges, state: null, words: [] }, null, 1);
  return first === undefined ? null : viewOf(first, calling);
}

/** Somebody on the list for the venue's security, with the last change of names that was an exception, if any. */
export interface SecurityName {
  readonly person: store.InvitedPerson;
  readonly exception: store.StepToEnter | null;
}

/**
 * Whoever security lets in at a bridge and below it, in official order. Those who are no longer to come stand there only where that
 * changed after names were frozen: security has their names on the list from before.
 */
export async function namesForSecurity(
  { database: { read } }: Context,
  conference: AuthorizedConferenceId,
  bridge: Organizing,
  { tree }: Calling,
): Promise<SecurityName[]> {
  const bridges = bridgesBelow(tree, bridge);
  const [people, exceptions] = await Promise.all([
    store.listInvitations(read, conference, { bridges, state: null, words: [] }, null, MOST_NAMES),
    store.readExceptions(read, conference),
  ]);
  return people.flatMap((person) => {
    const exception = exceptions.get(person.id) ?? null;
    const state = stateOf(person.standing);
    const isGone = state === 'withdrawn' || state === 'substitute-accepted';
    return isGone && exception === null ? [] : [{ person, exception }];
  });
}
