import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse/sync';

import { UnitCode } from '../../../domain/ids.ts';
import type { Result } from '../../../domain/result.ts';
import { CivilDate } from '../../../domain/time.ts';
import type { SheetRow } from '../../../domain/units/columns.ts';
import { Unit } from '../../../domain/units/unit.ts';
import { shared } from '../../shared.ts';

/** The rows of a list as the importers take them: the header is row 1. */
export function rowsOf(csv: string, delimiter = ';'): SheetRow[] {
  const records: Record<string, string>[] = parse(csv, { columns: true, delimiter, bom: true });
  return records.map((cells, index) => ({ row: index + 2, cells }));
}

/** A list out of `fixtures/units`. */
export function fixtureRows(name: string, delimiter?: string): SheetRow[] {
  const file = fileURLToPath(new URL(`../../../fixtures/units/${name}`, import.meta.url));
  return rowsOf(readFileSync(file, 'utf8'), delimiter);
}

/** A full official list of the reference material; null where it is not there. */
export function officialRows(name: string): SheetRow[] | null {
  const file = shared(`data/units/${name}`);
  return file === null ? null : rowsOf(readFileSync(file, 'utf8'), ',');
}

export const WITHOUT_LISTS = 'the official lists of units are not beside the project';

export const code = (text: string): UnitCode => UnitCode.parse(text);
export const date = (text: string): CivilDate => CivilDate.parse(text);

/** A unit with everything filled in; `Xã A` of the level commune unless told otherwise. */
export function unit(values: {
  readonly code: string;
  readonly type?: string;
  readonly level?: string;
  readonly name?: string;
  readonly parent?: string | null;
  readonly validFrom?: string;
  readonly validTo?: string | null;
}): Unit {
  const type = values.type ?? 'Xã';
  const name = values.name ?? `Mẫu ${values.code}`;
  const level = { Tỉnh: 'province', Huyện: 'district', Xã: 'commune' }[type] ?? 'commune';
  return Unit.parse({
    code: values.code,
    level: values.level ?? level,
    type,
    name,
    fullName: `${type} ${name}`,
    parent: values.parent ?? null,
    validFrom: values.validFrom ?? '2025-01-01',
    validTo: values.validTo ?? null,
  });
}

/** What a rule gave, where it must have given something. */
export function valueOf<Value, Failure extends { readonly reason: string }>(
  result: Result<Value, Failure>,
): Value {
  if (!result.ok) throw new Error(`failed: ${JSON.stringify(result)}`);
  return result.value;
}

/** Why a rule refused, where it must have refused. */
export function failureOf<Value, Failure extends { readonly reason: string }>(
  result: Result<Value, Failure>,
): Failure {
  if (result.ok) throw new Error(`succeeded: ${JSON.stringify(result.value)}`);
  return result;
}
