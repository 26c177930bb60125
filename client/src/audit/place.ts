import { hasRight } from '../../../domain/access/rights.ts';
import type { Account } from '../../../domain/wire/access.ts';
import { api } from '../../../domain/wire/api.ts';
import type { AuditFilter } from '../../../domain/wire/audit.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { call } from '../api/call.ts';

/** Whose trail a page shows: of everything, of a conference, of a bridge and all below it. */
export interface AuditPlace {
  readonly conference: string | null;
  readonly bridge: string | null;
}

/** The widest part of a conference's trail that an account may see; null where it may see none. */
export function auditPlaceOf(account: Account | undefined, conference: string): AuditPlace | null {
  const grants = (account?.grants ?? []).filter(
    (grant) =>
      hasRight(grant.role, 'audit') && (grant.conference === null || grant.conference === conference),
  );
  const [first] = grants.toSorted((a, b) => Number(a.bridge !== null) - Number(b.bridge !== null));
  return first === undefined ? null : { conference, bridge: first.bridge };
}

/** Whether an account may see the trail of the whole installation. */
export function auditsAll(account: Account | undefined): boolean {
  const grants = account?.grants ?? [];
  return grants.some((grant) => hasRight(grant.role, 'audit') && grant.conference === null);
}

const PAGE = 50;

/** A page of a trail. */
export function readTrail(
  { conference, bridge }: AuditPlace,
  filter: AuditFilter,
  cursor: string | undefined,
  signal: AbortSignal,
) {
  const query = { ...filter, limit: PAGE, cursor };
  if (conference === null) return call(api.auditTrail, { query }, signal);
  if (bridge === null) return call(api.conferenceAudit, { params: { conference }, query }, signal);
  return call(api.bridgeAudit, { params: { conference, bridge }, query }, signal);
}

/** Where a trail is to be had as a file. */
export function trailFile(
  { conference, bridge }: AuditPlace,
  filter: AuditFilter,
  format: 'xlsx' | 'csv' | 'trail',
  language: 'vi' | 'en',
): string {
  const query = { ...filter, format, language };
  if (conference === null) return urlOf(api.exportTrail, { query });
  if (bridge === null) return urlOf(api.exportConferenceAudit, { params: { conference }, query });
  return urlOf(api.exportBridgeAudit, { params: { conference, bridge }, query });
}
