import { Button, Text } from '@mantine/core';
import { useMemo } from 'react';

import { daysIn, type Days } from '../../../domain/schedule/calendar.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { civilDateOf, type CivilDate, type Instant } from '../../../domain/time.ts';
import type { Schedule, ScheduledDeadline, ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { Nothing } from '../parts/Pages.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { useDeadlineTime, useDeadlineTitle, Spoken, useSessionName, type Opens } from './Entry.tsx';
import { closedOn, conflictsBySession, dayInWords, deadlineKey, itemsByDay } from './items.ts';
import { KindShape } from './KindMark.tsx';
import classes from './ListView.module.css';
import shared from './KindMark.module.css';

type Row =
  | { readonly kind: 'day'; readonly day: CivilDate }
  | { readonly kind: 'session'; readonly day: CivilDate; readonly session: ScheduledSession }
  | { readonly kind: 'deadline'; readonly day: CivilDate; readonly deadline: ScheduledDeadline };

/** Day by day, as in a pocket diary: for a phone, and for whoever reads. Only days that have something. */
export function ListView({
  schedule,
  days,
  from,
  now,
  opens,
  onNew,
}: {
  schedule: Schedule;
  days: Days;
  /** The day that is brought into sight. */
  from: CivilDate;
  now: Instant;
  opens: Opens;
  onNew: (() => void) | null;
}) {
  const { t, language } = useWords();
  const today = civilDateOf(now);
  const rows = useMemo(() => rowsOf(schedule, days), [schedule, days]);
  const conflicts = useMemo(() => conflictsBySession(schedule), [schedule]);
  const titles = new Map(schedule.conferences.map(({ id, title }) => [id, title]));
  const isOne = schedule.conferences.length < 2;
  if (rows.length === 0) {
    return (
      <Nothing title={t('schedule.nothing')}>
        <Text>{onNew === null ? t('schedule.nothingHere') : t('schedule.begin')}</Text>
        {onNew === null ? null : <Button onClick={onNew}>{t('schedule.new')}</Button>}
      </Nothing>
    );
  }
  const first = rows.findIndex((row) => row.kind === 'day' && row.day >= from);
  return (
    <VirtualRows
      count={rows.length}
      rowHeight={64}
      label={t('schedule.views.list')}
      shown={first === -1 ? undefined : first}
      shownAt="start"
      keyOf={(at) => keyOf(rows[at])}
      render={(at) => {
        const row = rows[at];
        if (row === undefined) return null;
        if (row.kind === 'day') {
          const closed = closedOn(row.day, language);
          return (
            <h2 className={classes['day']} aria-current={row.day === today ? 'date' : undefined}>
              <span className={classes['words']}>{dayInWords(row.day, language)}</span>
              {row.day === today ? <b>{t('schedule.today')}</b> : null}
              {closed === null ? null : <i>{closed === 'weekend' ? t('schedule.dayOff') : closed}</i>}
            </h2>
          );
        }
        return row.kind === 'session' ? (
          <SessionRow
            session={row.session}
            conflicts={conflicts.get(row.session.id) ?? 0}
            conference={isOne ? null : (titles.get(row.session.conference) ?? null)}
            onOpen={() => opens.session(row.session)}
          />
        ) : (
          <DeadlineRow
            deadline={row.deadline}
            day={row.day}
            conference={isOne ? null : (titles.get(row.deadline.conference) ?? null)}
            onOpen={() => opens.deadline(row.deadline)}
          />
        );
      }}
    />
  );
}

function SessionRow({
  session,
  conflicts,
  conference,
  onOpen,
}: {
  session: ScheduledSession;
  conflicts: number;
  conference: string | null;
  onOpen: () => void;
}) {
  const { t, language } = useWords();
  const nameOf = useSessionName();
  const { kind, title, startsAt, endsAt, doorsAt, venue, cancelled, bridgeCount, bridges } = session;
  return (
    <button
      type="button"
      className={classes['row']}
      data-kind={kind}
      data-cancelled={cancelled !== null || undefined}
      onClick={onOpen}
    >
      <Spoken name={nameOf(session, conflicts)}>
        <span className={classes['time']}>
          <b>{formatTime(startsAt)}</b>
          <span>{formatTime(endsAt)}</span>
        </span>
        <span className={classes['body']}>
          <span className={classes['title']}>{title}</span>
          <span className={classes['note']}>
            <span className={shared['tinted']} data-kind={kind}>
              <KindShape kind={kind} />
              {t(`schedule.kinds.${kind}`)}
            </span>
            {doorsAt === null ? null : <span>{t('schedule.doorsAt', { at: formatTime(doorsAt) })}</span>}
            {venue === null ? null : <span>{venue}</span>}
            <span>
              {bridges === 'all'
                ? t('schedule.allBridges')
                : t('schedule.someBridges', { n: formatNumber(bridgeCount, language) })}
            </span>
            {conference === null || conference === title ? null : <span>{conference}</span>}
          </span>
          {conflicts === 0 ? null : (
            <span className={classes['conflict']}>
              {t('schedule.conflictCount', { n: formatNumber(conflicts, language) })}
            </span>
          )}
          {cancelled === null ? null : (
            <span className={classes['conflict']}>
              {t('schedule.cancelledBecause', { reason: cancelled.reason })}
            </span>
          )}
        </span>
      </Spoken>
    </button>
  );
}

function DeadlineRow({
  deadline,
  day,
  conference,
  onOpen,
}: {
  deadline: ScheduledDeadline;
  day: CivilDate;
  conference: string | null;
  onOpen: () => void;
}) {
  const { t } = useWords();
  const timeOf = useDeadlineTime();
  const titleOf = useDeadlineTitle();
  return (
    <button type="button" className={classes['row']} data-kind="deadline" onClick={onOpen}>
      <span className={classes['time']}>
        <KindShape kind="deadline" size={20} />
      </span>
      <span className={classes['body']}>
        <span className={classes['title']}>{titleOf(deadline)}</span>
        <span className={classes['note']}>
          <span className={shared['tinted']} data-kind="deadline">
            {t('schedule.kinds.deadline')}
          </span>
          <span>{timeOf(deadline, day)}</span>
          {deadline.owner === null ? null : <span>{deadline.owner}</span>}
          {conference === null ? null : <span>{conference}</span>}
        </span>
      </span>
    </button>
  );
}

function rowsOf(schedule: Schedule, days: Days): Row[] {
  const itemsOn = itemsByDay(schedule);
  return daysIn(days).flatMap((day): Row[] => {
    const { sessions, deadlines } = itemsOn(day);
    if (sessions.length + deadlines.length === 0) return [];
    return [
      { kind: 'day', day },
      ...deadlines.map((deadline) => ({ kind: 'deadline', day, deadline }) as const),
      ...sessions.map((session) => ({ kind: 'session', day, session }) as const),
    ];
  });
}

function keyOf(row: Row | undefined): string {
  if (row === undefined) return '';
  if (row.kind === 'day') return row.day;
  return row.kind === 'session' ? `${row.day} ${row.session.id}` : `${row.day} ${deadlineKey(row.deadline)}`;
}
