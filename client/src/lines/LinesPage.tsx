import { Group, Menu, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';

import { filterPlaces, type BridgeNode, type Forest } from '../../../domain/bridges/forest.ts';
import { LINE_STANDINGS, type LineStanding } from '../../../domain/media/line-standing.ts';
import { sayLineStanding, sayRate, sayShare } from '../../../domain/media/sentences.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { lineContracts } from '../../../domain/wire/lines.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { forestQuery } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { MoreMenu } from '../parts/MoreMenu.tsx';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { StateFilter } from '../parts/StateFilter.tsx';
import { StateRow } from '../parts/StateRow.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { Incidents } from './Incidents.tsx';
import { LineDetail } from './LineDetail.tsx';
import { lastTestsQuery, type LastTest, type LastTests } from './queries.ts';
import { STANDING_SHAPES, type LinesSearch } from './standings.ts';

const FROM = '/signed-in/shell/conferences/$conference/lines';

/** Which lines were tested before the day and are fit, and what went wrong with them during a session. */
export function LinesPage() {
  const { t, language } = useWords();
  const { conference } = useParams({ from: FROM });
  const { view } = useSearch({ from: FROM });
  const go = useGo();
  const forest = useQuery({ ...forestQuery(conference), refetchInterval: 30_000 });
  const top = forest.data?.forest.nodes[0];
  const file = (format: 'xlsx' | 'csv') =>
    urlOf(lineContracts.exportLines, {
      params: { conference, bridge: top?.id ?? '' },
      query: { format, language },
    });
  return (
    <>
      <PageHead title={t('lines.title')}>
        {top === undefined ? null : (
          <>
            <SegmentedControl
              size="md"
              aria-label={t('lines.views')}
              value={view ?? 'tests'}
              data={(['tests', 'incidents'] as const).map((one) => ({
                value: one,
                label: t(`lines.view.${one}`),
              }))}
              onChange={(value) => go(value === 'incidents' ? { view: value } : {})}
            />
            <MoreMenu>
              <Menu.Item mih={44} component="a" href={file('xlsx')}>
                {t('lines.file', { format: 'XLSX' })}
              </Menu.Item>
              <Menu.Item mih={44} component="a" href={file('csv')}>
                {t('lines.file', { format: 'CSV' })}
              </Menu.Item>
            </MoreMenu>
          </>
        )}
      </PageHead>
      <Answered query={forest}>
        {({ forest: known }) =>
          known.nodes.length === 0 ? (
            <Nothing title={t('bridges.none')}>
              <Text>{t('lines.noBridges')}</Text>
            </Nothing>
          ) : view === 'incidents' ? (
            <Incidents conference={conference} top={known.nodes[0]?.id ?? ''} />
          ) : (
            <Tests conference={conference} forest={known} />
          )
        }
      </Answered>
    </>
  );
}

function useGo(): (search: LinesSearch) => void {
  const navigate = useNavigate({ from: '/conferences/$conference/lines' });
  return useCallback((search) => void navigate({ search, replace: true, resetScroll: false }), [navigate]);
}

function Tests({ conference, forest }: { conference: string; forest: Forest }) {
  const { t, language } = useWords();
  const { standing = null, bridge } = useSearch({ from: FROM });
  const go = useGo();
  const [query, setQuery] = useState('');
  const tests = useQuery(lastTestsQuery(conference));
  const counts = useMemo(() => countsOf(forest), [forest]);
  const nodes = useMemo(() => shownNodes(forest, query, standing), [forest, query, standing]);
  const chosen = forest.nodes.find(({ id }) => id === bridge);
  const filter = standing === null ? {} : { standing };
  return (
    <>
      <Text c="dimmed" mb="sm">
        {t('lines.about')}
      </Text>
      <Group mb="xs">
        <SearchField label={t('lines.search')} onSearch={setQuery} pause={0} />
      </Group>
      <StateFilter
        label={t('lines.standings')}
        states={LINE_STANDINGS}
        counts={counts}
        shapes={STANDING_SHAPES}
        wordOf={(one) => (one === null ? t('lines.all') : sayLineStanding(one, language))}
        shown={standing}
        onShow={(one) => go(one === null ? {} : { standing: one })}
      />
      {nodes.length === 0 ? <Text>{t('lines.nothing')}</Text> : null}
      <VirtualRows
        label={t('lines.list')}
        count={nodes.length}
        rowHeight={72}
        keyOf={(at) => nodes[at]?.id ?? String(at)}
        render={(at) => {
          const node = nodes[at];
          return node === undefined ? null : (
            <Row
              node={node}
              upper={forest.nodes[node.parent]?.name ?? null}
              test={lastOf(tests.data?.tests, node)}
              onOpen={() => go({ ...filter, bridge: node.id })}
            />
          );
        }}
      />
      {chosen === undefined ? null : (
        <Dialog title={chosen.name} onClose={() => go(filter)}>
          <LineDetail conference={conference} bridge={chosen.id} />
        </Dialog>
      )}
    </>
  );
}

function lastOf(tests: LastTests | undefined, { id }: BridgeNode): LastTest | null {
  return tests?.get(id) ?? null;
}

function countsOf({ nodes }: Forest): Record<LineStanding, number> {
  const counts = { unfit: 0, untested: 0, old: 0, 'fit with remarks': 0, fit: 0 };
  for (const { line } of nodes) counts[line] += 1;
  return counts;
}

/** Those that are looked for: by name as they fit, else what has to be seen to first, in tree order. */
function shownNodes(forest: Forest, query: string, standing: LineStanding | null): readonly BridgeNode[] {
  const found = filterPlaces(forest, { query, class: null, lack: null, top: null })
    .flatMap((place) => forest.nodes[place] ?? [])
    .filter(({ line }) => standing === null || line === standing);
  return query === '' ? found.toSorted((a, b) => rank(a) - rank(b)) : found;
}

function rank({ line }: BridgeNode): number {
  return LINE_STANDINGS.indexOf(line);
}

interface RowProps {
  readonly node: BridgeNode;
  readonly upper: string | null;
  readonly test: LastTest | null;
  readonly onOpen: () => void;
}

function Row({ node, upper, test, onOpen }: RowProps) {
  const { t, language } = useWords();
  const rate = (kbps: number | null) => (kbps === null ? t('lines.unmeasured') : sayRate(kbps, language));
  const { line } = node;
  return (
    <StateRow
      title={node.name}
      under={upper}
      onOpen={onOpen}
      about={
        test === null
          ? ''
          : t('lines.measured', {
              up: rate(test.measures.upKbps),
              down: rate(test.measures.downKbps),
              loss:
                test.measures.loss === null ? t('lines.unmeasured') : sayShare(test.measures.loss, language),
            })
      }
      aboutUnder={test === null ? null : t('lines.tested', { at: formatDateTime(test.at, language) })}
      state={STANDING_SHAPES[line]}
      word={sayLineStanding(line, language)}
      stateUnder={null}
    />
  );
}
