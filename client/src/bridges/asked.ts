import type { BridgeNode, Forest } from '../../../domain/bridges/forest.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import type { Deeds } from './deeds.ts';

/** What the page asks before it does it. */
export type Asked =
  | { readonly kind: 'move'; readonly node: BridgeNode; readonly to: BridgeId | null }
  | { readonly kind: 'add'; readonly under: BridgeNode }
  | { readonly kind: 'remove'; readonly node: BridgeNode }
  | { readonly kind: 'many'; readonly places: readonly number[] }
  | { readonly kind: 'changes' }
  | { readonly kind: 'keys' };

/** What every dialog of the page is given. */
export interface DialogProps {
  readonly conference: string;
  readonly forest: Forest;
  readonly deeds: Deeds;
  readonly onClose: () => void;
}
