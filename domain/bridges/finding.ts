import type { CivilDate } from '../time.ts';
import type { Level } from '../units/unit.ts';
import type { Bridge, BridgeClass } from './bridge.ts';

/** What an organizer should know about a build of the bridges. */
export type BuildFinding =
  /** The plan names no central bridge, and there is no one bridge above all others. */
  | { readonly kind: 'centre added'; readonly severity: 'note' }
  /** The plan names a level that the tree of the date does not have: districts after 30/06/2025. */
  | {
      readonly kind: 'level without units';
      readonly severity: 'warning';
      readonly level: Level;
      readonly asOf: CivilDate;
    }
  /** The plan names a class whose bridges nobody has listed yet. */
  | { readonly kind: 'class without bridges'; readonly severity: 'warning'; readonly class: BridgeClass }
  /** A bridge of an earlier build whose level or unit is not asked for any more. */
  | { readonly kind: 'not in plan'; readonly severity: 'warning'; readonly bridge: Bridge }
  /** A bridge of an earlier build now hangs under a nearer one that came in. */
  | { readonly kind: 'moved'; readonly severity: 'note'; readonly bridge: Bridge; readonly parent: Bridge }
  /** A bridge was hung elsewhere by hand, and stays there. */
  | {
      readonly kind: 'hangs elsewhere';
      readonly severity: 'note';
      readonly bridge: Bridge;
      readonly parent: Bridge;
      readonly expected: Bridge;
    }
  /** A row says where a bridge hangs, or takes its picture from, and no bridge, or more than one, is called so. */
  | {
      readonly kind: 'unknown place' | 'ambiguous place';
      readonly severity: 'warning';
      readonly bridge: Bridge;
      readonly text: string;
    }
  /** A second row for one bridge; the first counts. */
  | { readonly kind: 'said twice'; readonly severity: 'warning'; readonly bridge: Bridge }
  /** A row brought in a bridge, and one of its class and name stands in another place: one and the same, or not? */
  | {
      readonly kind: 'same name elsewhere';
      readonly severity: 'warning';
      readonly bridge: Bridge;
      readonly other: Bridge;
    }
  /** A row names a chair who chairs another bridge already; they stay there. */
  | {
      readonly kind: 'chairs another bridge';
      readonly severity: 'warning';
      readonly bridge: Bridge;
      readonly other: Bridge;
    };
