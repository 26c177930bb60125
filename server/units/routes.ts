import { z } from 'zod';

import { sayUnitTreeFailure } from '../../domain/units/sentences.ts';
import type { UnitTreeFailure } from '../../domain/units/tree.ts';
import { unitContracts } from '../../domain/wire/units.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import { sayRowProblem } from '../documents/sentences.ts';
import { tableProblem } from '../documents/table-problems.ts';
import { importUnits } from './commands.ts';
import { presentImport, presentLevels, presentUnit } from './present.ts';
import { findUnits, pinnedTreeOn, type FoundUnit } from './queries.ts';
import { readUnitFile } from './reading.ts';

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
      const { validFrom = null, dryRun, covers = null } = query;
      const { name: fileName, bytes } = body;
      const read = await readUnitFile({ bytes, fileName, validFrom });
      if (!read.ok) throw tableProblem(read, NOTHING_IMPORTED);
      const { list, problems } = read.value;
      const isWhole = problems.length === 0;
      const given = { fileName, list, isWhole, validFrom, dryRun, covers };
      const outcome = await importUnits(context, scope, given);
      const unread = problems.map((problem) => sayRowProblem(problem, language));
      return presentImport(list, outcome, unread, language);
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

const NOTHING_IMPORTED = { vi: 'Chưa có gì được nhập.', en: 'Nothing was imported.' };
