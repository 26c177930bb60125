import type { Sight } from '../../domain/access/sight.ts';
import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BuildFailure } from '../../domain/bridges/build.ts';
import { BridgeId } from '../../domain/ids.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { missingAt } from '../../domain/bridges/readiness.ts';
import {
  sayBuildFailure,
  sayBuildFinding,
  sayBridgeEditFailure,
  sayMissing,
} from '../../domain/bridges/sentences.ts';
import { bridgeContracts, type BridgeRow } from '../../domain/wire/bridges.ts';
import type { Finding } from '../../domain/wire/conferences.ts';
import { seatCounts } from '../composition/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor, staleCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { hostCount } from '../access/queries.ts';
import { addBridge, buildBridges, changeBridge, removeBridge, type ChangeFailure } from './commands.ts';
import { presentBridge, type RowFacts } from './present.ts';
import { bridgeTreeOf, findBridges } from './queries.ts';

const CHANGED_MEANWHILE: Sentence = {
  vi: 'Người khác vừa sửa cây điểm cầu. Chưa có gì được lưu. Hãy tải lại rồi làm tiếp.',
  en: 'Somebody else has just changed the bridges. Nothing was saved. Load them again and go on.',
};
const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu nào. Hãy dựng cây điểm cầu trước.',
  en: 'The conference has no bridges yet. Build the bridge tree first.',
};
const UNKNOWN_SOURCE: Sentence = {
  vi: 'Điểm cầu cấp tín hiệu phải là một điểm cầu của hội nghị này. Chưa có gì được lưu.',
  en: 'The picture must come from a bridge of this conference. Nothing was saved.',
};
const UNKNOWN_PERSON: Sentence = {
  vi: 'Người chủ trì phải có trong danh sách đại biểu của hội nghị. Chưa có gì được lưu.',
  en: 'Whoever chairs must be in the roster of the conference. Nothing was saved.',
};

function unsaved(say: (language: Language) => string): Sentence {
  return { vi: `${say('vi')} Chưa có gì được lưu.`, en: `${say('en')} Nothing was saved.` };
}

const HOLDS_DATA: Sentence = {
  vi: 'Điểm cầu đã có đại biểu, báo cáo hoặc lượt điểm danh nên không bỏ được. Hãy chuyển đại biểu sang điểm cầu khác trước.',
  en: 'People are seated at the bridge, or it has reported or recorded something, so it stays. Move its people first.',
};

function changeRefusal(failure: ChangeFailure, language: Language): ProblemError {
  switch (failure.reason) {
    case 'unknown person':
      return new ProblemError('has-errors', UNKNOWN_PERSON, [
        { at: 'chair', message: UNKNOWN_PERSON[language] },
      ]);
    case 'unknown bridge':
      // The bridge itself and the one above it were let in by the gate.
      return new ProblemError('has-errors', UNKNOWN_SOURCE, [
        { at: 'feedParent', message: UNKNOWN_SOURCE[language] },
      ]);
    default:
      return new ProblemError(
        failure.reason === 'chairs another bridge' ? 'conflict' : 'has-errors',
        unsaved((spoken) => sayBridgeEditFailure(failure, spoken)),
      );
  }
}

function buildRefusal(failure: BuildFailure): ProblemError {
  return new ProblemError(
    'has-errors',
    unsaved((language) => sayBuildFailure(failure, language)),
  );
}

/** The bridge tree of a conference: build it, look at it, change it. */
export function bridgeRoutes({ gate }: { readonly gate: Gate }): Route[] {
  const rowOf = async (
    context: Context,
    conference: AuthorizedConferenceId,
    tree: BridgeTree,
    bridge: Bridge,
  ): Promise<BridgeRow> => {
    const sight = await gate.sight(context, conference);
    return presentBridge(bridge, await factsFor(context, conference, tree, sight, [bridge]));
  };

  return [
    implement(bridgeContracts.buildBridges, async ({ scope, body, context }) => {
      const result = await buildBridges(context, scope, body);
      if (!result.ok) {
        switch (result.reason) {
          case 'changed meanwhile':
            throw new ProblemError('out-of-date', CHANGED_MEANWHILE);
          case 'no units':
            throw new ProblemError('wrong-state', {
              vi: `Chưa có danh mục đơn vị hành chính của ngày ${result.date}. Hãy nhập danh mục trước.`,
              en: `There is no list of units for ${result.date}. Import one first.`,
            });
          default:
            throw buildRefusal(result);
        }
      }
      const { added, kept, total, findings } = result.value;
      const found = findings.map((finding) =>
        presentFinding(finding.kind, finding.severity, sayBuildFinding(finding, context.language)),
      );
      return { added, kept, total, findings: found };
    }),

    implement(bridgeContracts.bridges, async ({ scope, query, context }) => {
      const tree = await bridgeTreeOf(context, scope);
      if (tree === null) return { items: [], next: null };
      const after = readCursor(BridgeId, query.cursor);
      const sight = await gate.sight(context, scope);
      const search = { parent: query.parent ?? null, q: query.q?.trim() || null, tops: query.tops };
      const found = findBridges(tree, sight, search, after, query.limit + 1);
      if (found === null) throw staleCursor();
      const facts = await factsFor(context, scope, tree, sight, found);
      return pageOf(
        found,
        query.limit,
        (bridge) => presentBridge(bridge, facts),
        (bridge) => bridge.id,
      );
    }),

    implement(bridgeContracts.bridge, async ({ scope, conference, context }) => {
      const tree = await treeOrProblem(context, conference);
      const bridge = tree.get(scope);
      if (bridge === undefined) throw new ProblemError('not-found');
      const hosts = await hostCount(context, conference, scope);
      const sight = await gate.sight(context, conference);
      return {
        bridge: await rowOf(context, conference, tree, bridge),
        path: tree.path(scope).flatMap(({ id, name }) => (sight.sees(id) ? [{ id, name }] : [])),
        findings: missingAt(bridge, hosts).map((missing) =>
          presentFinding(missing.kind, 'warning', sayMissing(missing, context.language)),
        ),
      };
    }),

    implement(bridgeContracts.changeBridge, async ({ scope, conference, body, context }) => {
      const { parent: under, ...change } = body;
      const parent =
        under === undefined ? undefined : admitted(await gate.bridge(context, conference, under, 'organize'));
      const result = await changeBridge(context, conference, scope, { ...change, parent });
      if (!result.ok) throw changeRefusal(result, context.language);
      return rowOf(context, conference, await treeOrProblem(context, conference), result.value);
    }),

    implement(bridgeContracts.addBridge, async ({ scope, conference, body, context }) => {
      const result = await addBridge(context, conference, scope, body);
      if (!result.ok) throw changeRefusal(result, context.language);
      return rowOf(context, conference, await treeOrProblem(context, conference), result.value);
    }),

    implement(bridgeContracts.removeBridge, async ({ scope, conference, context }) => {
      const result = await removeBridge(context, conference, scope);
      if (result.ok) return;
      if (result.reason === 'holds data') throw new ProblemError('conflict', HOLDS_DATA);
      throw changeRefusal(result, context.language);
    }),
  ];
}

function presentFinding(code: string, severity: Finding['severity'], message: string): Finding {
  return { code, severity, path: null, message };
}

async function treeOrProblem(context: Context, conference: AuthorizedConferenceId): Promise<BridgeTree> {
  const tree = await bridgeTreeOf(context, conference);
  if (tree === null) throw new ProblemError('wrong-state', NO_BRIDGES);
  return tree;
}

async function factsFor(
  context: Context,
  conference: AuthorizedConferenceId,
  tree: BridgeTree,
  sight: Sight,
  bridges: readonly Bridge[],
): Promise<RowFacts> {
  const ids = bridges.flatMap(({ chair }) => (chair === null ? [] : [chair]));
  const [people, seats] = await Promise.all([
    peopleByIds(context, conference, ids),
    seatCounts(
      context,
      conference,
      bridges.map(({ id }) => id),
    ),
  ]);
  return { tree, sight, seats, chairs: new Map(people.map(({ id, name }) => [id, name])) };
}
