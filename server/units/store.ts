import type { Knex } from 'knex';

import type { LevelId, UnitCode } from '../../domain/ids.ts';
import type { CivilDate, Instant } from '../../domain/time.ts';
import type { Level, Unit } from '../../domain/units/unit.ts';

/** SQLite builds a statement of many rows as a union of at most 500. */
const ROWS_PER_INSERT = 400;
const KEYS_PER_DELETE = 400;

interface UnitRecord {
  readonly code: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly level: string;
  readonly type: string;
  readonly name: string;
  readonly full_name: string;
  readonly parent: string | null;
}

interface LevelRecord {
  readonly id: string;
  readonly ord: number;
  readonly name_vi: string;
  readonly name_en: string;
  readonly types: string;
}

/** How many lists were imported so far: what was read of the units holds while it stands. */
export async function countImports(connection: Knex): Promise<number> {
  const row = await connection('unit_import').count<{ count: number | string }>({ count: '*' }).first();
  // PostgreSQL counts in text.
  return Number(row?.count ?? 0);
}

/** Every unit of every stretch of time, in no order that matters. */
export async function readUnits(connection: Knex): Promise<Unit[]> {
  const rows = await connection<UnitRecord>('unit').select(
    'code',
    'valid_from',
    'valid_to',
    'level',
    'type',
    'name',
    'full_name',
    'parent',
  );
  return rows.map((row) => ({
    code: row.code as UnitCode,
    level: row.level as LevelId,
    type: row.type,
    name: row.name,
    fullName: row.full_name,
    parent: row.parent as UnitCode | null,
    validFrom: row.valid_from as CivilDate,
    validTo: row.valid_to as CivilDate | null,
  }));
}

export async function readLevels(connection: Knex): Promise<Level[]> {
  const rows = await connection<LevelRecord>('level').select().orderBy('ord');
  return rows.map((row) => ({
    id: row.id as LevelId,
    order: row.ord,
    name: { vi: row.name_vi, en: row.name_en },
    types: JSON.parse(row.types) as string[],
  }));
}

/** Writes the levels; one that is there takes the new words. */
export async function writeLevels(connection: Knex, levels: readonly Level[]): Promise<void> {
  const rows = levels.map((level): LevelRecord => ({
    id: level.id,
    ord: level.order,
    name_vi: level.name.vi,
    name_en: level.name.en,
    types: JSON.stringify(level.types),
  }));
  await connection<LevelRecord>('level').insert(rows).onConflict('id').merge();
}

export async function insertUnits(connection: Knex, units: readonly Unit[]): Promise<void> {
  const rows = units.map((unit): UnitRecord => ({
    code: unit.code,
    valid_from: unit.validFrom,
    valid_to: unit.validTo,
    level: unit.level,
    type: unit.type,
    name: unit.name,
    full_name: unit.fullName,
    parent: unit.parent,
  }));
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await connection<UnitRecord>('unit').insert(rows.slice(at, at + ROWS_PER_INSERT));
  }
}

export async function deleteUnits(connection: Knex, units: readonly Unit[]): Promise<void> {
  for (let at = 0; at < units.length; at += KEYS_PER_DELETE) {
    const keys = units.slice(at, at + KEYS_PER_DELETE).map((unit) => [unit.code, unit.validFrom]);
    await connection('unit').whereIn(['code', 'valid_from'], keys).delete();
  }
}

export interface ImportRecord {
  readonly id: string;
  readonly at: Instant;
  readonly by: string | null;
  readonly fileName: string;
  readonly validFrom: CivilDate | null;
  readonly rows: number;
}

export async function insertImport(connection: Knex, record: ImportRecord): Promise<void> {
  await connection('unit_import').insert({
    id: record.id,
    at: record.at,
    by: record.by,
    file_name: record.fileName,
    valid_from: record.validFrom,
    rows: record.rows,
  });
}
