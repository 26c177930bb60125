import { gunzipSync, gzipSync } from 'node:zlib';

import type { Knex } from 'knex';

import type { Candidate } from '../../domain/composition/duplicates.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { ConferenceId, PersonId } from '../../domain/ids.ts';
import { personSortKey } from '../../domain/text/names.ts';
import { fold } from '../../domain/text/search.ts';
import type { Instant } from '../../domain/time.ts';

/** SQLite builds a statement of many rows as a union of at most 500. */
const ROWS_PER_INSERT = 400;

interface PersonRecord {
  readonly conference: string;
  readonly id: string;
  readonly name: string;
  readonly sort_key: string;
  readonly search_key: string;
  readonly identity: string | null;
  readonly precedence: number | null;
  readonly data: string;
}

/** Both databases can say "nulls last", each in its own way; a first key that is 0 or 1 says it in both. */
const OFFICIAL_ORDER = 'precedence is null, precedence, sort_key, id';

/** Where a person stands in official order: precedence, those without one last; then the name's key; then the id. */
export interface PersonPlace {
  readonly precedence: number | null;
  readonly sortKey: string;
  readonly id: string;
}

function recordOf(conference: ConferenceId, person: Person): PersonRecord {
  return {
    conference,
    id: person.id,
    name: person.name,
    sort_key: personSortKey(person),
    search_key: fold(`${person.name} ${person.identity ?? ''}`),
    identity: person.identity,
    precedence: person.precedence,
    data: JSON.stringify(person),
  };
}

function personOf(record: { readonly data: string }): Person {
  return JSON.parse(record.data) as Person;
}

/** Writes people; one whose id is there takes the new values. */
export async function writePeople(
  connection: Knex,
  conference: ConferenceId,
  people: readonly Person[],
): Promise<void> {
  for (let at = 0; at < people.length; at += ROWS_PER_INSERT) {
    const rows = people.slice(at, at + ROWS_PER_INSERT).map((person) => recordOf(conference, person));
    await connection<PersonRecord>('person').insert(rows).onConflict(['conference', 'id']).merge();
  }
}

/** The whole roster in official order. */
export async function readRoster(connection: Knex, conference: ConferenceId): Promise<Person[]> {
  const rows = await connection<PersonRecord>('person')
    .where({ conference })
    .orderByRaw(OFFICIAL_ORDER)
    .select('data');
  return rows.map(personOf);
}

export async function readPeople(
  connection: Knex,
  conference: ConferenceId,
  ids: readonly PersonId[],
): Promise<Person[]> {
  const found: Person[] = [];
  for (let at = 0; at < ids.length; at += ROWS_PER_INSERT) {
    const rows = await connection<PersonRecord>('person')
      .where({ conference })
      .whereIn('id', ids.slice(at, at + ROWS_PER_INSERT))
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

/** People in official order after a place, at most `limit`; with `query` those whose folded name or card has it. */
export async function listPeople(
  connection: Knex,
  conference: ConferenceId,
  query: string | null,
  after: PersonPlace | null,
  limit: number,
): Promise<{ readonly person: Person; readonly place: PersonPlace }[]> {
  const list = connection<PersonRecord>('person').where({ conference });
  if (query !== null) void list.whereLike('search_key', `%${fold(query).replaceAll(/[%_]/g, '')}%`);
  if (after !== null) afterPlace(list, after);
  const rows = await list
    .orderByRaw(OFFICIAL_ORDER)
    .limit(limit)
    .select('data', 'precedence', 'sort_key', 'id');
  return rows.map((row) => ({
    person: personOf(row),
    place: { precedence: row.precedence, sortKey: row.sort_key, id: row.id },
  }));
}

function afterPlace(builder: Knex.QueryBuilder, { precedence, sortKey, id }: PersonPlace): void {
  const later = '(sort_key > ? or (sort_key = ? and id > ?))';
  if (precedence === null) void builder.whereRaw(`precedence is null and ${later}`, [sortKey, sortKey, id]);
  else {
    void builder.whereRaw(`(precedence is null or precedence > ? or (precedence = ? and ${later}))`, [
      precedence,
      precedence,
      sortKey,
      sortKey,
      id,
    ]);
  }
}

export interface StoredImport {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly at: Instant;
  readonly by: string;
  readonly fileName: string;
  readonly candidates: readonly Candidate[];
  readonly errors: number;
}

/** Keeps what a roster file was read to, until it is confirmed. */
export async function insertImport(connection: Knex, stored: StoredImport): Promise<void> {
  await connection('people_import').insert({
    id: stored.id,
    conference: stored.conference,
    at: stored.at,
    by: stored.by,
    file_name: stored.fileName,
    rows: gzipSync(JSON.stringify({ candidates: stored.candidates, errors: stored.errors }), { level: 1 }),
    state: 'previewed',
  });
}

/** Earlier previews of a conference that nobody confirmed are let go: each holds a whole roster. */
export async function dropPreviews(connection: Knex, conference: ConferenceId): Promise<void> {
  await connection('people_import')
    .where({ conference, state: 'previewed' })
    .update({ state: 'dropped', rows: Buffer.alloc(0) });
}

/**
 * Takes a previewed import for writing: from now on it is confirmed, and what it holds is given back. Null where there
 * is none in this state: of two that confirm at once, one finds it.
 */
export async function takeImport(
  connection: Knex,
  conference: ConferenceId,
  id: string,
): Promise<{ readonly candidates: Candidate[]; readonly errors: number } | null> {
  const row = await connection('people_import')
    .where({ conference, id, state: 'previewed' })
    .first<{ readonly rows: Buffer } | undefined>('rows');
  const taken = await connection('people_import')
    .where({ conference, id, state: 'previewed' })
    .update({ state: 'confirmed', rows: Buffer.alloc(0) });
  if (row === undefined || taken === 0) return null;
  return JSON.parse(gunzipSync(row.rows).toString()) as { candidates: Candidate[]; errors: number };
}
