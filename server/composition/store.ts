import type { Knex } from 'knex';
import type {
  OtherSeat,
  Placement,
  PlacementReason,
  SeatBasis,
  Unseated,
} from '../../domain/composition/placement.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { BridgeId, ClauseId, ConferenceId, PersonId } from '../../domain/ids.ts';
import type { Sentence } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import type { ClauseInWords } from '../../domain/wire/placement.ts';
import { inOfficialOrder } from '../people/store.ts';

const IDS_PER_QUERY = 500;
const PAIRS_PER_STRETCH = 200_000;

interface PlacementRecord {
  readonly conference: string;
  readonly person: string;
  readonly bridge: string | null;
  readonly as: 'chair' | 'delegate' | null;
  readonly basis: SeatBasis | null;
  readonly clause: string | null;
  readonly reason: string;
  readonly others: string;
}

function placementOf(row: PlacementRecord): Placement {
  return {
    person: row.person as PersonId,
    bridge: row.bridge as BridgeId | null,
    as: row.as,
    basis: row.basis,
    clause: row.clause as ClauseId | null,
    reason: JSON.parse(row.reason) as PlacementReason,
    others: JSON.parse(row.others) as OtherSeat[],
  };
}

/** A finding in both languages, with what to do and where. */
export interface KeptFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: Sentence;
  readonly todo: Sentence;
  readonly bridge: BridgeId | null;
  readonly clause: ClauseId | null;
  readonly person: PersonId | null;
}

/** The part of a summary that is the same whenever it is shown; sentences stand in both languages. */
export interface KeptSummary {
  /** Of the roster that was placed. */
  readonly rosterRevision: number;
  readonly people: number;
  readonly seated: number;
  readonly unplaced: number;
  readonly unseated: readonly { readonly reason: Unseated; readonly people: number }[];
  readonly clauses: readonly (Omit<ClauseInWords, 'understood'> & { readonly understood: Sentence })[];
  readonly findings: readonly KeptFinding[];
  readonly findingCount: number;
}

/** What was kept beside the placements: for which plan, when, and the summary that was shown. */
export interface Run {
  readonly planRevision: number;
  readonly bridgesRevision: number;
  readonly at: Instant;
  readonly summary: KeptSummary;
}

/** What is written of a placement: rows as JSON arrays. */
export interface PlacementRows {
  readonly placements: readonly string[];
  readonly rooms: readonly string[];
}

/**
 * Replaces the placements of a conference. Inside a transaction. No two runs of a conference have one time, however quickly
 * they follow each other: whoever keeps something of the seats goes by it.
 */
export async function replacePlacements(
  connection: Knex,
  conference: ConferenceId,
  rows: PlacementRows,
  run: Run,
): Promise<void> {
  await connection('placement').where({ conference }).delete();
  await connection('placement_room').where({ conference }).delete();
  for (const list of rows.placements) {
    // SQLite's own way of giving a statement a list, as for the people: check-ins wait for this transaction.
    await connection.raw(
      `insert into placement (conference, person, bridge, "as", basis, clause, reason, others)
       select ?, value ->> 'person', value ->> 'bridge', value ->> 'as',
              value ->> 'basis', value ->> 'clause', value ->> 'reason', value ->> 'others'
       from json_each(?)`,
      [conference, list],
    );
  }
  for (const list of rows.rooms) {
    await connection.raw(
      `insert into placement_room (conference, bridge, summoned, invited, conditional, quotas)
       select ?, value ->> 'bridge', value ->> 'summoned', value ->> 'invited', value ->> 'conditional', value ->> 'quotas'
       from json_each(?)`,
      [conference, list],
    );
  }
  const before = await readPlacedAt(connection, conference);
  const row = {
    conference,
    plan_revision: run.planRevision,
    bridges_revision: run.bridgesRevision,
    at: Math.max(run.at, (before ?? -1) + 1),
    summary: JSON.stringify(run.summary),
  };
  await connection('placement_run').insert(row).onConflict('conference').merge();
}

/** Person and bridge of every placement, in stretches: JSON arrays of pairs in UTF-8, made in the database's own thread. */
export async function readSeatPairs(connection: Knex, conference: ConferenceId): Promise<Uint8Array[]> {
  const stretches: Uint8Array[] = [];
  for (let after = ''; ;) {
    const [row] = await connection
      .from(
        connection('placement')
          .where({ conference })
          .where('person', '>', after)
          .orderBy('person')
          .limit(PAIRS_PER_STRETCH)
          .select('person', 'bridge')
          .as('stretch'),
      )
      .select<{ pairs: Buffer; last: string | null; count: number }[]>(
        connection.raw('cast(json_group_array(json_array(person, bridge)) as blob) as pairs'),
        connection.raw('max(person) as last'),
        connection.raw('count(*) as count'),
      );
    if (row === undefined || row.last === null) return stretches;
    stretches.push(row.pairs);
    if (row.count < PAIRS_PER_STRETCH) return stretches;
    after = row.last;
  }
}

/** When people were placed last; null before the first time. */
export async function readPlacedAt(connection: Knex, conference: ConferenceId): Promise<Instant | null> {
  const row = await connection('placement_run')
    .where({ conference })
    .first<{ readonly at: number } | undefined>('at');
  return row === undefined ? null : (row.at as Instant);
}

export async function readRun(connection: Knex, conference: ConferenceId): Promise<Run | null> {
  const row = await connection('placement_run')
    .where({ conference })
    .first<{ plan_revision: number; bridges_revision: number; at: number; summary: string } | undefined>(
      'plan_revision',
      'bridges_revision',
      'at',
      'summary',
    );
  if (row === undefined) return null;
  return {
    planRevision: row.plan_revision,
    bridgesRevision: row.bridges_revision,
    at: row.at as Instant,
    summary: JSON.parse(row.summary) as KeptSummary,
  };
}

/** Those who sit at one bridge by one basis. */
export interface SeatGroup {
  readonly bridge: BridgeId;
  readonly basis: SeatBasis;
  /** Their ids, as a JSON array. */
  readonly people: string;
}

/** The seats that were given, without the reasons: a row for each bridge, as a million rows are slow to make. */
export async function readSeats(connection: Knex, conference: ConferenceId): Promise<SeatGroup[]> {
  return connection('placement')
    .where({ conference })
    .whereNotNull('bridge')
    .groupBy('bridge', 'basis')
    .select<SeatGroup[]>('bridge', 'basis', connection.raw('json_group_array(person) as people'));
}

/** How many sit at each of the given bridges, by basis. */
export async function countSeats(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
): Promise<Map<BridgeId, { readonly summoned: number; readonly invited: number }>> {
  const counts = new Map<BridgeId, { summoned: number; invited: number }>();
  for (let at = 0; at < bridges.length; at += IDS_PER_QUERY) {
    const rows = await connection('placement')
      .where({ conference })
      .whereIn('bridge', bridges.slice(at, at + IDS_PER_QUERY))
      .groupBy('bridge', 'basis')
      .select<{ bridge: BridgeId; basis: SeatBasis; count: number | string }[]>(
        'bridge',
        'basis',
        connection.raw('count(*) as count'),
      );
    for (const { bridge, basis, count } of rows) {
      const seats = counts.get(bridge) ?? { summoned: 0, invited: 0 };
      seats[basis === 'invited' ? 'invited' : 'summoned'] += Number(count);
      counts.set(bridge, seats);
    }
  }
  return counts;
}

/** How many are seated at each bridge of a conference: one pass over the placements. */
export async function countAllSeats(
  connection: Knex,
  conference: ConferenceId,
): Promise<ReadonlyMap<BridgeId, number>> {
  const rows = await connection('placement')
    .where({ conference })
    .whereNotNull('bridge')
    .groupBy('bridge')
    .select<{ bridge: BridgeId; count: number | string }[]>('bridge', connection.raw('count(*) as count'));
  return new Map(rows.map(({ bridge, count }) => [bridge, Number(count)]));
}

/** How many people have their seat by each clause. */
export async function countByClause(
  connection: Knex,
  conference: ConferenceId,
): Promise<ReadonlyMap<ClauseId, number>> {
  const rows = await connection('placement')
    .where({ conference })
    .whereNotNull('clause')
    .groupBy('clause')
    .select<{ clause: ClauseId; count: number | string }[]>('clause', connection.raw('count(*) as count'));
  return new Map(rows.map(({ clause, count }) => [clause, Number(count)]));
}

export interface PlacementSearch {
  readonly bridge: BridgeId | null;
  readonly unplaced: boolean;
  readonly reason: Unseated | null;
  readonly clause: ClauseId | null;
  readonly person: PersonId | null;
  /** Folded; each begins a word of the name or the card. */
  readonly words: readonly string[];
}

export interface ListedPlacement {
  readonly placement: Placement;
  readonly person: { readonly name: string; readonly positions: readonly string[] };
}

/**
 * Placements in the official order of their people after one of them, at most `limit`. Reads the people's names with them:
 * one query instead of one for each row.
 */
export async function listPlacements(
  connection: Knex,
  conference: ConferenceId,
  search: PlacementSearch,
  after: PersonId | null,
  limit: number,
): Promise<ListedPlacement[]> {
  const list = connection('placement')
    .join('person', (join) =>
      join.on('person.conference', 'placement.conference').on('person.id', 'placement.person'),
    )
    .where('person.conference', conference)
    .where('placement.conference', conference);
  if (search.bridge !== null) void list.where('placement.bridge', search.bridge);
  if (search.unplaced || search.reason !== null) void list.whereNull('placement.bridge');
  if (search.reason !== null) void list.whereRaw(`placement.reason ->> 'kind' = ?`, [search.reason]);
  if (search.clause !== null) void list.where('placement.clause', search.clause);
  if (search.person !== null) void list.where('placement.person', search.person);
  for (const word of search.words) void list.whereRaw(`' ' || person.search_key like ?`, [`% ${word}%`]);
  const rows = await inOfficialOrder(list, conference, after)
    .limit(limit)
    .select<(PlacementRecord & { name: string; data: string })[]>(
      'placement.*',
      'person.name',
      'person.data',
    );
  return rows.map((row) => {
    const { positions } = JSON.parse(row.data) as Pick<Person, 'positions'>;
    return {
      placement: placementOf(row),
      person: { name: row.name, positions: positions.map(({ text }) => text) },
    };
  });
}

/** The settings of a conference's composition as they were kept; null before anybody changed one. */
export async function readSettings(connection: Knex, conference: ConferenceId): Promise<unknown> {
  const row = await connection('conference')
    .where({ id: conference })
    .first<{ readonly settings: string } | undefined>('settings');
  return row === undefined ? null : JSON.parse(row.settings);
}

export async function writeSettings(
  connection: Knex,
  conference: ConferenceId,
  settings: unknown,
): Promise<void> {
  await connection('conference')
    .where({ id: conference })
    .update({ settings: JSON.stringify(settings) });
}

/** The seat of one person; null where they have none. */
export async function readSeatOf(
  connection: Knex,
  conference: ConferenceId,
  person: PersonId,
): Promise<Pick<Placement, 'bridge' | 'as' | 'basis'> | null> {
  const row = await connection('placement')
    .where({ conference, person })
    .whereNotNull('bridge')
    .first<Pick<PlacementRecord, 'bridge' | 'as' | 'basis'> | undefined>('bridge', 'as', 'basis');
  return row === undefined ? null : { ...row, bridge: row.bridge as BridgeId | null };
}

/**
 * Writes the placements of a few people by hand, without placing anybody else. Inside a transaction. The time of the run rises, as
 * whoever keeps something of the seats goes by it.
 */
export async function writePlacements(
  connection: Knex,
  conference: ConferenceId,
  placements: readonly Placement[],
  at: Instant,
): Promise<void> {
  for (const { person, bridge, as, basis, clause, reason, others } of placements) {
    const row = { conference, person, bridge, as, basis, clause };
    await connection('placement')
      .insert({ ...row, reason: JSON.stringify(reason), others: JSON.stringify(others) })
      .onConflict(['conference', 'person'])
      .merge();
  }
  await connection('placement_run')
    .where({ conference })
    .update({ at: connection.raw('max(?, at + 1)', [at]) });
}
