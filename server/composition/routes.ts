import { explainer } from '../../domain/composition/sentences.ts';
import { PersonId } from '../../domain/ids.ts';
import { placementContracts, type PlacementSummary } from '../../domain/wire/placement.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import { placeEverybody, type PlaceFailure } from './commands.ts';
import { presentPlaced, presentSummary } from './present.ts';
import { currentPlacement, findPlacements, settingsOf } from './queries.ts';

const REFUSALS: Refusals<PlaceFailure> = {
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
};

const NOT_YET = {
  vi: 'Chưa xếp chỗ lần nào. Hãy dựng điểm cầu, nhập danh sách rồi xếp chỗ.',
  en: 'Nobody has been seated yet. Build the bridges, import the roster, then place.',
};

/** Who sits where, and why. */
export function compositionRoutes(): Route[] {
  return [
    implement(placementContracts.place, async ({ scope, body, context }) => {
      valueOrProblem(await placeEverybody(context, scope, body.settings ?? {}), REFUSALS);
      return summaryOf(context, scope);
    }),

    implement(placementContracts.placement, ({ scope, context }) => summaryOf(context, scope)),

    implement(placementContracts.placements, async ({ scope, body, context }) => {
      const [tree, { plan }, settings] = await Promise.all([
        bridgeTreeOf(context, scope),
        planOf(context, scope),
        settingsOf(context, scope),
      ]);
      if (tree === null) return { items: [], next: null };
      const search = {
        bridge: body.bridge ?? null,
        unplaced: body.unplaced ?? false,
        q: body.q ?? '',
      };
      const after = readCursor(PersonId, body.cursor);
      const rows = await findPlacements(context, scope, search, after, body.limit);
      const explain = explainer({
        bridges: tree,
        clauses: plan.clauses,
        lowerLevelMembership: settings.lowerLevelMembership,
      });
      return pageOf(
        rows,
        body.limit,
        (row) => presentPlaced(row, tree, explain, context.language),
        ({ placement }) => placement.person,
      );
    }),
  ];
}

async function summaryOf(
  context: Context,
  conference: AuthorizedConferenceId<'people'>,
): Promise<PlacementSummary> {
  const current = await currentPlacement(context, conference);
  if (current === null) throw new ProblemError('not-found', NOT_YET);
  return presentSummary(current, context.language);
}
