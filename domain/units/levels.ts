import { LevelId } from '../ids.ts';
import { tidy } from '../text/normalize.ts';
import { toneKey } from '../text/search.ts';
import type { Level } from './unit.ts';

/**
 * The levels of the official lists, as data: a tree has those that its units name, so the same table serves the
 * four-level and the three-level State. The centre has no unit of its own.
 */
export const LEVELS: readonly Level[] = [
  { id: LevelId.parse('centre'), order: 0, name: { vi: 'Trung ương', en: 'Centre' }, types: ['Trung ương'] },
  {
    id: LevelId.parse('province'),
    order: 1,
    name: { vi: 'Cấp tỉnh', en: 'Province' },
    types: ['Tỉnh', 'Thành phố trực thuộc Trung ương'],
  },
  {
    id: LevelId.parse('district'),
    order: 2,
    name: { vi: 'Cấp huyện', en: 'District' },
    types: ['Huyện', 'Quận', 'Thị xã', 'Thành phố', 'Thành phố thuộc thành phố trực thuộc Trung ương'],
  },
  {
    id: LevelId.parse('commune'),
    order: 3,
    name: { vi: 'Cấp xã', en: 'Commune' },
    types: ['Xã', 'Phường', 'Thị trấn', 'Đặc khu'],
  },
];

const key = (type: string): string => toneKey(tidy(type));

const CITY_OF_PROVINCE = key('Thành phố');
const CITY_OF_CENTRE = key('Thành phố trực thuộc Trung ương');

/** Other words that lists have for a type. */
const SYNONYMS = new Map([
  [key('Thành phố Trung ương'), CITY_OF_CENTRE],
  [key('Thành phố thuộc Trung ương'), CITY_OF_CENTRE],
  [key('Thành phố thuộc tỉnh'), CITY_OF_PROVINCE],
  [key('Thành phố trực thuộc tỉnh'), CITY_OF_PROVINCE],
]);

export interface KnownType {
  readonly level: Level;
  /** The type in the spelling of the level table: `Thị trấn` for "Thị Trấn". */
  readonly type: string;
}

interface TypeTable {
  readonly byKey: ReadonlyMap<string, KnownType>;
  /** What types put before names, the longest first, with the lower-case beginning that tells it. */
  readonly titles: readonly { readonly title: string; readonly start: string }[];
}

/** A list of thousands of units asks the same few dozen words: each level table is prepared once. */
const tables = new WeakMap<readonly Level[], TypeTable>();

function tableOf(levels: readonly Level[]): TypeTable {
  const known = tables.get(levels);
  if (known !== undefined) return known;
  const byKey = new Map<string, KnownType>();
  const titles = new Set<string>();
  for (const level of levels) {
    for (const type of level.types) {
      if (!byKey.has(key(type))) byKey.set(key(type), { level, type });
      titles.add(titleOf(type));
    }
  }
  const table: TypeTable = {
    byKey,
    titles: [...titles]
      .toSorted((a, b) => b.length - a.length)
      .map((title) => ({ title, start: `${title.toLowerCase()} ` })),
  };
  tables.set(levels, table);
  return table;
}

/**
 * The level of a unit, from its type. A list's own level number is a depth (2 is a district before 07/2025 and a commune
 * after) and is never asked. A bare "Thành phố" is a city of a province, unless nothing stands above it. Null where no
 * level has the type.
 */
export function knownType(
  type: string,
  hasParent: boolean,
  levels: readonly Level[] = LEVELS,
): KnownType | null {
  const written = key(type);
  const meant = SYNONYMS.get(written) ?? written;
  const wanted = meant === CITY_OF_PROVINCE && !hasParent ? CITY_OF_CENTRE : meant;
  return tableOf(levels).byKey.get(wanted) ?? null;
}

/** What a type puts before a name: `Thành phố` for "Thành phố trực thuộc Trung ương". */
export function titleOf(type: string): string {
  return type.replace(/ (?:trực )?thuộc .*$/u, '');
}

/** Splits `Xã Yên Lãng` into its title and the name. Null where it begins with the title of no type. */
export function splitFullName(
  fullName: string,
  levels: readonly Level[] = LEVELS,
): { readonly title: string; readonly name: string } | null {
  const text = tidy(fullName);
  const lower = text.toLowerCase();
  const found = tableOf(levels).titles.find(({ start }) => lower.startsWith(start));
  return found === undefined ? null : { title: found.title, name: text.slice(found.start.length) };
}
