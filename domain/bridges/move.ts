import type { BridgeId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import type { Bridge, BridgeTree } from './bridge.ts';
import { moveBridge } from './edit.ts';
import type { BridgeEditFailure } from './edit.ts';

/** A bridge that has more or fewer below it after a move. */
export interface Shifted {
  readonly bridge: Bridge;
  /** Bridges below it. */
  readonly before: number;
  readonly after: number;
}

/** What changes when a bridge is hung elsewhere, with all below it. */
export interface MoveEffect {
  readonly bridge: Bridge;
  readonly from: Bridge | undefined;
  readonly to: Bridge;
  /** The bridge itself and all below it. */
  readonly moving: readonly Bridge[];
  /** Bridges above it that add it up no longer, the nearest first. */
  readonly loses: readonly Shifted[];
  /** Bridges that add it up from now on, the nearest first. */
  readonly gains: readonly Shifted[];
}

/** What hanging a bridge under another one would change, before anything is changed; or why it cannot be. */
export function moveEffect(
  tree: BridgeTree,
  id: BridgeId,
  parent: BridgeId,
): Result<MoveEffect, BridgeEditFailure> {
  const edit = moveBridge(tree, id, parent);
  if (!edit.ok) return edit;
  const bridge = tree.get(id);
  const to = tree.get(parent);
  if (bridge === undefined || to === undefined) return { ok: false, reason: 'unknown bridge', id };
  const moving = tree.subtree(id);
  const above = tree.path(id).slice(1);
  const over = tree.path(parent);
  const [was, becomes] = [new Set(above), new Set(over)];
  const below = (one: Bridge): number => tree.subtree(one.id).length - 1;
  const shifted = (one: Bridge, by: number): Shifted => ({
    bridge: one,
    before: below(one),
    after: below(one) + by,
  });
  return ok({
    bridge,
    from: above[0],
    to,
    moving,
    loses: above.filter((one) => !becomes.has(one)).map((one) => shifted(one, -moving.length)),
    gains: over.filter((one) => !was.has(one)).map((one) => shifted(one, moving.length)),
  });
}
