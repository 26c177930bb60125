import { Button, CloseButton, Group, Text } from '@mantine/core';

import { useWords } from '../app/language.ts';
import classes from './LastDeed.module.css';
import { Failure } from './Pages.tsx';
import type { LastDeeds } from './useLastDeed.ts';

/** Says what was just kept, and takes it back: at the foot of the window, wherever the page stands. */
export function LastDeed({ of: { last, ...of }, undo }: { of: LastDeeds; undo?: string }) {
  const { t } = useWords();
  return (
    <div className={classes['deed']} role="status" data-open={last !== null || undefined}>
      {last === null ? (
        of.undone === undefined ? null : (
          <Text c="dimmed" size="sm">
            {of.undone}
          </Text>
        )
      ) : (
        <Group gap="sm" wrap="nowrap">
          <Text>{last.message}</Text>
          <Button variant="default" flex="none" loading={of.isPending} onClick={of.takeBack}>
            {undo ?? t('changes.undo')}
          </Button>
          <CloseButton size={44} aria-label={t('app.close')} onClick={of.forget} />
        </Group>
      )}
      {of.error === null ? null : <Failure error={of.error} />}
    </div>
  );
}
