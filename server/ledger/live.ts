import { closing, type Closing } from '../../domain/ledger/closing.ts';
import { headTree, type HeadTree } from '../../domain/ledger/merkle.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { sha256 } from '../platform/keys.ts';
import { closingsBetween, headsBetween, type GrownHead } from './store.ts';

/** The heads of all chains, as of one place in the ledger. Everything here is rebuilt from the ledger. */
export interface LiveHeads {
  readonly tree: HeadTree;
  /** The last event that the heads know of, and how many there are up to it. */
  seq: number;
  events: number;
  /** Chains that have grown since the last checkpoint, and since the start where none was signed yet. */
  readonly grown: Map<string, GrownHead>;
  /** Of the chains that ever had an event which closes or takes back. */
  readonly closings: Map<string, Closing>;
  /** The tree under the checkpoint that this process signed last, and its place in the ledger. */
  signed: { readonly seq: number; readonly tree: HeadTree } | null;
}

const heads = new WeakMap<Database, LiveHeads>();
const queues = new WeakMap<Database, Promise<unknown>>();

/** One after the other: what works on the heads of a database finds them as it left them. */
export function inTurn<Value>({ database }: Context, work: () => Promise<Value>): Promise<Value> {
  const before = queues.get(database) ?? Promise.resolve();
  const own = before.then(work, work);
  queues.set(
    database,
    own.catch(() => undefined),
  );
  return own;
}

/** The heads as they were left; only inside `inTurn`. */
export function liveHeads({ database }: Context): LiveHeads {
  const known = heads.get(database);
  if (known !== undefined) return known;
  const none: LiveHeads = {
    tree: headTree(sha256),
    seq: 0,
    events: 0,
    grown: new Map(),
    closings: new Map(),
    signed: null,
  };
  heads.set(database, none);
  return none;
}

/** The name of a chain in maps. */
export function chainKey(session: SessionId, bridge: BridgeId): string {
  return JSON.stringify([session, bridge]);
}

/** Takes in what the ledger has behind the heads, up to a place: at first all of it. Only inside `inTurn`. */
export async function catchUp({ database }: Context, live: LiveHeads, upTo: number): Promise<void> {
  if (upTo <= live.seq) return;
  const [news, forms] = await Promise.all([
    headsBetween(database.read, live.seq, upTo),
    closingsBetween(database.read, live.seq, upTo),
  ]);
  live.tree.set(news);
  live.seq = upTo;
  for (const head of news) {
    live.events += head.grown;
    live.grown.set(chainKey(head.session, head.bridge), head);
  }
  for (const { session, bridge, form } of forms) {
    const key = chainKey(session, bridge);
    const known = live.closings.get(key) ?? closing();
    known.take(form);
    live.closings.set(key, known);
  }
}

/** The tree as it was at a place of the ledger: a copy, whatever is signed afterwards. */
export function treeAt(context: Context, seq: number): Promise<HeadTree> {
  return inTurn(context, async () => {
    const live = liveHeads(context);
    if (live.signed?.seq === seq) return live.signed.tree;
    if (live.seq === seq) return live.tree.copy();
    const tree = headTree(sha256);
    tree.set(await headsBetween(context.database.read, 0, seq));
    return tree;
  });
}
