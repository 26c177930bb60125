import type { Knex } from 'knex';

import type { Person } from '../../domain/composition/person.ts';
import type { SeatBasis } from '../../domain/composition/placement.ts';
import type { BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import { stateOf, type InvitationState, type Standing } from '../../domain/invitations/life.ts';
import type { FreezeException, InvitationId, InvitationStep } from '../../domain/invitations/step.ts';
import type { SeatNumber } from '../../domain/seating/number.ts';
import type { Instant } from '../../domain/time.ts';
import { inOfficialOrder } from '../people/store.ts';

/** An invitation with where it stands. */
export interface StoredInvitation {
  readonly id: InvitationId;
  readonly conference: ConferenceId;
  readonly person: PersonId;
  readonly standing: Standing;
}

interface InvitationRow {
  readonly id: InvitationId;
  readonly conference: ConferenceId;
  readonly person: PersonId;
  readonly standing: string;
}

function invitationOf({ id, conference, person, standing }: InvitationRow): StoredInvitation {
  return { id, conference, person, standing: JSON.parse(standing) as Standing };
}

/** The seat that somebody has now, with their invitation, if any. */
export interface SeatToInvite {
  readonly person: PersonId;
  readonly bridge: BridgeId;
  readonly basis: SeatBasis;
  readonly invitation: StoredInvitation | null;
}

/**
 * People with a seat at some bridges whose invitation is not that of their seat: none, or of another bridge; with `anew` those alone
 * whose invitation is one of these and was taken back. After a person, at most `limit`, by id.
 */
export async function readToInvite(
  db: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  anew: readonly InvitationId[] | null,
  after: PersonId | '',
  limit: number,
): Promise<SeatToInvite[]> {
  const rows = await differing(db, conference, bridges, anew)
    .where('placement.person', '>', after)
    .orderBy('placement.person')
    .limit(limit)
    .select<
      (Pick<SeatToInvite, 'person' | 'bridge' | 'basis'> & {
        id: InvitationId | null;
        standing: string | null;
      })[]
    >('placement.person', 'placement.bridge', 'placement.basis', 'invitation.id', 'invitation.standing');
  return rows.map(({ id, standing, ...seat }) => ({
    ...seat,
    invitation:
      id === null || standing === null
        ? null
        : { id, conference, person: seat.person, standing: JSON.parse(standing) as Standing },
  }));
}

function differing(
  db: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  anew: readonly InvitationId[] | null = null,
): Knex.QueryBuilder {
  const seats = db('placement')
    .leftJoin('invitation', (join) =>
      join.on('invitation.conference', 'placement.conference').on('invitation.person', 'placement.person'),
    )
    .where('placement.conference', conference)
    .whereRaw('placement.bridge in (select value from json_each(?))', [JSON.stringify(bridges)]);
  return anew === null
    ? seats.whereRaw(
        `(invitation.id is null or (invitation.bridge <> placement.bridge and invitation.state <> 'withdrawn'))`,
      )
    : seats.whereRaw(`invitation.state = 'withdrawn' and invitation.id in (select value from json_each(?))`, [
        JSON.stringify(anew),
      ]);
}

/** How many invitations of some bridges are to be prepared or moved, and how many people of them have no seat any more. */
export async function countPending(
  db: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
): Promise<{ readonly toPrepare: number; readonly toMove: number; readonly withoutSeat: number }> {
  const row = await differing(db, conference, bridges).first<
    { toPrepare: number; toMove: number } | undefined
  >(
    db.raw('count(*) filter (where invitation.id is null) as toPrepare'),
    db.raw('count(*) filter (where invitation.id is not null) as toMove'),
  );
  const left = await seatless(db, conference, bridges).count<{ n: number }[]>({ n: '*' });
  return { toPrepare: row?.toPrepare ?? 0, toMove: row?.toMove ?? 0, withoutSeat: left[0]?.n ?? 0 };
}

/** Invitations of some bridges that stand although their person has no seat any more, and nobody comes instead. */
function seatless(db: Knex, conference: ConferenceId, bridges: readonly BridgeId[]): Knex.QueryBuilder {
  return db('invitation')
    .leftJoin('placement', (join) =>
      join.on('placement.conference', 'invitation.conference').on('placement.person', 'invitation.person'),
    )
    .where('invitation.conference', conference)
    .whereRaw('invitation.bridge in (select value from json_each(?))', [JSON.stringify(bridges)])
    .whereNotIn('invitation.state', ['withdrawn', 'substitute-accepted'])
    .whereNull('placement.bridge');
}

export async function readSeatless(
  db: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  limit: number,
): Promise<StoredInvitation[]> {
  const rows = await seatless(db, conference, bridges)
    .orderBy('invitation.id')
    .limit(limit)
    .select<InvitationRow[]>('invitation.*');
  return rows.map(invitationOf);
}

/** A step as it is entered, with who did and how. */
export interface StepToEnter {
  readonly at: Instant;
  readonly by: string | null;
  readonly via: 'organizer' | 'link' | 'reply' | 'program';
  readonly what: InvitationStep;
  readonly exception: FreezeException | null;
}

/** One invitation after a step: what stands then, beside the step that made it so. */
export interface Entered {
  readonly invitation: StoredInvitation;
  readonly step: StepToEnter;
}

/**
 * Writes steps and where the invitations stand after them; one that is not there yet is made. Inside a transaction. A unique violation
 * says that somebody has an invitation already.
 */
export async function enterSteps(db: Knex, entered: readonly Entered[]): Promise<void> {
  if (entered.length === 0) return;
  const list = entered.map(({ invitation: { id, conference, person, standing }, step }) => ({
    id,
    conference,
    person,
    standing: JSON.stringify(standing),
    state: stateOf(standing),
    at: step.at,
    by: step.by,
    via: step.via,
    what: JSON.stringify(step.what),
    exception: step.exception === null ? null : JSON.stringify(step.exception),
  }));
  await db.raw(
    `insert into invitation (id, conference, person, standing, state)
     select value ->> 'id', value ->> 'conference', value ->> 'person', value ->> 'standing', value ->> 'state'
     from json_each(?) where true
     on conflict (id) do update set standing = excluded.standing, state = excluded.state`,
    [JSON.stringify(list)],
  );
  await db.raw(
    `insert into invitation_step (invitation, at, by, via, what, exception)
     select value ->> 'id', value ->> 'at', value ->> 'by', value ->> 'via', value ->> 'what', value ->> 'exception'
     from json_each(?)`,
    [JSON.stringify(list)],
  );
}

export async function readInvitation(db: Knex, id: InvitationId): Promise<StoredInvitation | null> {
  const row = await db('invitation').where({ id }).first<InvitationRow | undefined>();
  return row === undefined ? null : invitationOf(row);
}

/** Those of the given ids, whichever conference they are of. */
export async function readByIds(db: Knex, ids: readonly InvitationId[]): Promise<StoredInvitation[]> {
  const rows = await db('invitation')
    .whereRaw('id in (select value from json_each(?))', [JSON.stringify(ids)])
    .select<InvitationRow[]>();
  return rows.map(invitationOf);
}

/** The invitation of a person; null where they have none. */
export async function readInvitationOf(
  db: Knex,
  conference: ConferenceId,
  person: PersonId,
): Promise<StoredInvitation | null> {
  const row = await db('invitation').where({ conference, person }).first<InvitationRow | undefined>();
  return row === undefined ? null : invitationOf(row);
}

/** Those of the given ids that are of a conference. */
export async function readInvitations(
  db: Knex,
  conference: ConferenceId,
  ids: readonly InvitationId[],
): Promise<StoredInvitation[]> {
  const rows = await db('invitation')
    .where({ conference })
    .whereRaw('id in (select value from json_each(?))', [JSON.stringify(ids)])
    .select<InvitationRow[]>();
  return rows.map(invitationOf);
}

/** Invitations of some bridges in some states, after an id, at most `limit`. */
export async function readInStates(
  db: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
  states: readonly InvitationState[],
  after: InvitationId | '',
  limit: number,
): Promise<StoredInvitation[]> {
  const rows = await db('invitation')
    .where({ conference })
    .whereRaw('bridge in (select value from json_each(?))', [JSON.stringify(bridges)])
    .whereIn('state', states)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .select<InvitationRow[]>();
  return rows.map(invitationOf);
}

/** An invitation with whom it is for and where they sit now. */
export interface InvitedPerson extends StoredInvitation {
  readonly about: Person;
  /** Where they are placed now; null without a seat. */
  readonly seat: {
    readonly bridge: BridgeId;
    readonly as: 'chair' | 'delegate';
    readonly seatNumber: SeatNumber | null;
  } | null;
}

interface InvitedRow extends InvitationRow {
  readonly data: string;
  readonly placedAt: BridgeId | null;
  readonly as: 'chair' | 'delegate' | null;
  readonly number: SeatNumber | null;
}

function invited(db: Knex): Knex.QueryBuilder {
  return db('invitation')
    .join('person', (join) =>
      join.on('person.conference', 'invitation.conference').on('person.id', 'invitation.person'),
    )
    .leftJoin('placement', (join) =>
      join.on('placement.conference', 'invitation.conference').on('placement.person', 'invitation.person'),
    )
    .leftJoin('seat_number', (join) =>
      join
        .on('seat_number.conference', 'placement.conference')
        .on('seat_number.person', 'placement.person')
        .on('seat_number.bridge', 'placement.bridge'),
    );
}

const INVITED = {
  id: 'invitation.id',
  conference: 'invitation.conference',
  person: 'invitation.person',
  standing: 'invitation.standing',
  data: 'person.data',
  placedAt: 'placement.bridge',
  as: 'placement.as',
  number: 'seat_number.number',
} as const;

function invitedOf(row: InvitedRow): InvitedPerson {
  const { data, placedAt, as, number } = row;
  return {
    ...invitationOf(row),
    about: JSON.parse(data) as Person,
    seat: placedAt === null || as === null ? null : { bridge: placedAt, as, seatNumber: number },
  };
}

/** Invitations with their people. */
export async function readInvited(db: Knex, ids: readonly InvitationId[]): Promise<InvitedPerson[]> {
  const rows = await invited(db)
    .whereRaw('invitation.id in (select value from json_each(?))', [JSON.stringify(ids)])
    .select<InvitedRow[]>(INVITED);
  return rows.map(invitedOf);
}

/** Which invitations are looked for: at some bridges, in a state, by words that each begin a word of name or post. */
export interface InvitationSearch {
  readonly bridges: readonly BridgeId[];
  readonly state: InvitationState | null;
  readonly words: readonly string[];
}

/** Invitations in official order of their people, after a person, at most `limit`. */
export async function listInvitations(
  db: Knex,
  conference: ConferenceId,
  search: InvitationSearch,
  after: PersonId | null,
  limit: number,
): Promise<InvitedPerson[]> {
  const list = invited(db)
    .where('invitation.conference', conference)
    .where('person.conference', conference)
    .whereRaw('invitation.bridge in (select value from json_each(?))', [JSON.stringify(search.bridges)]);
  if (search.state !== null) void list.where('invitation.state', search.state);
  for (const word of search.words) void list.whereRaw(`' ' || person.search_key like ?`, [`% ${word}%`]);
  const rows = await inOfficialOrder(list, conference, after).limit(limit).select<InvitedRow[]>(INVITED);
  return rows.map(invitedOf);
}

/** How many invitations of some bridges are in each state. */
export async function countStates(
  db: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
): Promise<Partial<Record<InvitationState, number>>> {
  const rows = await db('invitation')
    .where({ conference })
    .whereRaw('bridge in (select value from json_each(?))', [JSON.stringify(bridges)])
    .groupBy('state')
    .select<{ state: InvitationState; n: number }[]>('state', db.raw('count(*) as n'));
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

type LogRow = Pick<StepToEnter, 'at' | 'by' | 'via'> & {
  readonly what: string;
  readonly exception: string | null;
};

function stepIn(row: LogRow): StepToEnter {
  return {
    ...row,
    what: JSON.parse(row.what) as InvitationStep,
    exception: row.exception === null ? null : (JSON.parse(row.exception) as FreezeException),
  };
}

/** Whom some people come for: of each who was accepted instead of somebody, that one's address; null where it is not known. */
export async function readPrincipals(
  db: Knex,
  conference: ConferenceId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string | null>> {
  const rows = await db('invitation')
    .join('person', (join) =>
      join.on('person.conference', 'invitation.conference').on('person.id', 'invitation.person'),
    )
    .where({ 'invitation.conference': conference, 'invitation.state': 'substitute-accepted' })
    .whereRaw(`invitation.standing ->> '$.substitute.person' in (select value from json_each(?))`, [
      JSON.stringify(people),
    ])
    .select<{ instead: PersonId; email: string | null }[]>(
      db.raw(`invitation.standing ->> '$.substitute.person' as instead`),
      db.raw(`person.data ->> 'email' as email`),
    );
  return new Map(rows.map(({ instead, email }) => [instead, email]));
}

/** Everything that happened to an invitation, oldest first. */
export async function readLog(db: Knex, invitation: InvitationId): Promise<StepToEnter[]> {
  const rows = await db('invitation_step')
    .where({ invitation })
    .orderBy('place')
    .select<LogRow[]>('at', 'by', 'via', 'what', 'exception');
  return rows.map(stepIn);
}

/** Of each invitation whose names were changed after they were frozen, the last step that did. */
export async function readExceptions(
  db: Knex,
  conference: ConferenceId,
): Promise<ReadonlyMap<InvitationId, StepToEnter>> {
  const rows = await db('invitation_step')
    .join('invitation', 'invitation.id', 'invitation_step.invitation')
    .where({ conference })
    .whereNotNull('exception')
    .orderBy('place')
    .select<(LogRow & { invitation: InvitationId })[]>(
      'invitation_step.invitation',
      'invitation_step.at',
      'invitation_step.by',
      'invitation_step.via',
      'invitation_step.what',
      'invitation_step.exception',
    );
  return new Map(rows.map(({ invitation, ...row }) => [invitation, stepIn(row)]));
}
