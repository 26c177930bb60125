import { useState } from 'react';

import { sessionOfNow } from '../../../domain/schedule/of-now.ts';
import type { ListedSession } from '../../../domain/wire/schedule.ts';
import { serverNow } from './serverClock.ts';

/** `sessionOfNow` at the time when the page came up. */
export function useSessionOfNow(sessions: readonly ListedSession[] | undefined): ListedSession | undefined {
  const [now] = useState(serverNow);
  return sessions === undefined ? undefined : sessionOfNow(sessions, now);
}
