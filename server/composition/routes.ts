import { z } from 'zod';

import { compileClauses } from '../../domain/composition/place.ts';
import { explainer } from '../../domain/composition/sentences.ts';
import { PersonId } from '../../domain/ids.ts';
import { placementContracts, type PlacedPerson, type PlacementSummary } from '../../domain/wire/placement.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { BUSY_SECONDS } from '../documents/thread.ts';
import { namesOfPeople, peopleByIds } from '../people/queries.ts';
import { planOf, readingOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor, writeCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import { unitTreeOn } from '../units/queries.ts';
import { placeEverybody, placementEffect, undoComposition, type UndoFailure } from './commands.ts';
import {
  passageOf,
  presentByHand,
  presentChange,
  presentClause,
  presentPlaced,
  presentSummary,
} from './present.ts';
import {
  byHandIn,
  clauseCounts,
  currentPlacement,
  findPlacements,
  findRooms,
  lastChanges,
  settingsOf,
  type FoundPlacement,
} from './queries.ts';

const REFUSALS: Refusals<UndoFailure> = {
  'no bridges': () =>
    new ProblemError('wrong-state', {
      vi: 'Hội nghị chưa có điểm cầu nào. Hãy dựng cây điểm cầu trước khi xếp chỗ.',
      en: 'The conference has no bridges yet. Build the bridge tree before seating people.',
    }),
  'no people': () =>
    new ProblemError('wrong-state', {
      vi: 'Chưa có danh sách đại biểu. Hãy nhập danh sách trước khi xếp chỗ.',
      en: 'There is no roster yet. Import one before seating people.',
    }),
  'names deleted': () => new ProblemError('wrong-state', NAMES_DELETED),
  'changed meanwhile': () =>
    new ProblemError('out-of-date', {
      vi: 'Trong lúc đó kế hoạch, điểm cầu, danh sách hoặc thành phần đã thay đổi. Chưa áp dụng gì. Hãy xem lại kết quả rồi áp dụng.',
      en: 'The plan, the bridges, the roster or the composition has changed meanwhile. Nothing was applied. Look at the effect again, then apply.',
    }),
  'nothing to undo': () =>
    new ProblemError('out-of-date', {
      vi: 'Thay đổi này không còn là thay đổi cuối cùng nên chưa hoàn tác. Hãy tải lại trang để xem.',
      en: 'This is not the last change any more and was not undone. Load the page again to see.',
    }),
  'too heavy': () =>
    new ProblemError('failed', {
      vi: 'Xếp chỗ cần nhiều thời gian hoặc bộ nhớ hơn mức cho phép nên đã dừng. Chỗ ngồi vẫn như trước.',
      en: 'Placing took more time or memory than is allowed and was stopped. The seats are as they were.',
    }),
  busy: () =>
    new ProblemError(
      'too-many-requests',
      {
        vi: 'Máy chủ đang bận xếp chỗ và đọc tệp. Chỗ ngồi vẫn như trước. Hãy thử lại sau ít phút.',
        en: 'The server is busy placing people and reading files. The seats are as they were. Try again in a moment.',
      },
      undefined,
      BUSY_SECONDS,
    ),
};

const NOT_YET = {
  vi: 'Chưa xếp chỗ lần nào. Hãy dựng điểm cầu, nhập danh sách rồi xếp chỗ.',
  en: 'Nobody has been seated yet. Build the bridges, import the roster, then place.',
};

/** Where a list goes on that is counted through. */
const Skip = z.int().min(0);

/** Who sits where, and why. */
export function compositionRoutes(): Route[] {
  return [
    implement(placementContracts.place, async ({ scope, body, context }) => {
      valueOrProblem(await placeEverybody(context, scope, body), REFUSALS);
      return summaryOf(context, scope);
    }),

    implement(placementContracts.placementEffect, async ({ scope, body, context }) =>
      valueOrProblem(await placementEffect(context, scope, body.change), REFUSALS),
    ),

    implement(placementContracts.undoComposition, async ({ scope, body, context }) => {
      valueOrProblem(await undoComposition(context, scope, body.place), REFUSALS);
      return summaryOf(context, scope);
    }),

    implement(placementContracts.compositionChanges, async ({ scope, context }) => {
      const [changes, tree] = await Promise.all([lastChanges(context, scope), bridgeTreeOf(context, scope)]);
      const people = changes.flatMap(({ change }) =>
        change !== null && 'person' in change ? [change.person] : [],
      );
      const names = await namesOfPeople(context, scope, people);
      return { items: changes.map((change) => presentChange(change, names, tree, context.language)) };
    }),

    implement(placementContracts.clauses, async ({ scope, context }) => {
      const [{ plan, treeDate }, settings, counts, reading] = await Promise.all([
        planOf(context, scope),
        settingsOf(context, scope),
        clauseCounts(context, scope),
        readingOf(context, scope),
      ]);
      const compiled = compileClauses(plan.clauses, settings, await unitTreeOn(context, treeDate));
      return {
        items: compiled.map((one) => {
          const passage = passageOf(reading, one.clause.text);
          return presentClause(one, settings, counts.get(one.clause.id) ?? null, passage, context.language);
        }),
      };
    }),

    implement(placementContracts.placement, ({ scope, context }) => summaryOf(context, scope)),

    implement(placementContracts.placements, async ({ scope, body, context }) => {
      const { bridge = null, unplaced = false, reason = null, clause = null, q = '' } = body;
      const search = { bridge, unplaced, reason, clause, q };
      const after = readCursor(PersonId, body.cursor);
      const rows = await findPlacements(context, scope, search, after, body.limit);
      const present = await presenterOf(context, scope);
      return pageOf(rows, body.limit, present, ({ placement }) => placement.person);
    }),

    implement(placementContracts.seat, async ({ scope, params, context }) => {
      const person = params.person as PersonId;
      if ((await peopleByIds(context, scope, [person])).length === 0) throw new ProblemError('not-found');
      const search = { person };
      const [[found], present] = await Promise.all([
        findPlacements(context, scope, search, null, 1),
        presenterOf(context, scope),
      ]);
      return { seat: found === undefined ? null : present(found) };
    }),

    implement(placementContracts.rooms, async ({ scope, query, context }) => {
      const skip = readCursor(Skip, query.cursor) ?? 0;
      const search = { show: query.show ?? null, q: query.q ?? '' };
      const { rooms, counts } = await findRooms(context, scope, search, skip, query.limit);
      const next = rooms.length > query.limit ? writeCursor(skip + query.limit) : null;
      return { items: rooms.slice(0, query.limit), next, counts };
    }),

    implement(placementContracts.settledByHand, async ({ scope, query, context }) => {
      const skip = readCursor(Skip, query.cursor) ?? 0;
      const [settings, tree] = await Promise.all([settingsOf(context, scope), bridgeTreeOf(context, scope)]);
      const all = byHandIn(settings, query.kind);
      const shown = all.slice(skip, skip + query.limit);
      const names = await namesOfPeople(
        context,
        scope,
        shown.flatMap(({ people }) => people),
      );
      return {
        items: shown.map((one) => presentByHand(one, names, tree)),
        next: skip + shown.length < all.length ? writeCursor(skip + shown.length) : null,
      };
    }),
  ];
}

/** Presents placements of a conference, each with its reason. */
async function presenterOf(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<(found: FoundPlacement) => PlacedPerson> {
  const { language } = context;
  const [tree, { plan }, { lowerLevelMembership }] = await Promise.all([
    bridgeTreeOf(context, conference),
    planOf(context, conference),
    settingsOf(context, conference),
  ]);
  if (tree === null) {
    return () => {
      throw new Error('a placement in a conference without bridges');
    };
  }
  const explain = explainer({ bridges: tree, clauses: plan.clauses, lowerLevelMembership });
  return (found) => presentPlaced(found, tree, explain, language);
}

async function summaryOf(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<PlacementSummary> {
  const current = await currentPlacement(context, conference);
  if (current === null) throw new ProblemError('not-found', NOT_YET);
  return presentSummary(current, context.language);
}
