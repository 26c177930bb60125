import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { PlacementSettings } from '../../domain/composition/settings.ts';
import type { Clause } from '../../domain/plan/plan.ts';
import type { Result } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import type { CivilDate } from '../../domain/time.ts';
import { unitsWithin } from '../../domain/units/tree.ts';
import type { Level, Unit, UnitTree } from '../../domain/units/unit.ts';
import type { PlacementEffect } from '../../domain/wire/placement.ts';
import { inThread, type ThreadFailure } from '../documents/thread.ts';
import type { KeptSummary } from './store.ts';

/** A placement to be worked out, as it goes into a thread. */
export interface PlacingTask {
  /** Everybody, in stretches of the roster: JSON arrays in UTF-8. */
  readonly roster: readonly Uint8Array[];
  readonly clauses: readonly Clause[];
  readonly bridges: readonly Bridge[];
  readonly units: {
    readonly asOf: CivilDate;
    readonly levels: readonly Level[];
    readonly units: readonly Unit[];
  } | null;
  readonly settings: PlacementSettings;
  /** Where the effect is asked for: what stands, which is not replaced. */
  readonly standing: Standing | null;
}

export interface Standing {
  readonly settings: PlacementSettings;
  /** Person and bridge of every placement, in stretches: JSON arrays of pairs in UTF-8. */
  readonly seats: readonly Uint8Array[];
  readonly language: Language;
}

/** A placement as it is to be written: rows as JSON arrays, a thousand each. */
export interface Placing {
  readonly kind: 'placed';
  readonly placements: readonly string[];
  readonly rooms: readonly string[];
  readonly summary: Omit<KeptSummary, 'rosterRevision'>;
}
export type PlacingAnswer =
  | Placing
  | { readonly kind: 'effect'; readonly effect: Omit<PlacementEffect, 'seen'> }
  | { readonly kind: 'nobody' };

const PROGRAM = new URL('./placement-worker.ts', import.meta.url);
/** A nation of 978,532 people takes 2 GB. */
const BOUNDS = { longestMs: 180_000, largestMB: 4096 };

/** Works out a placement, or what one would change, in a thread of its own: nobody else waits for it. */
export async function runPlacing(task: PlacingTask): Promise<Result<PlacingAnswer, ThreadFailure>> {
  return await inThread<PlacingAnswer>(PROGRAM, task, BOUNDS);
}

/** A unit tree as it goes into a thread. */
export function unitsForThread(tree: UnitTree | null): PlacingTask['units'] {
  return tree === null ? null : { asOf: tree.asOf, levels: tree.levels, units: unitsWithin(tree) };
}
