import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { formatDateTime } from '../../../domain/text/dates.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import classes from './LastChanges.module.css';
import { Failure } from './Pages.tsx';

export interface LastChange {
  /** Of its own among those of the list. */
  readonly place: number;
  readonly words: string;
  /** Empty where nobody is known. */
  readonly by: string;
  readonly at: Instant;
  readonly undone: boolean;
  readonly canUndo: boolean;
}

/** The last changes of something, newest first, folded away; what can be taken back has its button. */
export function LastChanges({
  changes,
  onUndo,
}: {
  readonly changes: readonly LastChange[];
  readonly onUndo: (place: number) => Promise<unknown>;
}) {
  const { t, language } = useWords();
  const undo = useMutation({ mutationFn: onUndo });
  const last = changes.find((change) => !change.undone);
  if (changes.length === 0) return null;
  return (
    <details className={classes['changes']}>
      <summary>{last === undefined ? t('changes.title') : t('changes.last', { words: last.words })}</summary>
      <ol>
        {changes.map((change) => (
          <li key={change.place}>
            <Group justify="space-between" gap="xs" mih={44}>
              <span>
                <Text span {...(change.undone && { td: 'line-through' })}>
                  {change.words}
                </Text>{' '}
                <Text span c="dimmed" size="sm">
                  {change.undone ? `${t('changes.undone')} · ` : ''}
                  {change.by === '' ? '' : `${change.by}, `}
                  {formatDateTime(change.at, language)}
                </Text>
              </span>
              {change.canUndo ? (
                <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(change.place)}>
                  {t('changes.undo')}
                </Button>
              ) : null}
            </Group>
          </li>
        ))}
      </ol>
      {undo.error === null ? null : <Failure error={undo.error} />}
    </details>
  );
}
