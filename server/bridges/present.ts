import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { BridgeRow } from '../../domain/wire/bridges.ts';

/** What a bridge's row says beside the bridge itself. */
export interface RowFacts {
  readonly tree: BridgeTree;
  readonly chairs: ReadonlyMap<PersonId, string>;
  readonly seats: ReadonlyMap<Bridge['id'], { readonly summoned: number; readonly invited: number }>;
}

export function presentBridge(bridge: Bridge, { tree, chairs, seats }: RowFacts): BridgeRow {
  const expected = seats.get(bridge.id);
  return {
    ...bridge,
    ready: [...bridge.ready],
    childCount: tree.children(bridge.id).length,
    below: tree.subtree(bridge.id).length - 1,
    chairName: bridge.chair === null ? null : (chairs.get(bridge.chair) ?? null),
    summoned: expected?.summoned ?? 0,
    invited: expected?.invited ?? 0,
  };
}
