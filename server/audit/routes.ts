import { z } from 'zod';

import { auditContracts } from '../../domain/wire/audit.ts';
import type { AuditFilter, AuditRow } from '../../domain/wire/audit.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { conferenceSummary } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { exportTrail } from './exports.ts';
import { presentEntry } from './present.ts';
import { listEntries, type Part } from './queries.ts';

/** The audit trail for whoever audits: of the installation, of a conference, of a bridge and all below it. */
export function auditRoutes(): Route[] {
  return [
    implement(auditContracts.auditTrail, ({ scope, body, context }) =>
      page(context, { of: 'installation', scope }, body),
    ),
    implement(auditContracts.conferenceAudit, ({ scope, body, context }) =>
      page(context, { of: 'conference', conference: scope }, body),
    ),
    implement(auditContracts.bridgeAudit, ({ scope, conference, body, context }) =>
      page(context, { of: 'bridge', conference, bridge: scope }, body),
    ),
    implement(auditContracts.exportTrail, ({ scope, body: { format, language, ...filter }, context }) =>
      exportTrail(context, { of: 'installation', scope }, filter, format, 'Nhịp Cầu', language),
    ),
    implement(
      auditContracts.exportConferenceAudit,
      async ({ scope, conference, body: { format, language, ...filter }, context }) => {
        const { title } = await conferenceSummary(context, conference);
        return exportTrail(context, { of: 'conference', conference: scope }, filter, format, title, language);
      },
    ),
    implement(
      auditContracts.exportBridgeAudit,
      async ({ scope, conference, body: { format, language, ...filter }, context }) => {
        const name = (await bridgeTreeOf(context, conference))?.get(scope)?.name ?? scope;
        return exportTrail(
          context,
          { of: 'bridge', conference, bridge: scope },
          filter,
          format,
          name,
          language,
        );
      },
    ),
  ];
}

async function page(
  context: Context,
  part: Part,
  body: AuditFilter & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: AuditRow[]; next: string | null }> {
  const { cursor, limit, ...filter } = body;
  const before = readCursor(z.int().min(1), cursor) ?? Number.MAX_SAFE_INTEGER;
  const of = part.of === 'installation' ? null : part.conference;
  const entries = await listEntries(context, part, filter, before, limit + 1);
  const present = (entry: (typeof entries)[number]): AuditRow => presentEntry(entry, context.language, of);
  return pageOf(entries, limit, present, ({ place }) => place);
}
