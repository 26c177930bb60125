import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

import { daysIn, weeksAround } from '../../../domain/schedule/calendar.ts';
import { weekday } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { addDays, civilDateOf, type CivilDate, type Instant } from '../../../domain/time.ts';
import type { Schedule, ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { DeadlineLine, SessionLine, Spoken, type Opens } from './Entry.tsx';
import { closedOn, conflictsBySession, dayInWords, deadlineKey, itemsByDay, shortWeekday } from './items.ts';
import classes from './schedule.module.css';

/** So many lines a day has room for; the rest is a number that leads to the day. */
const LINES = 4;

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

interface Props {
  readonly schedule: Schedule;
  readonly day: CivilDate;
  readonly now: Instant;
  readonly opens: Opens;
  readonly onDay: (day: CivilDate) => void;
  readonly onList: (day: CivilDate) => void;
  readonly onNew: ((day: CivilDate) => void) | null;
  readonly mayMove: (session: ScheduledSession) => boolean;
  readonly onMove: (session: ScheduledSession, toDay: CivilDate) => void;
}

/** A month of whole weeks. Arrows go from day to day, Enter goes into one, sessions are dragged to another. */
export function MonthView({ schedule, day, now, opens, onDay, onList, onNew, mayMove, onMove }: Props) {
  const { t, language } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<ScheduledSession | null>(null);
  const [over, setOver] = useState<CivilDate | null>(null);
  const wantsFocus = useRef(false);
  const days = daysIn(weeksAround(day));
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  const itemsOn = itemsByDay(schedule);
  const conflicts = conflictsBySession(schedule);
  const today = civilDateOf(now);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  }, [day]);
  const hear = (event: KeyboardEvent<HTMLElement>, at: CivilDate) => {
    const inCell = event.target === event.currentTarget;
    const step = STEPS[event.key];
    if (step !== undefined && inCell) {
      event.preventDefault();
      wantsFocus.current = true;
      onDay(addDays(at, step));
    } else if (event.key === 'Enter' && inCell) {
      event.preventDefault();
      const first = event.currentTarget.querySelector<HTMLElement>('button');
      if (first === null) onNew?.(at);
      else first.focus();
    } else if (event.key === 'Escape' && !inCell) {
      event.currentTarget.focus();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !inCell) {
      event.preventDefault();
      const all = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('button'));
      const next = all.indexOf(event.target as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
      all[next]?.focus();
    }
  };
  return (
    <div
      className={classes['month']}
      role="grid"
      aria-label={t('schedule.monthOf', { month: monthIn(day) })}
      ref={grid}
    >
      <div role="row" className={classes['weekdays']}>
        {weeks[0]?.map((one) => (
          <div key={one} role="columnheader">
            <Spoken name={weekday(one, language)}>{shortWeekday(one, language)}</Spoken>
          </div>
        ))}
      </div>
      {weeks.map((week) => (
        <div role="row" key={week[0]} className={classes['weekRow']}>
          {week.map((one) => {
            const { deadlines, sessions } = itemsOn(one);
            const closed = closedOn(one, language);
            const isSelected = one === day;
            const total = deadlines.length + sessions.length;
            const room = total > LINES ? LINES - 1 : LINES;
            const tabIndex = isSelected ? 0 : -1;
            const shownDeadlines = deadlines.slice(0, room);
            const shownSessions = sessions.slice(0, room - shownDeadlines.length);
            const left = total - shownDeadlines.length - shownSessions.length;
            return (
              // A cell of a grid has the focus, and its keys.
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/interactive-supports-focus
              <div
                key={one}
                role="gridcell"
                tabIndex={tabIndex}
                data-day={one}
                data-other={one.slice(0, 7) !== day.slice(0, 7) || undefined}
                data-closed={closed !== null || undefined}
                data-over={over === one || undefined}
                aria-selected={isSelected}
                aria-current={one === today ? 'date' : undefined}
                className={classes['cell']}
                onKeyDown={(event) => hear(event, one)}
                onClick={(event) => {
                  if (event.target === event.currentTarget) onDay(one);
                }}
                onDoubleClick={(event) => {
                  if (event.target === event.currentTarget) onNew?.(one);
                }}
                onDragOver={(event) => {
                  if (dragged === null) return;
                  event.preventDefault();
                  setOver(one);
                }}
                onDragLeave={() => setOver(null)}
                onDrop={(event) => {
                  event.preventDefault();
                  setOver(null);
                  if (dragged !== null) onMove(dragged, one);
                  setDragged(null);
                }}
              >
                <VisuallyHidden>
                  {[
                    dayInWords(one, language),
                    closed === 'weekend' ? null : closed,
                    t('schedule.itemsOn', { n: formatNumber(total, language) }),
                  ]
                    .filter((part) => part !== null)
                    .join(', ')}
                </VisuallyHidden>
                <span className={classes['date']} aria-hidden="true">
                  <b data-today={one === today || undefined}>{Number(one.slice(8))}</b>
                  {closed === null || closed === 'weekend' ? null : <i title={closed}>{closed}</i>}
                </span>
                {shownDeadlines.map((deadline) => (
                  <DeadlineLine
                    key={deadlineKey(deadline)}
                    deadline={deadline}
                    day={one}
                    tabIndex={tabIndex}
                    onOpen={() => opens.deadline(deadline)}
                  />
                ))}
                {shownSessions.map((session) => (
                  <SessionLine
                    key={session.id}
                    session={session}
                    conflicts={conflicts.get(session.id) ?? 0}
                    day={one}
                    tabIndex={tabIndex}
                    draggable={mayMove(session)}
                    onDragStart={() => setDragged(session)}
                    onOpen={() => opens.session(session)}
                  />
                ))}
                {left === 0 ? null : (
                  <button
                    type="button"
                    className={classes['more']}
                    tabIndex={tabIndex}
                    onClick={() => onList(one)}
                  >
                    {t('schedule.more', { n: formatNumber(left, language) })}
                  </button>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** `01/2025` */
function monthIn(day: CivilDate): string {
  return `${day.slice(5, 7)}/${day.slice(0, 4)}`;
}
