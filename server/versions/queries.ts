import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { SessionId } from '../../domain/ids.ts';
import type { FigureDifference } from '../../domain/reports/attendance-report.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import * as store from './store.ts';

export type { ListedReport } from './store.ts';

/** Versions of an attendance report, last first, before one of them, at most `limit` and one more. */
export async function versionsOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'read' | 'below'>,
  session: SessionId,
  before: number | null,
  limit: number,
): Promise<{ readonly tree: BridgeTree | null; readonly versions: readonly store.ListedReport[] }> {
  const { read } = context.database;
  const [tree, versions] = await Promise.all([
    bridgeTreeOf(context, conference),
    store.listReports(read, conference, session, bridge, before, limit + 1),
  ]);
  return { tree, versions };
}

/** The last version of a bridge's attendance report; null before the first. */
export async function lastVersionOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId,
  session: SessionId,
): Promise<store.ListedReport | null> {
  const [last] = await store.listReports(context.database.read, conference, session, bridge, null, 1);
  return last ?? null;
}

/** A difference and its place in its version. */
export type PlacedDifference = FigureDifference & { readonly place: number };

/** Differences of one version from a place on, at most `limit` and one more; null where there is no such version. */
export async function differencesOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'read' | 'below'>,
  session: SessionId,
  version: number,
  from: number,
  limit: number,
): Promise<{ readonly tree: BridgeTree | null; readonly rows: readonly PlacedDifference[] } | null> {
  const { read } = context.database;
  const differences = await store.readDifferences(read, conference, session, bridge, version);
  if (differences === null) return null;
  const rows = differences.slice(from, from + limit + 1).map((one, at) => ({ ...one, place: from + at }));
  return { tree: await bridgeTreeOf(context, conference), rows };
}
