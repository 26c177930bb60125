import { queryOptions } from '@tanstack/react-query';

import { calendarContracts, type CalendarFeedRow } from '../../../domain/wire/calendars.ts';
import { call } from '../api/call.ts';
import type { useWords } from '../app/language.ts';

export const feedsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: ({ signal }) => call(calendarContracts.calendarFeeds, {}, signal),
});

/** What a calendar is called in lists. */
export function feedName({ bridge }: CalendarFeedRow, t: ReturnType<typeof useWords>['t']): string {
  return bridge === null ? t('calendars.mine') : (bridge.name ?? t('calendars.lost'));
}
