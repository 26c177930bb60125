import { Button, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { api } from '../../../domain/wire/api.ts';
import { organizes, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { topBridgesOf } from '../api/queries.ts';
import { Sheet } from '../parts/Dialog.tsx';
import { Findings } from '../parts/Findings.tsx';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { BridgeDetail } from './BridgeDetail.tsx';
import classes from './BridgesPage.module.css';
import { BridgeTree } from './BridgeTree.tsx';
import { FoundBridges } from './FoundBridges.tsx';

export function BridgesPage() {
  const { t, language } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/bridges' });
  const account = useMe();
  const mayBuild = organizes(account.data, conference);
  const tops = useQuery(topBridgesOf(conference));
  const build = useBuild(conference);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<BridgeId | null>(null);
  const wide = useMediaQuery('(min-width: 64em)', true, { getInitialValueInEffect: false });
  const choose = useCallback((bridge: BridgeId) => setChosen(bridge), []);

  return (
    <>
      <PageHead title={t('bridges.title')}>
        {mayBuild && (tops.data?.length ?? 0) > 0 ? (
          <Button variant="default" loading={build.isPending} onClick={() => build.mutate()}>
            {t('bridges.rebuild')}
          </Button>
        ) : null}
      </PageHead>
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
      <Answered query={tops}>
        {(roots) =>
          roots.length === 0 ? (
            <Nothing title={t('bridges.none')}>
              <Text>{t(mayBuild ? 'bridges.begin' : 'bridges.notYet')}</Text>
              {mayBuild ? (
                <Button loading={build.isPending} onClick={() => build.mutate()}>
                  {t('bridges.build')}
                </Button>
              ) : null}
            </Nothing>
          ) : (
            <div className={classes['panes']}>
              <div>
                <SearchField label={t('bridges.search')} onSearch={setQuery} />
                <p className={classes['count']}>
                  {t('bridges.count', {
                    n: formatNumber(
                      roots.reduce((sum, { below }) => sum + below + 1, 0),
                      language,
                    ),
                  })}
                  <span className={classes['keys']}> · {t('bridges.keys')}</span>
                </p>
                {query === '' ? (
                  <BridgeTree conference={conference} roots={roots} chosen={chosen} onChoose={choose} />
                ) : (
                  <FoundBridges conference={conference} query={query} chosen={chosen} onChoose={choose} />
                )}
              </div>
              {wide ? (
                <aside className={classes['detail']} aria-label={t('bridges.detail')}>
                  {chosen === null ? (
                    <Text c="dimmed">{t('bridges.choose')}</Text>
                  ) : (
                    <BridgeDetail key={chosen} conference={conference} bridge={chosen} onChoose={choose} />
                  )}
                </aside>
              ) : (
                chosen !== null && (
                  <Sheet title={t('bridges.detail')} onClose={() => setChosen(null)}>
                    <BridgeDetail key={chosen} conference={conference} bridge={chosen} onChoose={choose} />
                  </Sheet>
                )
              )}
            </div>
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
    mutationFn: () => call(api.buildBridges, { params: { conference }, body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conference', conference] }),
  });
}
