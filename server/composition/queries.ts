import type { Expected } from '../../domain/attendance/presence.ts';
import { DEFAULT_SETTINGS, PlacementSettings } from '../../domain/composition/settings.ts';
import type { BridgeId, ClauseId, ConferenceId, PersonId } from '../../domain/ids.ts';
import { assertNever } from '../../domain/result.ts';
import type { BridgeRoom, RoomCounts, RoomState } from '../../domain/wire/placement.ts';
import { bridgesOf } from '../bridges/queries.ts';
import { rosterRevision, searchWords } from '../people/queries.ts';
import { planOf } from '../plans/queries.ts';
import { erasureRevision } from '../erasure/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import {
  countAllSeats,
  countByClause,
  countSeats,
  listPlacements,
  readPlacedAt,
  readRun,
  readSeats,
  readSettings,
  type ListedPlacement,
  type PlacementSearch,
  type Run,
} from './store.ts';
import { countRooms, listRooms } from './room-store.ts';
import { listChanges, type KeptChange } from './change-store.ts';

/** Who is expected where: every placement with a seat. Who fills a room under a conditional clause is summoned to it. */
export async function expectedOf(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<Iterable<Expected>> {
  const groups = await readSeats(context.database.read, conference);
  return {
    *[Symbol.iterator]() {
      for (const { bridge, basis, people } of groups) {
        const as = basis === 'invited' ? 'invited' : 'summoned';
        for (const person of JSON.parse(people) as PersonId[]) yield { person, bridge, basis: as };
      }
    },
  };
}

/** Changes whenever a conference's seats, roster or bridges do, and when what people wrote in its events was erased. */
export async function seatsRevision(context: Context, conference: AuthorizedConferenceId): Promise<string> {
  const [placedAt, { revision }, roster, erasures] = await Promise.all([
    readPlacedAt(context.database.read, conference),
    bridgesOf(context, conference),
    rosterRevision(context, conference),
    erasureRevision(context, conference),
  ]);
  return `${placedAt ?? 0}:${revision}:${roster}:${erasures}`;
}

/** How many are expected at each of the given bridges; a bridge without anybody is not in the answer. */
export async function seatCounts(
  context: Context,
  conference: AuthorizedConferenceId,
  bridges: readonly BridgeId[],
): Promise<Map<BridgeId, { readonly summoned: number; readonly invited: number }>> {
  return countSeats(context.database.read, conference, bridges);
}

interface CountedSeats {
  readonly asOf: string;
  readonly seats: Promise<ReadonlyMap<BridgeId, number>>;
}
const countedSeats = new WeakMap<Database, Map<ConferenceId, CountedSeats>>();

/** How many are seated at each bridge of a conference. Counting a nation takes a second: kept until people are placed anew. */
export async function seatsOfAll(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<ReadonlyMap<BridgeId, number>> {
  const { database } = context;
  const [placedAt, roster] = await Promise.all([
    readPlacedAt(database.read, conference),
    rosterRevision(context, conference),
  ]);
  const asOf = `${placedAt ?? 0}:${roster}`;
  const counted = countedSeats.get(database) ?? new Map<ConferenceId, CountedSeats>();
  countedSeats.set(database, counted);
  const known = counted.get(conference);
  if (known?.asOf === asOf) return known.seats;
  const seats = countAllSeats(database.read, conference);
  counted.set(conference, { asOf, seats });
  // What failed is asked for again.
  seats.catch(() => counted.delete(conference));
  return seats;
}

/** Whether people were placed at all. */
export async function isPlaced(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<boolean> {
  return (await readPlacedAt(context.database.read, conference)) !== null;
}

/** How many people have their seat by each clause of the plan; null where nobody was placed yet. */
export async function seatsByClause(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<ReadonlyMap<ClauseId, number> | null> {
  const placedAt = await readPlacedAt(context.database.read, conference);
  return placedAt === null ? null : countByClause(context.database.read, conference);
}

/** The placement that was kept last, with what it was computed from. */
export interface CurrentPlacement {
  readonly run: Run;
  readonly settings: PlacementSettings;
  /** Plan, bridges or roster have changed since. */
  readonly stale: boolean;
}

/** The placement as it stands; null before the first. */
export async function currentPlacement(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<CurrentPlacement | null> {
  const [run, settings, { revision }, bridges, roster] = await Promise.all([
    readRun(context.database.read, conference),
    settingsOf(context, conference),
    planOf(context, conference),
    bridgesOf(context, conference),
    rosterRevision(context, conference),
  ]);
  if (run === null) return null;
  const { planRevision, bridgesRevision, summary } = run;
  const isAsThen =
    planRevision === revision && bridgesRevision === bridges.revision && summary.rosterRevision === roster;
  return { run, settings, stale: !isAsThen };
}

/** What the organizers settled of what the plan's words leave open. */
export async function settingsOf(context: Context, conference: ConferenceId): Promise<PlacementSettings> {
  const stored = await readSettings(context.database.read, conference);
  return PlacementSettings.parse(Object.assign({}, DEFAULT_SETTINGS, stored));
}

export type FoundPlacement = ListedPlacement;

/** Which placements are looked for; what is left out asks nothing. */
export type PlacementsWanted = Partial<Omit<PlacementSearch, 'words'>> & { readonly q?: string };

/** A stretch of the placements in official order after a person, one further than `limit`. */
export async function findPlacements(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
  { q = '', ...wanted }: PlacementsWanted,
  after: PersonId | null,
  limit: number,
): Promise<FoundPlacement[]> {
  const search: PlacementSearch = {
    bridge: null,
    unplaced: false,
    reason: null,
    clause: null,
    person: null,
    ...wanted,
    words: searchWords(q),
  };
  return listPlacements(context.database.read, conference, search, after, limit + 1);
}

/** The last run's counts of each clause; none before the first. */
export async function clauseCounts(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<ReadonlyMap<ClauseId, { readonly matched: number; readonly seated: number }>> {
  const run = await readRun(context.database.read, conference);
  return new Map(run?.summary.clauses.map(({ clause, matched, seated }) => [clause, { matched, seated }]));
}

/** How full bridges are, those that need somebody first: `limit` after the first `skip`, and one further. */
export async function findRooms(
  context: Context,
  conference: AuthorizedConferenceId,
  search: { readonly show: RoomState | 'open' | null; readonly q: string },
  skip: number,
  limit: number,
): Promise<{ readonly rooms: BridgeRoom[]; readonly counts: RoomCounts }> {
  const { read } = context.database;
  const [rooms, counts] = await Promise.all([
    listRooms(read, conference, { show: search.show, words: searchWords(search.q) }, skip, limit + 1),
    countRooms(read, conference),
  ]);
  return { rooms, counts };
}

const CHANGES_SHOWN = 30;

/** The last changes of the composition, newest first. */
export async function lastChanges(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<KeptChange[]> {
  return listChanges(context.database.read, conference, CHANGES_SHOWN);
}

/** One pin, decision or quota. */
export interface ByHand {
  readonly clause: ClauseId | null;
  readonly bridge: BridgeId | null;
  readonly seats: number | null;
  readonly people: readonly PersonId[];
  readonly words: string | null;
}

/** All that was settled by hand of one kind. */
export function byHandIn(settings: PlacementSettings, kind: 'pin' | 'decision' | 'quota'): ByHand[] {
  switch (kind) {
    case 'pin':
      return settings.pins.map(({ person, bridge, note }) => ({
        clause: null,
        bridge,
        seats: null,
        people: [person],
        words: note,
      }));
    case 'decision':
      return settings.named.map(({ clause, bridge, people, decision }) => ({
        clause,
        bridge,
        seats: null,
        people,
        words: decision,
      }));
    case 'quota':
      return settings.quota.map(({ clause, bridge, seats, named }) => ({
        clause,
        bridge,
        seats,
        people: named,
        words: null,
      }));
    default:
      return assertNever(kind);
  }
}
