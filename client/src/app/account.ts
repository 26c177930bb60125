import { queryOptions, useQuery } from '@tanstack/react-query';

import { hasRight, reachesBelow } from '../../../domain/access/rights.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { accessContracts, Account, type Grant } from '../../../domain/wire/access.ts';
import type { Right } from '../../../domain/wire/contract.ts';
import { call, Unreachable, Unreadable } from '../api/call.ts';

/** The one who signed in last on this browser: a door must come up again without a line, also from a cold start. */
const KEPT = 'account';
/** So long the server is waited for where this machine knows by itself who works at it: some lines swallow everything. */
const PATIENCE_MS = 4000;
/** While only this machine has spoken, the server is asked again after about so long. */
const AGAIN_MS = 10_000;

function keptAccount(): Account | null {
  try {
    const kept = Account.safeParse(JSON.parse(localStorage.getItem(KEPT) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

/** Who works at this machine, whether or not the server can be asked. */
export function keptAccountId(): string | null {
  return keptAccount()?.id ?? null;
}

export function keepAccount(account: Account | null): void {
  if (account === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, JSON.stringify(account));
}

/** Tells when another tab has signed somebody in or out. */
export function onOtherAccount(listener: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === KEPT) listener();
  };
  window.addEventListener('storage', hear);
  return () => window.removeEventListener('storage', hear);
}

/** Who is signed in. `fromDevice`: the server could not be asked; that is enough for a door and for nothing else. */
export type SignedInAccount = Account & { readonly fromDevice?: boolean };

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<SignedInAccount> => {
    const kept = keptAccount();
    try {
      const account = await within(kept === null ? null : PATIENCE_MS, call(accessContracts.me, {}, signal));
      keepAccount(account);
      return account;
    } catch (error) {
      // A line that asks for a password of its own first answers too, but not as the server does.
      const silent = error instanceof Unreachable || error instanceof Unreadable;
      if (kept === null || !silent) throw error;
      return { ...kept, fromDevice: true };
    }
  },
  staleTime: 60_000,
  refetchInterval: ({ state }) =>
    state.data?.fromDevice === true ? AGAIN_MS * (0.5 + Math.random()) : false,
  refetchIntervalInBackground: true,
  retry: false,
});

async function within<Value>(ms: number | null, answer: Promise<Value>): Promise<Value> {
  if (ms === null) return await answer;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unreachable('no answer in time')), ms);
  });
  return await Promise.race([answer, patience]).finally(() => clearTimeout(timer));
}

export function useMe() {
  return useQuery(me);
}

function covers(grant: Grant, conference: string): boolean {
  return grant.conference === null || grant.conference === conference;
}

/** Whether an account has a right over everything. */
export function holdsStanding(account: Account | undefined, right: Right): boolean {
  return account?.grants.some((grant) => grant.conference === null && hasRight(grant.role, right)) ?? false;
}

/** Whether an account has a right over a whole conference. */
export function holdsWhole(account: Account | undefined, conference: string, right: Right): boolean {
  return (
    account?.grants.some(
      (grant) => grant.bridge === null && hasRight(grant.role, right) && covers(grant, conference),
    ) ?? false
  );
}

/**
 * Whether an account has a right anywhere in a conference, over a bridge with everything below it or over the whole. Where
 * exactly, the server says.
 */
export function holdsBelow(account: Account | undefined, conference: string, right: Right): boolean {
  return (
    account?.grants.some(
      (grant) =>
        hasRight(grant.role, right) &&
        (grant.bridge === null || reachesBelow(grant.role)) &&
        covers(grant, conference),
    ) ?? false
  );
}

/** The bridge over which an account has a right, with everything below it; undefined where it has none, or over the whole. */
export function topOf(account: Account | undefined, conference: string, right: Right): BridgeId | undefined {
  const grant = account?.grants.find(
    ({ role, bridge, conference: of }) =>
      of === conference && bridge !== null && hasRight(role, right) && reachesBelow(role),
  );
  return grant?.bridge ?? undefined;
}

/** Whether an account has a right at any bridge of a conference. Where exactly, the server says. */
export function holdsSomewhere(account: Account | undefined, conference: string, right: Right): boolean {
  return account?.grants.some((grant) => hasRight(grant.role, right) && covers(grant, conference)) ?? false;
}

/** Whether an account may have a right at the level above a bridge, for what nobody decides for themselves. */
export function holdsAbove(
  account: Account | undefined,
  conference: string,
  bridge: string,
  right: Right,
): boolean {
  const others = account?.grants.filter((grant) => grant.bridge !== bridge) ?? [];
  return account !== undefined && holdsBelow({ ...account, grants: others }, conference, right);
}

/** The door of somebody whose only role is host of one bridge; null for everybody else. */
function onlyDoor(account: Account): { conference: string; bridge: string } | null {
  const [grant, ...others] = account.grants;
  if (grant?.role !== 'host' || others.length > 0) return null;
  const { conference, bridge } = grant;
  return conference !== null && bridge !== null ? { conference, bridge } : null;
}

/** A host whose only work is one door goes straight there; others see the list of conferences. */
export function useOnlyDoor() {
  const { data } = useMe();
  return data === undefined ? null : onlyDoor(data);
}
