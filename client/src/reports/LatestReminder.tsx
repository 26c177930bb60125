import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { reminderState } from '../../../domain/reports/reminders.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { reminderContracts, type Reminder } from '../../../domain/wire/reminders.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import { useServerClock } from '../parts/serverClock.ts';
import classes from './reports.module.css';

export function remindersKey(conference: string) {
  return ['conference', conference, 'reports', 'reminders'] as const;
}

const LOOK_MS = 20_000;
/** While one waits, and as it is being seen, it is looked at more often. */
const WAITING_MS = 2000;
const NEW_MS = 5 * 60_000;

/** The reminder that waits, with the way to take it back; else the last that went out. Everybody who organizes sees the same. */
export function LatestReminder({ conference, top }: { conference: string; top: string }) {
  const { data } = useQuery({
    queryKey: [...remindersKey(conference), top],
    queryFn: ({ signal }) =>
      call(reminderContracts.reminders, { params: { conference, bridge: top } }, signal),
    refetchInterval: ({ state: { data: known } }) =>
      known?.items.some(
        (one) => reminderState(one) === 'waiting' || known.asOf - (one.sentAt ?? 0) < NEW_MS,
      ) === true
        ? WAITING_MS
        : LOOK_MS,
  });
  const waiting = data?.items.filter((one) => reminderState(one) === 'waiting') ?? [];
  const last = data?.items.find((one) => reminderState(one) !== 'waiting');
  return (
    <>
      {waiting.map((one) => (
        <Waiting key={one.id} conference={conference} reminder={one} asOf={data?.asOf} />
      ))}
      {last === undefined ? null : <Gone reminder={last} />}
    </>
  );
}

function Waiting({
  conference,
  reminder,
  asOf,
}: {
  conference: string;
  reminder: Reminder;
  asOf: Parameters<typeof useServerClock>[0];
}) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const now = useServerClock(asOf);
  const { id, bridge, bridgeName, by, goesAt, whom } = reminder;
  const withdraw = useMutation({
    mutationFn: () =>
      call(reminderContracts.withdrawReminder, { params: { conference, bridge, reminder: id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: remindersKey(conference) }),
  });
  const seconds = Math.max(0, Math.ceil((goesAt - now) / 1000));
  return (
    <Alert color="blue" className={classes['waiting'] ?? ''} role="status">
      <Group justify="space-between" gap="sm">
        <Text>
          {seconds > 0
            ? t('remind.waiting', {
                s: formatNumber(seconds, language),
                who: t(`reminded.${whom}`),
                name: bridgeName,
                by,
              })
            : t('remind.going')}
        </Text>
        <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('remind.takeBack')}
        </Button>
      </Group>
      {withdraw.error === null ? null : <Failure error={withdraw.error} />}
    </Alert>
  );
}

function Gone({ reminder }: { reminder: Reminder }) {
  const { t, language } = useWords();
  const { sentAt, reached, seen, letters, by, withdrawnAt } = reminder;
  const n = (count: number) => formatNumber(count, language);
  return (
    <Text c="dimmed" size="sm" className={classes['gone'] ?? ''}>
      {sentAt === null
        ? t('remind.withdrawn', { at: formatDateTime(withdrawnAt ?? reminder.askedAt, language) })
        : t('remind.gone', { at: formatDateTime(sentAt, language), n: n(reached), seen: n(seen), by })}
      {letters === 0 ? null : ` ${t('remind.goneByMail', { n: n(letters) })}`}
    </Text>
  );
}
