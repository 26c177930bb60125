import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { peopleContracts, type RosterDeed } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './people.module.css';

/** The last changes of the roster; the newest that stands can be taken back. */
export function RosterChanges({ conference, mayUndo }: { conference: string; mayUndo: boolean }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const changes = useQuery({
    queryKey: ['conference', conference, 'roster changes'],
    queryFn: ({ signal }) => call(peopleContracts.rosterChanges, { params: { conference } }, signal),
  });
  const undo = useMutation({
    mutationFn: (place: number) =>
      call(peopleContracts.undoRoster, { params: { conference }, body: { place } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conference', conference] }),
  });
  const items = changes.data?.items ?? [];
  const last = items.find((change) => !change.undone);
  const say = (change: RosterDeed) =>
    t(`roster.${change.kind}`, { what: change.what, n: formatNumber(change.people, language) });
  if (items.length === 0) return null;
  return (
    <details className={classes['details']}>
      <summary>
        {last === undefined ? t('composition.history') : t('composition.last', { words: say(last) })}
      </summary>
      <ol className={classes['found']}>
        {items.map((change) => (
          <li key={change.place}>
            <Group justify="space-between" gap="xs" mih={44}>
              <span>
                <Text span {...(change.undone ? { td: 'line-through' } : {})}>
                  {say(change)}
                </Text>{' '}
                <Text span c="dimmed" size="sm">
                  {change.undone ? `${t('composition.undone')} · ` : ''}
                  {change.by === '' ? '' : `${change.by}, `}
                  {formatDateTime(change.at, language)}
                </Text>
              </span>
              {mayUndo && change.canUndo ? (
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
