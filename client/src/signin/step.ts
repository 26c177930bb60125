import { queryOptions } from '@tanstack/react-query';

import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { call } from '../api/call.ts';

/** How far this browser is with signing in. */
export const step = queryOptions({
  queryKey: ['sign-in-step'],
  queryFn: async ({ signal }) => (await call(signInContracts.step, {}, signal)).entered,
  staleTime: 0,
});
