import type { Knex } from 'knex';

import type { AccountId, ConferenceId, EventId, PersonId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Whose texts: of a person, of one event, or all of a conference. */
export type What = { readonly person: PersonId } | { readonly event: EventId } | 'everything';

/**
 * Which events a text belongs to. Of a person: the reasons of their absence, their name where they were on no list (a
 * walk-in's id is the event's), and the reasons why a scan of theirs was undone. The form is the ledger's: an array whose
 * eighth entry is the person, or the event that is undone.
 */
function belongs(what: What, event: string): { readonly sql: string; readonly bindings: readonly string[] } {
  if (what === 'everything') return { sql: 'true', bindings: [] };
  if ('event' in what) return { sql: `${event}.id = unhex(?, '-')`, bindings: [what.event] };
  const { person } = what;
  const undone = `unhex(${event}.form ->> 7, '-')`;
  return {
    sql: `(${isTheirs(`${event}.form`, `${event}.id`)} or (${event}.form ->> 0 = 'void' and (
             exists (select 1 from attendance_event as target
                     where target.id = ${undone} and ${isTheirs('target.form', 'target.id')})
             or exists (select 1 from quarantine as target
                        where target.id = ${undone} and ${isTheirs('target.form', 'target.id')}))))`,
    bindings: [person, person, person, person, person, person],
  };
}

/** Removes texts of the ledger; the events and their digests stay. Inside a transaction. Gives how many there were. */
export async function eraseLedgerTexts(
  connection: Knex,
  conference: ConferenceId,
  what: What,
): Promise<number> {
  const { sql, bindings } = belongs(what, 'event');
  const rows = await connection.raw<unknown[]>(
    `delete from attendance_text where seq in (
       select text.seq from attendance_text as text join attendance_event as event on event.seq = text.seq
       where event.session in (select id from session where conference = ?) and ${sql})
     returning seq`,
    [conference, ...bindings],
  );
  return rows.length;
}

/** Removes texts of the quarantine. Inside a transaction. Gives how many there were. */
export async function eraseHeldTexts(
  connection: Knex,
  conference: ConferenceId,
  what: What,
): Promise<number> {
  const { sql, bindings } = belongs(what, 'quarantine');
  const rows = await connection.raw<unknown[]>(
    `update quarantine set texts = null, salt = null
     where conference = ? and texts is not null and ${sql} returning id`,
    [conference, ...bindings],
  );
  return rows.length;
}

/** Whether an event speaks of a person, or is the one that wrote them down; both parameters are the person. */
function isTheirs(form: string, id: string): string {
  return `((${form} ->> 0 in ('arrive', 'leave', 'excuse') and ${form} ->> 7 = ?) or ${id} = unhex(?, '-'))`;
}

export interface ErasureRow {
  readonly id: string;
  readonly conference: ConferenceId;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly reason: string;
  readonly person: PersonId | null;
  readonly event: EventId | null;
  readonly events: number;
  readonly held: number;
}

export async function addErasure(connection: Knex, row: ErasureRow): Promise<void> {
  await connection<ErasureRow>('text_erasure').insert(row);
}

/** How often texts of a conference were erased, or what is personal in it was deleted after its period. */
export async function countErasures(connection: Knex, conference: ConferenceId): Promise<number> {
  const rows = await connection.raw<{ n: number }[]>(
    // A deletion is counted when it begins, and once more with what went when it ends.
    `select (select count(*) from text_erasure where conference = ?)
          + (select count(*) + coalesce(sum(entries), 0) from retention_deletion where conference = ?) as n`,
    [conference, conference],
  );
  return rows[0]?.n ?? 0;
}

/** Whether what is removed is overwritten with zeros, not only forgotten. */
export async function overwriteRemoved(connection: Knex, does: boolean): Promise<void> {
  await connection.raw(`PRAGMA secure_delete=${does ? 'ON' : 'OFF'}`);
}

/** Carries what was written over into the database's own file and empties the log beside it, as far as readers let it. */
export async function emptyLog(connection: Knex): Promise<void> {
  await connection.raw('PRAGMA wal_checkpoint(TRUNCATE)');
}
