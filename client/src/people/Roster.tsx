import { Button, Group, NativeSelect, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';

import type { PersonId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Answered, Nothing } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './people.module.css';
import { SHOWN, usePeople, type PeopleFilter } from './peopleList.ts';
import { PersonPanel } from './PersonPanel.tsx';

const WHOLE: PeopleFilter = { q: '', show: 'all' };

/** The roster, searched and narrowed down; a name opens the person. */
export function Roster({
  conference,
  mayChange,
  onImport,
}: {
  conference: string;
  mayChange: boolean;
  onImport: (() => void) | null;
}) {
  const { t, language } = useWords();
  const [filter, setFilter] = useState(WHOLE);
  const [open, setOpen] = useState<PersonId | null>(null);
  const { list, items: people, more, hasMore } = usePeople(conference, filter);
  return (
    <Answered query={list}>
      {() =>
        people.length === 0 && filter.q === '' && filter.show === 'all' ? (
          <Nothing title={t('people.none')}>
            {onImport === null ? null : (
              <>
                <Text>{t('people.begin')}</Text>
                <Button onClick={onImport}>{t('people.import')}</Button>
              </>
            )}
          </Nothing>
        ) : (
          <>
            <Group align="flex-end" className={classes['filters'] ?? ''}>
              <SearchField
                label={t('people.search')}
                onSearch={(q) => setFilter((before) => (before.q === q ? before : { ...before, q }))}
              />
              <NativeSelect
                label={t('placement.show')}
                value={filter.show}
                data={SHOWN.map((value) => ({ value, label: t(`people.filter.${value}`) }))}
                onChange={(event) => {
                  const show = SHOWN.find((one) => one === event.currentTarget.value) ?? 'all';
                  setFilter((before) => ({ ...before, show }));
                }}
              />
            </Group>
            <p className={classes['count']} role="status">
              {people.length === 0
                ? t('people.nobody')
                : t(hasMore ? 'people.shownFirst' : 'people.shown', {
                    n: formatNumber(people.length, language),
                  })}
            </p>
            <VirtualRows
              label={t('people.title')}
              count={people.length}
              rowHeight={64}
              keyOf={(index) => people[index]?.id ?? String(index)}
              onEnd={more}
              render={(index) => {
                const person = people[index];
                if (person === undefined) return null;
                return (
                  <div className={classes['row']}>
                    <UnstyledButton className={classes['name'] ?? ''} onClick={() => setOpen(person.id)}>
                      {person.name}
                    </UnstyledButton>
                    <span className={classes['posts']}>
                      {person.positions.map((position) => position.text).join(' · ')}
                    </span>
                    <span className={classes['note']}>
                      {person.precedence === null ? '' : t('people.precedence', { n: person.precedence })}
                    </span>
                  </div>
                );
              }}
            />
            {open === null ? null : (
              <PersonPanel
                conference={conference}
                id={open}
                mayChange={mayChange}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        )
      }
    </Answered>
  );
}
