import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';

import { daysIn, weeksAround } from '../../../domain/schedule/calendar.ts';
import { weekday } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { civilDateOf, startOfDay, type CivilDate, type Instant } from '../../../domain/time.ts';
import type { ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { useDayKeys, type DayViewProps } from './dayView.ts';
import { DeadlineLine, SessionLine, Spoken } from './Entry.tsx';
import { closedOn, conflictsBySession, dayInWords, deadlineKey, itemsByDay, shortWeekday } from './items.ts';
import classes from './MonthView.module.css';
import shared from './dayView.module.css';

/** So many lines a day has room for; the rest is a number that leads to the day. */
const LINES = 4;

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month of whole weeks. Sessions are dragged to another day, and keep their hour there. */
export function MonthView(props: DayViewProps) {
  const { schedule, day, now, opens, onDay, onList, onNew, mayMove, onMove } = props;
  const { t, language } = useWords();
  const { box, hear } = useDayKeys(props, STEPS);
  const [dragged, setDragged] = useState<ScheduledSession | null>(null);
  const [over, setOver] = useState<CivilDate | null>(null);
  const days = daysIn(weeksAround(day));
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  const itemsOn = itemsByDay(schedule);
  const conflicts = conflictsBySession(schedule);
  const today = civilDateOf(now);
  const drop = (session: ScheduledSession, on: CivilDate) => {
    const intoDay = session.startsAt - startOfDay(civilDateOf(session.startsAt));
    const startsAt = (startOfDay(on) + intoDay) as Instant;
    if (startsAt !== session.startsAt) onMove(session, startsAt);
  };
  return (
    <div
      className={classes['month']}
      role="grid"
      aria-label={t('schedule.monthOf', { month: monthIn(day) })}
      ref={box}
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
                className={`${classes['cell']} ${shared['day']}`}
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
                  if (dragged !== null) drop(dragged, one);
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
                <span className={shared['date']} aria-hidden="true">
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
                    className={shared['more']}
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
