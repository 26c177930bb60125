import { UnitCode } from '../ids.ts';
import { assertNever } from '../result.ts';
import { parseDate } from '../text/dates.ts';
import { fits, tidy } from '../text/normalize.ts';
import type { CivilDate } from '../time.ts';
import { checkUnits } from './check.ts';
import type { UnitProblem } from './check.ts';
import { columnsOf } from './columns.ts';
import type { SheetRow } from './columns.ts';
import { knownType, LEVELS, splitFullName, titleOf } from './levels.ts';
import type { Level, Unit } from './unit.ts';
import { readWide, wideColumns } from './wide.ts';

/** What is wrong with one row of a list of units. `row` counts as the file does, `column` is the file's own header. */
export type UnitRowError =
  | { readonly reason: 'no rows' }
  | { readonly reason: 'missing column'; readonly field: 'code' | 'name' | 'type' | 'valid from' }
  | ({ readonly row: number; readonly column: string } & (
      | { readonly reason: 'no code' | 'no name' | 'no type' | 'no valid from' }
      | { readonly reason: 'bad code' | 'unknown type' | 'not a date'; readonly text: string }
      | { readonly reason: 'too long'; readonly most: number }
      | { readonly reason: 'two names'; readonly code: string; readonly before: string }
      | { readonly reason: 'ends before it starts' }
      | { readonly reason: 'duplicate code' | 'overlapping validity'; readonly firstRow: number }
      | { readonly reason: 'missing parent'; readonly parent: string; readonly on: CivilDate }
      | { readonly reason: 'parent not above'; readonly parent: string }
      | { readonly reason: 'cycle'; readonly codes: readonly string[] }
    ));

export interface UnitImport {
  readonly rows: number;
  /** The units of the rows without error, in file order. */
  readonly units: readonly Unit[];
  /** In file order. With any error the list is not one that may be taken over. */
  readonly errors: readonly UnitRowError[];
  /** Which header of the file was taken for which field, in the order of the fields. */
  readonly columns: readonly { readonly field: UnitField; readonly header: string }[];
}

export interface UnitImportOptions {
  /** Stands in for the list's own column: the tree of 01/03/2025 may serve a conference of 13/01/2025. */
  readonly validFrom?: CivilDate;
  readonly levels?: readonly Level[];
}

const FIELDS = {
  code: ['code', 'ma', 'ma don vi', 'ma don vi hanh chinh', 'ma dvhc', 'ma so', 'unit code'],
  name: ['name', 'ten', 'ten don vi', 'ten don vi hanh chinh', 'ten dvhc'],
  fullName: ['full name', 'ten day du', 'ten goi day du'],
  type: ['type', 'loai', 'loai don vi', 'loai hinh', 'loai don vi hanh chinh', 'cap', 'cap hanh chinh'],
  parent: [
    'parent code',
    'parent',
    'ma cap tren',
    'ma don vi cap tren',
    'ma don vi hanh chinh cap tren',
    'ma don vi cap tren truc tiep',
    'ma dvhc cap tren',
  ],
  validFrom: ['effective from', 'valid from', 'hieu luc tu', 'hieu luc tu ngay', 'co hieu luc tu', 'tu ngay'],
  validTo: ['effective to', 'valid to', 'hieu luc den', 'hieu luc den ngay', 'het hieu luc', 'den ngay'],
} as const satisfies Record<string, readonly string[]>;
type Field = keyof typeof FIELDS;
export type UnitField = Field;

const LONGEST_NAME = 200;
/** No code of a list has more; what is longer is something else. */
const LONGEST_CODE = 20;
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** One unit as the file has it, before it is understood, and the header under which each field stands. */
interface Entry {
  readonly row: number;
  readonly cells: Readonly<Record<Field, string>>;
  readonly headers: Readonly<Record<Field, string>>;
}

/**
 * Reads the rows of an official list of administrative units: one row per unit (code, name, type, code of the unit
 * above), or one line per commune as the statistics office gives it. Every row is looked at; what is wrong is reported
 * row by row, and the rest comes back as units. Joined on codes only.
 */
export function readUnitRows(rows: readonly SheetRow[], options: UnitImportOptions = {}): UnitImport {
  const [first] = rows;
  if (first === undefined) return { rows: 0, units: [], errors: [{ reason: 'no rows' }], columns: [] };
  const headers = Object.keys(first.cells);
  const levels = options.levels ?? LEVELS;
  const columns = columnsOf<Field>(headers, FIELDS);
  const errors: UnitRowError[] = [];
  const own = eachField((field) => columns.get(field) ?? '');
  let used = [...columns].map(([field, header]) => ({ field, header }));
  let entries: readonly Entry[];
  const wide = columns.has('code') ? null : wideColumns(headers);
  if (wide === null) {
    for (const field of ['code', 'name', 'type'] as const) {
      // A name with its title ("Xã Yên Lãng") tells the type.
      const named = columns.has('fullName') || (field === 'type' && columns.has('name'));
      if (!columns.has(field) && (field === 'code' || !named))
        errors.push({ reason: 'missing column', field });
    }
    entries = rows.map(({ row, cells }) => ({
      row,
      cells: eachField((field) => tidyCell(cells[own[field]])),
      headers: own,
    }));
  } else {
    used = [
      ...wide.flatMap(({ code, name }) => [
        { field: 'code' as const, header: code },
        { field: 'name' as const, header: name },
      ]),
      ...used.filter(({ field }) => field === 'validFrom' || field === 'validTo'),
    ];
    const { cells, clashes } = readWide(rows, wide);
    for (const { row, column, code, before } of clashes) {
      errors.push({ row, column, reason: 'two names', code, before });
    }
    entries = cells.map((cell) => ({
      row: cell.line.row,
      cells: {
        ...eachField((field) => tidyCell(cell.line.cells[own[field]])),
        code: cell.code,
        name: '',
        fullName: cell.fullName,
        // The list's own column is the type of the lowest unit of the line; the names carry their titles.
        type: '',
        parent: cell.parent,
      },
      headers: {
        ...own,
        code: cell.codeColumn,
        name: cell.nameColumn,
        fullName: cell.nameColumn,
        type: cell.nameColumn,
        parent: cell.codeColumn,
      },
    }));
  }
  if (options.validFrom === undefined && !columns.has('validFrom')) {
    errors.push({ reason: 'missing column', field: 'valid from' });
  }
  if (errors.some((error) => error.reason === 'missing column')) {
    return { rows: rows.length, units: [], errors, columns: used };
  }

  const units: Unit[] = [];
  const read: Entry[] = [];
  const faulty = new Set<string>();
  for (const entry of entries) {
    const unit = readUnit(entry, levels, options.validFrom, errors);
    if (unit === null) {
      faulty.add(entry.cells.code);
      continue;
    }
    units.push(unit);
    read.push(entry);
  }
  const bad = new Set<number>();
  for (const problem of checkUnits(units, levels)) {
    // A unit below a faulty row is not at fault itself; once that row is mended, both are read.
    if (problem.reason === 'missing parent' && faulty.has(problem.unit.parent ?? '')) continue;
    bad.add(problem.at);
    errors.push(rowErrorOf(problem, read));
  }
  const good = units.filter((_, at) => !bad.has(at));
  return {
    rows: rows.length,
    units: good,
    errors: errors.toSorted((a, b) => placeOf(a) - placeOf(b)),
    columns: used,
  };
}

function placeOf(error: UnitRowError): number {
  return 'row' in error ? error.row : 0;
}

function eachField(read: (field: Field) => string): Record<Field, string> {
  return {
    code: read('code'),
    name: read('name'),
    fullName: read('fullName'),
    type: read('type'),
    parent: read('parent'),
    validFrom: read('validFrom'),
    validTo: read('validTo'),
  };
}

/** A cell of megabytes is not worth tidying: what is kept of it is still too long for every field. */
function tidyCell(text: string | undefined): string {
  return tidy((text ?? '').slice(0, 8 * LONGEST_NAME));
}

function readUnit(
  { row, cells, headers }: Entry,
  levels: readonly Level[],
  validFromOverride: CivilDate | undefined,
  errors: UnitRowError[],
): Unit | null {
  const before = errors.length;
  const at = (field: Field) => ({ row, column: headers[field] });
  const nameField: Field = cells.name === '' && cells.fullName !== '' ? 'fullName' : 'name';

  const code = UnitCode.safeParse(cells.code);
  if (cells.code === '') errors.push({ ...at('code'), reason: 'no code' });
  else if (!code.success || cells.code.length > LONGEST_CODE || !CODE.test(cells.code)) {
    errors.push({ ...at('code'), reason: 'bad code', text: cells.code.slice(0, 40) });
  }

  const written = cells[nameField];
  const split = splitFullName(cells.fullName === '' ? cells.name : cells.fullName, levels);
  const typeText = cells.type !== '' && !/^\d+$/.test(cells.type) ? cells.type : (split?.title ?? '');
  const known = typeText === '' ? null : knownType(typeText, cells.parent !== '', levels);
  if (written === '') errors.push({ ...at('name'), reason: 'no name' });
  else if (!fits(written, LONGEST_NAME))
    errors.push({ ...at(nameField), reason: 'too long', most: LONGEST_NAME });
  else if (typeText === '') errors.push({ ...at('type'), reason: 'no type' });
  else if (known === null)
    errors.push({ ...at('type'), reason: 'unknown type', text: typeText.slice(0, 60) });

  const date = (field: 'validFrom' | 'validTo'): CivilDate | null => {
    if (cells[field] === '') return null;
    const read = parseDate(cells[field]);
    if (read === null) errors.push({ ...at(field), reason: 'not a date', text: cells[field].slice(0, 40) });
    return read;
  };
  const validFrom = validFromOverride ?? date('validFrom');
  const validTo = date('validTo');
  if (validFrom === null && cells.validFrom === '')
    errors.push({ ...at('validFrom'), reason: 'no valid from' });
  if (validFrom !== null && validTo !== null && validTo < validFrom) {
    errors.push({ ...at('validTo'), reason: 'ends before it starts' });
  }
  if (errors.length > before || known === null || validFrom === null || !code.success) return null;

  const title = titleOf(known.type);
  // A name with its title in the name column ("Phường 14") gives the bare name; beside a full name it is bare already.
  const bare = (nameField === 'name' && cells.fullName !== '' ? null : split?.name) ?? written;
  return {
    code: code.data,
    level: known.level.id,
    type: known.type,
    name: bare,
    fullName: cells.fullName === '' ? `${title} ${bare}` : cells.fullName,
    parent: cells.parent === '' ? null : UnitCode.parse(cells.parent.slice(0, 64)),
    validFrom,
    validTo,
  };
}

function rowErrorOf(problem: UnitProblem, read: readonly Entry[]): UnitRowError {
  const entry = read[problem.at];
  const at = (field: Field) => ({ row: entry?.row ?? 0, column: entry?.headers[field] ?? '' });
  switch (problem.reason) {
    case 'missing parent':
      return { ...at('parent'), reason: 'missing parent', parent: problem.unit.parent ?? '', on: problem.on };
    case 'cycle':
      return { ...at('parent'), reason: 'cycle', codes: problem.codes };
    case 'duplicate code':
    case 'overlapping validity':
      return { ...at('code'), reason: problem.reason, firstRow: read[problem.firstAt]?.row ?? 0 };
    case 'unknown type':
      return { ...at('type'), reason: 'unknown type', text: problem.unit.type };
    case 'parent not above':
      return { ...at('parent'), reason: 'parent not above', parent: problem.parent.fullName };
    case 'ends before it starts':
      return { ...at('validTo'), reason: 'ends before it starts' };
    default:
      return assertNever(problem);
  }
}
