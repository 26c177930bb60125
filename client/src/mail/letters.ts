import { keepPreviousData } from '@tanstack/react-query';

import type { LetterState } from '../../../domain/mail/letter.ts';
import { mailContracts } from '../../../domain/wire/mail.ts';
import { call } from '../api/call.ts';
import { usePaged } from '../parts/paged.ts';
import type { State } from '../parts/StateMark.tsx';

/** The shape and colour of each state; its word stands beside it. */
export const SHAPES: Readonly<Record<LetterState, State>> = {
  waiting: 'pending',
  sending: 'submitted',
  sent: 'accepted',
  kept: 'draft',
  failed: 'absent',
  bounced: 'returned',
  withdrawn: 'closed',
};

export interface LetterFilter {
  readonly q: string;
  readonly state: LetterState | null;
}

/** Under which all that is asked about letters is kept. */
export function mailKey(conference: string) {
  return ['conference', conference, 'mail'] as const;
}

const ROWS = 200;
/** While letters are on their way the list is looked at again so often; else what came back shows after a while. */
const MOVING_MS = 3000;
const STILL_MS = 20_000;

/** Letters as they are asked for, page by page as their end comes into sight. */
export function useLetters(conference: string, { q, state }: LetterFilter) {
  return usePaged(
    [...mailKey(conference), 'list', q, state],
    (cursor, signal) =>
      call(
        mailContracts.searchLetters,
        { params: { conference }, body: { limit: ROWS, cursor, q: q || undefined, state } },
        signal,
      ),
    {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) => {
        const counts = data?.pages[0]?.counts;
        return counts !== undefined && counts.waiting + counts.sending > 0 ? MOVING_MS : STILL_MS;
      },
    },
  );
}
