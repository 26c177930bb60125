import type { Knex } from 'knex';
import type { Person } from '../../domain/composition/person.ts';
import type { ConferenceId, PersonId } from '../../domain/ids.ts';
import { personSortKey } from '../../domain/text/names.ts';
import { tidy } from '../../domain/text/normalize.ts';
import { fold } from '../../domain/text/search.ts';

const IDS_PER_QUERY = 500;
const PEOPLE_PER_STRETCH = 100_000;
/** People written in one statement: making it keeps everybody else waiting for some milliseconds. */
const ROWS_PER_LIST = 1000;

interface PersonRecord {
  readonly conference: string;
  readonly id: string;
  readonly name: string;
  readonly sort_key: string;
  readonly search_key: string;
  readonly identity: string | null;
  readonly precedence: number;
  readonly data: string;
}

/**
 * In the column for whoever has no precedence, so that one index holds the official order in both databases. The largest
 * number that PostgreSQL's integer takes.
 */
const LAST = 2_147_483_647;
/** Precedence first, those without one last; then the name's key; then the id, so that no two stand in one place. */
const OFFICIAL_ORDER = ['person.precedence', 'person.sort_key', 'person.id'];

/** A list of people in official order; with `after` what comes after one of them. People stand in it as `person`. */
export function inOfficialOrder<List extends Knex.QueryBuilder>(
  list: List,
  conference: ConferenceId,
  after: PersonId | null = null,
): List {
  if (after !== null) {
    void list.whereRaw(
      `(person.precedence, person.sort_key, person.id) >
       (select precedence, sort_key, id from person where conference = ? and id = ?)`,
      [conference, after],
    );
  }
  void list.orderBy(OFFICIAL_ORDER);
  return list;
}

function recordOf(conference: ConferenceId, person: Person): PersonRecord {
  return {
    conference,
    id: person.id,
    name: person.name,
    sort_key: personSortKey(person),
    search_key: searchKeyOf(person),
    identity: person.identity,
    precedence: Math.min(person.precedence ?? LAST, LAST),
    data: JSON.stringify(person),
  };
}

/** What a search looks through: name, card, posts, where they are held. */
function searchKeyOf({ name, identity, positions }: Person): string {
  const posts = positions.map(
    ({ text, organisation, unit }) => `${text} ${organisation ?? ''} ${unit ?? ''}`,
  );
  return tidy(fold([name, identity ?? '', ...new Set(posts)].join(' ')).replaceAll(/[^\p{L}\p{N}]+/gu, ' '));
}

function personOf(record: { readonly data: string }): Person {
  return JSON.parse(record.data) as Person;
}

/**
 * Writes people; one whose id is there takes the new values. SQLite's own way of giving a statement a list (`json_each`):
 * a roster of 100,000 holds the one writing connection, for which the check-ins wait, for a fifth of the time (measured).
 */
export async function writePeople(
  connection: Knex,
  conference: ConferenceId,
  people: readonly Person[],
): Promise<void> {
  for (let at = 0; at < people.length; at += ROWS_PER_LIST) {
    const rows = people.slice(at, at + ROWS_PER_LIST).map((person) => recordOf(conference, person));
    await connection.raw(
      `insert into person (conference, id, name, sort_key, search_key, identity, precedence, data)
       select value ->> 'conference', value ->> 'id', value ->> 'name', value ->> 'sort_key',
              value ->> 'search_key', value ->> 'identity', value ->> 'precedence', value ->> 'data'
       from json_each(?) where true
       on conflict (conference, id) do update set
         name = excluded.name, sort_key = excluded.sort_key, search_key = excluded.search_key,
         identity = excluded.identity, precedence = excluded.precedence, data = excluded.data`,
      [JSON.stringify(rows)],
    );
  }
}

/** The whole roster in official order. */
export async function readRoster(connection: Knex, conference: ConferenceId): Promise<Person[]> {
  const rows = await connection<PersonRecord>('person')
    .where({ conference })
    .orderBy(OFFICIAL_ORDER)
    .select('data');
  return rows.map(personOf);
}

/**
 * The whole roster in official order, in stretches: JSON arrays in UTF-8, made in the database's own thread, for a thread that
 * reads them.
 */
export async function readRosterStretches(connection: Knex, conference: ConferenceId): Promise<Uint8Array[]> {
  const stretches: Uint8Array[] = [];
  for (let skip = 0; ; skip += PEOPLE_PER_STRETCH) {
    const stretch = connection('person')
      .where({ conference })
      .orderBy(OFFICIAL_ORDER)
      .offset(skip)
      .limit(PEOPLE_PER_STRETCH)
      .select('data')
      .as('stretch');
    const [row] = await connection
      .from(stretch)
      .select<{ people: Buffer | null; count: number }[]>(
        connection.raw(`cast('[' || group_concat(data, ',') || ']' as blob) as people`),
        connection.raw('count(*) as count'),
      );
    if (row === undefined || row.people === null) return stretches;
    stretches.push(row.people);
    if (row.count < PEOPLE_PER_STRETCH) return stretches;
  }
}

/**
 * Ids of the whole roster in official order, as one value: a million rows would be made on the main thread one by one, where
 * one text is made in the database's own.
 */
export async function readRosterIds(connection: Knex, conference: ConferenceId): Promise<PersonId[]> {
  const [row] = await connection
    .from(connection('person').where({ conference }).orderBy(OFFICIAL_ORDER).select('id').as('ordered'))
    .select<{ ids: string }[]>(connection.raw('json_group_array(id) as ids'));
  return JSON.parse(row?.ids ?? '[]') as PersonId[];
}

export async function readPeople(
  connection: Knex,
  conference: ConferenceId,
  ids: readonly PersonId[],
): Promise<Person[]> {
  const found: Person[] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const rows = await connection<PersonRecord>('person')
      .where({ conference })
      .whereIn('id', ids.slice(at, at + IDS_PER_QUERY))
      .select('data');
    found.push(...rows.map(personOf));
  }
  return found;
}

/** Everybody of a name, as it is written. */
export async function readNamesakes(
  connection: Knex,
  conference: ConferenceId,
  name: string,
): Promise<Person[]> {
  const rows = await connection('person').where({ conference, name }).select<{ data: string }[]>('data');
  return rows.map(personOf);
}

export async function countPeople(connection: Knex, conference: ConferenceId): Promise<number> {
  const row = await connection('person')
    .where({ conference })
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** The names of those of the given people whom the roster has. */
export async function readNames(
  connection: Knex,
  conference: ConferenceId,
  ids: readonly PersonId[],
): Promise<Map<PersonId, string>> {
  const rows = await connection('person')
    .where({ conference })
    .whereRaw('id in (select value from json_each(?))', [JSON.stringify(ids)])
    .select<{ id: PersonId; name: string }[]>('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface PeopleSearch {
  /** Folded; each begins a word of name, card, post or unit. */
  readonly words: readonly string[];
  readonly show: 'without-seat' | 'without-position' | 'without-contact' | 'without-card' | null;
}

/** People in official order after one of them, at most `limit`. */
export async function listPeople(
  connection: Knex,
  conference: ConferenceId,
  { words, show }: PeopleSearch,
  after: PersonId | null,
  limit: number,
): Promise<Person[]> {
  const list = connection<PersonRecord>('person').where({ conference });
  for (const word of words) void list.whereRaw(`' ' || search_key like ?`, [`% ${word}%`]);
  if (show === 'without-seat') {
    void list.whereRaw(
      'not exists (select 1 from placement where conference = person.conference and person = person.id and bridge is not null)',
    );
  }
  if (show === 'without-position') void list.whereRaw(`json_array_length(data, '$.positions') = 0`);
  if (show === 'without-contact') void list.whereRaw(`data ->> 'phone' is null and data ->> 'email' is null`);
  if (show === 'without-card') void list.whereNull('identity');
  const rows = await inOfficialOrder(list, conference, after).limit(limit).select('data');
  return rows.map(personOf);
}

/** Takes people out of the roster, with their seats. */
export async function deletePeople(
  connection: Knex,
  conference: ConferenceId,
  ids: readonly PersonId[],
): Promise<void> {
  await connection('person')
    .where({ conference })
    .whereRaw('id in (select value from json_each(?))', [JSON.stringify(ids)])
    .delete();
}

/** Somebody who cannot be taken out, and what of theirs stands in the way. */
export interface InUse {
  readonly person: PersonId;
  readonly by: 'chair' | 'attendance' | 'pass';
}

/** Who of the given people chairs a bridge, has been checked in or has a pass that was issued again: the first of each kind. */
export async function findInUse(
  connection: Knex,
  conference: ConferenceId,
  ids: readonly PersonId[],
): Promise<InUse[]> {
  const given = JSON.stringify(ids);
  // The ledger has no index by person: it is read through, which a rare deed may cost.
  return await connection.raw<InUse[]>(
    `select * from (select chair as person, 'chair' as "by" from bridge
       where conference = ? and chair in (select value from json_each(?)) limit 1)
     union all select * from (select person, 'pass' from pass_reissue
       where conference = ? and person in (select value from json_each(?)) limit 1)
     union all select * from (select form ->> 7, 'attendance' from attendance_event
       where session in (select id from session where conference = ?)
         and form ->> 0 in ('arrive', 'leave', 'excuse') and form ->> 7 in (select value from json_each(?)) limit 1)`,
    [conference, given, conference, given, conference, given],
  );
}

/** Rises with every change of the roster: what was read of it holds while it stands. */
export async function readRosterRevision(connection: Knex, conference: ConferenceId): Promise<number> {
  const row = await connection('conference')
    .where({ id: conference })
    .first<{ roster_revision: number } | undefined>('roster_revision');
  return row?.roster_revision ?? 0;
}
