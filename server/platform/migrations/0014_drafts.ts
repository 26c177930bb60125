import type { Knex } from 'knex';

/** Plans that people work on, and everything that they did to them. */
export async function drafts(connection: Knex): Promise<void> {
  await connection.schema.createTable('plan_draft', (table) => {
    /** Becomes the id of the conference that is created from it. */
    table.text('id').notNullable().primary();
    table.text('origin').notNullable().checkIn(['document', 'conference', 'nothing'], 'plan_draft_origin');
    table.text('file_name');
    /** The document; null where there is none. */
    table.text('source_text');
    /** As it stands, after all of its deeds. */
    table.text('copy').notNullable();
    table.integer('revision').notNullable();
    /** Revision of the conference's plan that it was last the same as; null while there is no conference. */
    table.integer('plan_revision');
    /** Revision of the draft at which it was the same: as long as that is its revision, nothing of it waits to be applied. */
    table.integer('same_revision');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('changed_at').notNullable();
  });
  await connection.schema.raw(
    'create index plan_draft_open on plan_draft (changed_at) where plan_revision is null',
  );

  await connection.schema.createTable('plan_deed', (table) => {
    table.text('draft').notNullable().references('plan_draft.id').onDelete('cascade');
    /** Of the draft, as this deed left it. */
    table.integer('revision').notNullable();
    table.text('account').notNullable();
    table.bigInteger('at').notNullable();
    table.text('kind').notNullable().checkIn(['deed', 'undo', 'redo'], 'plan_deed_kind');
    /** Revision of the deed that is undone or redone. */
    table.integer('of');
    table.text('label').notNullable();
    table.text('patches').notNullable();
    table.primary(['draft', 'revision']);
    table.check(`(kind = 'deed') = ("of" is null)`, [], 'plan_deed_of');
  });
}
