import { z } from 'zod';

import { sayUnitTreeFailure } from '../../domain/units/sentences.ts';
import type { UnitTreeFailure } from '../../domain/units/tree.ts';
import { unitContracts } from '../../domain/wire/units.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import { collectRows, readRows } from '../documents/rows.ts';
import { sayRowProblem, sayTableFailure } from '../documents/sentences.ts';
import type { TableFailure } from '../documents/table.ts';
import { importUnits } from './commands.ts';
import { presentImport, presentLevels, presentUnit } from './present.ts';
import { findUnits, pinnedTreeOn, type FoundUnit } from './queries.ts';

/** Beyond every official list, which have some 10,800 rows and 1 MB, and little enough to be checked at once. */
const LIMITS = { bytes: 20_000_000, unpackedBytes: 100_000_000, rows: 50_000, columns: 50, cell: 1000 };

const Place = z.tuple([z.int(), z.int(), z.string()]);

/** Levels, units and the import of official lists. */
export function unitRoutes(): Route[] {
  return [
    implement(unitContracts.levels, async ({ query, context }) => {
      const pinned = await pinnedTreeOn(context, query.asOf);
      if (!pinned.ok) throw noTree(pinned);
      return presentLevels(pinned.value.tree);
    }),

    implement(unitContracts.units, async ({ query, context }) => {
      const { asOf, parent = null, q = null, cursor, limit } = query;
      const place = readCursor(Place, cursor);
      const after = place && { rank: place[0], level: place[1], code: place[2] };
      const found = valueOrProblem(await findUnits(context, { asOf, parent, q }, after, limit + 1), {
        'no tree': ({ failure }) => noTree(failure),
        'no such unit': ({ code }) =>
          new ProblemError('not-found', {
            vi: `Không có đơn vị mang mã ${code} vào ngày này. Hãy kiểm tra mã và ngày.`,
            en: `There is no unit with the code ${code} on this date. Check the code and the date.`,
          }),
      });
      return pageOf(found, limit, presentUnit, placeOf);
    }),

    implement(unitContracts.importUnits, async ({ scope, query, body, context }) => {
      const { language } = context;
      const { name: fileName, validFrom = null, dryRun } = query;
      const table = await readRows(body, fileName, { limits: LIMITS });
      if (!table.ok) throw unreadable(table);
      const { rows, problems } = await collectRows(table.value);
      const isWhole = problems.length === 0;
      const list = { fileName, rows, isWhole, validFrom, dryRun };
      const { list: read, imported } = await importUnits(context, scope, list);
      const unread = problems.map((problem) => sayRowProblem(problem, language));
      return presentImport(read, imported, unread, language);
    }),
  ];
}

function placeOf({ place }: FoundUnit): z.infer<typeof Place> {
  return [place.rank, place.level, place.code];
}

function noTree(failure: UnitTreeFailure): ProblemError {
  return new ProblemError('not-found', {
    vi: sayUnitTreeFailure(failure, 'vi'),
    en: sayUnitTreeFailure(failure, 'en'),
  });
}

function unreadable(failure: TableFailure): ProblemError {
  const isLarge = failure.reason === 'too large' || failure.reason === 'too large unpacked';
  return new ProblemError(isLarge ? 'too-large' : 'unreadable-file', {
    vi: `${sayTableFailure(failure, 'vi')} Chưa có gì được nhập.`,
    en: `${sayTableFailure(failure, 'en')} Nothing was imported.`,
  });
}
