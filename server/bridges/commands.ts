import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import { buildBridges as build, type BuildFailure } from '../../domain/bridges/build.ts';
import {
  applyEdit,
  describeBridge,
  moveBridge,
  setChair,
  setFeedParent,
  setReady,
  type BridgeEdit,
  type BridgeEditFailure,
} from '../../domain/bridges/edit.ts';
import type { ExtraBridge } from '../../domain/bridges/extra.ts';
import type { BuildFinding } from '../../domain/bridges/finding.ts';
import { bridgeTree } from '../../domain/bridges/tree.ts';
import { READINESS_ITEMS } from '../../domain/bridges/bridge.ts';
import type { BridgeId, PersonId, UnitCode } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { CivilDate } from '../../domain/time.ts';
import { peopleByIds } from '../people/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { unitTreeOn } from '../units/queries.ts';
import { bridgesOf } from './queries.ts';
import { raiseRevision, writeBridges } from './store.ts';

export type WriteFailure = { readonly reason: 'changed meanwhile' };

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
    BuildFailure | WriteFailure | { readonly reason: 'no units'; readonly date: CivilDate }
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
  const written = await writeTree(context, conference, revision, built.value.bridges, tree?.bridges ?? []);
  if (!written.ok) return written;
  const { added, kept, bridges, findings, removedSuggested } = built.value;
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

export type ChangeFailure = BridgeEditFailure | WriteFailure | { readonly reason: 'unknown person' };

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

/** An edit says only what changes, so it goes as well with what others have changed meanwhile. */
const TRIES = 5;

/** Carries out steps one after the other on the tree as it is now, and writes the result once. */
async function editBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  id: BridgeId,
  steps: readonly ((tree: BridgeTree) => BridgeEdit)[],
): Promise<Result<Bridge, ChangeFailure>> {
  for (let tries = 1; ; tries++) {
    const { revision, tree } = await bridgesOf(context, conference);
    if (tree === null) return { ok: false, reason: 'unknown bridge', id };
    const edited = editTree(tree, steps);
    if (!edited.ok) return edited;
    const written = await writeTree(context, conference, revision, edited.value.bridges, tree.bridges);
    if (!written.ok && tries < TRIES) continue;
    if (!written.ok) return written;
    const bridge = edited.value.get(id);
    return bridge === undefined ? { ok: false, reason: 'unknown bridge', id } : ok(bridge);
  }
}

function editTree(
  before: BridgeTree,
  steps: readonly ((tree: BridgeTree) => BridgeEdit)[],
): Result<BridgeTree, BridgeEditFailure> {
  let tree = before;
  for (const step of steps) {
    const edited = step(tree);
    if (!edited.ok) return edited;
    if (edited.value.length === 0) continue;
    const next = bridgeTree(applyEdit(tree.bridges, edited.value));
    if (!next.ok) throw new Error(`an edit broke the tree: ${next.reason}`);
    tree = next.value;
  }
  return ok(tree);
}

/** Writes what differs from `before`, if nobody has changed the bridges since they were read. */
async function writeTree(
  context: Context,
  conference: AuthorizedConferenceId,
  revision: number,
  bridges: readonly Bridge[],
  before: readonly Bridge[],
): Promise<Result<null, WriteFailure>> {
  const changed = bridges
    .map((bridge, ord) => ({ bridge, ord }))
    .filter(({ bridge, ord }) => before[ord] !== bridge);
  if (changed.length === 0) return ok(null);
  return transaction(context.database, async (connection) => {
    if (!(await raiseRevision(connection, conference, revision))) {
      return { ok: false, reason: 'changed meanwhile' } as const;
    }
    await writeBridges(connection, conference, changed);
    return ok(null);
  });
}
