import type { Knex } from 'knex';

import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import type { IncidentKind, QualityIncident } from '../../domain/media/quality.ts';
import type { Instant } from '../../domain/time.ts';

/** Of which bridge in which session. */
export interface LinePlace {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly bridge: BridgeId;
}

/** An incident at a bridge. */
export interface BridgeIncident extends QualityIncident {
  readonly bridge: BridgeId;
}

/** What samples of one bridge come to, since they were written last. */
export interface QualitySums {
  readonly bridge: BridgeId;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly good: number;
  readonly fair: number;
  readonly poor: number;
  readonly worstLoss: number;
  readonly worstJitterMs: number;
  readonly worstDelayMs: number;
}

/** What is said of a bridge that has gone meanwhile is left out: it is of nobody any more. */
const THERE = `exists (select 1 from bridge where conference = :conference and id = said.value ->> 0)
  and exists (select 1 from session where id = :session)`;

/** Writes incidents as they stand now; one that was there is told again with its end. */
export async function writeIncidents(
  db: Knex,
  { conference, session }: Omit<LinePlace, 'bridge'>,
  incidents: readonly BridgeIncident[],
): Promise<void> {
  const said = JSON.stringify(incidents.map(({ bridge, kind, from, to }) => [bridge, kind, from, to]));
  await db.raw(
    `insert into line_incident (session, conference, bridge, kind, from_at, to_at)
     select :session, :conference, said.value ->> 0, said.value ->> 1, said.value ->> 2, said.value ->> 3
     from json_each(:said) as said where ${THERE}
     on conflict (session, bridge, kind, from_at) do update set to_at = excluded.to_at`,
    { conference, session, said },
  );
}

/** Adds samples to the sums of their bridges. */
export async function addSums(
  db: Knex,
  { conference, session }: Omit<LinePlace, 'bridge'>,
  sums: readonly QualitySums[],
): Promise<void> {
  const said = JSON.stringify(
    sums.map((one) => [
      one.bridge,
      one.firstAt,
      one.lastAt,
      one.good,
      one.fair,
      one.poor,
      one.worstLoss,
      one.worstJitterMs,
      one.worstDelayMs,
    ]),
  );
  await db.raw(
    `insert into line_quality (session, conference, bridge, first_at, last_at, good, fair, poor,
       worst_loss, worst_jitter_ms, worst_delay_ms)
     select :session, :conference, said.value ->> 0, said.value ->> 1, said.value ->> 2, said.value ->> 3,
       said.value ->> 4, said.value ->> 5, said.value ->> 6, said.value ->> 7, said.value ->> 8
     from json_each(:said) as said where ${THERE}
     on conflict (session, bridge) do update set
       last_at = excluded.last_at, good = good + excluded.good, fair = fair + excluded.fair,
       poor = poor + excluded.poor, worst_loss = max(worst_loss, excluded.worst_loss),
       worst_jitter_ms = max(worst_jitter_ms, excluded.worst_jitter_ms),
       worst_delay_ms = max(worst_delay_ms, excluded.worst_delay_ms)`,
    { conference, session, said },
  );
}

interface IncidentRow {
  readonly bridge: BridgeId;
  readonly kind: IncidentKind;
  readonly from_at: Instant;
  readonly to_at: Instant | null;
}

/** The incidents of a session in the order in which they began: all, or those of one bridge, or that have not ended. */
export async function readIncidents(
  db: Knex,
  session: SessionId,
  { bridge: only, isLasting = false }: { readonly bridge?: BridgeId; readonly isLasting?: boolean } = {},
): Promise<BridgeIncident[]> {
  const query = db('line_incident')
    .where({ session, ...(only !== undefined && { bridge: only }) })
    .orderBy(['from_at', 'bridge', 'kind']);
  if (isLasting) void query.whereNull('to_at');
  const rows = await query.select<IncidentRow[]>('bridge', 'kind', 'from_at', 'to_at');
  return rows.map(({ bridge, kind, from_at: from, to_at: to }) => ({ bridge, kind, from, to }));
}

interface SumsRow {
  readonly bridge: BridgeId;
  readonly first_at: Instant;
  readonly last_at: Instant;
  readonly good: number;
  readonly fair: number;
  readonly poor: number;
  readonly worst_loss: number;
  readonly worst_jitter_ms: number;
  readonly worst_delay_ms: number;
}

/** What the samples of a session come to, for each bridge that sampled in it: all, or one of them, or those that did since a moment. */
export async function readSums(
  db: Knex,
  session: SessionId,
  { bridge, since }: { readonly bridge?: BridgeId; readonly since?: Instant } = {},
): Promise<QualitySums[]> {
  const rows = await db('line_quality')
    .where({ session, ...(bridge !== undefined && { bridge }) })
    .where('last_at', '>=', since ?? 0)
    .select<SumsRow[]>(
      'bridge',
      'first_at',
      'last_at',
      'good',
      'fair',
      'poor',
      'worst_loss',
      'worst_jitter_ms',
      'worst_delay_ms',
    );
  return rows.map((row) => ({
    bridge: row.bridge,
    firstAt: row.first_at,
    lastAt: row.last_at,
    good: row.good,
    fair: row.fair,
    poor: row.poor,
    worstLoss: row.worst_loss,
    worstJitterMs: row.worst_jitter_ms,
    worstDelayMs: row.worst_delay_ms,
  }));
}
