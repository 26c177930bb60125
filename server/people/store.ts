import type { Knex } from 'knex';

import type { Person } from '../../domain/composition/person.ts';
import type { ConferenceId, PersonId } from '../../domain/ids.ts';
import { personSortKey } from '../../domain/text/names.ts';
import { fold } from '../../domain/text/search.ts';
import type { Instant } from '../../domain/time.ts';
import { unpackContent, type ImportContent } from './import-content.ts';

const IDS_PER_QUERY = 500;
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
const OFFICIAL_ORDER = ['precedence', 'sort_key', 'id'];

function recordOf(conference: ConferenceId, person: Person): PersonRecord {
  return {
    conference,
    id: person.id,
    name: person.name,
    sort_key: personSortKey(person),
    search_key: fold(`${person.name} ${person.identity ?? ''}`),
    identity: person.identity,
    precedence: Math.min(person.precedence ?? LAST, LAST),
    data: JSON.stringify(person),
  };
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

/** The whole roster in official order, as one JSON array in UTF-8: for a thread that reads it, made in the database's own. */
export async function readRosterText(connection: Knex, conference: ConferenceId): Promise<Uint8Array> {
  const [row] = await connection
    .from(connection('person').where({ conference }).orderBy(OFFICIAL_ORDER).select('data').as('ordered'))
    .select<{ people: Buffer | null }[]>(
      connection.raw(`cast('[' || group_concat(data, ',') || ']' as blob) as people`),
    );
  return row?.people ?? new TextEncoder().encode('[]');
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

export async function countPeople(connection: Knex, conference: ConferenceId): Promise<number> {
  const row = await connection('person')
    .where({ conference })
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** People in official order after one of them, at most `limit`; with `words` those of whose name or card every one begins a word. */
export async function listPeople(
  connection: Knex,
  conference: ConferenceId,
  words: readonly string[],
  after: PersonId | null,
  limit: number,
): Promise<Person[]> {
  const list = connection<PersonRecord>('person').where({ conference });
  for (const word of words) void list.whereRaw(`' ' || search_key like ?`, [`% ${word}%`]);
  if (after !== null) {
    void list.whereRaw(
      '(precedence, sort_key, id) > (select precedence, sort_key, id from person where conference = ? and id = ?)',
      [conference, after],
    );
  }
  const rows = await list.orderBy(OFFICIAL_ORDER).limit(limit).select('data');
  return rows.map(personOf);
}

/** Keeps what a roster file was read to, until it is confirmed. */
export async function insertImport(
  connection: Knex,
  conference: ConferenceId,
  row: {
    readonly id: string;
    readonly at: Instant;
    readonly by: string;
    readonly fileName: string;
    readonly content: Buffer;
  },
): Promise<void> {
  const { id, at, by, fileName, content } = row;
  await connection('people_import').insert({
    id,
    conference,
    at,
    by,
    file_name: fileName,
    rows: content,
    state: 'previewed',
  });
}

/** Earlier previews of a conference that nobody confirmed are let go: each holds a whole roster. */
export async function dropPreviews(connection: Knex, conference: ConferenceId): Promise<void> {
  await connection('people_import')
    .where({ conference, state: 'previewed' })
    .update({ state: 'dropped', rows: Buffer.alloc(0) });
}

export type StoredImport =
  | { readonly state: 'previewed'; readonly content: ImportContent }
  | { readonly state: 'confirmed' | 'dropped' };

export async function readImport(
  connection: Knex,
  conference: ConferenceId,
  id: string,
): Promise<StoredImport | null> {
  const row = await connection('people_import')
    .where({ conference, id })
    .first<{ readonly state: StoredImport['state']; readonly rows: Buffer } | undefined>('state', 'rows');
  if (row === undefined) return null;
  const { state, rows } = row;
  if (state !== 'previewed') return { state };
  return { state, content: await unpackContent(rows) };
}

/** Marks a previewed import as confirmed, and lets go of what it holds. False where it is not previewed any more. */
export async function settleImport(connection: Knex, conference: ConferenceId, id: string): Promise<boolean> {
  const settled = await connection('people_import')
    .where({ conference, id, state: 'previewed' })
    .update({ state: 'confirmed', rows: Buffer.alloc(0) });
  return settled === 1;
}

/** How many imports were confirmed: what was read of the roster holds while it stands. */
export async function countImports(connection: Knex, conference: ConferenceId): Promise<number> {
  const row = await connection('people_import')
    .where({ conference, state: 'confirmed' })
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}
