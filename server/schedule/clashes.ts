import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import {
  findConflicts,
  type Booked,
  type BookedBridge,
  type Conflict,
} from '../../domain/schedule/conflicts.ts';
import { thoseThatMeet } from '../../domain/schedule/overlaps.ts';
import type { Names } from '../../domain/schedule/sentences.ts';
import { bridgesTaking } from '../../domain/schedule/session.ts';
import type { Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { readPlaces, readSessionsBetween, type SessionRecord } from './store.ts';

/** A conference of which somebody sees all bridges. */
export interface WholeConference {
  readonly id: AuthorizedConferenceId;
  readonly title: string;
  /** Whether they may see its people as well: chairs and presenters are people. */
  readonly people: boolean;
}

/** What somebody sees of a conference that was met; null for one that they do not see the whole of. */
export type Sees = (conference: ConferenceId) => Promise<WholeConference | null>;

export interface Clashes {
  readonly conflicts: readonly Conflict[];
  readonly names: Names;
  /** The sessions that conflicts speak of and that whoever asks may see, by id. */
  readonly sessions: ReadonlyMap<string, SessionRecord>;
}

/**
 * Where sessions want one room, bridge, chair or presenter at one time, among themselves and against all others. Of a conference
 * that is not seen no more is told than that a room is taken; chairs and presenters are compared where both rosters may be seen.
 *
 * @param sessions those that are asked about; called-off ones are in nobody's way
 */
export async function clashesOf(
  context: Context,
  sessions: readonly SessionRecord[],
  sees: Sees,
): Promise<Clashes> {
  const held = sessions.filter(({ cancelled }) => cancelled === null);
  const beside = await sessionsBeside(context, held);
  const all = [...held, ...beside];
  const seen = new Map<ConferenceId, WholeConference>();
  for (const conference of new Set(all.map((session) => session.conference))) {
    const found = await sees(conference);
    if (found !== null) seen.set(conference, found);
  }
  const { trees, bridgesOf, placeNames } = await bridgesFor(context, all, seen);
  const own = new Set(held.map(({ id }) => id));
  const booked = all.map((session) =>
    asBooked(session, seen.get(session.conference), trees.get(session.conference) ?? null),
  );
  const conflicts = findConflicts(booked, bridgesOf).filter(
    ({ first, second }) => own.has(first) || own.has(second),
  );
  const byId = new Map(all.filter(({ conference }) => seen.has(conference)).map((one) => [one.id, one]));
  const personNames = await namesIn(context, conflicts, Array.from(seen.values()));
  return {
    conflicts,
    sessions: byId,
    names: {
      session: (id) => {
        const session = byId.get(id);
        if (session === undefined) return null;
        const title = seen.get(session.conference)?.title ?? '';
        return { ...session, conference: { id: session.conference, title } };
      },
      bridge: (id) => placeNames.get(id) ?? '',
      person: (id) => personNames.get(id) ?? '',
    },
  };
}

/** Sessions of anybody that share time with one of those given. */
async function sessionsBeside(context: Context, held: readonly SessionRecord[]): Promise<SessionRecord[]> {
  if (held.length === 0) return [];
  const own = new Set(held.map(({ id }) => id));
  const from = Math.min(...held.map(({ doorsAt, startsAt }) => doorsAt ?? startsAt)) as Instant;
  const until = Math.max(...held.map(({ endsAt }) => endsAt)) as Instant;
  const around = await readSessionsBetween(context.database.read, from, until);
  const spans = [...held, ...around.filter(({ id }) => !own.has(id))].map((session) => ({
    session,
    startsAt: session.doorsAt ?? session.startsAt,
    endsAt: session.endsAt,
  }));
  const meeting = thoseThatMeet(spans, ({ session }) => own.has(session.id));
  return Array.from(meeting, ({ session }) => session).filter(({ id }) => !own.has(id));
}

interface Bridges {
  readonly trees: ReadonlyMap<ConferenceId, BridgeTree>;
  readonly bridgesOf: ReadonlyMap<ConferenceId, readonly BookedBridge[]>;
  readonly placeNames: ReadonlyMap<BridgeId, string>;
}

async function bridgesFor(
  context: Context,
  sessions: readonly SessionRecord[],
  seen: ReadonlyMap<ConferenceId, WholeConference>,
): Promise<Bridges> {
  const trees = new Map<ConferenceId, BridgeTree>();
  const bridgesOf = new Map<ConferenceId, readonly BookedBridge[]>();
  const placeNames = new Map<BridgeId, string>();
  const unseen = new Set<ConferenceId>();
  for (const conference of new Set(sessions.map((session) => session.conference))) {
    const whole = seen.get(conference);
    if (whole === undefined) {
      unseen.add(conference);
      continue;
    }
    const tree = await bridgeTreeOf(context, whole.id);
    if (tree === null) continue;
    trees.set(conference, tree);
    bridgesOf.set(conference, whole.people ? tree.bridges : tree.bridges.map(withoutChair));
    for (const { id, name } of tree.bridges) placeNames.set(id, name);
  }
  for (const [conference, places] of await readPlaces(context.database.read, [...unseen])) {
    bridgesOf.set(
      conference,
      places.map((place) => ({ ...place, chair: null })),
    );
    for (const { id, name } of places) placeNames.set(id, name);
  }
  return { trees, bridgesOf, placeNames };
}

function withoutChair(bridge: BookedBridge): BookedBridge {
  return { ...bridge, chair: null };
}

function asBooked(
  session: SessionRecord,
  whole: WholeConference | undefined,
  tree: BridgeTree | null,
): Booked {
  const people = whole?.people === true;
  // Of a tree that is not seen it is not known which bridges lie below which.
  const bridges =
    whole === undefined && session.bridges !== 'all'
      ? session.bridges.tops
      : bridgesTaking(session.bridges, tree);
  return {
    ...session,
    bridges,
    chair: people ? session.chair : null,
    agenda: people ? session.agenda : [],
  };
}

/** A person has one id in every conference: whichever roster may be seen names them. */
async function namesIn(
  context: Context,
  conflicts: readonly Conflict[],
  seen: readonly WholeConference[],
): Promise<Map<PersonId, string>> {
  const names = new Map<PersonId, string>();
  const people = new Set(conflicts.flatMap((conflict) => ('person' in conflict ? conflict.person : [])));
  for (const { id, people: may } of seen) {
    const missing = [...people].filter((person) => !names.has(person));
    if (!may || missing.length === 0) continue;
    for (const person of await peopleByIds(context, id, missing)) names.set(person.id, person.name);
  }
  return names;
}
