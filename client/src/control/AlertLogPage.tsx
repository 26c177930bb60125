import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Text } from '@mantine/core';

import { formatClock } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { controlContracts, type LoggedAlert } from '../../../domain/wire/control.ts';
import { call } from '../api/call.ts';
import { everyPage } from '../api/everyPage.ts';
import { sessionsOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './control.module.css';

/** What needed somebody under a node, who took it on, and when it was over; the newest first. */
export function AlertLogPage() {
  const { conference, bridge } = useParams({
    from: '/signed-in/shell/conferences/$conference/control/$bridge/alerts',
  });
  const search: { session?: string } = useSearch({ strict: false });
  const { t } = useWords();
  const sessions = useQuery(sessionsOf(conference));
  const onNow = useSessionOfNow(sessions.data?.items);
  const session = search.session ?? onNow?.id ?? '';
  const log = useQuery({
    queryKey: ['conference', conference, 'alert-log', session, bridge],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        call(
          controlContracts.alertLog,
          { params: { conference, bridge, session }, query: { limit: 1000, cursor } },
          signal,
        ),
      ),
    enabled: session !== '',
  });
  return (
    <>
      <PageHead title={t('control.log')} />
      <p>
        <Link
          to="/conferences/$conference/control/$bridge"
          params={{ conference, bridge }}
          search={session === '' ? {} : { session }}
          className={classes['link'] ?? ''}
        >
          {t('control.back')}
        </Link>
      </p>
      <Answered query={log}>
        {(items) =>
          items.length === 0 ? (
            <Nothing title={t('control.logEmpty')}>
              <Text>{t('control.logEmptyMore')}</Text>
            </Nothing>
          ) : (
            <VirtualRows
              label={t('control.log')}
              count={items.length}
              rowHeight={72}
              keyOf={(index) => items[index]?.id ?? String(index)}
              render={(index) => {
                const item = items[index];
                return item === undefined ? null : <Logged alert={item} />;
              }}
            />
          )
        }
      </Answered>
    </>
  );
}

function Logged({ alert }: { alert: LoggedAlert }) {
  const { t, language } = useWords();
  const { kind, bridgeName, bridges, raisedAt, overAt, acknowledged } = alert;
  const many = bridges > 1 ? ` ${t('control.bridges', { n: formatNumber(bridges, language) })}` : '';
  return (
    <div className={classes['logged']}>
      <b>
        {bridgeName}: {t(`control.kind.${kind}`)}.{many}
      </b>
      <span className={classes['dim']}>
        {overAt === null
          ? t('control.lasts', { from: formatClock(raisedAt) })
          : t('control.over', { from: formatClock(raisedAt), to: formatClock(overAt) })}
      </span>
      <span className={classes['dim']}>
        {acknowledged.length === 0
          ? t('control.nobodyTook')
          : acknowledged
              .map(({ by, at }) =>
                t('control.takenBy', { by: by === '' ? t('control.somebody') : by, at: formatClock(at) }),
              )
              .join(' · ')}
      </span>
    </div>
  );
}
