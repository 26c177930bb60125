import type { CivilDate } from '../../domain/time.ts';
import { layList } from '../../domain/units/history.ts';
import type { UnitImport } from '../../domain/units/import.ts';
import { LEVELS } from '../../domain/units/levels.ts';
import type { Unit } from '../../domain/units/unit.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedInstallation } from '../platform/scopes.ts';
import { deleteUnits, insertImport, insertUnits, readUnits, writeLevels } from './store.ts';

export interface ListOfUnits {
  readonly fileName: string;
  /** What the file says. */
  readonly list: UnitImport;
  /** Whether every row of the file could be read; a list with a hole is not taken over. */
  readonly isWhole: boolean;
  /** What stood in for the list's own column. */
  readonly validFrom: CivilDate | null;
  /** Only look, write nothing. */
  readonly dryRun: boolean;
}

/**
 * Takes over an official list of units: the list is complete for its stretch of time, what was known of that stretch
 * gives way, what lies before or after stays. With any error, or as a dry run, nothing is written. A list that is
 * imported again changes no unit.
 */
export async function importUnits(
  context: Context,
  _installation: AuthorizedInstallation,
  { fileName, list, isWhole, validFrom, dryRun }: ListOfUnits,
): Promise<{ readonly imported: boolean }> {
  if (dryRun || !isWhole || list.errors.length > 0) return { imported: false };

  await transaction(context.database, async (db) => {
    const known = await readUnits(db);
    const { gone, come } = difference(known, layList(known, list.units));
    await writeLevels(db, LEVELS);
    await deleteUnits(db, gone);
    await insertUnits(db, come);
    await insertImport(db, {
      id: context.newId(),
      at: context.clock(),
      by: context.actor?.name ?? null,
      fileName,
      validFrom,
      rows: list.rows,
    });
  });
  context.audit.note({ after: { file: fileName, units: list.units.length, validFrom } });
  return { imported: true };
}

/** What has to be deleted and what inserted to come from one state of the units to another. */
function difference(
  before: readonly Unit[],
  after: readonly Unit[],
): { readonly gone: readonly Unit[]; readonly come: readonly Unit[] } {
  const kept = new Set(before.map(textOf));
  const wanted = new Set(after.map(textOf));
  return {
    gone: before.filter((unit) => !wanted.has(textOf(unit))),
    come: after.filter((unit) => !kept.has(textOf(unit))),
  };
}

function textOf(unit: Unit): string {
  const { code, validFrom, validTo, level, type, name, fullName, parent } = unit;
  return JSON.stringify([code, validFrom, validTo, level, type, name, fullName, parent]);
}
