import { Button, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import { formatDate } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { passContracts, type PassRow } from '../../../domain/wire/passes.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf, conferenceList } from '../api/queries.ts';
import { AskReason } from '../parts/AskReason.tsx';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { BadgeCard } from './BadgeCard.tsx';
import badges from './badges.module.css';
import { PassCard } from './PassCard.tsx';
import classes from './passes.module.css';

/** Twenty sheets of A4: what a printer takes at a time, and a browser draws at once. */
const PORTION = 200;

/** Passes of a bridge and everything below it, to look at, to print, and to issue again. */
export function PassesPage() {
  const { t } = useWords();
  const { conference, bridge } = useParams({
    from: '/signed-in/shell/conferences/$conference/bridges/$bridge/passes',
  });
  const node = useQuery(bridgeOf(conference, bridge));
  return (
    <>
      <div className={classes['screen']}>
        <PageHead title={t('pass.title', { name: node.data?.bridge.name ?? '' })} />
        <Crumbs
          path={node.data?.path ?? []}
          bridge={bridge}
          renderStep={(step) => (
            <Link
              to="/conferences/$conference/bridges/$bridge/passes"
              params={{ conference, bridge: step.id }}
            >
              {step.name}
            </Link>
          )}
        />
        <Text my="sm" maw="60rem">
          {t('pass.about')}
        </Text>
      </div>
      <Passes key={bridge} conference={conference} bridge={bridge} />
    </>
  );
}

function Passes({ conference, bridge }: { conference: string; bridge: string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [query, setQuery] = useState('');
  const [look, setLook] = useState<'slip' | 'badge'>('slip');
  /** Where each portion so far began. */
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const [reissuing, setReissuing] = useState<PassRow | null>(null);
  const cursor = cursors.at(-1);
  const title = useQuery(conferenceList).data?.items.find((item) => item.id === conference)?.title ?? '';
  const params = { conference, bridge };
  const passes = useQuery({
    queryKey: ['conference', conference, 'passes', bridge, query, cursor],
    queryFn: ({ signal }) =>
      call(
        passContracts.passes,
        { params, body: { limit: PORTION, cursor, ...(query !== '' && { q: query }) } },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const reissue = useMutation({
    mutationFn: ({ person, reason }: { person: string; reason: string }) =>
      call(passContracts.reissuePass, { params: { ...params, person }, body: { reason } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conference', conference, 'passes'] }),
  });
  const search = useCallback((next: string) => {
    setQuery(next);
    setCursors([undefined]);
  }, []);
  const number = (n: number) => formatNumber(n, language);
  return (
    <>
      <div className={`${classes['screen']} ${classes['controls']}`}>
        <SearchField label={t('pass.search')} onSearch={search} />
        <SegmentedControl
          size="md"
          aria-label={t('pass.look')}
          value={look}
          onChange={(value) => setLook(value === 'badge' ? 'badge' : 'slip')}
          data={(['slip', 'badge'] as const).map((value) => ({ value, label: t(`pass.${value}`) }))}
        />
        <Button onClick={() => window.print()} disabled={(passes.data?.items.length ?? 0) === 0}>
          {t('pass.print', { n: number(passes.data?.items.length ?? 0) })}
        </Button>
        <Button
          component="a"
          variant="default"
          download
          href={urlOf(passContracts.exportPasses, { params, query: { language } })}
        >
          {t('pass.file')}
        </Button>
      </div>
      {reissue.error === null ? null : <Failure error={reissue.error} />}
      {reissue.data === undefined || reissue.isPending ? null : (
        <Text className={classes['screen'] ?? ''} role="status">
          {t('pass.reissued', { name: reissue.data.name, n: reissue.data.serial })}
        </Text>
      )}
      <Answered query={passes}>
        {({ items, next, until, people }) =>
          items.length === 0 ? (
            <Nothing title={t(query === '' ? 'pass.none' : 'pass.nobody')}>
              <Text>{t(query === '' ? 'pass.noneMore' : 'pass.nobodyMore')}</Text>
            </Nothing>
          ) : (
            <>
              <div className={`${classes['screen']} ${classes['controls']}`}>
                <Text role="status">
                  {query === ''
                    ? t('pass.portion', {
                        from: number((cursors.length - 1) * PORTION + 1),
                        to: number((cursors.length - 1) * PORTION + items.length),
                        of: number(people),
                      })
                    : t('pass.found', { n: number(items.length) })}
                </Text>
                <Button
                  variant="default"
                  disabled={cursors.length === 1}
                  onClick={() => setCursors(cursors.slice(0, -1))}
                >
                  {t('pass.before')}
                </Button>
                <Button
                  variant="default"
                  disabled={next === null}
                  onClick={() => setCursors([...cursors, next ?? undefined])}
                >
                  {t('pass.next')}
                </Button>
              </div>
              <ul className={(look === 'badge' ? badges : classes)['sheet']} aria-label={t('pass.list')}>
                {items.map((row) =>
                  look === 'badge' ? (
                    <BadgeCard key={row.person} row={row} conference={title} />
                  ) : (
                    <PassCard
                      key={row.person}
                      row={row}
                      conference={title}
                      until={formatDate(until)}
                      onReissue={setReissuing}
                    />
                  ),
                )}
              </ul>
            </>
          )
        }
      </Answered>
      {reissuing === null ? null : (
        <AskReason
          atOnce
          longest={1000}
          title={t('pass.reissueOf', { name: reissuing.name })}
          usual={[t('pass.lost'), t('pass.torn'), t('pass.leaked')]}
          submit={t('pass.reissue')}
          onClose={() => setReissuing(null)}
          onReason={(reason) => {
            reissue.mutate({ person: reissuing.person, reason });
            setReissuing(null);
          }}
        />
      )}
    </>
  );
}
