import { BridgeId, PersonId, UnitCode } from '../ids.ts';
import { fits, tidy } from '../text/normalize.ts';
import { parseNumber } from '../text/numbers.ts';
import { fold } from '../text/search.ts';
import { columnsOf } from '../units/columns.ts';
import type { SheetRow } from '../units/columns.ts';
import { LEVELS } from '../units/levels.ts';
import type { Level, UnitTree } from '../units/unit.ts';
import { BRIDGE_CLASSES, BridgeClass } from './bridge.ts';
import { LONGEST, MOST_SEATS } from './edit.ts';
import type { ExtraBridge } from './extra.ts';

/** What is wrong with one row of a list of bridges. `row` counts as the file does, `column` is the file's own header. */
export type BridgeRowError =
  | { readonly reason: 'no rows' }
  | { readonly reason: 'missing column' }
  | ({ readonly row: number; readonly column: string } & (
      | { readonly reason: 'no class' | 'no organisation' }
      | {
          readonly reason: 'unknown class' | 'unknown unit' | 'unknown person' | 'not a place in order';
          readonly text: string;
        }
      | { readonly reason: 'not a capacity'; readonly text: string; readonly most: number }
      | { readonly reason: 'too long'; readonly most: number }
      | { readonly reason: 'chairs twice'; readonly firstRow: number }
    ));

export interface BridgeImport {
  readonly rows: number;
  /** The rows without error, as a build takes them, in file order. */
  readonly bridges: readonly { readonly row: number; readonly bridge: ExtraBridge }[];
  readonly errors: readonly BridgeRowError[];
}

export interface BridgeImportOptions {
  readonly unitTree: UnitTree;
  /** Whether a chair's id is that of a person of the conference. */
  readonly knowsPerson: (id: PersonId) => boolean;
  readonly levels?: readonly Level[];
}

const FIELDS = {
  id: ['id', 'bridge id', 'ma diem cau'],
  class: ['class', 'bridge class', 'loai diem cau', 'nhom diem cau', 'cap diem cau', 'loai', 'cap'],
  unit: ['unit', 'unit code', 'ma don vi', 'ma don vi hanh chinh', 'ma dvhc'],
  organisation: ['organisation', 'co quan', 'to chuc', 'co quan don vi', 'co quan to chuc', 'don vi'],
  name: ['name', 'bridge', 'ten diem cau', 'diem cau'],
  ordinal: ['ordinal', 'diem cau so', 'so thu tu diem cau'],
  under: [
    'under',
    'parent',
    'diem cau cap tren',
    'thuoc diem cau',
    'truc thuoc',
    'cap tren',
    'ma don vi cap tren',
  ],
  feedFrom: ['feed from', 'nguon tin hieu', 'nhan tin hieu tu', 'duong truyen tu'],
  capacity: ['capacity', 'seats', 'suc chua', 'so cho', 'so cho ngoi'],
  chair: ['chair', 'chair id', 'ma nguoi chu tri', 'nguoi chu tri', 'chu tri'],
  address: ['address', 'dia diem', 'dia chi', 'phong hop'],
} as const satisfies Record<string, readonly string[]>;
type Field = keyof typeof FIELDS;

/** Further words that lists have for a class, folded. */
const CLASS_WORDS: readonly (readonly [string, keyof typeof BRIDGE_CLASSES])[] = [
  ['trung uong', 'central'],
  ['bo', 'agency'],
  ['bo, nganh', 'agency'],
  ['bo, nganh trung uong', 'agency'],
  ['co quan trung uong', 'agency'],
  ['tinh', 'province'],
  ['huyen', 'district'],
  ['xa', 'commune'],
  ['khoi', 'party-bloc'],
  ['dang uy truc thuoc', 'direct-committee'],
  ['quan doi', 'armed-forces'],
  ['cong an', 'armed-forces'],
  ['co so', 'grassroots'],
  ['thon', 'village'],
  ['xom', 'village'],
  ['to dan pho', 'village'],
  ['khu pho', 'village'],
];

function classWords(levels: readonly Level[]): ReadonlyMap<string, BridgeClass> {
  const words = new Map<string, BridgeClass>();
  for (const [word, id] of CLASS_WORDS) words.set(word, BridgeClass.parse(id));
  for (const [id, name] of Object.entries(BRIDGE_CLASSES)) {
    for (const text of [id, name.vi, name.en]) words.set(fold(text), BridgeClass.parse(id));
  }
  for (const level of levels) {
    for (const text of [level.id, level.name.vi, level.name.en]) {
      words.set(fold(text), BridgeClass.parse(level.id));
    }
  }
  return words;
}

/**
 * Reads a list of bridges: those beside the territorial ones (a ministry, a Party bloc, an enterprise, a village), second
 * rooms of a unit, and what is known of each room. A row with a unit's code and no class speaks of the unit's own bridge.
 */
export function readBridgeRows(rows: readonly SheetRow[], options: BridgeImportOptions): BridgeImport {
  const [first] = rows;
  if (first === undefined) return { rows: 0, bridges: [], errors: [{ reason: 'no rows' }] };
  const columns = columnsOf<Field>(Object.keys(first.cells), FIELDS);
  if (!columns.has('unit') && !columns.has('organisation') && !columns.has('name')) {
    return { rows: rows.length, bridges: [], errors: [{ reason: 'missing column' }] };
  }
  const words = classWords(options.levels ?? LEVELS);
  const errors: BridgeRowError[] = [];
  const bridges: { readonly row: number; readonly bridge: ExtraBridge }[] = [];
  const rooms = new Map<UnitCode, number>();
  const chairs = new Map<PersonId, number>();
  for (const { row, cells } of rows) {
    const before = errors.length;
    const at = (field: Field) => ({ row, column: columns.get(field) ?? '' });
    const text = (field: Field): string => cells[columns.get(field) ?? ''] ?? '';
    const cell = (field: Field, most: number): string => {
      // A cell of megabytes is not worth tidying.
      const clean = tidy(text(field).slice(0, 8 * most));
      if (fits(clean, most)) return clean;
      errors.push({ ...at(field), reason: 'too long', most });
      return '';
    };
    const name = cell('name', LONGEST.name);
    const organisation = cell('organisation', LONGEST.organisation);
    const unitText = cell('unit', 64);
    const unit = unitText === '' ? undefined : options.unitTree.get(UnitCode.parse(unitText));
    if (unitText !== '' && unit === undefined)
      errors.push({ ...at('unit'), reason: 'unknown unit', text: unitText });

    const classText = cell('class', 100);
    const known = classText === '' ? undefined : words.get(fold(classText));
    const bridgeClass = known ?? (unit === undefined ? undefined : BridgeClass.parse(unit.level));
    if (classText !== '' && known === undefined) {
      errors.push({ ...at('class'), reason: 'unknown class', text: classText });
    } else if (bridgeClass === undefined && unitText === '') {
      errors.push({ ...at('class'), reason: 'no class' });
    }
    const isNamed = unitText !== '' || organisation !== '' || name !== '' || bridgeClass === 'central';
    if (!isNamed && errors.length === before) {
      errors.push({ ...at('organisation'), reason: 'no organisation' });
    }

    const number = (field: 'capacity' | 'ordinal', most: number): number | null => {
      const written = cell(field, 40);
      if (written === '') return null;
      const read = parseNumber(written);
      if (read.ok && Number.isInteger(read.value) && read.value >= 0 && read.value <= most) return read.value;
      if (field === 'capacity') errors.push({ ...at(field), reason: 'not a capacity', text: written, most });
      else errors.push({ ...at(field), reason: 'not a place in order', text: written });
      return null;
    };
    const capacity = number('capacity', MOST_SEATS);
    let ordinal = number('ordinal', 999);
    if (ordinal === 0) errors.push({ ...at('ordinal'), reason: 'not a place in order', text: '0' });
    if (unit !== undefined && String(bridgeClass) === String(unit.level)) {
      const room = (rooms.get(unit.code) ?? 0) + 1;
      rooms.set(unit.code, room);
      ordinal ??= room;
    }

    const chairText = cell('chair', 64);
    const chair = chairText === '' ? null : PersonId.parse(chairText);
    if (chair !== null) {
      const firstRow = chairs.get(chair);
      if (!options.knowsPerson(chair))
        errors.push({ ...at('chair'), reason: 'unknown person', text: chairText });
      else if (firstRow !== undefined) errors.push({ ...at('chair'), reason: 'chairs twice', firstRow });
      else chairs.set(chair, row);
    }
    const id = BridgeId.safeParse(cell('id', 64));
    const bridge = {
      id: id.success ? id.data : null,
      name: name || null,
      unit: unit?.code ?? null,
      organisation: organisation || null,
      under: cell('under', LONGEST.name) || null,
      feedFrom: cell('feedFrom', LONGEST.name) || null,
      ordinal,
      capacity,
      chair,
      address: cell('address', LONGEST.address) || null,
    };
    if (errors.length === before && bridgeClass !== undefined) {
      bridges.push({ row, bridge: { class: bridgeClass, ...bridge } });
    }
  }
  return { rows: rows.length, bridges, errors };
}
