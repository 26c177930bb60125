import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';

import { summaryContracts } from '../../../domain/wire/summary.ts';
import { useWords } from '../app/language.ts';
import { LanguageSwitch } from '../app/preferences.tsx';
import { call } from '../api/call.ts';
import { Answered } from '../parts/Pages.tsx';
import { Sheet } from './Sheet.tsx';
import classes from './summary.module.css';

/** What waits on a machine and what is being signed settle within seconds: the page looks again while it is not final. */
const LOOK_AGAIN_MS = 3000;

/** What the chair of a bridge signs after it has closed: one sheet of paper where it can be. */
export function SummaryPage() {
  const { t, language } = useWords();
  const place = useParams({ from: '/signed-in/summary/$conference/$session/$bridge' });
  const { conference, session, bridge } = place;
  const summary = useQuery({
    queryKey: ['conference', conference, 'summary', session, bridge, language],
    queryFn: ({ signal }) => call(summaryContracts.bridgeSummary, { params: { ...place } }, signal),
    staleTime: 0,
    refetchInterval: (query) => ((query.state.data?.notices.length ?? 1) > 0 ? LOOK_AGAIN_MS : false),
  });
  const name = summary.data?.bridge.name;
  useEffect(() => {
    document.title = `${t('chairSummary.title')}${name === undefined ? '' : `, ${name}`} · Nhịp Cầu`;
  }, [t, name]);
  return (
    <>
      <header className={classes['tools']}>
        <Link
          className={classes['back'] ?? ''}
          to="/door/$conference/$session/$bridge"
          params={{ conference, session, bridge }}
        >
          {t('chairSummary.toDoor')}
        </Link>
        <Link
          className={classes['back'] ?? ''}
          to="/conferences/$conference/live/$bridge/versions"
          params={{ conference, bridge }}
          search={{ session }}
        >
          {t('versions.title')}
        </Link>
        <LanguageSwitch />
        <Button disabled={summary.data === undefined} onClick={() => window.print()}>
          {t('chairSummary.print')}
        </Button>
      </header>
      <main className={classes['page']}>
        <Answered query={summary}>{(data) => <Sheet summary={data} />}</Answered>
      </main>
    </>
  );
}
