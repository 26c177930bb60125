import { Button, CloseButton, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { useWords } from '../app/language.ts';
import { Refusal } from './Refusal.tsx';
import classes from './schedule.module.css';
import type { Deeds } from './useSchedule.ts';

/** Says what was just kept, and takes it back. */
export function LastDeed({ deeds }: { deeds: Deeds }) {
  const { t } = useWords();
  const undo = useMutation({ mutationFn: () => deeds.undoLast() });
  const { last } = deeds;
  return (
    <div className={classes['deed']} role="status" data-open={last !== null || undefined}>
      {last === null ? (
        undo.isSuccess ? (
          <Text c="dimmed" size="sm">
            {t('schedule.undone')}
          </Text>
        ) : null
      ) : (
        <Group gap="sm" wrap="nowrap">
          <Text>{last.message}</Text>
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
            {t('schedule.undo')}
          </Button>
          <CloseButton size={44} aria-label={t('app.close')} onClick={deeds.forget} />
        </Group>
      )}
      {undo.error === null ? null : <Refusal error={undo.error} />}
    </div>
  );
}
