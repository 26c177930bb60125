import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import { bridgeTree } from '../../domain/bridges/tree.ts';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import { keep, type Kept } from '../platform/kept.ts';
import { readBridges, readRevision } from './store.ts';

/** What was read of a conference's bridges; without a tree before the first build. */
export interface KnownBridges {
  readonly revision: number;
  readonly tree: BridgeTree | null;
}

/** Trees that were read, good as long as nobody raised the revision of the conference's bridges. */
const knownTrees = new WeakMap<Database, Map<ConferenceId, KnownBridges>>();

/** The tree that was read or committed here last, if nobody has raised the revision since. */
export function knownAt(
  database: Database,
  conference: ConferenceId,
  revision: number,
): KnownBridges | undefined {
  const known = knownTrees.get(database)?.get(conference);
  return known?.revision === revision ? known : undefined;
}

/** Keeps a tree that was read, or that has just been committed. */
export function rememberBridges({ database }: Context, conference: ConferenceId, known: KnownBridges): void {
  const trees = knownTrees.get(database) ?? new Map<ConferenceId, KnownBridges>();
  knownTrees.set(database, trees);
  const earlier = trees.get(conference);
  if (earlier === undefined || earlier.revision <= known.revision) trees.set(conference, known);
}

/** The tree of a conference (null before the first build), or that there is no such conference. */
export type TreeInMemory = { readonly tree: BridgeTree | null; readonly revision: number } | 'no conference';

const LOOK_EVERY_MS = 1000;
/** Only whoever has a role over everything can ask about conferences that are not there: that fills no memory. */
const MOST_CONFERENCES = 1000;

const shelves = new WeakMap<Database, Map<ConferenceId, Kept<TreeInMemory>>>();

function keptTree(context: Context, conference: ConferenceId): Kept<TreeInMemory> {
  const { database, log } = context;
  const trees = shelves.get(database) ?? new Map<ConferenceId, Kept<TreeInMemory>>();
  shelves.set(database, trees);
  const found = trees.get(conference);
  if (found !== undefined) return found;
  const kept = keep<TreeInMemory>(
    (before) => readTree(database, conference, before),
    (error) => log.error({ err: error }, 'a bridge tree was not read'),
  );
  const [oldest] = trees.keys();
  if (trees.size >= MOST_CONFERENCES && oldest !== undefined) trees.delete(oldest);
  trees.set(conference, kept);
  return kept;
}

async function readTree(
  database: Database,
  conference: ConferenceId,
  before: TreeInMemory | undefined,
): Promise<TreeInMemory> {
  const { read } = database;
  const revision = await readRevision(read, conference);
  if (revision === null) return 'no conference';
  if (before !== undefined && before !== 'no conference' && before.revision === revision) return before;
  // Whoever changed bridges here has the new tree already: forty thousand rows need not be read to have it once more.
  const known = knownAt(database, conference, revision);
  if (known !== undefined) return known;
  const bridges = await readBridges(read, conference);
  const built = bridges.length === 0 ? null : bridgeTree(bridges);
  if (built !== null && !built.ok) throw new Error(`the stored bridges are no tree: ${built.reason}`);
  return { revision, tree: built === null ? null : built.value };
}

/** The tree of a conference as it is known, at once; undefined where it has to be looked at first. */
export function treeNow(context: Context, conference: ConferenceId): TreeInMemory | undefined {
  return keptTree(context, conference).now();
}

/** The tree of a conference as it is at this moment. */
export function lookAtTree(context: Context, conference: ConferenceId): Promise<TreeInMemory> {
  return keptTree(context, conference).look();
}

/** After the commit of a change made here: whoever asks from now on is answered by the new tree. */
export function bridgesChanged({ database }: Context, conference: ConferenceId): void {
  shelves.get(database)?.get(conference)?.changed();
}

/** Looks for what other processes change, while the server runs. */
export function followBridges(context: Context): RunningJob {
  return again(
    async () => {
      for (const kept of shelves.get(context.database)?.values() ?? []) await kept.look();
    },
    LOOK_EVERY_MS,
    (error) => context.log.error({ err: error }, 'a bridge tree was not read'),
  );
}
