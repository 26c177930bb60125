import type { AccountId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import * as store from './store.ts';
import { hashOfToken, newToken } from './tokens.ts';

const SETUP_LINK_MS = 7 * 24 * 3_600_000;
const ACTIVATION_LINK_MS = 30 * 24 * 3_600_000;

type Transaction = Parameters<typeof store.addToken>[0];

/** Makes the link of the first start, ending any earlier one. Answers with its token. */
export async function newSetupLink(db: Transaction, now: Instant): Promise<string> {
  const token = newToken();
  await store.retireTokens(db, { purpose: 'setup' }, now);
  await store.addToken(db, tokenRow(token, 'setup', null, now, SETUP_LINK_MS));
  return token;
}

/** Makes the link with which somebody chooses a password, ending any earlier one. Answers with its token. */
export async function newActivationLink(db: Transaction, account: AccountId, now: Instant): Promise<string> {
  const token = newToken();
  await store.retireTokens(db, { purpose: 'activation', account }, now);
  await store.addToken(db, tokenRow(token, 'activation', account, now, ACTIVATION_LINK_MS));
  return token;
}

/** Finds a link by its token, as long as it can be used. */
export async function usableLink(
  context: Context,
  token: string,
  purpose: store.TokenRow['purpose'],
): Promise<Result<store.TokenRow, { reason: 'link-unknown' | 'link-used' }>> {
  const row = await store.tokenByHash(context.database.read, hashOfToken(token));
  if (row?.purpose !== purpose) return { ok: false, reason: 'link-unknown' };
  const usable = row.used_at === null && context.clock() < row.expires_at;
  return usable ? ok(row) : { ok: false, reason: 'link-used' };
}

function tokenRow(
  token: string,
  purpose: store.TokenRow['purpose'],
  account: AccountId | null,
  now: Instant,
  lasts: number,
): store.TokenRow {
  return {
    hash: hashOfToken(token),
    purpose,
    account,
    created_at: now,
    expires_at: (now + lasts) as Instant,
    used_at: null,
  };
}
