import type { Knex } from 'knex';

/** Letters that call people to a conference, everything that happened to each, and when it is reminded of them. */
export async function invitations(connection: Knex): Promise<void> {
  await connection.schema.createTable('invitation', (table) => {
    table.text('id').notNullable().primary();
    table.text('conference').notNullable();
    table.text('person').notNullable();
    /** Where it stands, as JSON: what its steps fold to, and nothing else. */
    table.text('standing').notNullable();
    table.specificType('bridge', `text not null generated always as (standing ->> 'bridge') stored`);
    table.text('state').notNullable();
    table.unique(['conference', 'person']);
    table.index(['conference', 'bridge', 'state']);
    table.index(['conference', 'state']);
    table
      .foreign(['conference', 'person'], 'invitation_person')
      .references(['conference', 'id'])
      .inTable('person')
      .onDelete('cascade');
  });

  /** Added to and never changed, but for words that are deleted after their retention period. */
  await connection.schema.createTable('invitation_step', (table) => {
    table.increments('place');
    table.text('invitation').notNullable().references('invitation.id').onDelete('cascade');
    table.bigInteger('at').notNullable();
    /** Name of who entered it; null where the program did, or whoever it is for. */
    table.text('by');
    table.text('via').notNullable().checkIn(['organizer', 'link', 'reply', 'program'], 'invitation_step_via');
    table.text('what').notNullable();
    /** Who allowed a change of names after they were frozen, and why, as JSON. */
    table.text('exception');
    table.index(['invitation', 'place']);
  });

  /** Which letters were queued for an invitation: the mail knows of none of this. */
  await connection.schema.createTable('invitation_letter', (table) => {
    table.text('letter').notNullable().primary();
    table.text('invitation').notNullable().references('invitation.id').onDelete('cascade');
    table
      .text('kind')
      .notNullable()
      .checkIn(['letter', 'reminder', 'moved', 'withdrawn', 'substitute'], 'invitation_letter_kind');
    /** Of a reminder: how many days before the start its round is. */
    table.integer('round');
    table.index(['invitation']);
  });
  await connection.schema.raw(
    `create unique index invitation_letter_round on invitation_letter (invitation, round) where round is not null`,
  );

  /** Up to which step of all letters it is known what became of those of invitations. One row. */
  await connection.schema.createTable('invitation_mail', (table) => {
    table.integer('one').notNullable().primary().checkIn(['1'], 'invitation_mail_one');
    table.integer('place').notNullable();
  });

  await connection.schema.createTable('invitation_settings', (table) => {
    table.text('conference').notNullable().primary().references('conference.id').onDelete('cascade');
    /** Days before the start; null where names never freeze. */
    table.integer('freeze_days');
    /** Days before the start, as a JSON array. */
    table.text('reminder_days').notNullable();
    table.integer('reminders_stopped').notNullable();
    /** Since when the schedule is as it is: what was due before is not made up for. */
    table.bigInteger('at').notNullable();
  });

  /** Rounds of reminders that were begun; each goes once. */
  await connection.schema.createTable('invitation_round', (table) => {
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    table.integer('days').notNullable();
    table.bigInteger('begun_at').notNullable();
    table.bigInteger('sent_at');
    table.integer('reminded').notNullable().defaultTo(0);
    table.primary(['conference', 'days']);
  });
}
