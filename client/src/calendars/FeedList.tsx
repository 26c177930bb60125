import { Button, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { calendarContracts } from '../../../domain/wire/calendars.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import { PlainList } from '../parts/PlainList.tsx';
import { feedName, feedsQuery } from './feeds.ts';

/** The links that somebody has made, with when they were read last: one that got out, or is not used, is ended here. */
export function FeedList() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const feeds = useQuery(feedsQuery);
  const end = useMutation({
    mutationFn: (feed: string) => call(calendarContracts.removeCalendarFeed, { body: { feed } }),
    onSettled: () => void queries.invalidateQueries(feedsQuery),
  });
  if (feeds.data === undefined || feeds.data.items.length === 0) return null;
  return (
    <section>
      <Title order={3} fz="md" mb="xs">
        {t('calendars.list')}
      </Title>
      {end.error === null ? null : <Failure error={end.error} />}
      <PlainList>
        {feeds.data.items.map((feed) => {
          const name = feedName(feed, t);
          const at = formatDateTime(feed.createdAt, language);
          return (
            <li key={feed.id}>
              <div>
                <Text fw={500}>{name}</Text>
                <Text c="dimmed" size="sm">
                  {t('calendars.createdAt', { at })}
                  {'; '}
                  {feed.readAt === null
                    ? t('calendars.never')
                    : t('calendars.readAt', { at: formatDateTime(feed.readAt, language) })}
                </Text>
              </div>
              <Button
                variant="default"
                aria-label={t('calendars.endOf', { name, at })}
                disabled={end.isPending}
                onClick={() => end.mutate(feed.id)}
              >
                {t('calendars.end')}
              </Button>
            </li>
          );
        })}
      </PlainList>
    </section>
  );
}
