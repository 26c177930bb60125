import { firstAuditLink } from '../../domain/audit/entry.ts';
import type { Link } from '../../domain/ledger/chain.ts';
import type { Context } from '../platform/context.ts';
import { sha256 } from '../platform/keys.ts';
import { lastLink } from './store.ts';

/** The head of the audit trail as it is now. */
export async function auditHead({ database }: Context): Promise<Link> {
  return (await lastLink(database.read)) ?? firstAuditLink(sha256);
}
