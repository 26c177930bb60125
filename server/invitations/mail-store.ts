import type { Knex } from 'knex';

import type { ConferenceId } from '../../domain/ids.ts';
import type { InvitationId } from '../../domain/invitations/step.ts';
import type { LetterId } from '../../domain/mail/letter.ts';
import type { Instant } from '../../domain/time.ts';

/** What a letter of an invitation is there for. */
export type LetterPurpose = 'letter' | 'reminder' | 'moved' | 'withdrawn' | 'substitute';

export interface InvitationLetter {
  readonly letter: LetterId;
  readonly invitation: InvitationId;
  readonly kind: LetterPurpose;
  /** Of a reminder: how many days before the start its round is. */
  readonly round: number | null;
}

/** Keeps which letters were queued for which invitations. In the transaction that queues them. */
export async function addLetters(db: Knex, letters: readonly InvitationLetter[]): Promise<void> {
  await db.raw(
    `insert into invitation_letter (letter, invitation, kind, round)
     select value ->> 'letter', value ->> 'invitation', value ->> 'kind', value ->> 'round' from json_each(?)`,
    [JSON.stringify(letters)],
  );
}

/** Those of the given letters that are of invitations. */
export async function readLetters(
  db: Knex,
  letters: readonly LetterId[],
): Promise<ReadonlyMap<LetterId, InvitationLetter>> {
  const rows = await db('invitation_letter')
    .whereRaw('letter in (select value from json_each(?))', [JSON.stringify(letters)])
    .select<InvitationLetter[]>();
  return new Map(rows.map((row) => [row.letter, row]));
}

/** Up to which step of all letters it was followed what became of those of invitations. */
export async function readPlace(db: Knex): Promise<number> {
  const row = await db('invitation_mail').first<{ place: number } | undefined>('place');
  return row?.place ?? 0;
}

/** Keeps the place, in the transaction that enters what was found up to there. */
export async function writePlace(db: Knex, place: number): Promise<void> {
  await db('invitation_mail').insert({ one: 1, place }).onConflict('one').merge();
}

/** Invitations that wait for an answer since before a moment and were not reminded in a round: after an id, at most `limit`. */
export async function readToRemind(
  db: Knex,
  conference: ConferenceId,
  days: number,
  sentBefore: Instant,
  after: InvitationId | '',
  limit: number,
): Promise<InvitationId[]> {
  return await db('invitation')
    .where({ conference })
    .where('id', '>', after)
    .whereIn('state', ['unanswered', 'substitute-refused'])
    .whereRaw(`standing ->> 'sentAt' < ?`, [sentBefore])
    .whereNotExists((reminded: Knex.QueryBuilder) => {
      void reminded
        .select('letter')
        .from('invitation_letter')
        .whereRaw('invitation_letter.invitation = invitation.id and invitation_letter.round = ?', [days]);
    })
    .whereExists((person: Knex.QueryBuilder) => {
      void person
        .select('id')
        .from('person')
        .whereRaw(
          `person.conference = invitation.conference and person.id = invitation.person
           and coalesce(person.data ->> 'email', '') <> ''`,
        );
    })
    .orderBy('id')
    .limit(limit)
    .pluck('id');
}
