import type { Knex } from 'knex';

/** Units, conferences, bridges, people, placements, sessions, and the roles over them. */
export async function conferences(connection: Knex): Promise<void> {
  await connection.schema.createTable('level', (table) => {
    table.text('id').notNullable().primary();
    table.integer('ord').notNullable();
    table.text('name_vi').notNullable();
    table.text('name_en').notNullable();
    table.text('types').notNullable();
  });

  await connection.schema.createTable('unit', (table) => {
    table.text('code').notNullable();
    table.text('valid_from').notNullable();
    table.text('valid_to');
    table.text('level').notNullable().references('level.id');
    table.text('type').notNullable();
    table.text('name').notNullable();
    table.text('full_name').notNullable();
    /** Code of the unit above; which stretch of it is a matter of the date asked for, so no foreign key. */
    table.text('parent').index();
    table.primary(['code', 'valid_from']);
    table.check('valid_to is null or valid_to >= valid_from', [], 'unit_validity');
  });

  /** Each official list that was taken over; the latest tells whether a tree kept in memory still holds. */
  await connection.schema.createTable('unit_import', (table) => {
    table.text('id').notNullable().primary();
    table.bigInteger('at').notNullable();
    /** Null at the command line. */
    table.text('by');
    table.text('file_name').notNullable();
    /** What the importer gave for the list's own column, where he did. */
    table.text('valid_from');
    table.integer('rows').notNullable();
  });

  await connection.schema.createTable('conference', (table) => {
    table.text('id').notNullable().primary();
    table.text('title').notNullable();
    table.text('number');
    /** As the plan has it: a date and hour with offset, or a bare date. */
    table.text('starts_at');
    table.text('ends_at');
    table.text('state').notNullable().checkIn(['draft', 'issued'], 'conference_state');
    table.text('tree_date').notNullable();
    /** 1 where an organizer chose the tree's date; otherwise it goes with the day of the conference. */
    table.integer('tree_pinned').notNullable().defaultTo(0);
    /** Rises with every change to the conference's bridges. */
    table.integer('bridges_revision').notNullable().defaultTo(0);
    table.text('plan').notNullable();
    table.integer('revision').notNullable();
    table.text('reading');
    table.text('source_text');
    table.bigInteger('issued_at');
    table.bigInteger('created_at').notNullable();
    table.text('settings').notNullable().defaultTo('{}');
    table.check("state = 'draft' or issued_at is not null", [], 'conference_issued');
  });

  await connection.schema.createTable('person', (table) => {
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.text('id').notNullable();
    table.text('name').notNullable();
    table.text('sort_key').notNullable();
    table.text('search_key').notNullable();
    table.text('identity');
    table.integer('precedence');
    table.text('data').notNullable();
    table.primary(['conference', 'id']);
    table.index(['conference', 'precedence', 'sort_key', 'id'], 'person_official_order');
  });

  await connection.schema.createTable('people_import', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade').index();
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    table.text('file_name').notNullable();
    table.binary('rows').notNullable();
    table.text('state').notNullable().checkIn(['previewed', 'confirmed', 'dropped'], 'people_import_state');
  });

  await connection.schema.createTable('bridge', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.text('class').notNullable();
    table.text('name').notNullable();
    table.text('unit');
    table.text('organisation');
    table.text('parent');
    table.text('feed_parent');
    table.integer('capacity');
    table.check('capacity >= 0', [], 'bridge_capacity');
    table.text('chair');
    table.text('address');
    table.text('ready').notNullable().defaultTo('[]');
    table.integer('ord').notNullable();
    table.text('search_key').notNullable();
    table.unique(['conference', 'id']);
    table.index(['conference', 'parent', 'ord']);
    table.index(['conference', 'ord']);
    // A bridge hangs under a bridge of its own conference. To write a tree in any order: `deferForeignKeys`.
    for (const above of ['parent', 'feed_parent']) {
      table
        .foreign(['conference', above], `bridge_${above}`)
        .references(['conference', 'id'])
        .inTable('bridge')
        .deferrable('deferred');
    }
    table
      .foreign(['conference', 'chair'], 'bridge_chair')
      .references(['conference', 'id'])
      .inTable('person')
      .deferrable('deferred');
    table.check('parent is null or parent <> id', [], 'bridge_not_its_own_parent');
  });

  await connection.schema.createTable('placement', (table) => {
    table.text('conference').notNullable();
    table.text('person').notNullable();
    table.text('bridge');
    table.text('as').checkIn(['chair', 'delegate'], 'placement_as');
    table.text('basis').checkIn(['summoned', 'invited', 'conditional'], 'placement_basis');
    table.text('clause');
    table.text('reason').notNullable();
    table.text('others').notNullable().defaultTo('[]');
    table.primary(['conference', 'person']);
    table.index(['conference', 'bridge']);
    table
      .foreign(['conference', 'person'], 'placement_person')
      .references(['conference', 'id'])
      .inTable('person')
      .onDelete('cascade');
    table
      .foreign(['conference', 'bridge'], 'placement_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .deferrable('deferred');
    table.check('(bridge is null) = ("as" is null)', [], 'placement_seat');
  });

  await connection.schema.createTable('placement_run', (table) => {
    table.text('conference').notNullable().primary().references('conference.id').onDelete('cascade');
    table.integer('plan_revision').notNullable();
    table.integer('bridges_revision').notNullable();
    table.bigInteger('at').notNullable();
    table.text('summary').notNullable();
  });

  await connection.schema.createTable('session', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade').index();
    table
      .text('kind')
      .notNullable()
      .checkIn(['session', 'rehearsal', 'line-test', 'follow-up'], 'session_kind');
    table.text('title').notNullable();
    table.bigInteger('starts_at').notNullable();
    table.bigInteger('ends_at').notNullable();
    table.text('format');
    table.text('venue');
    table.text('agenda').notNullable().defaultTo('[]');
    /** 1 for the one session whose hours and agenda are the plan's. */
    table.integer('of_plan').notNullable().defaultTo(0);
    table.check('ends_at > starts_at', [], 'session_times');
  });
  await connection.schema.raw(
    'create unique index session_of_plan on session (conference) where of_plan = 1',
  );

  await connection.schema.createTable('agenda_step', (table) => {
    table.text('id').notNullable().primary();
    table.text('session').notNullable().references('session.id').onDelete('cascade').index();
    table.integer('item').notNullable();
    table
      .text('step')
      .notNullable()
      .checkIn(['start', 'pause', 'resume', 'skip', 'extend', 'finish'], 'agenda_step_step');
    table.bigInteger('at').notNullable();
    table.integer('minutes');
    table.text('by').notNullable();
    table.check("(step = 'extend') = (minutes is not null)", [], 'agenda_step_minutes');
  });

  await connection.schema.createTable('grant_', (table) => {
    table.increments('id');
    table.text('account').notNullable().references('account.id').onDelete('cascade');
    table
      .text('role')
      .notNullable()
      .checkIn(
        ['organizer', 'unit-organizer', 'host', 'control-room', 'auditor', 'technician'],
        'grant_role',
      );
    table.text('conference').references('conference.id').onDelete('cascade').index();
    table.text('bridge');
    /** First moment at which it is in force, and the first at which it is no more; null is without. */
    table.bigInteger('from_at');
    table.bigInteger('until_at');
    table.bigInteger('created_at').notNullable();
    table
      .foreign(['conference', 'bridge'], 'grant_bridge')
      .references(['conference', 'id'])
      .inTable('bridge')
      .onDelete('cascade');
    // An organizer's role is over a conference or everything, a host's and a unit's over a bridge, the others' over either.
    table.check(
      "case role when 'organizer' then bridge is null when 'host' then bridge is not null when 'unit-organizer' then bridge is not null else 1 end",
      [],
      'grant_node',
    );
    table.check('until_at is null or from_at is null or from_at < until_at', [], 'grant_time');
    table.check('bridge is null or conference is not null', [], 'grant_bridge_conference');
  });
  // Two nulls are equal here: the same role is not granted twice, standing or not. An expression, as no builder has it.
  await connection.schema.raw(
    `create unique index grant_once on grant_ (account, role, coalesce(conference, ''), coalesce(bridge, ''))`,
  );

  // Whose roles have changed, and in which order: a process that has them in memory reads what is new. By triggers, so that
  // also what goes with a bridge or an account is among it.
  await connection.schema.createTable('grant_change', (table) => {
    table.text('account').notNullable().primary();
    table.bigInteger('change').notNullable().index();
  });
  for (const [deed, row] of [
    ['insert', 'new'],
    ['update', 'new'],
    ['delete', 'old'],
  ] as const) {
    await connection.schema.raw(
      `create trigger grant_after_${deed} after ${deed} on grant_ begin
         insert into grant_change (account, change)
         values (${row}.account, (select coalesce(max(change), 0) + 1 from grant_change))
         on conflict (account) do update set change = excluded.change;
       end`,
    );
  }
}
