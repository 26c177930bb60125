import type { Knex } from 'knex';

/** What people's own calendars were told of their invitations, by letters. */
export async function calendarInvitations(connection: Knex): Promise<void> {
  await connection.schema.createTable('invitation_calendar', (table) => {
    table.text('invitation').notNullable().primary().references('invitation.id').onDelete('cascade');
    /** Never falls, also when they are invited anew. */
    table.integer('sequence').notNullable();
    table.text('digest').notNullable();
    table.text('method').notNullable().checkIn(['REQUEST', 'CANCEL'], 'invitation_calendar_method');
    table.text('address').notNullable();
    table.bigInteger('answered_at');
  });
}
