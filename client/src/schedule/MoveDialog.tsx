import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { formatSpan } from '../../../domain/schedule/sentences.ts';
import { movedTo } from '../../../domain/schedule/session.ts';
import type { Instant } from '../../../domain/time.ts';
import type { ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import { Preview, usePreview } from './Preview.tsx';
import type { Deeds } from './useSchedule.ts';

/** A session that was put down elsewhere: from when to when, and what that stands in the way of, before it is moved. */
export function MoveDialog({
  session,
  startsAt,
  deeds,
  onClose,
}: {
  session: ScheduledSession;
  startsAt: Instant;
  deeds: Deeds;
  onClose: () => void;
}) {
  const { t, language } = useWords();
  const times = movedTo(session, startsAt);
  const preview = usePreview(session.conference, session.id, times);
  const conflicts = preview.data?.conflicts.length ?? 0;
  const to = formatSpan(times.startsAt, times.endsAt, language);
  const move = useMutation({
    mutationFn: () => {
      const said = t('schedule.moved', { title: session.title, to });
      return session.ofPlan ? deeds.moveOfPlan(session, times, said) : deeds.change(session, times, said);
    },
    onSuccess: onClose,
  });
  return (
    <Dialog title={t('schedule.moveTitle', { title: session.title })} onClose={onClose}>
      <Stack>
        <Text>
          {t('schedule.moveFrom', { from: formatSpan(session.startsAt, session.endsAt, language) })}
        </Text>
        <Text fw={600}>{t('schedule.moveTo', { to })}</Text>
        {session.ofPlan ? <Text>{t('schedule.planMoves')}</Text> : null}
        <Preview preview={preview} of={session} />
        {move.error === null ? null : <Failure error={move.error} />}
        <Group>
          <Button data-autofocus loading={move.isPending} onClick={() => move.mutate()}>
            {conflicts === 0 ? t('schedule.move') : t('schedule.moveAnyway')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
