import type { Knex } from 'knex';

/** Letters that go out by mail, what became of each, and what came in. */
export async function mail(connection: Knex): Promise<void> {
  await connection.schema.createTable('letter', (table) => {
    /** Order in which they were queued. */
    table.increments('place');
    table.text('id').notNullable().unique();
    table.text('conference').notNullable().references('conference.id').onDelete('cascade');
    /** What it is about: the mail makes nothing of it. */
    table.text('about_kind').notNullable();
    table.text('about_id').notNullable();
    /** Made when it is queued; a letter that goes twice has it twice. */
    table.text('message_id').notNullable().unique();
    table.text('to_name');
    table.text('to_address').notNullable();
    table.text('reply_to');
    table.text('subject').notNullable();
    table.text('text').notNullable();
    table.text('html');
    table.text('calendar');
    table.text('calendar_method');
    table.integer('automatic').notNullable();
    table.text('language').notNullable();
    /** Name, address and subject, folded. */
    table.text('search_key').notNullable();
    table
      .text('state')
      .notNullable()
      .defaultTo('waiting')
      .checkIn(['waiting', 'sending', 'sent', 'kept', 'failed', 'bounced', 'withdrawn'], 'letter_state');
    table.bigInteger('queued_at').notNullable();
    table.bigInteger('due_at').notNullable();
    /** Since when it is in its state. */
    table.bigInteger('state_at').notNullable();
    table.integer('tries').notNullable().defaultTo(0);
    table.bigInteger('first_tried_at');
    /** What the last mail server said that had something to say. */
    table.text('said');
    table.index(['conference', 'state', 'place']);
    table.index(['conference', 'place']);
    table.index(['about_kind', 'about_id', 'to_address']);
  });
  await connection.schema.raw(`create index letter_due on letter (due_at, place) where state = 'waiting'`);
  await connection.schema.raw(`create index letter_sending on letter (place) where state = 'sending'`);

  /** Added to and never changed: who follows what becomes of letters goes on where they stopped. */
  await connection.schema.createTable('letter_step', (table) => {
    table.increments('place');
    table.text('letter').notNullable().references('letter.id').onDelete('cascade');
    table.text('step').notNullable();
    table.bigInteger('at').notNullable();
    table.text('said');
    table.index(['letter', 'place']);
  });

  /** How the server that runs sends mail, and how the line to its mail server stands. One row. */
  await connection.schema.createTable('mail_line', (table) => {
    table.integer('one').notNullable().primary().checkIn(['1'], 'mail_line_one');
    table.text('kind').notNullable().checkIn(['none', 'test', 'smtp'], 'mail_line_kind');
    table.text('host');
    table.text('from_name');
    table.text('from_address');
    table.double('per_minute');
    /** Where links in letters lead. */
    table.text('public_url');
    table.text('trouble');
    table.bigInteger('trouble_since');
    table.text('trouble_said');
    table.bigInteger('again_at');
  });

  /** Messages that came in: what they told of a letter, or that nobody could make anything of them. */
  await connection.schema.createTable('mail_received', (table) => {
    table.increments('place');
    /** SHA-256 of the whole: what is handed over twice came once. */
    table.text('digest').notNullable().unique();
    table.bigInteger('at').notNullable();
    table.text('meaning').notNullable();
    table.text('letter').references('letter.id').onDelete('set null');
    table.text('sender');
    table.text('subject');
    table.bigInteger('sent_at');
  });
}
