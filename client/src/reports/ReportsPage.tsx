import { Anchor, Button, SegmentedControl, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';

import { hasRight, reachesBelow } from '../../../domain/access/rights.ts';
import { above, type BridgeNode, type Forest } from '../../../domain/bridges/forest.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import {
  collectingDeadline,
  duePlaces,
  talliesOf,
  wayTo,
  type DueList,
  type DueNode,
} from '../../../domain/reports/due-list.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Account } from '../../../domain/wire/access.ts';
import { holdsAbove, holdsBelow, holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { forestQuery } from '../api/queries.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Sheet } from '../parts/Dialog.tsx';
import { Answered, Failure, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { useServerClock } from '../parts/serverClock.ts';
import { AsOf } from './AsOf.tsx';
import { Countdown } from './Countdown.tsx';
import { DueDetail } from './DueDetail.tsx';
import { DueRows } from './DueRows.tsx';
import { LastDecision } from './LastDecision.tsx';
import { LevelSums } from './LevelSums.tsx';
import { ListFiles } from './ListFiles.tsx';
import { LatestReminder } from './LatestReminder.tsx';
import { RemindDialog } from './RemindDialog.tsx';
import classes from './ReportsPage.module.css';
import shared from './reports.module.css';
import { ReturnDialog } from './ReturnDialog.tsx';
import { isFilter, type DueFilterName } from './search.ts';
import { Tallies } from './Tallies.tsx';
import { useContacts } from './useContacts.ts';
import { useDecisions } from './useDecisions.ts';
import { useDueList } from './useDueList.ts';

const FROM = '/signed-in/shell/conferences/$conference/reports';

/** Headcount reports of a node and everything below: who has reported, who has not, who was late. */
export function ReportsPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const account = useMe().data;
  const known = useQuery(forestQuery(conference));
  return (
    <Answered query={known}>
      {({ forest }) => {
        const top = topFor(forest, account, conference, search.bridge);
        return top === undefined ? (
          <Nothing title={t('bridges.none')}>
            <Text>{t('reports.noBridges')}</Text>
          </Nothing>
        ) : (
          <Due key={top.id} conference={conference} top={top.id} />
        );
      }}
    </Answered>
  );
}

/** Where somebody's list begins: above the bridge that is asked for, or the first of theirs. */
function topFor(
  forest: Forest,
  account: Account | undefined,
  conference: string,
  wanted: string | undefined,
): BridgeNode | undefined {
  const reaches = ({ id }: BridgeNode) =>
    account?.grants.some(
      ({ bridge, role }) => bridge === id && reachesBelow(role) && hasRight(role, 'read'),
    ) ?? false;
  const isWhole = holdsWhole(account, conference, 'read');
  const tops = forest.nodes.filter((node) => node.level === 0 && (isWhole || reaches(node)));
  const node = forest.nodes[forest.placeOf.get((wanted ?? '') as BridgeId) ?? -1];
  const over = node === undefined ? undefined : (above(forest, node).at(-1) ?? node);
  return tops.find(({ id }) => id === over?.id) ?? tops[0];
}

function Due({ conference, top }: { conference: string; top: BridgeId }) {
  const { list, asOf, error, refetch } = useDueList(conference, top);
  if (list === undefined || asOf === undefined) {
    return error === null ? <Loading minHeight={600} /> : <Failure error={error} onRetry={refetch} />;
  }
  return (
    <>
      {error === null ? null : <Failure error={error} onRetry={refetch} />}
      <Board conference={conference} list={list} asOf={asOf} />
    </>
  );
}

/** What the page asks before it does it. */
type Asked = { readonly kind: 'remind' } | { readonly kind: 'return'; readonly nodes: readonly DueNode[] };

function Board({ conference, list, asOf }: { conference: string; list: DueList; asOf: Instant }) {
  const { t } = useWords();
  const account = useMe().data;
  const mayDecide = holdsBelow(account, conference, 'organize');
  const navigate = useNavigate({ from: '/conferences/$conference/reports' });
  const search = useSearch({ from: FROM });
  const now = useServerClock(asOf);
  // Lists are put in order anew each minute and not each half second.
  const minute = (now - (now % 60_000)) as Instant;
  const root = list.nodes[0];
  const node = list.nodes[list.placeOf.get((search.bridge ?? '') as BridgeId) ?? 0] ?? root;
  const own = root === undefined || holdsAbove(account, conference, root.id, 'organize') ? null : root.id;
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [chosen, setChosen] = useState<BridgeId | null>(null);
  const decisions = useDecisions(conference, root?.id ?? '');
  const contacts = useContacts(conference, root?.id ?? '', holdsBelow(account, conference, 'people'));
  const wide = useMediaQuery('(min-width: 72em)', true, { getInitialValueInEffect: false });
  const state = isFilter(search.state) ? search.state : null;
  const view = search.view === 'levels' ? 'levels' : 'list';

  const go = useCallback(
    (next: { bridge?: BridgeId; state?: DueFilterName | null; view?: 'list' | 'levels' }) =>
      void navigate({
        search: (before) => {
          const wanted = next.state === undefined ? before.state : next.state;
          const shown = next.view ?? before.view;
          const bridge = next.bridge ?? before.bridge;
          return {
            ...(bridge !== undefined && { bridge }),
            ...(wanted != null && { state: wanted }),
            ...(shown === 'levels' && { view: shown }),
          };
        },
        // Going down and up the tree is a way that one goes back; looking at a part of the list is not.
        replace: next.bridge === undefined,
        resetScroll: false,
      }),
    [navigate],
  );
  const goTo = useCallback((id: BridgeId) => go({ bridge: id }), [go]);
  const { hidden } = decisions;
  const places = useMemo(
    () =>
      node === undefined
        ? []
        : duePlaces(list, node, { state, query }, minute).filter((place) => {
            const one = list.nodes[place];
            return one !== undefined && !hidden.has(one.id);
          }),
    [list, node, state, query, minute, hidden],
  );
  const tallies = useMemo(
    () => (node === undefined ? null : talliesOf(list, node, minute)),
    [list, node, minute],
  );
  const accept = useCallback(
    (nodes: readonly DueNode[]) => decisions.decide.mutate({ nodes, decision: { kind: 'accept' } }),
    [decisions.decide],
  );
  const giveBack = useCallback((nodes: readonly DueNode[]) => setAsked({ kind: 'return', nodes }), []);
  if (node === undefined || tallies === null) return null;
  const unanswered = tallies.unsent + tallies.returned;
  const shown = list.nodes[list.placeOf.get(chosen ?? ('' as BridgeId)) ?? -1] ?? null;
  const detail = (one: DueNode) => (
    <DueDetail
      key={one.id}
      conference={conference}
      node={one}
      contact={contacts.get(one.id)}
      now={now}
      mayDecide={mayDecide && one.id !== own}
      onAccept={() => accept([one])}
      onReturn={() => giveBack([one])}
    />
  );
  return (
    <>
      <PageHead title={t('reports.title')}>
        {mayDecide ? (
          <Button disabled={unanswered === 0} onClick={() => setAsked({ kind: 'remind' })}>
            {t('remind.button')}
          </Button>
        ) : null}
        <ListFiles conference={conference} list={list} node={node} contacts={contacts} />
        <Anchor
          mih={44}
          className={shared['inLine'] ?? ''}
          renderRoot={(props) => (
            <Link
              to="/conferences/$conference/bridges/$bridge/headcount-versions"
              params={{ conference, bridge: node.id }}
              {...props}
            />
          )}
        >
          {t('summaries.title')}
        </Anchor>
      </PageHead>
      <Crumbs
        path={wayTo(list, node).toReversed()}
        bridge={node.id}
        renderStep={(step) => (
          <Anchor
            renderRoot={(props) => (
              <Link to="." search={(before) => ({ ...before, bridge: step.id })} {...props} />
            )}
          >
            {step.name}
          </Anchor>
        )}
      />
      <div className={classes['top']}>
        <Countdown dueBefore={collectingDeadline(list, node) ?? node.dueBefore} now={now} />
        <AsOf asOf={asOf} now={now} />
      </div>
      {mayDecide ? <LatestReminder conference={conference} top={root?.id ?? ''} /> : null}
      <Tallies tallies={tallies} state={state} onState={(one) => go({ state: one })} />
      <SegmentedControl
        className={classes['views'] ?? ''}
        aria-label={t('reports.view')}
        value={view}
        data={[
          { value: 'list', label: t('reports.byBridge') },
          { value: 'levels', label: t('reports.byLevel') },
        ]}
        onChange={(value) => go({ view: value === 'levels' ? 'levels' : 'list' })}
      />
      {view === 'levels' ? (
        <LevelSums list={list} node={node} now={minute} onNode={goTo} />
      ) : (
        <div className={classes['panes']}>
          <div>
            <SearchField label={t('reports.search')} onSearch={setQuery} pause={0} />
            <DueRows
              list={list}
              places={places}
              now={minute}
              contacts={contacts}
              mayDecide={mayDecide}
              own={own}
              chosen={chosen}
              onChoose={setChosen}
              onNode={goTo}
              onAccept={accept}
              onReturn={giveBack}
              onTakeBack={decisions.last.takeBack}
              isFiltered={state !== null || query !== ''}
            />
          </div>
          {wide ? (
            <aside className={classes['detail']} aria-label={t('reports.detail')}>
              {shown === null ? <Text c="dimmed">{t('reports.choose')}</Text> : detail(shown)}
            </aside>
          ) : (
            shown !== null && (
              <Sheet title={t('reports.detail')} onClose={() => setChosen(null)}>
                {detail(shown)}
              </Sheet>
            )
          )}
        </div>
      )}
      <LastDecision of={decisions} />
      {asked?.kind === 'remind' ? (
        <RemindDialog
          conference={conference}
          list={list}
          node={node}
          contacts={contacts}
          now={now}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked?.kind === 'return' ? (
        <ReturnDialog
          nodes={asked.nodes}
          onClose={() => setAsked(null)}
          onReturn={(remark, about) => {
            decisions.decide.mutate({ nodes: asked.nodes, decision: { kind: 'return', remark, about } });
            setAsked(null);
          }}
        />
      ) : null}
    </>
  );
}
