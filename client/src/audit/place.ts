import { hasRight } from '../../../domain/access/rights.ts';
import type { Account } from '../../../domain/wire/access.ts';
import { auditContracts, type AuditFilter } from '../../../domain/wire/audit.ts';
import { call } from '../api/call.ts';
import { download } from '../api/download.ts';

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

const PAGE = 50;

/** A page of a trail. */
export function readTrail(
  { conference, bridge }: AuditPlace,
  filter: AuditFilter,
  cursor: string | undefined,
  signal: AbortSignal,
) {
  const body = { ...filter, limit: PAGE, cursor };
  if (conference === null) return call(auditContracts.auditTrail, { body }, signal);
  if (bridge === null) return call(auditContracts.conferenceAudit, { params: { conference }, body }, signal);
  return call(auditContracts.bridgeAudit, { params: { conference, bridge }, body }, signal);
}

export type TrailFormat = 'xlsx' | 'csv' | 'trail';

/** Saves a trail as a file, and tells the file's name. */
export function saveTrail(
  { conference, bridge }: AuditPlace,
  filter: AuditFilter,
  format: TrailFormat,
  language: 'vi' | 'en',
): Promise<string> {
  const body = { ...filter, format, language };
  if (conference === null) return download(auditContracts.exportTrail, { body });
  if (bridge === null)
    return download(auditContracts.exportConferenceAudit, { params: { conference }, body });
  return download(auditContracts.exportBridgeAudit, { params: { conference, bridge }, body });
}
