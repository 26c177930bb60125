import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { placementContracts, type PlacementSummary } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './composition.module.css';

interface Props {
  readonly conference: string;
  readonly mayUndo: boolean;
  readonly onUndone: (placed: PlacementSummary) => Promise<void>;
}

/** The last changes of the composition; the newest that stands can be taken back. */
export function History({ conference, mayUndo, onUndone }: Props) {
  const { t, language } = useWords();
  const changes = useQuery({
    queryKey: ['conference', conference, 'composition changes'],
    queryFn: ({ signal }) => call(placementContracts.compositionChanges, { params: { conference } }, signal),
  });
  const undo = useMutation({
    mutationFn: (place: number) =>
      call(placementContracts.undoComposition, { params: { conference }, body: { place } }),
    onSuccess: onUndone,
  });
  const items = changes.data?.items ?? [];
  const last = items.find((change) => !change.undone);
  if (items.length === 0) return null;
  return (
    <details className={classes['details']}>
      <summary>
        {last === undefined ? t('composition.history') : t('composition.last', { words: last.words })}
      </summary>
      <ol className={classes['plain']}>
        {items.map((change) => (
          <li key={change.place}>
            <Group justify="space-between" gap="xs" mih={44}>
              <span>
                <Text span {...(change.undone ? { td: 'line-through' } : {})}>
                  {change.words}
                </Text>{' '}
                <Text span c="dimmed" size="sm">
                  {change.undone ? `${t('composition.undone')} · ` : ''}
                  {change.by === '' ? '' : `${change.by}, `}
                  {formatDateTime(change.at, language)}
                </Text>
              </span>
              {mayUndo && change.place === last?.place ? (
                <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(change.place)}>
                  {t('composition.undo')}
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
