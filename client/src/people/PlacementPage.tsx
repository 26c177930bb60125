import { Button, SegmentedControl, Table, Text, Title } from '@mantine/core';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { api } from '../../../domain/wire/api.ts';
import type { PlacementSummary } from '../../../domain/wire/placement.ts';
import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call, Refused } from '../api/call.ts';
import { Findings } from '../parts/Findings.tsx';
import { Failure, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { classWords } from '../plan/fields.ts';
import classes from './people.module.css';
import { SettingsView } from './SettingsView.tsx';

/** Who sits where, and why. */
export function PlacementPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/placement' });
  const queries = useQueryClient();
  const mayPlace = holdsWhole(useMe().data, conference, 'organize');
  const key = ['conference', conference, 'placement'];
  const summary = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(api.placement, { params: { conference } }, signal),
  });
  const place = useMutation({
    mutationFn: (settings?: Partial<PlacementSummary['settings']>) =>
      call(api.place, { params: { conference }, body: settings === undefined ? {} : { settings } }),
    onSuccess: async (placed) => {
      queries.setQueryData(key, placed);
      await queries.invalidateQueries({ queryKey: ['conference', conference] });
    },
  });
  const none =
    summary.error instanceof Refused && ['not-found', 'wrong-state'].includes(summary.error.problem.code);
  return (
    <>
      <PageHead title={t('placement.title')}>
        {summary.data === undefined || !mayPlace ? null : (
          <Button
            variant={summary.data.stale ? 'filled' : 'default'}
            loading={place.isPending}
            onClick={() => place.mutate(undefined)}
          >
            {t('placement.again')}
          </Button>
        )}
      </PageHead>
      {place.error === null ? null : <Failure error={place.error} />}
      {summary.data === undefined ? (
        none ? (
          <Nothing title={t('placement.none')}>
            <Text>{t(mayPlace ? 'placement.begin' : 'placement.notYet')}</Text>
            {mayPlace ? (
              <Button loading={place.isPending} onClick={() => place.mutate(undefined)}>
                {t('placement.place')}
              </Button>
            ) : null}
          </Nothing>
        ) : summary.error === null ? (
          <Loading />
        ) : (
          <Failure error={summary.error} onRetry={() => void summary.refetch()} />
        )
      ) : (
        <>
          <Summary summary={summary.data} />
          <SettingsView
            settings={summary.data.settings}
            busy={place.isPending || !mayPlace}
            onChange={(settings) => place.mutate(settings)}
          />
          <Placements conference={conference} />
        </>
      )}
    </>
  );
}

function Summary({ summary }: { summary: PlacementSummary }) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  return (
    <>
      {summary.stale ? (
        <Text mb="sm" fw={600} c="var(--review)">
          {t('placement.stale')}
        </Text>
      ) : null}
      <dl className={classes['figures']}>
        {(['people', 'seated', 'unplaced'] as const).map((figure) => (
          <div key={figure} className={classes['figure']}>
            <dt>{t(`placement.${figure}`)}</dt>
            <dd>{number(summary[figure])}</dd>
          </div>
        ))}
      </dl>
      {summary.findings.length === 0 ? null : (
        <details className={classes['details']} open={summary.findings.length <= 8}>
          <summary>{t('placement.findings', { n: number(summary.findings.length) })}</summary>
          <Findings findings={summary.findings} />
        </details>
      )}
      <details className={classes['details']}>
        <summary>{t('placement.clauses', { n: summary.clauses.length })}</summary>
        <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('placement.clauseList')}>
          <Table miw={640}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('placement.clause')}</Table.Th>
                <Table.Th>{t('placement.text')}</Table.Th>
                <Table.Th>{t('placement.understood')}</Table.Th>
                <Table.Th className="number">{t('placement.matched')}</Table.Th>
                <Table.Th className="number">{t('placement.seated')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {summary.clauses.map((clause) => (
                <Table.Tr key={clause.clause}>
                  <Table.Td>
                    {clause.clause}
                    <br />
                    <Text span size="sm" c="dimmed">
                      {classWords(clause.bridgeClass, language)}
                    </Text>
                  </Table.Td>
                  <Table.Td>{clause.text}</Table.Td>
                  <Table.Td>{clause.understood}</Table.Td>
                  <Table.Td className="number">{number(clause.matched)}</Table.Td>
                  <Table.Td className="number">{number(clause.seated)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </details>
    </>
  );
}

function Placements({ conference }: { conference: string }) {
  const { t, language } = useWords();
  const [query, setQuery] = useState('');
  const [show, setShow] = useState<'all' | 'unplaced'>('all');
  const list = useInfiniteQuery({
    queryKey: ['conference', conference, 'placements', show, query],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.placements,
        {
          params: { conference },
          body: {
            limit: 200,
            cursor: pageParam,
            q: query || undefined,
            unplaced: show === 'unplaced' ? true : undefined,
          },
        },
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
    <section>
      <Title order={2} mb="xs">
        {t('placement.who')}
      </Title>
      <SearchField label={t('people.search')} onSearch={setQuery} />
      <SegmentedControl
        my="sm"
        size="md"
        aria-label={t('placement.show')}
        value={show}
        data={[
          { value: 'all', label: t('placement.showAll') },
          { value: 'unplaced', label: t('placement.showUnplaced') },
        ]}
        onChange={(value) => setShow(value === 'unplaced' ? 'unplaced' : 'all')}
      />
      {list.error === null ? null : <Failure error={list.error} onRetry={() => void list.refetch()} />}
      <p className={classes['count']} role="status">
        {list.data === undefined
          ? t('app.loading')
          : people.length === 0
            ? t(show === 'unplaced' && query === '' ? 'placement.allSeated' : 'people.nobody')
            : t(hasNextPage ? 'people.shownFirst' : 'people.shown', {
                n: formatNumber(people.length, language),
              })}
      </p>
      <VirtualRows
        label={t('placement.who')}
        count={people.length}
        rowHeight={72}
        keyOf={(index) => people[index]?.person ?? String(index)}
        onEnd={more}
        render={(index) => {
          const person = people[index];
          if (person === undefined) return null;
          return (
            <div className={classes['placed']}>
              <span>
                <span className={classes['name']}>{person.name}</span>
                <br />
                <span className={classes['where']}>{person.positions.join(' · ')}</span>
              </span>
              <span className={person.bridge === null ? classes['unplaced'] : undefined}>
                {person.bridgeName ?? t('placement.nowhere')}
                {person.as === 'chair' ? ` · ${t('placement.chair')}` : ''}
                {person.basis === null ? '' : ` · ${t(`basis.${person.basis}`)}`}
              </span>
              <span className={classes['note']}>{person.why}</span>
            </div>
          );
        }}
      />
    </section>
  );
}
