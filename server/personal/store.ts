import type { Knex } from 'knex';

import type { InvitationId } from '../../domain/invitations/step.ts';

/** Which links of some invitations count; the first where nothing is kept. */
export async function readEditions(
  db: Knex,
  ids: readonly InvitationId[],
): Promise<Map<InvitationId, number>> {
  const rows = await db('personal_link')
    .whereRaw('invitation in (select value from json_each(?))', [JSON.stringify(ids)])
    .select<{ invitation: InvitationId; edition: number }[]>('invitation', 'edition');
  return new Map(rows.map(({ invitation, edition }) => [invitation, edition]));
}

/** Makes the links of an invitation so far void. */
export async function raiseEdition(db: Knex, invitation: InvitationId): Promise<void> {
  await db('personal_link')
    .insert({ invitation, edition: 2 })
    .onConflict('invitation')
    .merge({ edition: db.raw('personal_link.edition + 1') });
}
