import { queryOptions, useQuery } from '@tanstack/react-query';

import { Account, type Grant } from '../../../domain/wire/access.ts';
import { api } from '../../../domain/wire/api.ts';
import { call, Unreachable } from '../api/call.ts';

/** The one who signed in last on this browser: a door must come up again without a line after a reload. */
const KEPT = 'account';

function keptAccount(): Account | null {
  try {
    const kept = Account.safeParse(JSON.parse(localStorage.getItem(KEPT) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

export function keepAccount(account: Account | null): void {
  if (account === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, JSON.stringify(account));
}

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Account> => {
    try {
      const account = await call(api.me, {}, signal);
      keepAccount(account);
      return account;
    } catch (error) {
      const kept = error instanceof Unreachable ? keptAccount() : null;
      if (kept === null) throw error;
      return kept;
    }
  },
  staleTime: 60_000,
  retry: false,
});

export function useMe() {
  return useQuery(me);
}

function covers(grant: Grant, conference: string): boolean {
  return grant.conference === null || grant.conference === conference;
}

/** Whether an account organizes a whole conference. */
export function organizes(account: Account | undefined, conference: string): boolean {
  return account?.grants.some((grant) => grant.role === 'organizer' && covers(grant, conference)) ?? false;
}

/** Whether an account may create conferences. */
export function organizesAll(account: Account | undefined): boolean {
  return account?.grants.some((grant) => grant.role === 'organizer' && grant.conference === null) ?? false;
}

/** Bridges of a conference at which an account has a role of its own, the widest role first. */
export function ownBridges(account: Account | undefined, conference: string): Grant[] {
  const grants = account?.grants.filter((grant) => grant.bridge !== null && covers(grant, conference)) ?? [];
  return grants.toSorted((a, b) => Number(a.role === 'host') - Number(b.role === 'host'));
}

/** The door of somebody whose only role is host of one bridge; null for everybody else. */
export function onlyDoor(account: Account): { conference: string; bridge: string } | null {
  const [grant, ...others] = account.grants;
  if (grant?.role !== 'host' || others.length > 0) return null;
  const { conference, bridge } = grant;
  return conference !== null && bridge !== null ? { conference, bridge } : null;
}
