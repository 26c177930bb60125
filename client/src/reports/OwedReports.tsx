import { Button, Group, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { formatDateTime } from '../../../domain/text/dates.ts';
import type { Instant } from '../../../domain/time.ts';
import { reminderContracts, type OwedReport } from '../../../domain/wire/reminders.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { useServerClock } from '../parts/serverClock.ts';
import { Countdown } from './Countdown.tsx';
import classes from './OwedReports.module.css';

const AGAIN_MS = 60_000;

export const owedReports = queryOptions({
  queryKey: ['my', 'headcounts'],
  queryFn: ({ signal }) => call(reminderContracts.myHeadcounts, {}, signal),
});

/** The reports that one's own bridges still owe, each with its deadline and the last time that it was asked for. */
export function OwedReports() {
  const { t } = useWords();
  const owed = useQuery({ ...owedReports, refetchInterval: AGAIN_MS });
  if (owed.data === undefined || owed.data.items.length === 0) return null;
  const { asOf, items } = owed.data;
  return (
    <section aria-label={t('owed.title')}>
      <ul className={classes['owed']}>
        {items.map((one) => (
          <Owed key={`${one.conference} ${one.bridge}`} owed={one} asOf={asOf} />
        ))}
      </ul>
    </section>
  );
}

function Owed({ owed, asOf }: { owed: OwedReport; asOf: Instant }) {
  const { t, language } = useWords();
  const now = useServerClock(asOf);
  const { conference, conferenceTitle, bridge, bridgeName, dueBefore, returnedWith, reminder } = owed;
  return (
    <li className={classes['owedCard']}>
      <Group justify="space-between" gap="sm">
        <Stack gap={4} className={classes['owedWords'] ?? ''}>
          <Text fw={600}>{t('owed.of', { name: bridgeName })}</Text>
          <Text c="dimmed" size="sm">
            {conferenceTitle}
          </Text>
          <Countdown dueBefore={dueBefore} now={now} />
          {returnedWith === null ? null : (
            <Text>{t('reports.returnedBecause', { remark: returnedWith })}</Text>
          )}
          {reminder === null ? null : (
            <Text>
              {t('owed.reminded', { at: formatDateTime(reminder.at, language), by: reminder.by })}
              {reminder.words === null ? '' : ` “${reminder.words}”`}
            </Text>
          )}
        </Stack>
        <Button
          size="md"
          renderRoot={(props) => (
            <Link
              to="/conferences/$conference/bridges/$bridge/headcount"
              params={{ conference, bridge }}
              {...props}
            />
          )}
        >
          {t('owed.open')}
        </Button>
      </Group>
    </li>
  );
}
