import type { Knex } from 'knex';

import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export interface LinkRow {
  readonly issuer: string;
  readonly subject: string;
  readonly account: AccountId;
  readonly created_at: Instant;
  readonly used_at: Instant;
}

export async function linkOfSubject(db: Knex, issuer: string, subject: string): Promise<LinkRow | undefined> {
  return await db<LinkRow>('single_sign_on').where({ issuer, subject }).first();
}

export async function linkOfAccount(
  db: Knex,
  issuer: string,
  account: AccountId,
): Promise<LinkRow | undefined> {
  return await db<LinkRow>('single_sign_on').where({ issuer, account }).first();
}

export async function addLink(db: Knex, row: LinkRow): Promise<void> {
  await db('single_sign_on').insert(row);
}

export async function noteLink(db: Knex, issuer: string, subject: string, at: Instant): Promise<void> {
  await db('single_sign_on').where({ issuer, subject }).update({ used_at: at });
}

export async function removeLink(db: Knex, issuer: string, account: AccountId): Promise<boolean> {
  return (await db('single_sign_on').where({ issuer, account }).delete()) === 1;
}
