import { account } from './en/account.ts';
import { app } from './en/app.ts';
import type { SameKeys } from './translation.ts';
import type { viFirst } from './viFirst.ts';

export const enFirst: SameKeys<typeof viFirst> = { ...account, ...app };
