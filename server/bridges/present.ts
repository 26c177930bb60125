import type { Sight } from '../../domain/access/sight.ts';
import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { BridgeRow } from '../../domain/wire/bridges.ts';

/** What a bridge's row says beside the bridge itself. */
export interface RowFacts {
  readonly tree: BridgeTree;
  /** What the one who asks sees: of what is below a bridge that is theirs alone they are told nothing. */
  readonly sight: Sight;
  readonly chairs: ReadonlyMap<PersonId, string>;
  readonly seats: ReadonlyMap<Bridge['id'], { readonly summoned: number; readonly invited: number }>;
}

export function presentBridge(bridge: Bridge, { tree, sight, chairs, seats }: RowFacts): BridgeRow {
  const expected = seats.get(bridge.id);
  const isOpen = sight.seesBelow(bridge.id);
  return {
    ...bridge,
    ready: [...bridge.ready],
    childCount: isOpen ? tree.children(bridge.id).length : 0,
    below: isOpen ? tree.subtree(bridge.id).length - 1 : 0,
    chairName: bridge.chair === null ? null : (chairs.get(bridge.chair) ?? null),
    summoned: expected?.summoned ?? 0,
    invited: expected?.invited ?? 0,
  };
}
