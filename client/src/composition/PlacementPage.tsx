import { Button, SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { placementContracts, type PlacementSummary } from '../../../domain/wire/placement.ts';
import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call, Refused } from '../api/call.ts';
import { ListKeysHelp } from '../parts/KeysHelp.tsx';
import { Failure, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { ByHand } from './ByHand.tsx';
import { Clauses } from './Clauses.tsx';
import classes from './composition.module.css';
import { EffectDialog } from './EffectDialog.tsx';
import { History } from './History.tsx';
import { Rooms } from './Rooms.tsx';
import { Seats } from './Seats.tsx';
import { SettingsView } from './SettingsView.tsx';
import { ToDo } from './ToDo.tsx';
import { VIEWS, type View } from './views.ts';

const FROM = '/signed-in/shell/conferences/$conference/placement';

/** Who sits where, and why: by bridge, by person, by clause, and what was settled by hand. */
export function PlacementPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: FROM });
  const { view = 'rooms', bridge, clause } = useSearch({ from: FROM });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayChange = holdsWhole(useMe().data, conference, 'organize');
  // What is proposed and not applied yet; without a change it is placing again.
  const [proposed, setProposed] = useState<{ readonly change?: CompositionChange } | null>(null);
  const key = ['conference', conference, 'placement'];
  const summary = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(placementContracts.placement, { params: { conference } }, signal),
  });
  const place = useMutation({
    mutationFn: () => call(placementContracts.place, { params: { conference }, body: {} }),
    onSuccess: (placed) => renew(placed),
  });
  const renew = async (placed: PlacementSummary) => {
    queries.setQueryData(key, placed);
    setProposed(null);
    await queries.invalidateQueries({ queryKey: ['conference', conference] });
  };
  const none =
    summary.error instanceof Refused && ['not-found', 'wrong-state'].includes(summary.error.problem.code);
  const go = (to: { view: View; bridge?: string; clause?: string }) =>
    void navigate({ to: '/conferences/$conference/placement', params: { conference }, search: to });
  const propose = mayChange ? (change: CompositionChange) => setProposed({ change }) : null;
  return (
    <>
      <PageHead title={t('placement.title')}>
        {summary.data === undefined || !mayChange ? null : (
          <Button variant={summary.data.stale ? 'filled' : 'default'} onClick={() => setProposed({})}>
            {t('placement.again')}
          </Button>
        )}
      </PageHead>
      {place.error === null ? null : <Failure error={place.error} />}
      {summary.data === undefined ? (
        none ? (
          <Nothing title={t('placement.none')}>
            <Text>{t(mayChange ? 'placement.begin' : 'placement.notYet')}</Text>
            {mayChange ? (
              <Button loading={place.isPending} onClick={() => place.mutate()}>
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
          <Figures summary={summary.data} />
          <History conference={conference} mayUndo={mayChange} onUndone={renew} />
          <ToDo summary={summary.data} onGo={go} />
          <SegmentedControl
            my="md"
            size="md"
            className={classes['views'] ?? ''}
            aria-label={t('composition.views')}
            value={view}
            data={VIEWS.map((value) => ({ value, label: t(`composition.view.${value}`) }))}
            onChange={(value) => go({ view: value })}
          />
          {view === 'rooms' ? (
            <Rooms
              conference={conference}
              shown={bridge ?? null}
              onShow={(id) => go({ view, ...(id === null ? {} : { bridge: id }) })}
              propose={propose}
            />
          ) : null}
          {view === 'people' ? (
            <Seats conference={conference} summary={summary.data} clause={clause ?? null} propose={propose} />
          ) : null}
          {view === 'clauses' ? (
            <>
              <Clauses conference={conference} shown={clause ?? null} onGo={go} propose={propose} />
              <SettingsView
                settings={summary.data.settings}
                busy={proposed !== null}
                onChange={propose === null ? null : (options) => propose({ kind: 'options', options })}
              />
            </>
          ) : null}
          {view === 'by-hand' ? <ByHand conference={conference} propose={propose} /> : null}
        </>
      )}
      <ListKeysHelp />
      {proposed === null ? null : (
        <EffectDialog
          conference={conference}
          change={proposed.change ?? null}
          onClose={() => setProposed(null)}
          onApplied={renew}
        />
      )}
    </>
  );
}

function Figures({ summary }: { summary: PlacementSummary }) {
  const { t, language } = useWords();
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
            <dd>{formatNumber(summary[figure], language)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
