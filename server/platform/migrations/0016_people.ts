import type { Knex } from 'knex';

import { fold } from '../../../domain/text/search.ts';

interface KeptPerson {
  readonly name: string;
  readonly identity: string | null;
  readonly positions: readonly {
    readonly text: string;
    readonly unit: string | null;
    readonly organisation: string | null;
  }[];
}

const PEOPLE_AT_A_TIME = 5000;

async function searchByPost(connection: Knex): Promise<void> {
  for (let after = 0; ;) {
    const rows = await connection('person')
      .where('rowid', '>', after)
      .whereNot({ search_key: '' })
      .orderBy('rowid')
      .limit(PEOPLE_AT_A_TIME)
      .select<{ rowid: number; data: string }[]>('rowid', 'data');
    const last = rows.at(-1);
    if (last === undefined) return;
    const keys = rows.map(({ rowid, data }) => [rowid, searchKeyOf(JSON.parse(data) as KeptPerson)]);
    await connection.raw(
      `update person set search_key = keys.value ->> 1
       from json_each(?) as keys where person.rowid = keys.value ->> 0`,
      [JSON.stringify(keys)],
    );
    after = last.rowid;
  }
}

/** As people are written from now on. */
function searchKeyOf({ name, identity, positions }: KeptPerson): string {
  const posts = positions.map(
    ({ text, organisation, unit }) => `${text} ${organisation ?? ''} ${unit ?? ''}`,
  );
  const words = fold([name, identity ?? '', ...new Set(posts)].join(' '));
  return words.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Rosters that are mended by hand, imports that can be looked through and taken back, and the composition's own history. */
export async function people(connection: Knex): Promise<void> {
  await connection.schema.alterTable('conference', (table) => {
    /** Rises with every change of the roster. */
    table.integer('roster_revision').notNullable().defaultTo(0);
  });
  await connection.raw(
    `update conference set roster_revision =
       (select count(*) from people_import where conference = conference.id and state = 'confirmed')`,
  );

  // Posts and units are searched too.
  await searchByPost(connection);

  /** What a roster file was read to, by what becomes of its rows: packed, some hundred rows each, so that a page is one part. */
  await connection.schema.createTable('people_import_part', (table) => {
    table.text('import').notNullable().references('people_import.id').onDelete('cascade');
    table
      .text('kind')
      .notNullable()
      .checkIn(['added', 'changed', 'untouched', 'likely', 'perhaps', 'faulty'], 'people_import_part_kind');
    table.integer('part').notNullable();
    table.integer('count').notNullable();
    table.binary('rows').notNullable();
    table.primary(['import', 'kind', 'part']);
  });
  // What was read before is of another form: such a file is uploaded again.
  await connection('people_import')
    .where({ state: 'previewed' })
    .update({ state: 'dropped', rows: Buffer.alloc(0) });

  /** Each change of a roster, with what it takes to take it back. */
  await connection.schema.createTable('roster_change', (table) => {
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.integer('place').notNullable();
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    table
      .text('kind')
      .notNullable()
      .checkIn(['import', 'added', 'changed', 'merged', 'removed'], 'roster_change_kind');
    /** The file's name, or that of the person. */
    table.text('what').notNullable();
    table.integer('people').notNullable();
    /** Packed; null where it is too long ago to be taken back, or has been. */
    table.binary('before');
    table.integer('undone').notNullable().defaultTo(0);
    table.primary(['conference', 'place']);
  });

  /** How the columns of a file of one shape, its headers, were understood last. */
  await connection.schema.createTable('roster_columns', (table) => {
    table.text('shape').notNullable().primary();
    table.text('fields').notNullable();
  });

  /** How many sit at each bridge, as the placement that stands has it. */
  await connection.schema.createTable('placement_room', (table) => {
    table.text('conference').notNullable();
    table.text('bridge').notNullable();
    table.integer('summoned').notNullable();
    table.integer('invited').notNullable();
    table.integer('conditional').notNullable();
    /** Seats of quota clauses: JSON list of clause, seats, named, open. */
    table.text('quotas').notNullable().defaultTo('[]');
    table.primary(['conference', 'bridge']);
    table
      .foreign(['conference', 'bridge'], 'placement_room_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
  });
  await connection.raw(
    `insert into placement_room (conference, bridge, summoned, invited, conditional)
     select conference, bridge, sum(basis = 'summoned'), sum(basis = 'invited'), sum(basis = 'conditional')
     from placement where bridge is not null group by conference, bridge`,
  );
  await connection.raw(
    `update placement_run set summary = json_set(summary,
       '$.unseated', json('[]'),
       '$.findingCount', json_array_length(summary, '$.findings'),
       '$.findings', (
         select json_group_array(json_set(value, '$.todo', json_object('vi', '', 'en', ''),
           '$.bridge', null, '$.clause', null, '$.person', null))
         from json_each(summary, '$.findings')))
     where summary ->> '$.unseated' is null`,
  );

  /** What organizers changed of the composition, with the settings from before. */
  await connection.schema.createTable('composition_change', (table) => {
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.integer('place').notNullable();
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    /** Null where settings were given as a whole. */
    table.text('change');
    /** Null where it is too long ago to be taken back, or has been. */
    table.text('before');
    table.integer('undone').notNullable().defaultTo(0);
    table.primary(['conference', 'place']);
  });
}
