import type { Knex } from 'knex';

import type { InvitingMethod } from '../../domain/calendar/inviting.ts';
import type { Instant } from '../../domain/time.ts';

/** The last that a person's calendar was told of their entry. */
export interface ToldEntry {
  readonly sequence: number;
  /** SHA-256 of what is material in it. */
  readonly digest: string;
  readonly method: InvitingMethod;
  /** Where it went: only from there an answer counts. */
  readonly address: string;
  /** When the last answer that counts was given, as it says itself. */
  readonly answeredAt: Instant | null;
}

interface ToldRow {
  readonly sequence: number;
  readonly digest: string;
  readonly method: InvitingMethod;
  readonly address: string;
  readonly answered_at: Instant | null;
}

/** What the calendar of whoever an invitation is for was told last; null where it was told nothing. */
export async function readTold(db: Knex, invitation: string): Promise<ToldEntry | null> {
  const row = await db('invitation_calendar').where({ invitation }).first<ToldRow | undefined>();
  if (row === undefined) return null;
  const { answered_at: answeredAt, sequence, digest, method, address } = row;
  return { sequence, digest, method, address, answeredAt };
}

export async function writeTold(
  db: Knex,
  invitation: string,
  { sequence, digest, method, address }: Omit<ToldEntry, 'answeredAt'>,
): Promise<void> {
  await db('invitation_calendar')
    .insert({ invitation, sequence, digest, method, address })
    .onConflict('invitation')
    .merge();
}

/** Keeps when the last answer that counts was given. */
export async function writeAnswered(db: Knex, invitation: string, at: Instant): Promise<void> {
  await db('invitation_calendar').where({ invitation }).update({ answered_at: at });
}
