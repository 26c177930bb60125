import { isDeepStrictEqual } from 'node:util';

import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import { buildBridges as build, type BuildFailure } from '../../domain/bridges/build.ts';
import {
  addBridge as addToTree,
  applyEdit,
  describeBridge,
  moveBridge,
  removeBridge as removeFromTree,
  setChair,
  setFeedParent,
  setReady,
  type BridgeEdit,
  type BridgeEditFailure,
  type NewBridge,
} from '../../domain/bridges/edit.ts';
import type { ExtraBridge } from '../../domain/bridges/extra.ts';
import type { BuildFinding } from '../../domain/bridges/finding.ts';
import { bridgeTree } from '../../domain/bridges/tree.ts';
import { READINESS_ITEMS } from '../../domain/bridges/bridge.ts';
import type { BridgeId, PersonId, UnitCode } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { CivilDate } from '../../domain/time.ts';
import { grantsChanged } from '../access/live.ts';
import { peopleByIds } from '../people/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { differing } from '../platform/trail.ts';
import { unitTreeOn } from '../units/queries.ts';
import { bridgesChanged } from './live.ts';
import { bridgesOf, rememberBridges } from './queries.ts';
import { deleteBridge, holdsData, raiseRevision, writeBridges, type Placed } from './store.ts';

export interface BuildOutcome {
  readonly added: number;
  readonly kept: number;
  readonly total: number;
  readonly findings: readonly BuildFinding[];
  /** Bridges that neither plan nor scope ask for any more; they stay until a person takes them out. */
  readonly removedSuggested: readonly Bridge[];
}

/** Builds the bridge tree out of the plan's classes and the unit tree, or brings it up to date. */
export async function buildBridges(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  input: { readonly scope: readonly UnitCode[]; readonly extra: readonly ExtraBridge[] },
): Promise<
  Result<
    BuildOutcome,
    | BuildFailure
    | { readonly reason: 'changed meanwhile' }
    | { readonly reason: 'no units'; readonly date: CivilDate }
  >
> {
  const { plan, treeDate } = await planOf(context, conference);
  const unitTree = await unitTreeOn(context, treeDate);
  if (unitTree === null) return { ok: false, reason: 'no units', date: treeDate };
  const { revision, tree } = await bridgesOf(context, conference);
  const built = build({
    classes: plan.bridgeClasses,
    unitTree,
    scope: input.scope,
    extra: input.extra,
    existing: tree?.bridges ?? [],
    newId: () => context.newId() as BridgeId,
  });
  if (!built.ok) return built;
  const { added, kept, bridges, findings, removedSuggested } = built.value;
  const changed = difference(bridges, tree?.bridges ?? []);
  // Worked out while nothing waits: whoever changes a bridge meanwhile is not overwritten.
  const isCurrent =
    changed.length === 0 ||
    (await transaction(context.database, async (connection) => {
      const isFirst = await raiseRevision(connection, conference, revision);
      if (isFirst) await writeBridges(connection, conference, changed);
      return isFirst;
    }));
  if (!isCurrent) return { ok: false, reason: 'changed meanwhile' };
  const had = { bridges: tree?.bridges.length ?? 0 };
  context.audit.note({ before: had, after: { bridges: bridges.length, added: added.length, ...input } });
  bridgesChanged(context, conference);
  return ok({ added: added.length, kept: kept.length, total: bridges.length, findings, removedSuggested });
}

export interface BridgeChange {
  readonly name?: string | undefined;
  readonly capacity?: number | null | undefined;
  readonly chair?: PersonId | null | undefined;
  readonly address?: string | null | undefined;
  readonly ready?: readonly (typeof READINESS_ITEMS)[number][] | undefined;
  readonly feedParent?: BridgeId | null | undefined;
  /** Hangs the bridge, with all below it, under another one: takes a right over both. */
  readonly parent?: AuthorizedBridgeId<'organize'> | undefined;
}

export type ChangeFailure = BridgeEditFailure | { readonly reason: 'unknown person' };

/** Changes what is given of a bridge, all of it or nothing. */
export async function changeBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  id: AuthorizedBridgeId<'organize'>,
  change: BridgeChange,
): Promise<Result<Bridge, ChangeFailure>> {
  if (change.chair !== undefined && change.chair !== null) {
    const [chair] = await peopleByIds(context, conference, [change.chair]);
    if (chair === undefined) return { ok: false, reason: 'unknown person' };
  }
  const { name, capacity, address } = change;
  return editBridge(context, conference, id, [
    (tree) => (change.parent === undefined ? ok([]) : moveBridge(tree, id, change.parent)),
    (tree) =>
      describeBridge(tree, id, {
        ...(name !== undefined && { name }),
        ...(capacity !== undefined && { capacity }),
        ...(address !== undefined && { address }),
      }),
    (tree) => (change.chair === undefined ? ok([]) : setChair(tree, id, change.chair)),
    (tree) => (change.feedParent === undefined ? ok([]) : setFeedParent(tree, id, change.feedParent)),
    ...READINESS_ITEMS.map(
      (item) =>
        (tree: BridgeTree): BridgeEdit =>
          change.ready === undefined ? ok([]) : setReady(tree, id, item, change.ready.includes(item)),
    ),
  ]);
}

/** Hangs a new bridge under one: a second room, an enterprise, a village. */
export function addBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  parent: AuthorizedBridgeId<'organize'>,
  added: Omit<NewBridge, 'parent'>,
): Promise<Result<Bridge, ChangeFailure>> {
  const id = context.newId() as BridgeId;
  return editBridge(context, conference, id, [(tree) => addToTree(tree, { ...added, parent }, () => id)]);
}

export type RemoveFailure = BridgeEditFailure | { readonly reason: 'holds data' };

/**
 * Takes out a bridge that nothing was kept of. One where somebody is seated, that has reported or recorded anything
 * stays: nothing of it may be lost. Roles over it go with it.
 */
export async function removeBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  id: AuthorizedBridgeId<'organize' | 'above'>,
): Promise<Result<null, RemoveFailure>> {
  const removed = await transaction(context.database, async (connection) => {
    const { revision, tree } = await bridgesOf(context, conference, connection);
    if (tree === null) return { ok: false, reason: 'unknown bridge', id } as const;
    context.audit.note({ before: tree.get(id) });
    const changed = removeFromTree(tree, id);
    if (!changed.ok) return changed;
    if (await holdsData(connection, conference, id)) return { ok: false, reason: 'holds data' } as const;
    const bridges = applyEdit(tree.bridges, changed.value).filter((bridge) => bridge.id !== id);
    if (!(await raiseRevision(connection, conference, revision)))
      throw new Error('changed inside a transaction');
    await writeBridges(connection, conference, difference(bridges, tree.bridges));
    await deleteBridge(connection, conference, id);
    return ok(null);
  });
  if (removed.ok) {
    bridgesChanged(context, conference);
    await grantsChanged(context);
  }
  return removed;
}

/**
 * Carries out steps one after the other on the tree as it is now, and writes the result once. An edit says only what
 * changes, so it goes as well with whatever others have just changed: it waits for them instead of being refused.
 */
async function editBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  id: BridgeId,
  steps: readonly ((tree: BridgeTree) => BridgeEdit)[],
): Promise<Result<Bridge, ChangeFailure>> {
  const edited = await transaction(context.database, async (connection) => {
    const { revision, tree } = await bridgesOf(context, conference, connection);
    if (tree === null) return { ok: false, reason: 'unknown bridge', id } as const;
    const after = editTree(tree, steps);
    if (after.ok) context.audit.note({ on: { bridge: id }, ...differing(tree.get(id), after.value.get(id)) });
    if (!after.ok || after.value === tree) return after.ok ? ok({ revision, tree }) : after;
    if (!(await raiseRevision(connection, conference, revision)))
      throw new Error('changed inside a transaction');
    await writeBridges(connection, conference, difference(after.value.bridges, tree.bridges));
    return ok({ revision: revision + 1, tree: after.value });
  });
  if (!edited.ok) return edited;
  bridgesChanged(context, conference);
  rememberBridges(context, conference, edited.value);
  const bridge = edited.value.tree.get(id);
  return bridge === undefined ? { ok: false, reason: 'unknown bridge', id } : ok(bridge);
}

function editTree(
  before: BridgeTree,
  steps: readonly ((tree: BridgeTree) => BridgeEdit)[],
): Result<BridgeTree, BridgeEditFailure> {
  let tree = before;
  for (const step of steps) {
    const edited = step(tree);
    if (!edited.ok) return edited;
    const current = tree;
    const changed = edited.value.filter((bridge) => !isDeepStrictEqual(bridge, current.get(bridge.id)));
    if (changed.length === 0) continue;
    const added = changed.filter((bridge) => current.get(bridge.id) === undefined);
    const next = bridgeTree([...applyEdit(tree.bridges, changed), ...added]);
    if (!next.ok) throw new Error(`an edit broke the tree: ${next.reason}`);
    tree = next.value;
  }
  return ok(tree);
}

/** The bridges that differ from before or stand in another place of the order. */
function difference(bridges: readonly Bridge[], before: readonly Bridge[]): Placed[] {
  return bridges.map((bridge, ord) => ({ bridge, ord })).filter(({ bridge, ord }) => before[ord] !== bridge);
}
