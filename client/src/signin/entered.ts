import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import type { Account } from '../../../domain/wire/access.ts';
import { keepAccount, keptAccountId, me } from '../app/account.ts';
import { closeLine } from '../api/socket.ts';

/** What happens once somebody is signed in: nothing of the one before stays, and they go where they wanted to. */
export function useEntered(): (account: Account, next?: string) => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (account, next) => {
    closeLine();
    queries.clear();
    // Loaded only where there was somebody else: what they unlocked is locked again.
    if (keptAccountId() !== account.id) (await import('../door/vault.ts')).lockVaults();
    keepAccount(account);
    queries.setQueryData(me.queryKey, account);
    await navigate({ href: next ?? '/', replace: true });
  };
}
