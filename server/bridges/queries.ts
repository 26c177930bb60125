import type { Sight } from '../../domain/access/sight.ts';
import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import { moveEffect } from '../../domain/bridges/move.ts';
import { bridgeTree } from '../../domain/bridges/tree.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { matchQuality } from '../../domain/text/search.ts';
import { namesOf } from '../access/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { knownAt, type KnownBridges, rememberBridges } from './live.ts';
import { firstFrozen, listChanges, readBridges, readRevision, type BridgeChangeRecord } from './store.ts';

/**
 * The bridge tree of a conference, and the revision that it reflects; without a tree before the first build. Inside a
 * transaction by its connection.
 */
export async function bridgesOf(
  context: Context,
  conference: AuthorizedConferenceId,
  connection = context.database.read,
): Promise<KnownBridges> {
  const revision = (await readRevision(connection, conference)) ?? 0;
  const earlier = knownAt(context.database, conference, revision);
  if (earlier !== undefined) return earlier;
  const bridges = await readBridges(connection, conference);
  const built = bridges.length === 0 ? null : bridgeTree(bridges);
  if (built !== null && !built.ok) throw new Error(`the stored bridges are no tree: ${built.reason}`);
  const known = { revision, tree: built === null ? null : built.value };
  rememberBridges(context, conference, known);
  return known;
}

/** The bridge tree of a conference; null before the first build. Kept in memory until a bridge changes. */
export async function bridgeTreeOf(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<BridgeTree | null> {
  return (await bridgesOf(context, conference)).tree;
}

export interface BridgeSearch {
  readonly parent: BridgeId | null;
  /** Part of a name, with or without marks. */
  readonly q: string | null;
  /** Only where the view of the one who asks begins. */
  readonly tops: boolean;
}

/**
 * Bridges in tree order after one of them, at most `limit`: those directly below `parent`, those found by name, or all, as far
 * as the one who asks sees them.
 * Names that have the marks of the query come before those that are only folded alike. Null where `after` has gone from
 * the list, renamed or hung elsewhere.
 */
export function findBridges(
  tree: BridgeTree,
  sight: Sight,
  search: BridgeSearch,
  after: BridgeId | null,
  limit: number,
): readonly Bridge[] | null {
  const found =
    search.q === null ? listed(tree, sight, search) : named(seen(tree, sight, search.parent), search.q);
  const from = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  if (after !== null && from === 0) return null;
  return found.slice(from, from + limit);
}

function listed(tree: BridgeTree, sight: Sight, { parent, tops }: BridgeSearch): readonly Bridge[] {
  if (tops) return sight.tops.map(({ bridge }) => bridge);
  if (parent === null) return sight.bridges();
  return sight.seesBelow(parent) ? tree.children(parent) : [];
}

/** What is searched: everything in sight, or a bridge with all below it. */
function seen(tree: BridgeTree, sight: Sight, parent: BridgeId | null): readonly Bridge[] {
  if (parent === null) return sight.bridges();
  return sight.seesBelow(parent) ? tree.subtree(parent) : [];
}

function named(among: readonly Bridge[], query: string): readonly Bridge[] {
  const exact: Bridge[] = [];
  const folded: Bridge[] = [];
  for (const bridge of among) {
    const quality = matchQuality(query, bridge.name);
    if (quality !== null) (quality === 'exact' ? exact : folded).push(bridge);
  }
  return [...exact, ...folded];
}

/** The first bridge with a frozen report that a move would make wrong; null where there is none. */
export async function frozenByMove(
  context: Context,
  conference: AuthorizedConferenceId,
  tree: BridgeTree,
  id: BridgeId,
  parent: BridgeId,
  connection = context.database.read,
): Promise<Bridge | null> {
  const effect = moveEffect(tree, id, parent);
  // The move itself says why it cannot be.
  if (!effect.ok) return null;
  const { loses, gains } = effect.value;
  const ids = [...loses, ...gains].map(({ bridge }) => bridge.id);
  const frozen = await firstFrozen(connection, conference, ids);
  return frozen === null ? null : (tree.get(frozen) ?? null);
}

/** The latest changes at or below a bridge, newest first, each with the name of whoever made it. */
export async function changesBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'organize' | 'below'>,
): Promise<readonly (BridgeChangeRecord & { readonly byName: string | null })[]> {
  const tree = await bridgeTreeOf(context, conference);
  const changes = await listChanges(context.database.read, conference);
  const shown = changes.filter((change) => tree?.path(change.top).some(({ id }) => id === top) === true);
  const names = await namesOf(
    context,
    shown.flatMap(({ by }) => (by === null ? [] : [by])),
  );
  return shown.map((change) => ({
    ...change,
    byName: change.by === null ? null : (names.get(change.by) ?? null),
  }));
}
