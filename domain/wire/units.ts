import { z } from 'zod';

import { UnitCode } from '../ids.ts';
import { CivilDate } from '../time.ts';
import { DIFFERENCE_KINDS } from '../units/difference.ts';
import { Level, Unit } from '../units/unit.ts';
import { contract, page, PageQuery, PlaceName } from './contract.ts';
import { Fault } from './problem.ts';

export const unitContracts = {
  levels: contract({
    method: 'get',
    path: '/levels',
    summary: 'Levels of the unit tree on a date',
    scope: { at: 'account' },
    query: z.object({ asOf: CivilDate }),
    answer: z.object({ levels: z.array(Level), units: z.int() }),
  }),
  units: contract({
    method: 'get',
    path: '/units',
    summary: 'Units in force on a date: those below one unit, or those found by name',
    scope: { at: 'account' },
    query: PageQuery.extend({
      asOf: CivilDate,
      parent: UnitCode.optional(),
      q: PlaceName.optional(),
    }),
    answer: page(Unit.extend({ childCount: z.int() })),
  }),
  importUnits: contract({
    method: 'post',
    path: '/units/imports',
    summary:
      'Import an official list of units (CSV or XLSX); with dryRun it only reports, and any error imports nothing',
    scope: { at: 'installation', right: 'organize' },
    query: z.object({
      /** Overrides the list's own column: the tree of 01/03/2025 may stand for 13/01/2025. */
      validFrom: CivilDate.optional(),
      dryRun: z.stringbool().default(true),
      /** What the list speaks of; what it covers and lacks is gone. Without it the list itself tells. */
      covers: z.enum(['country', 'provinces']).optional(),
    }),
    body: 'file',
    answer: z.object({
      rows: z.int(),
      units: z.int(),
      byLevel: z.record(z.string(), z.int()),
      errors: z.array(Fault),
      imported: z.boolean(),
      /** Header by field, as it was understood. */
      columns: z.array(z.object({ field: z.string(), header: z.string() })),
      covers: z.enum(['country', 'provinces']),
      /** Names of the provinces in the list. */
      provinces: z.array(z.string()),
      /** The first day of the list; null where nothing was read. */
      from: CivilDate.nullable(),
      /** Against the tree in force on the first day: how many of each kind, and the first of each. */
      differences: z.array(
        z.object({ kind: z.enum(DIFFERENCE_KINDS), count: z.int(), first: z.array(z.string()) }),
      ),
    }),
  }),
};
