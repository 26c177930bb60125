import { account } from './vi/account.ts';
import { app } from './vi/app.ts';

/** What the first screens say, before and while somebody signs in: it comes with the program. */
export const viFirst = { ...account, ...app };
