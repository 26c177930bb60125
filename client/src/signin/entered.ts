import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import type { Entered } from '../../../domain/wire/sign-in.ts';
import { keepAccount, keptAccountId, me } from '../app/account.ts';
import { closeLine } from '../api/socket.ts';
import { step } from './step.ts';

/**
 * What happens once somebody has proved who they are: where more is asked of them they go there; else nothing of the one before
 * stays, and they go where they wanted to.
 */
export function useEntered(): (entered: Entered, next?: string) => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (entered, next) => {
    if (entered.step !== 'in') {
      queries.setQueryData(step.queryKey, entered);
      await navigate({ to: '/sign-in/more', search: next === undefined ? {} : { next }, replace: true });
      return;
    }
    const { account } = entered;
    closeLine();
    queries.clear();
    // Loaded only where there was somebody else: what they unlocked is locked again.
    if (keptAccountId() !== account.id) (await import('../door/vault.ts')).lockVaults();
    keepAccount(account);
    queries.setQueryData(me.queryKey, account);
    await navigate({ href: next ?? '/', replace: true });
  };
}
