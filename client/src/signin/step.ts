import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../domain/wire/api.ts';
import { call } from '../api/call.ts';

/** How far this browser is with signing in. */
export const step = queryOptions({
  queryKey: ['sign-in-step'],
  queryFn: async ({ signal }) => (await call(api.step, {}, signal)).entered,
  staleTime: 0,
});
