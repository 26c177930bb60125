import { keepPreviousData } from '@tanstack/react-query';

import { peopleContracts } from '../../../domain/wire/people.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import { call } from '../api/call.ts';
import { usePaged } from '../parts/paged.ts';

type Show = NonNullable<BodyInput<typeof peopleContracts.people>['show']>;
/** The ways to narrow the roster down. */
export const SHOWN = [
  'all',
  'without-seat',
  'without-position',
  'without-contact',
  'without-card',
] as const satisfies readonly ('all' | Show)[];
export interface PeopleFilter {
  readonly q: string;
  readonly show: (typeof SHOWN)[number];
}

const ROWS = 200;

/** The roster as it is asked for, page by page as its end comes into sight. */
export function usePeople(conference: string, { q, show }: PeopleFilter) {
  return usePaged(
    ['conference', conference, 'people', 'list', q, show],
    (cursor, signal) =>
      call(
        peopleContracts.people,
        {
          params: { conference },
          body: { limit: ROWS, cursor, q: q || undefined, show: show === 'all' ? undefined : show },
        },
        signal,
      ),
    { placeholderData: keepPreviousData },
  );
}
