import type { Knex } from 'knex';

import type { AccountId, ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Role } from '../../domain/wire/access.ts';

export interface CodeRow {
  readonly account: AccountId;
  /** Sealed; null where it was never set up to the end. */
  readonly secret: string | null;
  /** Sealed; one that is being set up. */
  readonly next_secret: string | null;
  readonly next_at: Instant | null;
  readonly used_step: number;
}

export async function codeOf(db: Knex, account: AccountId): Promise<CodeRow | undefined> {
  return await db<CodeRow>('one_time_code').where({ account }).first();
}

/** Begins with another secret; the one before stays until it is taken. */
export async function putNext(db: Knex, account: AccountId, secret: string, at: Instant): Promise<void> {
  await db('one_time_code')
    .insert({ account, next_secret: secret, next_at: at, used_step: 0 })
    .onConflict('account')
    .merge(['next_secret', 'next_at']);
}

/** Takes the secret that was begun with, of which the code of a step was used. False where another was begun with meanwhile. */
export async function takeNext(db: Knex, account: AccountId, secret: string, step: number): Promise<boolean> {
  const begun = db('one_time_code').where({ account, next_secret: secret });
  return (await begun.update({ secret, next_secret: null, next_at: null, used_step: step })) === 1;
}

export async function removeCode(db: Knex, account: AccountId): Promise<void> {
  await db('one_time_code').where({ account }).delete();
  await db('recovery_code').where({ account }).delete();
}

/** Notes that the code of a step was used. False where it, or a later one, was used before. */
export async function useStep(db: Knex, account: AccountId, step: number): Promise<boolean> {
  const used = db('one_time_code').where({ account }).where('used_step', '<', step);
  return (await used.update({ used_step: step })) === 1;
}

/** Puts recovery codes in the place of all before. */
export async function putRecoveryCodes(
  db: Knex,
  account: AccountId,
  hashes: readonly string[],
): Promise<void> {
  await db('recovery_code').where({ account }).delete();
  await db('recovery_code').insert(hashes.map((hash) => ({ hash, account, used_at: null })));
}

/** Uses a recovery code up. False where it is none of the account's, or was used. */
export async function useRecoveryCode(
  db: Knex,
  account: AccountId,
  hash: string,
  at: Instant,
): Promise<boolean> {
  const open = db('recovery_code').where({ account, hash }).whereNull('used_at');
  return (await open.update({ used_at: at })) === 1;
}

export async function recoveryCodesLeft(db: Knex, account: AccountId): Promise<number> {
  const row = await db('recovery_code')
    .where({ account })
    .whereNull('used_at')
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Roles that ask for a second factor: in a conference, or with null everywhere. */
export async function requirementOf(db: Knex, conference: ConferenceId | null): Promise<Role[]> {
  return await db('factor_requirement').where({ conference }).orderBy('role').pluck<Role[]>('role');
}

export async function putRequirement(
  db: Knex,
  conference: ConferenceId | null,
  roles: readonly Role[],
): Promise<void> {
  await db('factor_requirement').where({ conference }).delete();
  if (roles.length > 0) await db('factor_requirement').insert(roles.map((role) => ({ conference, role })));
}
