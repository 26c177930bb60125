import { isDeepStrictEqual } from 'node:util';
import {
  READINESS_ITEMS,
  type Bridge,
  type BridgeTree,
  type ReadinessItem,
} from '../../domain/bridges/bridge.ts';
import {
  addBridge as addToTree,
  applyEdit,
  describeBridge,
  describeMany,
  moveBridge,
  removeBridges as removeFromTree,
  setChair,
  setFeedParent,
  setReady,
  type BridgeDetails,
  type BridgeEdit,
  type BridgeEditFailure,
  type BulkDetails,
  type NewBridge,
} from '../../domain/bridges/edit.ts';
import {
  kindOf,
  tracesOf,
  undoChange,
  type BridgeTrace,
  type ChangeKind,
  type UndoFailure,
} from '../../domain/bridges/change.ts';
import { bridgeTree } from '../../domain/bridges/tree.ts';
import type { BridgeId, PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { grantsChanged } from '../access/live.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Database } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { differing } from '../platform/trail.ts';
import { bridgesChanged, rememberBridges } from './live.ts';
import { bridgesOf, frozenByMove } from './queries.ts';
import {
  deleteBridges,
  firstHoldingData,
  insertChange,
  markUndone,
  raiseRevision,
  readChange,
  writeBridges,
  type Placed,
} from './store.ts';

export interface BridgeChange extends Omit<BridgeDetails, 'organisation'> {
  readonly chair?: PersonId | null | undefined;
  readonly ready?: readonly ReadinessItem[] | undefined;
  readonly feedParent?: BridgeId | null | undefined;
  /** Hangs the bridge, with all below it, under another one: takes a right over both. */
  readonly parent?: AuthorizedBridgeId<'organize'> | undefined;
}

export type ChangeFailure =
  | BridgeEditFailure
  | { readonly reason: 'unknown person' }
  /** A report that adds the bridge up, or would, was frozen. */
  | { readonly reason: 'report frozen'; readonly bridge: Bridge };

/** A bridge after a change, and under which name the change can be taken back; null where it was so already. */
export interface Changed {
  readonly bridge: Bridge;
  readonly change: string | null;
}

/** Changes what is given of a bridge, all of it or nothing. */
export async function changeBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  id: AuthorizedBridgeId<'organize'>,
  change: BridgeChange,
): Promise<Result<Changed, ChangeFailure>> {
  if (change.chair !== undefined && change.chair !== null) {
    const [chair] = await peopleByIds(context, conference, [change.chair]);
    if (chair === undefined) return { ok: false, reason: 'unknown person' };
  }
  const { parent, ready, chair, feedParent, ...details } = change;
  const steps: readonly ((tree: BridgeTree) => BridgeEdit)[] = [
    (tree) => (parent === undefined ? ok([]) : moveBridge(tree, id, parent)),
    (tree) => describeBridge(tree, id, details),
    (tree) => (chair === undefined ? ok([]) : setChair(tree, id, chair)),
    (tree) => (feedParent === undefined ? ok([]) : setFeedParent(tree, id, feedParent)),
    ...READINESS_ITEMS.map(
      (item) =>
        (tree: BridgeTree): BridgeEdit =>
          ready === undefined ? ok([]) : setReady(tree, id, item, ready.includes(item)),
    ),
  ];
  const edited = await edit<ChangeFailure>(context, conference, id, async (tree, connection) => {
    if (parent !== undefined && parent !== tree.get(id)?.parent) {
      const frozen = await frozenByMove(context, conference, tree, id, parent, connection);
      if (frozen !== null) return { ok: false, reason: 'report frozen', bridge: frozen };
    }
    const after = editTree(tree, steps);
    if (after.ok) context.audit.note({ on: { bridge: id }, ...differing(tree.get(id), after.value.get(id)) });
    return after;
  });
  return edited.ok ? changedIn(edited.value, id) : edited;
}

/** Hangs a new bridge under one: a second room, an enterprise, a village. */
export async function addBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  parent: AuthorizedBridgeId<'organize'>,
  added: Omit<NewBridge, 'parent'>,
): Promise<Result<Changed, ChangeFailure>> {
  const id = context.newId() as BridgeId;
  const edited = await edit<ChangeFailure>(context, conference, parent, (tree) => {
    const after = editTree(tree, [(now) => addToTree(now, { ...added, parent }, () => id)]);
    if (after.ok) context.audit.note({ on: { bridge: id }, ...differing(null, after.value.get(id)) });
    return after;
  });
  return edited.ok ? changedIn(edited.value, id) : edited;
}

function changedIn({ tree, change }: Edited, id: BridgeId): Result<Changed, BridgeEditFailure> {
  const bridge = tree.get(id);
  return bridge === undefined ? { ok: false, reason: 'unknown bridge', id } : ok({ bridge, change });
}

/** What a change of many did. */
export interface ChangedMany {
  readonly changed: number;
  /** Under which name it can be taken back; null where all were so already. */
  readonly change: string | null;
}

type BelowFailure = { readonly reason: 'not below'; readonly id: BridgeId };

/** Changes the same of many bridges, all of them at or below one: one change, taken back as one. */
export async function changeBridges(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'organize' | 'below'>,
  ids: readonly BridgeId[],
  details: BulkDetails,
): Promise<Result<ChangedMany, BridgeEditFailure | BelowFailure>> {
  const edited = await edit<BridgeEditFailure | BelowFailure>(context, conference, top, (tree) => {
    const stray = strayFrom(tree, top, ids);
    if (stray !== undefined) return { ok: false, reason: 'not below', id: stray } as const;
    const changed = describeMany(tree, ids, details);
    if (!changed.ok) return changed;
    context.audit.note({ on: { bridge: top }, after: { ...details, bridges: changed.value.length } });
    return ok(standing(applyEdit(tree.bridges, changed.value)));
  });
  if (!edited.ok) return edited;
  return ok({ changed: edited.value.count, change: edited.value.change });
}

function strayFrom(tree: BridgeTree, top: BridgeId, ids: readonly BridgeId[]): BridgeId | undefined {
  const below = new Set(tree.subtree(top).map(({ id }) => id));
  return ids.find((id) => !below.has(id));
}

export type RemoveFailure =
  | BridgeEditFailure
  | BelowFailure
  | { readonly reason: 'holds data'; readonly bridge: Bridge | undefined };

/** Takes out a bridge, with everything below it where that is asked for. */
export async function removeBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  id: AuthorizedBridgeId<'organize' | 'above'>,
  withBelow = false,
): Promise<Result<ChangedMany, RemoveFailure>> {
  return takeOut(context, conference, id, (tree) =>
    ok(withBelow ? tree.subtree(id).map((bridge) => bridge.id) : [id]),
  );
}

/** Takes out bridges below one. Whoever organizes there is the level above them. */
export async function removeBridges(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'organize' | 'below'>,
  ids: readonly BridgeId[],
): Promise<Result<ChangedMany, RemoveFailure>> {
  return takeOut(context, conference, top, (tree) => {
    const stray = ids.includes(top) ? top : strayFrom(tree, top, ids);
    return stray === undefined ? ok(ids) : { ok: false, reason: 'not below', id: stray };
  });
}

/**
 * Takes out bridges that nothing was kept of, all or none. One where somebody is seated, that has reported or recorded
 * anything stays: nothing of it may be lost. Roles and machines of those that go, go with them.
 */
async function takeOut(
  context: Context,
  conference: AuthorizedConferenceId,
  top: BridgeId,
  which: (tree: BridgeTree) => Result<readonly BridgeId[], BelowFailure>,
): Promise<Result<ChangedMany, RemoveFailure>> {
  const removed = await edit<RemoveFailure>(context, conference, top, async (tree, connection) => {
    const found = which(tree);
    if (!found.ok) return found;
    const ids = new Set(found.value);
    context.audit.note({ before: [...ids].slice(0, MOST_NOTED).map((id) => tree.get(id)) });
    const changed = removeFromTree(tree, ids);
    if (!changed.ok) return changed;
    const holding = await firstHoldingData(connection, conference, [...ids]);
    if (holding !== null) return { ok: false, reason: 'holds data', bridge: tree.get(holding) };
    return ok(standing(applyEdit(tree.bridges, changed.value).filter((bridge) => !ids.has(bridge.id))));
  });
  if (!removed.ok) return removed;
  await grantsChanged(context);
  return ok({ changed: removed.value.removed, change: removed.value.change });
}

/** The trail names so many of the bridges that went; the change itself has all of them. */
const MOST_NOTED = 50;

export type UndoChangeFailure =
  | UndoFailure
  | NoBridge
  | { readonly reason: 'no such change' | 'undone already' }
  | { readonly reason: 'holds data'; readonly bridge: Bridge | undefined };

export interface UndoneChange extends ChangedMany {
  /** Bridges that were changed again since: they stay as they are. */
  readonly left: number;
}

/** Takes a change back, as far as nobody has changed the same since; itself a change that can be taken back. */
export async function undoBridgeChange(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'organize' | 'below'>,
  id: string,
): Promise<Result<UndoneChange, UndoChangeFailure>> {
  let left = 0;
  const undone = await edit<UndoChangeFailure>(
    context,
    conference,
    top,
    async (tree, connection) => {
      const change = await readChange(connection, conference, id);
      const isHere = change !== null && tree.path(change.top).some((bridge) => bridge.id === top);
      if (change === null || !isHere) return { ok: false, reason: 'no such change' };
      if (change.undoneAt !== null) return { ok: false, reason: 'undone already' };
      const back = undoChange(tree.bridges, change.traces);
      if (!back.ok) return back;
      const gone = tree.bridges.filter((bridge) => back.value.tree.get(bridge.id) === undefined);
      const holding = await firstHoldingData(
        connection,
        conference,
        gone.map((bridge) => bridge.id),
      );
      if (holding !== null) return { ok: false, reason: 'holds data', bridge: tree.get(holding) };
      if (!(await markUndone(connection, id, context.clock())))
        throw new Error('undone inside a transaction');
      ({ left } = back.value);
      context.audit.note({ on: { bridge: top }, after: { change: id, bridges: back.value.restored, left } });
      return ok(back.value.tree);
    },
    'undone',
  );
  if (!undone.ok) return undone;
  await grantsChanged(context);
  return ok({ changed: undone.value.count, change: undone.value.change, left });
}

interface Edited {
  readonly tree: BridgeTree;
  readonly change: string | null;
  /** Bridges that differ from before, those that went included. */
  readonly count: number;
  readonly removed: number;
}
type NoBridge = { readonly reason: 'unknown bridge'; readonly id: BridgeId };
type Edit<Failure extends { readonly reason: string }> = (
  tree: BridgeTree,
  connection: Database['read'],
) => Result<BridgeTree, Failure> | Promise<Result<BridgeTree, Failure>>;

/**
 * Makes another tree out of the one that stands, writes what differs once, and keeps what it did so that it can be
 * taken back. An edit says only what changes, so it goes as well with whatever others have just changed: it waits for them
 * instead of being refused.
 */
async function edit<Failure extends { readonly reason: string }>(
  context: Context,
  conference: AuthorizedConferenceId,
  top: BridgeId,
  work: Edit<Failure>,
  kind?: ChangeKind,
): Promise<Result<Edited, Failure | NoBridge>> {
  const edited = await transaction(context.database, async (connection) => {
    const { revision, tree } = await bridgesOf(context, conference, connection);
    if (tree === null) return { ok: false, reason: 'unknown bridge', id: top } as const;
    const worked = await work(tree, connection);
    if (!worked.ok) return worked;
    const next = worked.value;
    const traces = tracesOf(tree.bridges, next.bridges);
    if (traces.length === 0) return ok({ revision, tree, change: null, count: 0, removed: 0 });
    if (!(await raiseRevision(connection, conference, revision)))
      throw new Error('changed inside a transaction');
    const gone = traces.filter(({ after }) => after === null).map(({ id }) => id);
    await writeBridges(connection, conference, difference(next.bridges, tree.bridges));
    await deleteBridges(connection, conference, gone);
    const change = context.newId();
    const first = traces[0]?.id;
    await insertChange(
      connection,
      conference,
      {
        id: change,
        top: placeOf(tree, top, traces),
        at: context.clock(),
        by: context.actor?.account ?? null,
        kind: kind ?? kindOf(traces),
        first: (first && (next.get(first) ?? tree.get(first))?.name) ?? '',
        count: traces.length,
        fields: [...new Set(traces.flatMap(({ before, after }) => Object.keys((before && after) ?? {})))],
      },
      traces,
    );
    return ok({
      revision: revision + 1,
      tree: next,
      change,
      count: traces.length,
      removed: gone.length,
    });
  });
  if (!edited.ok) return edited;
  rememberBridges(context, conference, edited.value);
  bridgesChanged(context, conference);
  return edited;
}

/** The bridge over all that a change touched: where it was made, and what was or is above each bridge that moved, came or went. */
function placeOf(tree: BridgeTree, top: BridgeId, traces: readonly BridgeTrace[]): BridgeId {
  const above = traces.flatMap(({ before, after }) => [before?.parent ?? null, after?.parent ?? null]);
  let way = tree.path(top);
  for (const id of new Set(above)) {
    if (id === null || tree.get(id) === undefined) continue;
    const over = new Set(tree.path(id));
    way = way.filter((bridge) => over.has(bridge));
  }
  return way[0]?.id ?? tree.root.id;
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
    tree = standing([...applyEdit(tree.bridges, changed), ...added]);
  }
  return ok(tree);
}

/** The tree of bridges that the rules have let through. */
function standing(bridges: readonly Bridge[]): BridgeTree {
  const tree = bridgeTree(bridges);
  if (!tree.ok) throw new Error(`an edit broke the tree: ${tree.reason}`);
  return tree.value;
}

/** The bridges that differ from before or stand in another place of the order. */
export function difference(bridges: readonly Bridge[], before: readonly Bridge[]): Placed[] {
  return bridges.map((bridge, ord) => ({ bridge, ord })).filter(({ bridge, ord }) => before[ord] !== bridge);
}
