import { Button, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { api } from '../../../domain/wire/api.ts';
import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call, fileOf } from '../api/call.ts';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { ImportPreviewView } from './ImportPreviewView.tsx';
import classes from './people.module.css';

/** The roster, and the way to bring one in. */
export function PeoplePage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/people' });
  const mayImport = holdsWhole(useMe().data, conference, 'organize');
  const [bringing, setBringing] = useState(false);
  const preview = useMutation({
    mutationFn: async (file: File) =>
      await call(api.previewPeople, {
        params: { conference },
        body: await fileOf(file),
      }),
  });
  const finished = useCallback(() => {
    preview.reset();
    setBringing(false);
    // The mutation is one object for the life of the page.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <>
      <PageHead title={t('people.title')}>
        {mayImport ? (
          <>
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/conferences/$conference/retention" params={{ conference }} {...props} />
              )}
            >
              {t('retention.link')}
            </Button>
            <Button
              variant={bringing ? 'default' : 'filled'}
              onClick={() => (bringing ? finished() : setBringing(true))}
            >
              {t(bringing ? 'app.cancel' : 'people.import')}
            </Button>
          </>
        ) : null}
      </PageHead>
      {bringing && preview.data === undefined ? (
        <FileDrop
          invitation={t('people.drop')}
          accept=".xlsx,.csv"
          working={preview.isPending ? t('people.reading') : null}
          onFile={(file) => preview.mutate(file)}
        />
      ) : null}
      {preview.error === null ? null : <Failure error={preview.error} />}
      {bringing && preview.data !== undefined ? (
        <ImportPreviewView conference={conference} preview={preview.data} onDone={finished} />
      ) : null}
      {bringing ? null : (
        <Roster conference={conference} onImport={mayImport ? () => setBringing(true) : null} />
      )}
    </>
  );
}

function Roster({ conference, onImport }: { conference: string; onImport: (() => void) | null }) {
  const { t, language } = useWords();
  const [query, setQuery] = useState('');
  const list = useInfiniteQuery({
    queryKey: ['conference', conference, 'people', 'list', query],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.people,
        { params: { conference }, body: { limit: 200, cursor: pageParam, q: query || undefined } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const people = list.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Answered query={list}>
      {() =>
        people.length === 0 && query === '' ? (
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
            <SearchField label={t('people.search')} onSearch={setQuery} />
            <p className={classes['count']} role="status">
              {people.length === 0
                ? t('people.nobody')
                : t(hasNextPage ? 'people.shownFirst' : 'people.shown', {
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
                    <span className={classes['name']}>{person.name}</span>
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
          </>
        )
      }
    </Answered>
  );
}
