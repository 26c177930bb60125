import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../domain/wire/api.ts';
import { call } from '../api/call.ts';

export const myAccount = queryOptions({
  queryKey: ['my-account'],
  queryFn: ({ signal }) => call(api.myAccount, {}, signal),
});
export const mySecondFactor = queryOptions({
  queryKey: ['my-account', 'second-factor'],
  queryFn: ({ signal }) => call(api.secondFactor, {}, signal),
});
export const myPasskeys = queryOptions({
  queryKey: ['my-account', 'passkeys'],
  queryFn: ({ signal }) => call(api.passkeys, {}, signal),
});
export const mySingleSignOn = queryOptions({
  queryKey: ['my-account', 'single-sign-on'],
  queryFn: ({ signal }) => call(api.mySingleSignOn, {}, signal),
});
export const mySignIns = queryOptions({
  queryKey: ['my-account', 'sign-ins'],
  queryFn: ({ signal }) => call(api.signIns, {}, signal),
});
