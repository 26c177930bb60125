import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';

/** A calendar that somebody subscribes to. */
export interface FeedRow {
  readonly id: string;
  readonly account: AccountId;
  /** Both null for all that the account sees. */
  readonly conference: ConferenceId | null;
  readonly bridge: BridgeId | null;
  readonly language: Language;
  readonly hash: string;
  readonly created_at: Instant;
  readonly read_at: Instant | null;
}

/** Of an account, the newest first. */
export async function readFeeds(db: Knex, account: AccountId): Promise<FeedRow[]> {
  return await db<FeedRow>('calendar_feed')
    .where({ account })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);
}

export async function feedByHash(db: Knex, hash: string): Promise<FeedRow | undefined> {
  return await db<FeedRow>('calendar_feed').where({ hash }).first();
}

export async function addFeed(db: Knex, row: FeedRow): Promise<void> {
  await db<FeedRow>('calendar_feed').insert(row);
}

/** False where the account has none of this id. */
export async function removeFeed(db: Knex, account: AccountId, id: string): Promise<boolean> {
  return (await db<FeedRow>('calendar_feed').where({ account, id }).delete()) === 1;
}

export async function noteRead(db: Knex, id: string, at: Instant): Promise<void> {
  await db<FeedRow>('calendar_feed').where({ id }).update({ read_at: at });
}
