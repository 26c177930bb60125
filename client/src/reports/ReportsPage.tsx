import { Alert, Anchor, NativeSelect, Switch, Text, Title } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { headcountContracts, type DueRow } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf, rootBridgeOf } from '../api/queries.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Answered, Failure, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { LateMark } from './LateMark.tsx';
import classes from './reports.module.css';
import { RollUp } from './RollUp.tsx';
import { reportState } from './status.ts';

const FROM = '/signed-in/shell/conferences/$conference/reports';

/** Headcount reports of a node: who has reported, who has not, who was late. */
export function ReportsPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const root = useQuery(rootBridgeOf(conference));
  const bridge = search.bridge ?? root.data?.id;
  if (root.data === null) {
    return (
      <Nothing title={t('bridges.none')}>
        <Text>{t('reports.noBridges')}</Text>
      </Nothing>
    );
  }
  return bridge === undefined ? (
    <Answered query={root}>{() => <Loading />}</Answered>
  ) : (
    <Node key={bridge} conference={conference} bridge={bridge} />
  );
}

const STATUSES = ['missing', 'late', 'returned', 'on-time', 'not-due'] as const satisfies DueRow['status'][];

function Node({ conference, bridge }: { conference: string; bridge: string }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const [deep, setDeep] = useState(false);
  const [status, setStatus] = useState<DueRow['status'] | ''>('');
  const node = useQuery(bridgeOf(conference, bridge));
  const due = useInfiniteQuery({
    queryKey: ['conference', conference, 'reports', bridge, deep, status],
    queryFn: ({ signal, pageParam }) =>
      call(
        headcountContracts.reportsDue,
        {
          params: { conference, bridge },
          query: { limit: 200, cursor: pageParam, deep: String(deep), status: status || undefined },
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = due.data?.pages.flatMap((page) => page.items) ?? [];
  const rollUp = due.data?.pages[0]?.rollUp;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = due;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (rollUp === undefined || node.isPending) {
    return due.error === null ? (
      <Loading />
    ) : (
      <Failure error={due.error} onRetry={() => void due.refetch()} />
    );
  }
  return (
    <>
      <PageHead title={t('reports.title')}>
        <Anchor
          mih={44}
          renderRoot={(props) => (
            <Link
              to="/conferences/$conference/bridges/$bridge/headcount-versions"
              params={{ conference, bridge }}
              {...props}
            />
          )}
        >
          {t('summaries.title')}
        </Anchor>
      </PageHead>
      <Crumbs
        path={node.data?.path ?? []}
        bridge={bridge}
        renderStep={(step) => (
          <Anchor renderRoot={(props) => <Link to="." search={{ bridge: step.id }} {...props} />}>
            {step.name}
          </Anchor>
        )}
      />
      {due.error === null ? null : <Failure error={due.error} onRetry={() => void due.refetch()} />}
      <RollUp rollUp={rollUp} />
      <div className={classes['filters']}>
        <NativeSelect
          label={t('reports.status')}
          value={status}
          data={[
            { value: '', label: t('reports.every') },
            ...STATUSES.map((one) => ({ value: one, label: t(`dueStatus.${one}`) })),
          ]}
          onChange={(event) => setStatus(event.currentTarget.value as DueRow['status'] | '')}
        />
        <Switch
          label={t('reports.deep')}
          checked={deep}
          onChange={(event) => setDeep(event.currentTarget.checked)}
        />
      </div>
      <Title order={2}>{t('reports.list')}</Title>
      {due.data !== undefined && rows.length === 0 ? <Alert color="gray">{t('reports.noRows')}</Alert> : null}
      <VirtualRows
        label={t('reports.list')}
        count={rows.length}
        rowHeight={88}
        keyOf={(index) => rows[index]?.bridge ?? String(index)}
        onEnd={more}
        render={(index) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div className={classes['row']}>
              <span>
                <Anchor
                  fw={600}
                  renderRoot={(props) => (
                    <Link
                      to="/conferences/$conference/bridges/$bridge/headcount"
                      params={{ conference, bridge: row.bridge }}
                      {...props}
                    />
                  )}
                >
                  {row.name}
                </Anchor>
                <br />
                <span className={classes['dim']}>
                  {row.dueBefore === null
                    ? t('reports.noDeadline')
                    : t('reports.dueBefore', { at: formatDateTime(row.dueBefore, language) })}
                </span>
              </span>
              <span>
                <StateMark state={reportState(row)} />
                <br />
                <LateMark due={row} />
              </span>
              <span className="number">
                {row.total === null ? t('reports.noFigure') : formatNumber(row.total, language)}
              </span>
              <span>
                {row.below.bridges <= 1 ? null : (
                  <button
                    type="button"
                    className={classes['below']}
                    onClick={() =>
                      void navigate({
                        to: '/conferences/$conference/reports',
                        params: { conference },
                        search: { bridge: row.bridge },
                      })
                    }
                  >
                    {t('reports.below', {
                      n: formatNumber(row.below.reported, language),
                      of: formatNumber(row.below.bridges, language),
                      total: formatNumber(row.below.total, language),
                    })}
                  </button>
                )}
              </span>
            </div>
          );
        }}
      />
    </>
  );
}
