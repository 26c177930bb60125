import { createHash } from 'node:crypto';

import type { Sight } from '../../domain/access/sight.ts';
import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import { BridgeId } from '../../domain/ids.ts';
import { moveEffect } from '../../domain/bridges/move.ts';
import { lacksOf } from '../../domain/bridges/readiness.ts';
import { sayBridgeEditFailure, sayBuildFinding, sayLack, sayMove } from '../../domain/bridges/sentences.ts';
import { bridgeContracts, TableRevision, type BridgeRow } from '../../domain/wire/bridges.ts';
import type { Finding } from '../../domain/wire/conferences.ts';
import { seatCounts, seatsOfAll } from '../composition/queries.ts';
import { lineStandings } from '../lines/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor, staleCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { hostCount, hostCounts, reachingCount } from '../access/queries.ts';
import {
  addBridge,
  changeBridge,
  changeBridges,
  removeBridge,
  removeBridges,
  undoBridgeChange,
  type Changed,
} from './commands.ts';
import { buildBridges } from './build-commands.ts';
import { presentBridge, presentChange, presentTable, type RowFacts } from './present.ts';
import { bridgeTreeOf, changesBelow, findBridges, frozenByMove } from './queries.ts';
import { buildRefusal, changeRefusal, noBridges, removeRefusal, sayFrozen, undoRefusal } from './refusals.ts';

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

  const changedRow = async (
    context: Context,
    conference: AuthorizedConferenceId,
    { bridge, change }: Changed,
  ) => ({
    ...(await rowOf(context, conference, await treeOrProblem(context, conference), bridge)),
    change,
  });

  return [
    implement(bridgeContracts.buildBridges, async ({ scope, body, context }) => {
      const result = await buildBridges(context, scope, body);
      if (!result.ok) throw buildRefusal(result);
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
      const [hosts, lineOf] = await Promise.all([
        hostCount(context, conference, scope),
        lineStandings(context, conference, scope),
      ]);
      const sight = await gate.sight(context, conference);
      return {
        bridge: await rowOf(context, conference, tree, bridge),
        path: tree.path(scope).flatMap(({ id, name }) => (sight.sees(id) ? [{ id, name }] : [])),
        findings: lacksOf({
          hasChair: bridge.chair !== null,
          hasContact: bridge.contacts.technical !== null || bridge.contacts.organizer !== null,
          capacity: bridge.capacity,
          ready: bridge.ready,
          hosts,
          line: lineOf(scope),
        }).map((lack) => presentFinding(lack, 'warning', sayLack(lack, context.language))),
      };
    }),

    implement(bridgeContracts.changeBridge, async ({ scope, conference, body, context }) => {
      const { parent: under, ...change } = body;
      const parent =
        under === undefined ? undefined : admitted(await gate.bridge(context, conference, under, 'organize'));
      const result = await changeBridge(context, conference, scope, { ...change, parent });
      if (!result.ok) throw changeRefusal(result, context.language);
      return changedRow(context, conference, result.value);
    }),

    implement(bridgeContracts.addBridge, async ({ scope, conference, body, context }) => {
      const result = await addBridge(context, conference, scope, body);
      if (!result.ok) throw changeRefusal(result, context.language);
      return changedRow(context, conference, result.value);
    }),

    implement(bridgeContracts.removeBridge, async ({ scope, conference, query, context }) => {
      const result = await removeBridge(context, conference, scope, query.below);
      if (!result.ok) throw removeRefusal(result, context.language);
      return result.value;
    }),

    implement(bridgeContracts.bridgeTable, async ({ scope, query, context }) => {
      const bridges = (await gate.sight(context, scope)).bridges();
      const chairing = bridges.flatMap(({ chair }) => (chair === null ? [] : [chair]));
      const [people, seats, hosts, lineOf] = await Promise.all([
        peopleByIds(context, scope, chairing),
        seatsOfAll(context, scope),
        hostCounts(context, scope),
        lineStandings(context, scope),
      ]);
      const chairs = new Map(people.map(({ id, name }) => [id, name]));
      const table = presentTable(bridges, { chairs, seats, hosts, lineOf });
      const digest = createHash('sha256').update(JSON.stringify(table)).digest('base64url');
      const revision = TableRevision.parse(digest);
      return { revision, table: revision === query.since ? null : table };
    }),

    implement(bridgeContracts.changeBridges, async ({ scope, conference, body, context }) => {
      const result = await changeBridges(context, conference, scope, body.bridges, body.change);
      if (!result.ok) throw removeRefusal(result, context.language);
      return result.value;
    }),

    implement(bridgeContracts.removeBridges, async ({ scope, conference, body, context }) => {
      const result = await removeBridges(context, conference, scope, body.bridges);
      if (!result.ok) throw removeRefusal(result, context.language);
      return result.value;
    }),

    implement(bridgeContracts.moveEffect, async ({ scope, conference, query, context }) => {
      const { language } = context;
      const to = admitted(await gate.bridge(context, conference, query.to, 'organize'));
      const tree = await treeOrProblem(context, conference);
      const effect = moveEffect(tree, scope, to);
      if (!effect.ok) return { refusal: sayBridgeEditFailure(effect, language), effects: [] };
      const { moving, loses, gains } = effect.value;
      const idsOf = (shifted: typeof loses) => shifted.map(({ bridge }) => bridge.id);
      const [held, seats, losing, gaining] = await Promise.all([
        frozenByMove(context, conference, tree, scope, to),
        seatsOfAll(context, conference),
        reachingCount(context, conference, idsOf(loses)),
        reachingCount(context, conference, idsOf(gains)),
      ]);
      const people = moving.reduce((sum, { id }) => sum + (seats.get(id) ?? 0), 0);
      const effects = sayMove(effect.value, { people, losing, gaining }, language);
      return { refusal: held === null ? null : sayFrozen(held)[language], effects };
    }),

    implement(bridgeContracts.bridgeChanges, async ({ scope, conference, context }) => {
      const changes = await changesBelow(context, conference, scope);
      return { items: changes.map((change) => presentChange(change, context.language)) };
    }),

    implement(bridgeContracts.undoBridgeChange, async ({ scope, conference, params, context }) => {
      const result = await undoBridgeChange(context, conference, scope, params.change);
      if (!result.ok) throw undoRefusal(result);
      return result.value;
    }),
  ];
}

function presentFinding(code: string, severity: Finding['severity'], message: string): Finding {
  return { code, severity, path: null, message };
}

async function treeOrProblem(context: Context, conference: AuthorizedConferenceId): Promise<BridgeTree> {
  const tree = await bridgeTreeOf(context, conference);
  if (tree === null) throw noBridges();
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
