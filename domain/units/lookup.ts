import type { UnitCode } from '../ids.ts';
import { tidy } from '../text/normalize.ts';
import { looseKey, toneKey } from '../text/search.ts';
import { pathOf, unitsWithin } from './tree.ts';
import type { Unit, UnitTree } from './unit.ts';

/** Finds units by name. Several answers mean that the name is ambiguous; the finder never picks one. */
export interface UnitFinder {
  /**
   * Units spelled so, with or without their title, whatever the tone placement: `Yên Lãng`, `xã Yên Lãng`,
   * `TP. Huế`. What follows a comma names units above: `xã Yên Lãng, huyện Đại Từ`.
   */
  readonly find: (text: string) => readonly Unit[];
  /** Where nothing is spelled so: units whose names differ by marks, i and y, k and c, hyphens. To ask, not to take. */
  readonly propose: (text: string) => readonly Unit[];
}

/** Abbreviated titles; a single letter only with its point, as names begin with letters too. */
const ABBREVIATED: readonly (readonly [RegExp, string])[] = [
  [/^tp(?:\.\s*|\s+)/iu, 'thành phố '],
  [/^tx(?:\.\s*|\s+)/iu, 'thị xã '],
  [/^tt(?:\.\s*|\s+)/iu, 'thị trấn '],
  [/^đk(?:\.\s*|\s+)/iu, 'đặc khu '],
  [/^t\.\s*/iu, 'tỉnh '],
  [/^h\.\s*/iu, 'huyện '],
  [/^q\.\s*/iu, 'quận '],
  [/^p\.\s*/iu, 'phường '],
  [/^x\.\s*/iu, 'xã '],
];

function spelledOut(text: string): string {
  const clean = tidy(text);
  for (const [short, long] of ABBREVIATED) {
    if (short.test(clean)) return clean.replace(short, long);
  }
  return clean;
}

/** `Bà Rịa - Vũng Tàu` and `Bà Rịa-Vũng Tàu` are one. */
function spellingKey(text: string): string {
  return toneKey(text).replace(/\s*[-\u2010-\u2014]\s*/g, '-');
}

function add(index: Map<string, Unit[]>, key: string, unit: Unit): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [unit]);
  else if (known.at(-1) !== unit) known.push(unit);
}

/** Indexes the names of a tree once; a search then costs the number of units that share the name. */
export function unitFinder(tree: UnitTree): UnitFinder {
  const bySpelling = new Map<string, Unit[]>();
  const byLook = new Map<string, Unit[]>();
  for (const unit of unitsWithin(tree)) {
    for (const name of [unit.name, unit.fullName]) {
      add(bySpelling, spellingKey(name), unit);
      add(byLook, looseKey(name), unit);
    }
  }
  const search = (
    index: ReadonlyMap<string, readonly Unit[]>,
    keyOf: (text: string) => string,
    text: string,
  ): readonly Unit[] => {
    const [own = '', ...above] = text.split(',').map((part) => keyOf(spelledOut(part)));
    const found = index.get(own) ?? [];
    return found.filter((unit) => liesIn(unit, above, keyOf));
  };
  const liesIn = (unit: Unit, above: readonly string[], keyOf: (text: string) => string): boolean => {
    let path = pathOf(tree, unit.code).slice(1);
    return above.every((wanted) => {
      const at = path.findIndex(({ name, fullName }) => keyOf(name) === wanted || keyOf(fullName) === wanted);
      path = path.slice(at + 1);
      return at !== -1;
    });
  };
  return {
    find: (text) => search(bySpelling, spellingKey, text),
    propose: (text) => {
      const certain = search(bySpelling, spellingKey, text);
      return certain.length > 0 ? certain : search(byLook, looseKey, text);
    },
  };
}

/** `Xã Yên Lãng, Huyện Đại Từ, Tỉnh Thái Nguyên`: tells units of one name apart. */
export function placeOf(tree: UnitTree, code: UnitCode): string {
  return pathOf(tree, code)
    .map((unit) => unit.fullName)
    .join(', ');
}
