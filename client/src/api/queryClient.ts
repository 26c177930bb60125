import { QueryClient } from '@tanstack/react-query';

import { isSignedOut, Refused } from './call.ts';

/** Asks again only where asking again can help: not after a refusal. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && !(error instanceof Refused),
    },
    mutations: { networkMode: 'always' },
  },
});

/** Forgets who was signed in as soon as any call says that nobody is. */
queries.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || event.query.state.status !== 'error') return;
  if (event.query.queryKey[0] !== 'me' && isSignedOut(event.query.state.error)) {
    void queries.invalidateQueries({ queryKey: ['me'] });
  }
});
