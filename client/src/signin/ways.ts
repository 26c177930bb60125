import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../domain/wire/api.ts';
import { call } from '../api/call.ts';

/** How one can sign in here beside name and password. */
export const ways = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => call(api.ways, {}, signal),
  staleTime: 10 * 60_000,
});
