import { queryOptions } from '@tanstack/react-query';

import { passkeyContracts } from '../../../domain/wire/passkeys.ts';
import { secondFactorContracts } from '../../../domain/wire/second-factor.ts';
import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { singleSignOnContracts } from '../../../domain/wire/single-sign-on.ts';
import { call } from '../api/call.ts';

export const myAccount = queryOptions({
  queryKey: ['my-account'],
  queryFn: ({ signal }) => call(signInContracts.myAccount, {}, signal),
});
export const mySecondFactor = queryOptions({
  queryKey: ['my-account', 'second-factor'],
  queryFn: ({ signal }) => call(secondFactorContracts.secondFactor, {}, signal),
});
export const myPasskeys = queryOptions({
  queryKey: ['my-account', 'passkeys'],
  queryFn: ({ signal }) => call(passkeyContracts.passkeys, {}, signal),
});
export const mySingleSignOn = queryOptions({
  queryKey: ['my-account', 'single-sign-on'],
  queryFn: ({ signal }) => call(singleSignOnContracts.mySingleSignOn, {}, signal),
});
export const mySignIns = queryOptions({
  queryKey: ['my-account', 'sign-ins'],
  queryFn: ({ signal }) => call(signInContracts.signIns, {}, signal),
});
