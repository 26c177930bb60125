import { z } from 'zod';

import { LevelId, UnitCode } from '../ids.ts';
import { CivilDate } from '../time.ts';

/**
 * A level of a unit tree (cấp). Nothing in the program counts levels: a tree has as many as its data names.
 * `order` sorts them from the top down.
 */
export const Level = z.object({
  id: LevelId,
  order: z.int(),
  name: z.object({ vi: z.string(), en: z.string() }),
  /** The words that the official list's `type` column has for units of this level: `Xã`, `Phường`, ... */
  types: z.array(z.string()),
});
export type Level = z.infer<typeof Level>;

/**
 * An administrative unit during one stretch of validity. The same code may come back with another name, type or
 * parent in a later stretch; a unit is identified by code and `validFrom` together, and joined on codes only, as
 * names repeat and their spelling flips between releases.
 */
export const Unit = z.object({
  code: UnitCode,
  level: LevelId,
  /** As the official list has it: `Xã`, `Thành phố trực thuộc Trung ương`, ... */
  type: z.string(),
  /** `Yên Lãng` */
  name: z.string(),
  /** `Xã Yên Lãng` */
  fullName: z.string(),
  /** Null for a unit directly below the centre. */
  parent: UnitCode.nullable(),
  validFrom: CivilDate,
  /** The last day, inclusive; null while in force. */
  validTo: CivilDate.nullable(),
});
export type Unit = z.infer<typeof Unit>;

/** The units in force on one date, with their children. */
export interface UnitTree {
  readonly asOf: CivilDate;
  /** From the top down, without levels that have no unit on that date. */
  readonly levels: readonly Level[];
  /** Units without a parent, in code order. */
  readonly roots: readonly Unit[];
  readonly size: number;
  get(code: UnitCode): Unit | undefined;
  children(code: UnitCode): readonly Unit[];
}
