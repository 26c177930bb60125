import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';

import { useWords } from '../app/language.ts';
import { Loading, PageHead } from '../parts/Pages.tsx';
import { OwedReports, owedReports } from './OwedReports.tsx';
import classes from './reports.module.css';

interface Place {
  readonly conference: string;
  readonly session: string;
  readonly bridge: string;
}

/** What a host finds before the doors open: the report that their bridge still owes, else the door. */
export function BeforeTheDay(place: Place) {
  const { t } = useWords();
  const owed = useQuery({ ...owedReports, retry: false });
  if (owed.isPending) return <Loading />;
  const toDoor = { to: '/door/$conference/$session/$bridge', params: place } as const;
  if (owed.data === undefined || owed.data.items.length === 0) return <Navigate {...toDoor} replace />;
  return (
    <>
      <PageHead title={t('owed.title')} />
      <OwedReports />
      <Anchor
        mih={44}
        className={classes['inLine'] ?? ''}
        renderRoot={(props) => <Link {...toDoor} {...props} />}
      >
        {t('owed.toDoor')}
      </Anchor>
      <Anchor
        mih={44}
        className={classes['inLine'] ?? ''}
        renderRoot={(props) => <Link to="/station/$conference/$session/$bridge" params={place} {...props} />}
      >
        {t('pages.station')}
      </Anchor>
      <Anchor
        mih={44}
        className={classes['inLine'] ?? ''}
        renderRoot={(props) => (
          <Link
            to="/line-test/$conference/$bridge"
            params={{ conference: place.conference, bridge: place.bridge }}
            {...props}
          />
        )}
      >
        {t('pages.lineTest')}
      </Anchor>
    </>
  );
}
