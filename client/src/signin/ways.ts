import { queryOptions } from '@tanstack/react-query';

import { singleSignOnContracts } from '../../../domain/wire/single-sign-on.ts';
import { call } from '../api/call.ts';

/** How one can sign in here beside name and password. */
export const ways = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => call(singleSignOnContracts.ways, {}, signal),
  staleTime: 10 * 60_000,
});
