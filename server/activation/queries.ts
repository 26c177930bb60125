import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import {
  BRIDGE_STANDINGS,
  standingOf,
  type BridgeStanding,
  type StandingCounts,
} from '../../domain/activation/state.ts';
import type { AccountId, BridgeId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import * as store from './store.ts';

/** What is known of the hosts of a conference at one moment. */
export interface Hosts {
  readonly tree: BridgeTree;
  readonly asOf: Instant;
  readonly numbers: ReadonlyMap<BridgeId, number>;
  readonly open: ReadonlyMap<BridgeId, Instant>;
  standing(bridge: BridgeId): BridgeStanding;
}

/** How every bridge of a conference stands with its host; null before the bridges are built. */
export async function hostsOf(
  context: Context,
  conference: AuthorizedConferenceId,
  connection = context.database.read,
): Promise<Hosts | null> {
  const tree = await bridgeTreeOf(context, conference);
  if (tree === null) return null;
  const asOf = context.clock();
  const numbers = await store.hostNumbers(connection, conference, asOf);
  const open = await store.openCodes(connection, conference);
  const standing = (bridge: BridgeId): BridgeStanding =>
    standingOf({ hosts: numbers.get(bridge) ?? 0, openUntil: open.get(bridge) ?? null }, asOf);
  return { tree, asOf, numbers, open, standing };
}

export type Counts = StandingCounts & { readonly bridges: number };

/** How the given bridges stand, counted. */
export function countStandings(hosts: Hosts, bridges: readonly Bridge[]): Counts {
  const counts = Object.fromEntries(BRIDGE_STANDINGS.map((standing) => [standing, 0]));
  for (const { id } of bridges) {
    const standing = hosts.standing(id);
    counts[standing] = (counts[standing] ?? 0) + 1;
  }
  return { ...(counts as StandingCounts), bridges: bridges.length };
}

/** Bridges of a subtree in tree order that stand in a way, or all of them. */
export function bridgesStanding(
  hosts: Hosts,
  under: AuthorizedBridgeId<'organize' | 'below'>,
  standing: BridgeStanding | null,
): readonly Bridge[] {
  const all = hosts.tree.subtree(under);
  return standing === null ? all : all.filter(({ id }) => hosts.standing(id) === standing);
}

/** Names of the hosts of some bridges, at most some hundred bridges. */
export function hostNames(
  context: Context,
  conference: AuthorizedConferenceId,
  bridges: readonly BridgeId[],
): Promise<ReadonlyMap<BridgeId, readonly string[]>> {
  return store.hostNames(context.database.read, conference, bridges, context.clock());
}

const BATCHES = 10;

export interface Batches {
  readonly rows: readonly store.ListedBatch[];
  readonly names: ReadonlyMap<AccountId, string>;
}

/** The last batches made at a bridge or below it, newest first. */
export async function batchesUnder(
  context: Context,
  conference: AuthorizedConferenceId,
  { tree, asOf }: Hosts,
  under: AuthorizedBridgeId<'organize' | 'below'>,
): Promise<Batches> {
  const bridges = tree.subtree(under).map(({ id }) => id);
  const rows = await store.listBatches(context.database.read, conference, bridges, asOf, BATCHES);
  const names = await namesOf(
    context,
    rows.flatMap(({ by }) => by ?? []),
  );
  return { rows, names };
}
