import { Button, Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { PersonId } from '../../../domain/ids.ts';
import { peopleContracts } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import classes from './people.module.css';

export interface Picked {
  readonly id: PersonId;
  readonly name: string;
}

const FOUND = 8;

/** People of the roster, found by name, post or unit, and chosen one after the other. */
export function PersonPicker({
  conference,
  chosen,
  most = 2000,
  onChange,
}: {
  conference: string;
  chosen: readonly Picked[];
  most?: number;
  onChange: (chosen: Picked[]) => void;
}) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const found = useQuery({
    queryKey: ['conference', conference, 'people', 'found', query],
    queryFn: ({ signal }) =>
      call(peopleContracts.people, { params: { conference }, body: { q: query, limit: FOUND } }, signal),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
  const isChosen = (id: PersonId) => chosen.some((one) => one.id === id);
  const add = (one: Picked) => onChange(most === 1 ? [one] : [...chosen, one]);
  return (
    <div>
      {chosen.length === 0 ? (
        <Text c="dimmed">{t('picker.nobody')}</Text>
      ) : (
        <ul className={classes['chosen']} aria-label={t('picker.chosen')}>
          {chosen.map((one) => (
            <li key={one.id}>
              <b>{one.name}</b>{' '}
              <Button
                variant="default"
                aria-label={t('picker.leaveOut', { name: one.name })}
                onClick={() => onChange(chosen.filter(({ id }) => id !== one.id))}
              >
                {t('clauses.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <SearchField label={t('people.search')} onSearch={setQuery} />
      {found.error === null ? null : <Failure error={found.error} />}
      {query === '' ? null : (
        <ul className={classes['found']} aria-label={t('picker.found')}>
          {(found.data?.items ?? []).map(({ id, name, positions }) => (
            <li key={id}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <span>
                  <b>{name}</b>{' '}
                  <span className={classes['note']}>{positions.map(({ text }) => text).join(' · ')}</span>
                </span>
                <Button
                  variant="default"
                  disabled={isChosen(id) || (most > 1 && chosen.length >= most)}
                  aria-label={t('picker.chooseOf', { name })}
                  onClick={() => add({ id, name })}
                >
                  {t('picker.choose')}
                </Button>
              </Group>
            </li>
          ))}
          {found.data?.items.length === 0 ? <li>{t('people.nobody')}</li> : null}
        </ul>
      )}
    </div>
  );
}
