import { Button, Group, Menu, Select, SimpleGrid, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';

import { sayBridgeClass } from '../../../domain/bridges/sentences.ts';
import {
  above,
  filterPlaces,
  unfoldedPlaces,
  type BridgeNode,
  type Forest,
} from '../../../domain/bridges/forest.ts';
import { LACKS, type Lack } from '../../../domain/bridges/readiness.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { bridgeContracts } from '../../../domain/wire/bridges.ts';
import { holdsBelow, holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { forestQuery } from '../api/queries.ts';
import { Sheet } from '../parts/Dialog.tsx';
import { Findings } from '../parts/Findings.tsx';
import { useHelpKey } from '../parts/keys.ts';
import { LastDeed } from '../parts/LastDeed.tsx';
import { MoreMenu } from '../parts/MoreMenu.tsx';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { useLastDeed } from '../parts/useLastDeed.ts';
import { BridgeDetail } from './BridgeDetail.tsx';
import type { Asked } from './asked.ts';
import { BridgeDialogs } from './BridgeDialogs.tsx';
import { BridgeRows } from './BridgeRows.tsx';
import classes from './BridgesPage.module.css';
import { useDeeds } from './deeds.ts';
import { downloadList } from './download.ts';

export function BridgesPage() {
  const { t, language } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/bridges' });
  const mayBuild = holdsWhole(useMe().data, conference, 'organize');
  const known = useQuery(forestQuery(conference));
  const build = useBuild(conference);
  return (
    <>
      {build.error === null ? null : <Failure error={build.error} />}
      {build.data === undefined ? null : (
        <div role="status">
          <Text mb="xs">
            {t('bridges.built', {
              added: formatNumber(build.data.added, language),
              total: formatNumber(build.data.total, language),
            })}
          </Text>
          <Findings findings={build.data.findings} />
        </div>
      )}
      <Answered query={known}>
        {({ forest }) =>
          forest.nodes.length === 0 ? (
            <>
              <PageHead title={t('bridges.title')} />
              <Nothing title={t('bridges.none')}>
                <Text>{t(mayBuild ? 'bridges.begin' : 'bridges.notYet')}</Text>
                {mayBuild ? (
                  <Button loading={build.isPending} onClick={() => build.mutate()}>
                    {t('bridges.build')}
                  </Button>
                ) : null}
              </Nothing>
            </>
          ) : (
            <Workplace
              conference={conference}
              forest={forest}
              onBuild={mayBuild ? () => build.mutate() : null}
              isBuilding={build.isPending}
            />
          )
        }
      </Answered>
    </>
  );
}

/** Builds the tree out of plan and units, or once more after they changed; what exists stays. */
function useBuild(conference: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call(bridgeContracts.buildBridges, { params: { conference }, body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conference', conference] }),
  });
}

interface WorkplaceProps {
  readonly conference: string;
  readonly forest: Forest;
  readonly onBuild: (() => void) | null;
  readonly isBuilding: boolean;
}

/** The bridges on the left, as a tree or as those that were asked for; the chosen one on the right. */
function Workplace({ conference, forest, onBuild, isBuilding }: WorkplaceProps) {
  const { t, language } = useWords();
  const account = useMe().data;
  const may = holdsBelow(account, conference, 'organize');
  const last = useLastDeed();
  const deeds = useDeeds(conference, last.remember);
  const navigate = useNavigate({ from: '/conferences/$conference/bridges' });
  const search = useSearch({ from: '/signed-in/shell/conferences/$conference/bridges' });
  const [query, setQuery] = useState('');
  const [ofClass, setOfClass] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<BridgeId>>(() =>
    wayOpen(forest, new Set(), search.bridge),
  );
  /** Whose name somebody wants to change. */
  const [naming, setNaming] = useState<BridgeId | null>(null);
  const named = useCallback(() => setNaming(null), []);
  const left = useRef<HTMLDivElement>(null);
  const lack = lackIn(search.lack);
  const chosen = forest.nodes[forest.placeOf.get((search.bridge ?? '') as BridgeId) ?? -1] ?? null;
  const hangs = chosen === null ? '' : `${chosen.id} ${forest.nodes[chosen.parent]?.id ?? ''}`;
  const [opened, setOpened] = useState(hangs);
  // Wherever a bridge was chosen, or has been moved to, the tree stands open down to it.
  if (opened !== hangs) {
    setOpened(hangs);
    setUnfolded(wayOpen(forest, unfolded, search.bridge));
  }
  const wide = useMediaQuery('(min-width: 64em)', true, { getInitialValueInEffect: false });

  const go = useCallback(
    (next: { bridge?: BridgeId | null; lack?: string | null }) =>
      void navigate({
        search: (before) => {
          const bridge = next.bridge === undefined ? before.bridge : next.bridge;
          const wanted = next.lack === undefined ? before.lack : next.lack;
          return { ...(bridge && { bridge }), ...(wanted && { lack: wanted }) };
        },
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const choose = useCallback((node: BridgeNode) => go({ bridge: node.id }), [go]);
  const isUnfolded = useCallback((id: BridgeId) => unfolded.has(id), [unfolded]);
  const fold = useCallback(
    (node: BridgeNode, open: boolean) =>
      setUnfolded((before) => {
        const next = new Set(before);
        if (open) next.add(node.id);
        else next.delete(node.id);
        return next;
      }),
    [],
  );
  const unfoldBelow = useCallback(
    (node: BridgeNode | null) =>
      setUnfolded((before) => {
        const own = node === null ? forest.nodes : forest.nodes.slice(node.place, node.end);
        return new Set([...before, ...own.filter(({ end, place }) => end > place + 1).map(({ id }) => id)]);
      }),
    [forest],
  );
  const isTree = query === '' && ofClass === null && lack === null;
  const places = useMemo(
    () =>
      isTree
        ? unfoldedPlaces(forest, isUnfolded)
        : filterPlaces(forest, { query, class: ofClass, lack, top: null }),
    [forest, isTree, isUnfolded, query, ofClass, lack],
  );

  const onKey = useCallback(
    (key: string, node: BridgeNode): boolean => {
      if (key === '*') unfoldBelow(node);
      else if (!may) return false;
      else if (key === 'F2') {
        setNaming(node.id);
        go({ bridge: node.id });
      } else if (key === 'F4' && node.parent >= 0) setAsked({ kind: 'move', node, to: null });
      else if (key === 'Insert') setAsked({ kind: 'add', under: node });
      else if (key === 'Delete' && node.parent >= 0) setAsked({ kind: 'remove', node });
      else return false;
      return true;
    },
    [may, go, unfoldBelow],
  );
  useHelpKey(() => setAsked({ kind: 'keys' }));
  const inSearch = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter' && event.key !== 'Escape') return;
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'search') return;
    const first = forest.nodes[places[0] ?? -1];
    if (event.key === 'Enter' && first !== undefined && !isTree) choose(first);
    left.current?.querySelector<HTMLElement>('[role="tree"]')?.focus();
    if (event.key !== 'Escape') event.preventDefault();
  };
  const n = (count: number) => formatNumber(count, language);
  const tops = forest.nodes.filter(({ level }) => level === 0);
  const ready = tops.reduce((sum, { place }) => sum + (forest.readyBelow[place] ?? 0), 0);
  const detail = (node: BridgeNode) => (
    <BridgeDetail
      key={node.id}
      conference={conference}
      forest={forest}
      node={node}
      deeds={deeds}
      onChoose={(id) => go({ bridge: id })}
      onAsk={setAsked}
      isNamed={naming === node.id}
      onNamed={named}
    />
  );
  return (
    <>
      <PageHead title={t('bridges.title')}>
        <MoreMenu busy={isBuilding}>
          {may ? (
            <Menu.Item mih={44} onClick={() => setAsked({ kind: 'changes' })}>
              {t('bridges.changes')}
            </Menu.Item>
          ) : null}
          <Menu.Item
            mih={44}
            onClick={() =>
              downloadList(forest, isTree ? forest.nodes.map(({ place }) => place) : places, t, language)
            }
          >
            {t('bridges.export')}
          </Menu.Item>
          {onBuild === null ? null : (
            <Menu.Item mih={44} onClick={onBuild}>
              {t('bridges.rebuild')}
            </Menu.Item>
          )}
          <Menu.Item mih={44} onClick={() => setAsked({ kind: 'keys' })}>
            {t('bridges.keysTitle')}
          </Menu.Item>
        </MoreMenu>
      </PageHead>
      <div className={classes['panes']}>
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
        <div ref={left} onKeyDown={inSearch}>
          <SearchField label={t('bridges.search')} onSearch={setQuery} pause={0} />
          <SimpleGrid cols={2} spacing="sm" mt="xs">
            <Select
              size="md"
              aria-label={t('bridges.lackFilter')}
              placeholder={t('bridges.everyState')}
              clearable
              clearButtonProps={{ 'aria-label': t('bridges.everyState') }}
              value={lack}
              data={['any' as const, ...LACKS].map((one) => ({ value: one, label: t(`lack.${one}`) }))}
              onChange={(value) => go({ lack: value })}
            />
            <Select
              size="md"
              aria-label={t('bridges.classFilter')}
              placeholder={t('bridges.everyClass')}
              clearable
              clearButtonProps={{ 'aria-label': t('bridges.everyClass') }}
              value={ofClass}
              data={forest.classes.map((one) => ({ value: one, label: sayBridgeClass(one, language) }))}
              onChange={setOfClass}
            />
          </SimpleGrid>
          <Group justify="space-between" gap="xs" my="xs" mih={36}>
            <Text c="dimmed" size="sm" role="status">
              {isTree
                ? t('bridges.counts', { n: n(forest.nodes.length), ready: n(ready) })
                : t('bridges.foundCount', { n: n(places.length) })}
              <span className={classes['keys']}> · {t('bridges.keys')}</span>
            </Text>
            {isTree ? (
              <Group gap="xs">
                <Button variant="subtle" size="compact-sm" mih={32} onClick={() => unfoldBelow(null)}>
                  {t('bridges.unfoldAll')}
                </Button>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  mih={32}
                  onClick={() => setUnfolded(new Set(tops.map(({ id }) => id)))}
                >
                  {t('bridges.foldAll')}
                </Button>
              </Group>
            ) : may && places.length > 0 ? (
              <Button
                variant="default"
                size="compact-sm"
                mih={32}
                onClick={() => setAsked({ kind: 'many', places })}
              >
                {t('bridges.changeFound', { n: n(places.length) })}
              </Button>
            ) : null}
          </Group>
          {places.length === 0 ? (
            <Text py="md">{query === '' ? t('bridges.noneSo') : t('bridges.notFound', { query })}</Text>
          ) : (
            <BridgeRows
              key={isTree ? 'tree' : 'found'}
              label={t(isTree ? 'bridges.title' : 'bridges.found')}
              forest={forest}
              places={places}
              isTree={isTree}
              isUnfolded={isUnfolded}
              onFold={fold}
              chosen={chosen?.id ?? null}
              onChoose={choose}
              onKey={onKey}
              onDrop={may ? (node, to) => setAsked({ kind: 'move', node, to: to.id }) : null}
            />
          )}
        </div>
        {wide ? (
          <aside className={classes['detail']} aria-label={t('bridges.detail')}>
            {chosen === null ? <Text c="dimmed">{t('bridges.choose')}</Text> : detail(chosen)}
          </aside>
        ) : (
          chosen !== null && (
            <Sheet title={t('bridges.detail')} onClose={() => go({ bridge: null })}>
              {detail(chosen)}
            </Sheet>
          )
        )}
      </div>
      <LastDeed of={last} />
      <BridgeDialogs
        conference={conference}
        forest={forest}
        deeds={deeds}
        asked={asked}
        onChoose={(id) => go({ bridge: id })}
        // A dialog whose deed takes its time closes itself, and not the one that was opened meanwhile.
        onClose={() => setAsked((now) => (now === asked ? null : now))}
      />
    </>
  );
}

/** What is unfolded, and with it the tops and everything above a bridge. */
function wayOpen(
  forest: Forest,
  unfolded: ReadonlySet<BridgeId>,
  bridge: string | undefined,
): ReadonlySet<BridgeId> {
  const tops = unfolded.size > 0 ? [] : forest.nodes.filter(({ level }) => level === 0);
  const node = forest.nodes[forest.placeOf.get((bridge ?? '') as BridgeId) ?? -1];
  const needed = [...tops, ...(node === undefined ? [] : above(forest, node))].map(({ id }) => id);
  return needed.every((id) => unfolded.has(id)) ? unfolded : new Set([...unfolded, ...needed]);
}

function lackIn(text: string | undefined): Lack | 'any' | null {
  return text === 'any' ? 'any' : (LACKS.find((lack) => lack === text) ?? null);
}
