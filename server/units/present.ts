import type { AnswerOf } from '../../domain/wire/contract.ts';

import type { UnitImport } from '../../domain/units/import.ts';
import { DIFFERENCE_KINDS } from '../../domain/units/difference.ts';
import { sayLeftAlone, sayUnitDifference, sayUnitRowError } from '../../domain/units/sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { unitContracts } from '../../domain/wire/units.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import type { Unit, UnitTree } from '../../domain/units/unit.ts';
import type { ImportOutcome } from './commands.ts';

/** Whoever mends a list works through it; past this the same mistake stands in every row. */
const MOST_ERRORS = 500;
/** Of each kind of difference; how many there are stands beside them. */
const MOST_DIFFERENCES = 300;

/** Levels of a tree from the top down, and how many units it has. */
export function presentLevels(tree: UnitTree): AnswerOf<typeof unitContracts.levels> {
  return { levels: [...tree.levels], units: tree.size };
}

/** A unit with the number of those directly below it. */
export function presentUnit(found: {
  readonly unit: Unit;
  readonly childCount: number;
}): AnswerOf<typeof unitContracts.units>['items'][number] {
  return { ...found.unit, childCount: found.childCount };
}

/**
 * What an import found, and whether it was taken over. `unread` are rows that the file itself keeps from being read: they
 * come first, as what they leave out makes errors of others.
 */
export function presentImport(
  list: UnitImport,
  outcome: ImportOutcome,
  unread: readonly Fault[],
  language: Language,
): AnswerOf<typeof unitContracts.importUnits> {
  const { imported, covers, from, differences, unfit, names } = outcome;
  const byLevel: Record<string, number> = {};
  for (const unit of list.units) byLevel[unit.level] = (byLevel[unit.level] ?? 0) + 1;
  const said = [
    ...unread,
    ...list.errors.slice(0, MOST_ERRORS).map((error) => sayUnitRowError(error, language)),
    ...(list.errors.length > 0 ? [] : unfit.slice(0, MOST_ERRORS)).map((one) => sayLeftAlone(one, language)),
  ];
  const errors: Fault[] = said.slice(0, MOST_ERRORS);
  const more = unread.length + list.errors.length - errors.length;
  if (more > 0) errors.push(andMore(more, language));
  const nameOf = (code: string | null): string | null => (code === null ? null : (names.get(code) ?? code));
  return {
    rows: list.rows,
    units: list.units.length,
    byLevel,
    errors,
    imported,
    columns: list.columns.map((column) => ({ ...column })),
    covers,
    provinces: list.units.filter(({ parent }) => parent === null).map(({ fullName }) => fullName),
    from,
    differences: DIFFERENCE_KINDS.flatMap((kind) => {
      const own = differences.filter((one) => one.kind === kind);
      const first = own
        .slice(0, MOST_DIFFERENCES)
        .map((difference) => sayUnitDifference(difference, nameOf, language));
      return own.length === 0 ? [] : [{ kind, count: own.length, first }];
    }),
  };
}

function andMore(count: number, language: Language): Fault {
  return language === 'vi'
    ? { at: 'các dòng sau', message: `Còn ${formatNumber(count)} lỗi nữa. Sửa các lỗi trên rồi thử lại.` }
    : {
        at: 'further rows',
        message: `There are ${formatNumber(count, 'en')} more errors. Mend those above and try again.`,
      };
}
