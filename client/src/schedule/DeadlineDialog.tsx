import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { lastDayOf } from '../../../domain/schedule/calendar.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { addDays, civilDateOf, startOfDay, type CivilDate, type Instant } from '../../../domain/time.ts';
import {
  scheduleContracts,
  type DeadlineName,
  type ScheduledConference,
  type ScheduledDeadline,
} from '../../../domain/wire/schedule.ts';
import { call } from '../api/call.ts';
import { forestQuery } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { BridgePicker } from '../bridges/BridgePicker.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Findings } from '../parts/Findings.tsx';
import { Failure, Loading } from '../parts/Pages.tsx';
import { useDeadlineTime, useDeadlineTitle } from './Entry.tsx';
import classes from './dialogs.module.css';
import { DateField, TimeField } from '../parts/TimeFields.tsx';
import { instantAt } from './Moment.tsx';
import type { Deeds } from './useSchedule.ts';

/** A deadline: what it is for, until when, and what another date would do; without a right to change it only the first two. */
export function DeadlineDialog({
  deadline,
  deeds,
  onClose,
}: {
  deadline: ScheduledDeadline;
  deeds: Deeds;
  onClose: () => void;
}) {
  const { t } = useWords();
  const titleOf = useDeadlineTitle();
  const timeOf = useDeadlineTime();
  return (
    <Dialog title={t('schedule.deadline')} onClose={onClose}>
      <Stack>
        <Text>{titleOf(deadline)}</Text>
        {deadline.owner === null ? null : <Text c="dimmed">{deadline.owner}</Text>}
        <Text fw={600} className={classes['capital'] ?? ''}>
          {timeOf(deadline, lastDayOf(deadline.dueBefore))}
        </Text>
        {deadline.mayChange ? (
          <Changing
            conference={deadline.conference}
            of={deadline.of}
            was={deadline.dueBefore}
            start={deadline.dueBefore}
            title={titleOf(deadline)}
            deeds={deeds}
            onClose={onClose}
          />
        ) : null}
      </Stack>
    </Dialog>
  );
}

/** Another deadline within a conference: until when those below a bridge report to it. */
export function NewDeadline({
  conferences,
  day,
  deeds,
  onClose,
}: {
  conferences: readonly ScheduledConference[];
  day: CivilDate;
  deeds: Deeds;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [conference, setConference] = useState(conferences[0]?.id ?? '');
  const forest = useQuery(forestQuery(conference));
  const [bridge, setBridge] = useState<BridgeId | null>(null);
  const name = forest.data?.forest.nodes.find(({ id }) => id === bridge)?.name ?? '';
  return (
    <Dialog title={t('schedule.newDeadline')} onClose={onClose}>
      <Stack>
        <Text>{t('schedule.innerWhat')}</Text>
        {conferences.length < 2 ? null : (
          <NativeSelect
            label={t('schedule.conference')}
            value={conference}
            data={conferences.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(event) => {
              setConference(event.currentTarget.value);
              setBridge(null);
            }}
          />
        )}
        {forest.data === undefined ? (
          forest.error === null ? (
            <Loading minHeight={80} />
          ) : (
            <Failure error={forest.error} />
          )
        ) : (
          <BridgePicker
            key={conference}
            forest={forest.data.forest}
            label={t('schedule.innerBridge')}
            value={bridge}
            autoFocus
            onPick={setBridge}
          />
        )}
        {bridge === null ? null : (
          <Changing
            key={bridge}
            conference={conference}
            of={{ kind: 'inner', bridge }}
            was={null}
            start={startOfDay(addDays(day, 1))}
            title={t('schedule.innerOf', { bridge: name })}
            deeds={deeds}
            onClose={onClose}
          />
        )}
      </Stack>
    </Dialog>
  );
}

function Changing({
  conference,
  of,
  was,
  start,
  title,
  deeds,
  onClose,
}: {
  conference: string;
  of: DeadlineName;
  was: Instant | null;
  start: Instant;
  title: string;
  deeds: Deeds;
  onClose: () => void;
}) {
  const { t } = useWords();
  const timeOf = useDeadlineTime();
  const isWhole = startOfDay(civilDateOf(start)) === start;
  const [day, setDay] = useState(lastDayOf(start));
  const [clock, setClock] = useState(isWhole ? null : formatTime(start));
  // "Hết ngày" ends where the next day begins.
  const dueBefore = clock === null ? startOfDay(addDays(day, 1)) : instantAt(day, clock);
  const [asked] = useDebouncedValue(dueBefore, 250);
  const effect = useQuery({
    queryKey: ['conference', conference, 'deadline-preview', of, asked],
    queryFn: ({ signal }) =>
      call(
        scheduleContracts.previewDeadline,
        { params: { conference }, body: { of, dueBefore: asked } },
        signal,
      ),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const save = useMutation({
    mutationFn: () =>
      deeds.setDeadline(
        { conference, of },
        was,
        dueBefore,
        t('schedule.deadlineSet', { title, when: timeOf({ dueBefore }, day) }),
      ),
    onSuccess: onClose,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <Group gap="sm" wrap="nowrap" align="flex-start" grow>
          <DateField
            label={t('schedule.lastDay')}
            value={day}
            required
            onRead={(to) => {
              if (to !== null) setDay(to);
            }}
          />
          <TimeField label={t('schedule.lastHour')} value={clock} onRead={setClock} />
        </Group>
        {of.kind === 'plan' ? <Text>{t('schedule.planDeadline')}</Text> : null}
        <div className={classes['preview']} role="status" aria-live="polite">
          {effect.data === undefined ? (
            effect.error === null ? (
              <Text c="dimmed">{t('schedule.checking')}</Text>
            ) : null
          ) : effect.data.findings.length === 0 ? (
            <Text>{t('schedule.noEffect')}</Text>
          ) : (
            <Findings findings={effect.data.findings} />
          )}
          {effect.error === null ? null : <Failure error={effect.error} />}
        </div>
        {save.error === null ? null : <Failure error={save.error} />}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={dueBefore === was}>
            {t('schedule.saveDeadline')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
