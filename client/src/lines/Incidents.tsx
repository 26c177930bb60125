import { Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Instant } from '../../../domain/time.ts';
import { incidentTotals } from '../../../domain/media/quality.ts';
import { sayIncidentKind, sayIncidents } from '../../../domain/media/sentences.ts';
import { formatDateTime, formatTime } from '../../../domain/text/dates.ts';
import { formatDuration } from '../../../domain/text/durations.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { LineIncidents } from '../../../domain/wire/lines.ts';
import { sessionsOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Answered, Nothing } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { StateShape } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './lines.module.css';
import { incidentsOf } from './queries.ts';
import { FEED_SHAPES } from './standings.ts';

/** What went wrong with the lines in a session, what goes on first. */
export function Incidents({ conference, top }: { conference: string; top: string }) {
  const { t, language } = useWords();
  const sessions = useQuery(sessionsOf(conference)).data?.items;
  const now = useSessionOfNow(sessions);
  const [chosen, setChosen] = useState<string | null>(null);
  const session = chosen ?? now?.id ?? null;
  if (sessions === undefined || session === null) return null;
  return (
    <>
      <Select
        size="md"
        maw={480}
        mb="sm"
        label={t('incidents.session')}
        value={session}
        allowDeselect={false}
        data={sessions.map(({ id, title, startsAt }) => ({
          value: id,
          label: `${title}, ${formatDateTime(startsAt, language)}`,
        }))}
        onChange={setChosen}
      />
      <OfSession conference={conference} session={session} top={top} />
    </>
  );
}

function OfSession({ conference, session, top }: { conference: string; session: string; top: string }) {
  const { t, language } = useWords();
  const query = useQuery(incidentsOf(conference, session, top));
  return (
    <Answered query={query}>
      {({ items, until, total }) => {
        if (items.length === 0)
          return (
            <Nothing title={t('incidents.none')}>
              <Text>{t('incidents.noneMore')}</Text>
            </Nothing>
          );
        const { count, lastedMs } = incidentTotals(items, until);
        return (
          <>
            <Text mb="xs">{sayIncidents(count, lastedMs, language)}</Text>
            <VirtualRows
              label={t('incidents.list')}
              count={items.length}
              rowHeight={60}
              keyOf={(at) => keyOf(items[at], at)}
              render={(at) => {
                const incident = items[at];
                return incident === undefined ? null : <Row incident={incident} until={until} />;
              }}
            />
            {total > items.length ? (
              <Text c="dimmed">
                {t('incidents.more', { n: formatNumber(total - items.length, language) })}
              </Text>
            ) : null}
          </>
        );
      }}
    </Answered>
  );
}

type Incident = LineIncidents['items'][number];

function keyOf(incident: Incident | undefined, at: number): string {
  return incident === undefined ? String(at) : `${incident.bridge} ${incident.kind} ${incident.from}`;
}

function Row({ incident, until }: { incident: Incident; until: Instant }) {
  const { t, language } = useWords();
  const { kind, from, to, bridgeName } = incident;
  return (
    <div className={classes['incident']}>
      <b>{bridgeName}</b>
      <span className={classes['verdict']}>
        <StateShape state={FEED_SHAPES[kind]} />
        {sayIncidentKind(kind, language)}
      </span>
      <span className="number">
        {to === null
          ? t('incidents.lasting', { from: formatTime(from) })
          : t('incidents.times', { from: formatTime(from), to: formatTime(to) })}
      </span>
      <span className={`number ${classes['dim']}`}>{formatDuration((to ?? until) - from, language)}</span>
    </div>
  );
}
