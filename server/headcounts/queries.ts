import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { DueStatus } from '../../domain/reports/due.ts';
import {
  deadlinesOfLevels,
  type FrozenSummary,
  type SummaryDifference,
  type SummaryLine,
} from '../../domain/reports/headcount-summary.ts';
import type { Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { headcountRules } from '../reports/queries.ts';
import * as store from './store.ts';

export type { ListedSummary } from './store.ts';

/** What stands beside the lines and differences of a summary: the bridges, and who did what. */
export interface Named {
  readonly tree: BridgeTree | null;
  readonly names: ReadonlyMap<AccountId, string>;
}

async function named(
  context: Context,
  conference: AuthorizedConferenceId,
  rows: readonly { readonly by: AccountId | null }[],
): Promise<Named> {
  const accounts = rows.flatMap(({ by }) => by ?? []);
  const [tree, names] = await Promise.all([bridgeTreeOf(context, conference), namesOf(context, accounts)]);
  return { tree, names };
}

export interface ListedSummaries extends Named {
  /** By when those below the bridge report; null where nothing binds them. */
  readonly dueBefore: Instant | null;
  readonly versions: readonly store.ListedSummary[];
}

/** Versions of a level's summary, last first, before one of them, at most `limit` and one more. */
export async function summariesOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  before: number | null,
  limit: number,
): Promise<ListedSummaries> {
  const { read } = context.database;
  const versions = await store.listSummaries(read, conference, bridge, before, limit + 1);
  const rules = await headcountRules(context, conference);
  const dueBefore = rules === null ? null : (deadlinesOfLevels(rules).get(bridge) ?? null);
  const shown = versions.flatMap(({ differences }) => differences.slice(0, 50));
  return { ...(await named(context, conference, shown)), dueBefore, versions };
}

/** Something at its place in a version. */
export type Placed<Row> = Row & { readonly place: number };

/** Differences of one version from a place on, at most `limit` and one more; null where there is no such version. */
export async function summaryDifferences(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  version: number,
  from: number,
  limit: number,
): Promise<(Named & { readonly rows: readonly Placed<SummaryDifference>[] }) | null> {
  const summary = await store.readSummary(context.database.read, conference, bridge, version);
  if (summary === null) return null;
  const rows = summary.differences
    .slice(from, from + limit + 1)
    .map((one, at) => ({ ...one, place: from + at }));
  return { ...(await named(context, conference, rows)), rows };
}

/** A line with the bridge that it is of, where the conference still has that. */
export type SummaryBridge = Placed<SummaryLine> & { readonly node: Bridge | undefined };

/** Lines of one version from a place on, at most `limit` and one more; null where there is no such version. */
export async function summaryRows(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  version: number,
  {
    status,
    from,
    limit,
  }: { readonly status: DueStatus | null; readonly from: number; readonly limit: number },
): Promise<(Named & { readonly summary: FrozenSummary; readonly rows: readonly SummaryBridge[] }) | null> {
  const summary = await store.readSummary(context.database.read, conference, bridge, version);
  if (summary === null) return null;
  const lines = Array.from(summary.lines.values())
    .map((line, place) => ({ ...line, place }))
    .filter((line) => line.place >= from && (status === null || line.status === status))
    .slice(0, limit + 1);
  const found = await named(context, conference, lines);
  return { ...found, summary, rows: lines.map((line) => ({ ...line, node: found.tree?.get(line.bridge) })) };
}
