import { Button, CloseButton, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './BridgesPage.module.css';
import type { Deed, Deeds } from './deeds.ts';

/** Says what was just kept, and takes it back. */
export function LastDeed({ deeds }: { deeds: Deeds }) {
  const { t, language } = useWords();
  const undo = useMutation({ mutationFn: (deed: Deed) => deeds.undo(deed) });
  const { last } = deeds;
  const told = undo.data;
  return (
    <div className={classes['deed']} role="status" data-open={last !== null || undefined}>
      {last === null ? (
        told === undefined ? null : (
          <Text c="dimmed" size="sm">
            {t('bridges.undone', { n: formatNumber(told.changed, language) })}{' '}
            {told.left > 0 ? t('bridges.undoneLeft', { n: formatNumber(told.left, language) }) : ''}
          </Text>
        )
      ) : (
        <Group gap="sm" wrap="nowrap">
          <Text>{last.message}</Text>
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(last)}>
            {t('bridges.undo')}
          </Button>
          <CloseButton size={44} aria-label={t('app.close')} onClick={deeds.forget} />
        </Group>
      )}
      {undo.error === null ? null : <Failure error={undo.error} />}
    </div>
  );
}
