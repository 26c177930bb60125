import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import type { PersonId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { postParts } from '../../../domain/text/posts.ts';
import { seatingContracts, type SeatRow } from '../../../domain/wire/seating.ts';
import { call, isOutOfDate } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Nothing } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { SeatField } from './SeatField.tsx';
import classes from './seating.module.css';
import { foundIn, seatKey, seatsOf, type At } from './seats.ts';

interface Props {
  readonly at: At;
  readonly rows: readonly SeatRow[];
  readonly mayWrite: boolean;
}

/** Everybody in official order, each with a field for the seat number; Enter and arrows go from one to the next. */
export function SeatList({ at, rows, mayWrite }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [query, setQuery] = useState('');
  const [next, setNext] = useState<PersonId | null>(null);
  const { conference, bridge } = at;
  const keys = useMemo(() => rows.map(seatKey), [rows]);
  const found = useMemo(() => foundIn(rows, keys, query), [rows, keys, query]);
  const save = useCallback(
    async (row: SeatRow, typed: string) => {
      const { queryKey } = seatsOf({ conference, bridge });
      const params = { conference, bridge, person: row.person };
      try {
        const { number } = await call(seatingContracts.setSeatNumber, {
          params,
          body: { was: row.number, number: typed },
        });
        queries.setQueryData(queryKey, (known) =>
          known === undefined
            ? known
            : {
                ...known,
                items: known.items.map((one) => (one.person === row.person ? { ...one, number } : one)),
              },
        );
      } catch (error) {
        if (isOutOfDate(error)) void queries.invalidateQueries({ queryKey });
        throw error;
      }
    },
    [queries, conference, bridge],
  );
  const number = (n: number) => formatNumber(n, language);
  const given = rows.filter((row) => row.number !== null).length;
  return (
    <div className={classes['list']}>
      <div className={classes['controls']}>
        <SearchField label={t('seating.search')} onSearch={setQuery} pause={0} />
        <Text role="status">
          {query === ''
            ? t('seating.counts', { n: number(given), of: number(rows.length) })
            : t('seating.found', { n: number(found.length) })}
        </Text>
      </div>
      {mayWrite && found.length > 0 ? <p className={classes['hint']}>{t('seating.keys')}</p> : null}
      {found.length === 0 ? (
        <Nothing title={t('seating.nobody')}>
          <Text>{t('seating.nobodyMore')}</Text>
        </Nothing>
      ) : (
        <VirtualRows
          label={t('seating.list')}
          count={found.length}
          rowHeight={66}
          shown={next === null ? undefined : found.findIndex(({ person }) => person === next)}
          keyOf={(index) => found[index]?.person ?? String(index)}
          render={(index) => {
            const row = found[index];
            return row === undefined ? null : (
              <div className={classes['person']}>
                <span>
                  <b>{row.name}</b>
                  {row.isChair ? <span className={classes['chair']}> · {t('seating.chair')}</span> : null}
                  <br />
                  <span className={classes['dim']}>{postParts(row.position, row.unit).join(' · ')}</span>
                </span>
                {mayWrite ? (
                  <SeatField
                    row={row}
                    isNext={next === row.person}
                    onSave={save}
                    onGo={(steps) => setNext(found[index + steps]?.person ?? row.person)}
                    onFocused={() => setNext(row.person)}
                  />
                ) : (
                  <span className={classes['shown']}>{row.number ?? t('seating.noNumber')}</span>
                )}
              </div>
            );
          }}
        />
      )}
    </div>
  );
}
