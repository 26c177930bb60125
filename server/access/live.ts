import { isInForce } from '../../domain/access/grants.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { HeldGrant } from '../../domain/wire/access.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import { keep, type Kept } from '../platform/kept.ts';
import { grantsSince } from './store.ts';

/** Who has which roles: whoever is not there has none. */
interface Holdings {
  /** The last change that is in it. */
  readonly change: number;
  readonly of: Map<AccountId, readonly HeldGrant[]>;
  /** Those with a role that ends by itself. */
  readonly ending: Set<AccountId>;
}

/** Told of accounts that hold less than before: something was taken away, or its time is over. */
export type LessListener = (accounts: ReadonlySet<AccountId>) => void;

interface Shelf {
  readonly kept: Kept<Holdings>;
  readonly listeners: Set<LessListener>;
  /** Up to when roles that ended have been told. */
  toldUntil: Instant | null;
}

const LOOK_EVERY_MS = 1000;
const NOTHING: readonly HeldGrant[] = [];
const shelves = new WeakMap<Database, Shelf>();

function shelfOf({ database, log }: Context): Shelf {
  const found = shelves.get(database);
  if (found !== undefined) return found;
  const listeners = new Set<LessListener>();
  const kept = keep<Holdings>(
    (before) => readHoldings(database, before, listeners),
    (error) => log.error({ err: error }, 'roles were not read'),
  );
  const shelf: Shelf = { kept, listeners, toldUntil: null };
  shelves.set(database, shelf);
  return shelf;
}

/** Reads the roles of every account whose roles have changed since; at first those of all. */
async function readHoldings(
  { read }: Database,
  before: Holdings | undefined,
  listeners: ReadonlySet<LessListener>,
): Promise<Holdings> {
  const of = before?.of ?? new Map<AccountId, readonly HeldGrant[]>();
  const ending = before?.ending ?? new Set<AccountId>();
  const { change, changed } = await grantsSince(read, before?.change ?? 0);
  const less = new Set<AccountId>();
  for (const [account, grants] of changed) {
    if (isLess(of.get(account) ?? NOTHING, grants)) less.add(account);
    if (grants.length === 0) of.delete(account);
    else of.set(account, grants);
    if (grants.some(({ until }) => until !== null)) ending.add(account);
    else ending.delete(account);
  }
  if (less.size > 0) for (const listener of listeners) listener(less);
  return { change: change ?? before?.change ?? 0, of, ending };
}

/** Whether anything of before is no more as it was. */
function isLess(before: readonly HeldGrant[], now: readonly HeldGrant[]): boolean {
  return before.some(
    (had) => !now.some(({ id, from, until }) => id === had.id && from === had.from && until === had.until),
  );
}

/** The roles of an account, at once; undefined where they have to be looked at first. Ended ones may be among them. */
export function grantsNow(context: Context, account: AccountId): readonly HeldGrant[] | undefined {
  const holdings = shelfOf(context).kept.now();
  return holdings === undefined ? undefined : (holdings.of.get(account) ?? NOTHING);
}

/** The roles of an account as they are at this moment. */
export async function lookAtGrants(context: Context, account: AccountId): Promise<readonly HeldGrant[]> {
  const { of } = await shelfOf(context).kept.look();
  return of.get(account) ?? NOTHING;
}

/** After the commit of a change made here: whoever asks from now on is answered by it, and whoever holds less is told. */
export async function grantsChanged(context: Context): Promise<void> {
  const { kept } = shelfOf(context);
  kept.changed();
  await kept.look();
}

/** Calls `listener` with those who hold less from now on, whichever process took it away; the answer ends it. */
export function onLess(context: Context, listener: LessListener): () => void {
  const { listeners } = shelfOf(context);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Looks for what other processes give and take, and for roles whose time is over, while the server runs. */
export function followGrants(context: Context): RunningJob {
  return again(
    async () => {
      const shelf = shelfOf(context);
      const { of, ending } = await shelf.kept.look();
      const now = context.clock();
      const since = shelf.toldUntil ?? now;
      shelf.toldUntil = now;
      const ended = new Set<AccountId>();
      for (const account of ending) {
        const grants = of.get(account) ?? NOTHING;
        if (grants.some((grant) => isInForce(grant, since) && !isInForce(grant, now))) ended.add(account);
      }
      if (ended.size > 0) for (const listener of shelf.listeners) listener(ended);
    },
    LOOK_EVERY_MS,
    (error) => context.log.error({ err: error }, 'roles were not read'),
  );
}
