import type { CivilDate } from '../../domain/time.ts';
import { checkUnits, type UnitProblem } from '../../domain/units/check.ts';
import { differencesOn, type UnitDifference } from '../../domain/units/difference.ts';
import { coverageOf, layList, stretchOf, type Coverage } from '../../domain/units/history.ts';
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
  /** What the list speaks of; null where the list itself tells. */
  readonly covers: Coverage | null;
}

export interface ImportOutcome {
  readonly imported: boolean;
  readonly covers: Coverage;
  /** The first day of the list; null where nothing was read. */
  readonly from: CivilDate | null;
  /** What it changes of the tree in force on that day. */
  readonly differences: readonly UnitDifference[];
  /** Units outside the list that would not fit the tree after it: then nothing is imported. */
  readonly unfit: readonly UnitProblem[];
  /** Full names of the units before and after it, by code. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Takes over an official list of units: it is complete for what it covers and for its stretch of time, what was known of
 * that gives way, everything else stays. With any error, or as a dry run, nothing is written, and what it would change is
 * told. A list that is imported again changes no unit.
 */
export async function importUnits(
  context: Context,
  _installation: AuthorizedInstallation,
  { fileName, list, isWhole, validFrom, dryRun, covers: wanted }: ListOfUnits,
): Promise<ImportOutcome> {
  const isSound = isWhole && list.errors.length === 0;
  const from = stretchOf(list.units)?.from ?? null;
  const laid = (known: readonly Unit[]) => {
    const covers = wanted ?? coverageOf(known, list.units);
    const after = layList(known, list.units, covers);
    // A list of the whole country was checked when it was read.
    const unfit = covers === 'country' || from === null ? [] : checkUnits(after, LEVELS, from);
    return { covers, after, unfit };
  };
  const told = (known: readonly Unit[], { covers, after, unfit }: ReturnType<typeof laid>) => ({
    covers,
    unfit,
    from,
    differences: from === null ? [] : differencesOn(from, known, after),
    names: new Map([...known, ...after].map(({ code, fullName }) => [String(code), fullName])),
  });
  if (dryRun || !isSound) {
    const known = await readUnits(context.database.read);
    return { imported: false, ...told(known, laid(known)) };
  }

  return await transaction(context.database, async (db) => {
    const known = await readUnits(db);
    const next = laid(known);
    if (next.unfit.length > 0) return { imported: false, ...told(known, next) };
    const { gone, come } = difference(known, next.after);
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
    context.audit.note({
      after: { file: fileName, units: list.units.length, validFrom, covers: next.covers },
    });
    return { imported: true, ...told(known, next) };
  });
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
