import { Button, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import {
  daysAround,
  stepped,
  weeksAround,
  type Days,
  type Reach,
} from '../../../domain/schedule/calendar.ts';
import { formatDate } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { addDays, civilDateOf, type CivilDate, type Instant } from '../../../domain/time.ts';
import type { Schedule, ScheduledDeadline, ScheduledSession } from '../../../domain/wire/schedule.ts';
import { sessionsOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { SubscribeDialog } from '../calendars/SubscribeDialog.tsx';
import { isTyping } from '../parts/keys.ts';
import { LastDeed } from '../parts/LastDeed.tsx';
import { Answered, Loading, PageHead } from '../parts/Pages.tsx';
import { useServerClock } from '../parts/serverClock.ts';
import { useSessionOfNow } from '../parts/sessions.ts';
import { useLastDeed } from '../parts/useLastDeed.ts';
import { ConflictList } from './ConflictList.tsx';
import { DeadlineDialog, NewDeadline } from './DeadlineDialog.tsx';
import type { DayViewProps } from './dayView.ts';
import type { Opens } from './Entry.tsx';
import { dayInWords } from './items.ts';
import { Legend } from './KindMark.tsx';
import { ListView } from './ListView.tsx';
import { MonthView } from './MonthView.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { LANES, REACHES, VIEWS, type ScheduleSearch, type View } from './place.ts';
import classes from './SchedulePage.module.css';
import { NewSession, OpenSession } from './SessionDialog.tsx';
import { Timeline } from './Timeline.tsx';
import { scheduleOf, useDeeds, type Deeds } from './useSchedule.ts';
import { WeekView } from './WeekView.tsx';

/** The schedule of all conferences in which somebody has a role. */
export function WholeSchedulePage() {
  const search = useSearch({ from: '/signed-in/shell/schedule' });
  const navigate = useNavigate({ from: '/schedule' });
  return (
    <SchedulePage
      search={search}
      begins={null}
      onSearch={(next, replace) => void navigate({ search: next, replace })}
    />
  );
}

/** The schedule of one conference: it begins at the day of its session. */
export function ConferenceSchedulePage() {
  const from = '/signed-in/shell/conferences/$conference/schedule' as const;
  const { conference } = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from: '/conferences/$conference/schedule' });
  const sessions = useQuery(sessionsOf(conference));
  const session = useSessionOfNow(sessions.data?.items);
  if (sessions.isPending) return <Loading />;
  return (
    <SchedulePage
      conference={conference}
      search={search}
      begins={session === undefined ? null : civilDateOf(session.startsAt)}
      onSearch={(next, replace) => void navigate({ search: next, replace })}
    />
  );
}

/** What is open over the calendar. */
type Open =
  | { readonly kind: 'session' | 'deadline' | 'new' | 'new-deadline' | 'subscribe'; readonly key: string }
  | { readonly kind: 'move'; readonly session: ScheduledSession; readonly startsAt: Instant };

function SchedulePage({
  conference,
  search,
  begins,
  onSearch,
}: {
  conference?: string;
  search: ScheduleSearch;
  /** The day that is shown before another was chosen; null for today. */
  begins: CivilDate | null;
  onSearch: (search: ScheduleSearch, replace: boolean) => void;
}) {
  const { t, language } = useWords();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ?? false;
  const now = useServerClock(undefined);
  const today = civilDateOf(now);
  const day = (search.day ?? begins ?? today) as CivilDate;
  // A month of hours and lanes does not fit a phone: there it is a list.
  const view: View = narrow ? 'list' : (search.view ?? 'month');
  const reach: Reach = view === 'timeline' ? (search.reach ?? 'month') : view === 'week' ? 'week' : 'month';
  const days: Days = view === 'month' ? weeksAround(day) : daysAround(day, reach);
  const query = useQuery(scheduleOf(conference, days));
  const last = useLastDeed();
  const deeds = useDeeds(last.remember);
  const [open, setOpen] = useState<Open | null>(null);
  const goTo = (change: ScheduleSearch, replace = true) => onSearch({ ...search, day, ...change }, replace);
  const step = (by: number) => goTo({ day: stepped(day, reach, by) });
  const latest = useRef({ step, today, setOpen, open, goTo });
  // The keys hear what the page is now, without being hung up anew with each picture of it.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => {
    latest.current = { step, today, setOpen, open, goTo };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const page = latest.current;
      if (page.open !== null || document.querySelector('[role="dialog"]') !== null) return;
      const does: Record<string, (() => void) | undefined> = {
        PageUp: () => page.step(-1),
        PageDown: () => page.step(1),
        t: () => page.goTo({ day: page.today }),
        n: () => page.setOpen({ kind: 'new', key: '' }),
      };
      const deed = does[event.key];
      if (deed === undefined) return;
      event.preventDefault();
      deed();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
  const schedule = query.data;
  const mine = schedule?.conferences.filter(({ mayOrganize }) => mayOrganize) ?? [];
  const mayChange = (of: { readonly conference: string }) => mine.some(({ id }) => id === of.conference);
  const mayMove = (session: ScheduledSession) => session.cancelled === null && mayChange(session);
  const opens: Opens = {
    session: ({ id }) => setOpen({ kind: 'session', key: id }),
    deadline: (deadline) => setOpen({ kind: 'deadline', key: keyOf(deadline) }),
  };
  const onNew = mine.length === 0 ? null : (on: CivilDate) => setOpen({ kind: 'new', key: on });
  const onMove = (session: ScheduledSession, startsAt: Instant) =>
    setOpen({ kind: 'move', session, startsAt });
  const onList = (on: CivilDate) => goTo({ view: 'list', day: on }, false);
  return (
    <>
      <PageHead title={t(conference === undefined ? 'schedule.allTitle' : 'schedule.page')}>
        {mine.length === 0 ? null : (
          <>
            <Button onClick={() => setOpen({ kind: 'new', key: day })}>{t('schedule.new')}</Button>
            <Button variant="default" onClick={() => setOpen({ kind: 'new-deadline', key: '' })}>
              {t('schedule.newDeadlineShort')}
            </Button>
          </>
        )}
        <Button variant="default" onClick={() => setOpen({ kind: 'subscribe', key: '' })}>
          {t('calendars.open')}
        </Button>
      </PageHead>
      <div className={classes['bar']}>
        <Group gap="xs" wrap="nowrap" role="group" aria-label={t('schedule.which')}>
          <Button variant="default" aria-label={t(`schedule.before.${reach}`)} onClick={() => step(-1)}>
            ‹
          </Button>
          <Button variant="default" onClick={() => goTo({ day: today })}>
            {t('schedule.today')}
          </Button>
          <Button variant="default" aria-label={t(`schedule.after.${reach}`)} onClick={() => step(1)}>
            ›
          </Button>
        </Group>
        <h2 className={classes['period']} aria-live="polite">
          {period(day, reach, t, language)}
        </h2>
        {narrow ? null : (
          <Group gap="sm" className={classes['choices'] ?? ''}>
            {view === 'timeline' ? (
              <>
                <SegmentedControl
                  aria-label={t('schedule.reach')}
                  value={reach}
                  data={REACHES.map((one) => ({ value: one, label: t(`schedule.reaches.${one}`) }))}
                  onChange={(one) => goTo({ reach: REACHES.find((known) => known === one) ?? 'month' })}
                />
                <NativeSelect
                  aria-label={t('schedule.lanes')}
                  value={search.lanes ?? 'conference'}
                  data={LANES.map((one) => ({ value: one, label: t(`schedule.lanesBy.${one}`) }))}
                  onChange={(event) => {
                    const lanes = LANES.find((one) => one === event.currentTarget.value);
                    goTo({ ...(lanes !== undefined && { lanes }) });
                  }}
                />
              </>
            ) : null}
            <SegmentedControl
              aria-label={t('schedule.view')}
              value={view}
              data={VIEWS.map((one) => ({ value: one, label: t(`schedule.views.${one}`) }))}
              onChange={(one) => goTo({ view: VIEWS.find((known) => known === one) ?? 'month' }, false)}
            />
          </Group>
        )}
      </div>
      <Answered query={query}>
        {(data) => (
          <>
            <ConflictList
              conflicts={data.conflicts}
              total={data.conflictCount}
              isNarrow={narrow}
              shown={new Set(data.sessions.map(({ id }) => id))}
              onOpen={({ session }) => setOpen({ kind: 'session', key: session })}
            />
            <Views
              {...{ view, day, days, reach, now, opens, onNew, onList, mayMove, onMove }}
              schedule={data}
              lanes={search.lanes ?? 'conference'}
              onDay={(on) => goTo({ day: on })}
            />
            {narrow ? null : (
              <div className={classes['foot']}>
                <Legend />
                <span>{t('schedule.keys')}</span>
              </div>
            )}
            <Dialogs {...{ data, open, day, mine, deeds, mayChange }} onClose={() => setOpen(null)} />
          </>
        )}
      </Answered>
      {open?.kind === 'subscribe' ? (
        <SubscribeDialog {...(conference !== undefined && { conference })} onClose={() => setOpen(null)} />
      ) : null}
      <LastDeed of={last} />
    </>
  );
}

interface ViewsProps extends DayViewProps {
  readonly view: View;
  readonly days: Days;
  readonly reach: Reach;
  readonly lanes: NonNullable<ScheduleSearch['lanes']>;
}

function Views({ view, days, reach, lanes, ...shared }: ViewsProps) {
  if (view === 'month') return <MonthView {...shared} />;
  if (view === 'week') return <WeekView {...shared} />;
  if (view === 'timeline') return <Timeline {...shared} reach={reach} by={lanes} />;
  const { schedule, day, now, opens, onNew } = shared;
  return (
    <ListView
      schedule={schedule}
      days={days}
      from={day}
      now={now}
      opens={opens}
      onNew={onNew === null ? null : () => onNew(day)}
    />
  );
}

function Dialogs({
  data,
  open,
  day,
  mine,
  deeds,
  mayChange,
  onClose,
}: {
  data: Schedule;
  open: Open | null;
  day: CivilDate;
  mine: Schedule['conferences'];
  deeds: Deeds;
  mayChange: (of: { readonly conference: string }) => boolean;
  onClose: () => void;
}) {
  if (open === null || open.kind === 'subscribe') return null;
  const venues = [...new Set(data.sessions.flatMap(({ venue }) => venue ?? []))];
  const shared = { deeds, venues, onClose };
  if (open.kind === 'new')
    return mine.length === 0 ? null : (
      <NewSession conferences={mine} day={(open.key === '' ? day : open.key) as CivilDate} {...shared} />
    );
  if (open.kind === 'new-deadline')
    return <NewDeadline conferences={mine} day={day} deeds={deeds} onClose={onClose} />;
  if (open.kind === 'move')
    return <MoveDialog session={open.session} startsAt={open.startsAt} deeds={deeds} onClose={onClose} />;
  if (open.kind === 'deadline') {
    const deadline = data.deadlines.find((one) => keyOf(one) === open.key);
    return deadline === undefined ? null : (
      <DeadlineDialog deadline={deadline} deeds={deeds} onClose={onClose} />
    );
  }
  const session = data.sessions.find(({ id }) => id === open.key);
  return session === undefined ? null : (
    <OpenSession key={session.id} session={session} mayChange={mayChange(session)} {...shared} />
  );
}

function keyOf({ conference, of }: ScheduledDeadline): string {
  return JSON.stringify([conference, of]);
}

/** What is being looked at, in words: `Tháng 01/2025`, `06/01/2025 - 12/01/2025`. */
function period(
  day: CivilDate,
  reach: Reach,
  t: ReturnType<typeof useWords>['t'],
  language: ReturnType<typeof useWords>['language'],
): string {
  const { first, next } = daysAround(day, reach);
  if (reach === 'day') return dayInWords(day, language);
  if (reach === 'week') return `${formatDate(first)} - ${formatDate(addDays(next, -1))}`;
  const year = first.slice(0, 4);
  if (reach === 'month') return t('schedule.month', { month: first.slice(5, 7), year });
  const quarter = formatNumber((Number(first.slice(5, 7)) + 2) / 3, language);
  return t('schedule.quarter', { quarter: ['', 'I', 'II', 'III', 'IV'][Number(quarter)] ?? quarter, year });
}
