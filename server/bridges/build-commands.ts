import { type Bridge } from '../../domain/bridges/bridge.ts';
import { buildBridges as build, type BuildFailure } from '../../domain/bridges/build.ts';
import type { ExtraBridge } from '../../domain/bridges/extra.ts';
import type { BuildFinding } from '../../domain/bridges/finding.ts';
import type { BridgeId, UnitCode } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { CivilDate } from '../../domain/time.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { unitTreeOn } from '../units/queries.ts';
import { difference } from './commands.ts';
import { bridgesChanged } from './live.ts';
import { bridgesOf } from './queries.ts';
import { raiseRevision, writeBridges } from './store.ts';

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
