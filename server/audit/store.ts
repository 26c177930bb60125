import type { Knex } from 'knex';

import type { AuditEntry, On } from '../../domain/audit/entry.ts';
import type { Link } from '../../domain/ledger/chain.ts';
import type { SaltedTexts, Texts } from '../../domain/ledger/form.ts';
import type { Instant } from '../../domain/time.ts';
import type { TrailRow } from '../platform/trail-check.ts';

/** An entry on its way into the tables. */
export interface NewRow {
  readonly at: Instant;
  readonly link: Link;
  readonly form: string;
  readonly texts: SaltedTexts | null;
  readonly on: readonly On[];
}

/** The last link of the trail; null while it is empty. */
export async function lastLink(connection: Knex): Promise<Link | null> {
  const row = await connection('audit_entry')
    .orderBy('place', 'desc')
    .first<Link | undefined>('place', connection.raw('lower(hex(hash)) as hash'));
  return row ?? null;
}

/** How a thing is called in the table of objects. */
export function objectName([kind, id]: On): string {
  return `${kind} ${id}`;
}

/** Adds entries, in the transaction of `connection`. */
export async function insertEntries(connection: Knex, rows: readonly NewRow[]): Promise<void> {
  const entries = rows.map(({ at, link, form }) => [link.place, at, link.hash, form]);
  await connection.raw(
    `insert into audit_entry (place, at, hash, form)
     select value ->> 0, value ->> 1, unhex(value ->> 2), value ->> 3 from json_each(?)`,
    [JSON.stringify(entries)],
  );
  const objects = rows.flatMap(({ link, on }) => on.map((thing) => [objectName(thing), link.place]));
  if (objects.length > 0) {
    await connection.raw(
      `insert into audit_object (object, place) select value ->> 0, value ->> 1 from json_each(?)`,
      [JSON.stringify(objects)],
    );
  }
  const texts = rows.flatMap(({ link, texts: own }) =>
    own === null ? [] : [[link.place, own.salt, JSON.stringify(own.texts)]],
  );
  if (texts.length > 0) {
    await connection.raw(
      `insert into audit_text (place, salt, texts)
       select value ->> 0, value ->> 1, value ->> 2 from json_each(?)`,
      [JSON.stringify(texts)],
    );
  }
}

function entryOf({ place, at, hash, form, salt, texts }: TrailRow): AuditEntry {
  const words = salt === null || texts === null ? null : { salt, texts: JSON.parse(texts) as Texts };
  return { place, at, hash, form, texts: words };
}

const COLUMNS = `entry.place, entry.at, lower(hex(entry.hash)) as hash, entry.form, text.salt, text.texts`;

/** Entries after a place and up to another, oldest first, at most `limit`. */
export async function entriesAfter(
  connection: Knex,
  after: number,
  upTo: number,
  limit: number,
): Promise<AuditEntry[]> {
  const rows = await connection.raw<TrailRow[]>(
    `select ${COLUMNS} from audit_entry as entry left join audit_text as text on text.place = entry.place
     where entry.place > ? and entry.place <= ? order by entry.place limit ?`,
    [after, upTo, limit],
  );
  return rows.map(entryOf);
}

/** The head of the trail after a place; null where it does not reach so far. */
export async function linkAt(connection: Knex, place: number): Promise<Link | null> {
  const row = await connection('audit_entry')
    .where({ place })
    .first<Link | undefined>('place', connection.raw('lower(hex(hash)) as hash'));
  return row ?? null;
}

/** Which entries are wanted. */
export interface Wanted {
  /** Only those on one of these, as `kind id`. */
  readonly objects: readonly string[] | null;
  /** Beside the others: only those on this one. */
  readonly object: string | null;
  readonly doers: readonly string[] | null;
  readonly steps: readonly string[] | null;
  readonly from: Instant | null;
  readonly until: Instant | null;
  /** A change is one row: what was asked for stands only where nothing is known of its end. */
  readonly paired: boolean;
}

/** Conditions of a search, for `where`. */
function conditions({ objects, object, doers, steps, from, until, paired }: Wanted): {
  readonly where: string[];
  readonly values: (string | number)[];
} {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, value: string | number): void => {
    where.push(condition);
    values.push(value);
  };
  if (objects !== null) {
    add(
      `entry.place in (select place from audit_object where object in (select value from json_each(?)))`,
      JSON.stringify(objects),
    );
  }
  if (object !== null) {
    add('entry.place in (select place from audit_object where object = ?)', object);
  }
  if (doers !== null) add('entry.doer in (select value from json_each(?))', JSON.stringify(doers));
  if (steps !== null) add('entry.step in (select value from json_each(?))', JSON.stringify(steps));
  if (from !== null) add('entry.at >= ?', from);
  if (until !== null) add('entry.at < ?', until);
  if (paired) {
    where.push(`not (entry.step = 'asked' and exists (
      select 1 from audit_entry as outcome where outcome.outcome_of = entry.id))`);
  }
  return { where, values };
}

/** Entries before a place, newest first, at most `limit`. */
export async function entriesBefore(
  connection: Knex,
  wanted: Wanted,
  before: number,
  limit: number,
): Promise<AuditEntry[]> {
  const { where, values } = conditions(wanted);
  const rows = await connection.raw<TrailRow[]>(
    `select ${COLUMNS} from audit_entry as entry left join audit_text as text on text.place = entry.place
     where ${['entry.place < ?', ...where].join(' and ')} order by entry.place desc limit ?`,
    [before, ...values, limit],
  );
  return rows.map(entryOf);
}

/** Places of the entries that are wanted, after one and up to another, oldest first. */
export async function placesOf(
  connection: Knex,
  wanted: Wanted,
  after: number,
  upTo: number,
): Promise<number[]> {
  const { where, values } = conditions(wanted);
  const rows = await connection.raw<{ place: number }[]>(
    `select entry.place from audit_entry as entry
     where ${['entry.place > ?', 'entry.place <= ?', ...where].join(' and ')} order by entry.place`,
    [after, upTo, ...values],
  );
  return rows.map(({ place }) => place);
}

interface NameRow {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/** What some things are called now, by `kind id`. Of a person the name in any of their conferences. */
export async function namesOf(connection: Knex, things: readonly On[]): Promise<Map<string, string>> {
  const ids = JSON.stringify(things.map(([, id]) => id));
  const rows = await connection.raw<NameRow[]>(
    `with wanted(id) as (select distinct value from json_each(?))
     select 'conference' as kind, id, title as name from conference where id in (select id from wanted)
     union all select 'bridge', id, name from bridge where id in (select id from wanted)
     union all select 'session', id, title from session where id in (select id from wanted)
     union all select 'account', id, name from account where id in (select id from wanted)
     union all select 'person', person.id, person.name from conference as own
       join person on person.conference = own.id and person.id in (select id from wanted)
     union all select 'draft', id, json_extract(copy, '$.title.value') from plan_draft
       where id in (select id from wanted) and json_extract(copy, '$.title.value') is not null
     union all select 'device', device, name from device
       where name is not null and device in (select id from wanted)`,
    [ids],
  );
  return new Map(rows.map(({ kind, id, name }) => [objectName([kind, id]), name]));
}

/** Every account with its names. */
export function accountNames(
  connection: Knex,
): Promise<{ readonly id: string; readonly username: string; readonly name: string }[]> {
  return connection('account').select('id', 'username', 'name');
}

/** The first entry that is filed under other things than its form says; null where all are where they belong. */
export async function misfiled(connection: Knex): Promise<number | null> {
  const rows = await connection.raw<{ place: number | null }[]>(
    `with filed as (select object, place from audit_object),
       said as (select (thing.value ->> 0) || ' ' || (thing.value ->> 1) as object, entry.place
         from audit_entry as entry, json_each(entry.form, '$[4]') as thing)
     select min(place) as place from (
       select place from (select * from filed except select * from said)
       union all select place from (select * from said except select * from filed))`,
  );
  return rows[0]?.place ?? null;
}

/** Erases the words of entries, salt and all; how many had some. */
export async function eraseTexts(
  connection: Knex,
  wanted: Wanted,
  containing: string | null,
): Promise<number> {
  const { where, values } = conditions(wanted);
  const rest = where.length === 0 ? 'true' : where.join(' and ');
  const [sql, more] =
    containing === null ? ['', []] : [' and instr(texts, ?) > 0', [JSON.stringify(containing).slice(1, -1)]];
  const rows = await connection.raw<unknown[]>(
    `delete from audit_text where place in (select entry.place from audit_entry as entry where ${rest})${sql}
     returning place`,
    [...values, ...more],
  );
  return rows.length;
}

/** Whether what is removed is overwritten with zeros, not only forgotten. */
export async function overwriteRemoved(connection: Knex, does: boolean): Promise<void> {
  await connection.raw(`PRAGMA secure_delete=${does ? 'ON' : 'OFF'}`);
}

/** Carries what was written over into the database's own file and empties the log beside it, as far as readers let it. */
export async function emptyLog(connection: Knex): Promise<void> {
  await connection.raw('PRAGMA wal_checkpoint(TRUNCATE)');
}
