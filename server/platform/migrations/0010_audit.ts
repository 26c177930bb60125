import type { Knex } from 'knex';

/** The audit trail: who changed or looked at what. */
export async function audit(connection: Knex): Promise<void> {
  /** Every entry in the one chain that there is. The form is ids, codes and digests; the columns behind it are read out of it. */
  await connection.schema.raw(
    `create table audit_entry (
       place integer primary key,
       at bigint not null,
       hash blob not null check (length(hash) = 32),
       form text not null,
       id text not null generated always as (form ->> 1) virtual,
       step text not null generated always as (form ->> 0) virtual,
       act text not null generated always as (form ->> 2) virtual,
       doer text not null generated always as (form ->> 3) virtual,
       outcome_of text generated always as (form ->> 5) virtual
     )`,
  );
  await connection.schema.raw('create index audit_entry_doer on audit_entry (doer, place)');
  await connection.schema.raw('create index audit_entry_at on audit_entry (at)');
  await connection.schema.raw(
    'create index audit_entry_outcome on audit_entry (outcome_of) where outcome_of is not null',
  );

  /** Which entries are on what: out of the forms, for finding the trail of one thing. */
  await connection.schema.raw(
    `create table audit_object (
       object text not null,
       place integer not null,
       primary key (object, place)
     ) without rowid`,
  );
  for (const table of ['audit_entry', 'audit_object']) {
    for (const change of ['update', 'delete']) {
      await connection.schema.raw(
        `create trigger ${table}_no_${change} before ${change} on ${table}
         begin select raise(abort, '${table} is append only'); end`,
      );
    }
  }

  /** What an entry holds in words: names, addresses, filters, values before and after. It can be erased, salt and all. */
  await connection.schema.createTable('audit_text', (table) => {
    /** Of the entry. */
    table.integer('place').primary();
    table.text('salt').notNullable();
    table.text('texts').notNullable();
  });
}
