import type { CSSProperties } from 'react';

import { daysAround, daysIn, rowsOf } from '../../../domain/schedule/calendar.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { civilDateOf, startOfDay, type CivilDate, type Instant } from '../../../domain/time.ts';
import type { ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import { useDayKeys, type DayViewProps } from './dayView.ts';
import { DeadlineLine, Spoken, useSessionName } from './Entry.tsx';
import { closedOn, conflictsBySession, dayInWords, deadlineKey, itemsByDay, shortWeekday } from './items.ts';
import { KindShape } from './KindMark.tsx';
import classes from './WeekView.module.css';
import shared from './dayView.module.css';
import { useDrag } from './useDrag.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOUR_PX = 46;
/** Hours of an office; a session outside of them makes the day longer. */
const FIRST_HOUR = 6;
const LAST_HOUR = 19;
/** Sessions are put down on quarters of an hour. */
const STEP_MS = 15 * 60_000;
/** So many stand beside each other; the rest is a number. */
const BESIDE = 4;

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** A week by the hour: what stands beside each other is at the same time. */
export function WeekView(props: DayViewProps) {
  const { schedule, day, now, opens, onList, onNew, mayMove, onMove } = props;
  const { t, language } = useWords();
  const { box, hear } = useDayKeys(props, STEPS);
  const days = daysIn(daysAround(day, 'week'));
  const itemsOn = itemsByDay(schedule);
  const conflicts = conflictsBySession(schedule);
  const nameOf = useSessionName();
  const today = civilDateOf(now);
  const [firstHour, lastHour] = hoursOf(days, itemsOn);
  const width = () => (box.current?.clientWidth ?? 0) / 7;
  const { drag, take, wasDragged } = useDrag<ScheduledSession>(({ of, dx, dy }) => {
    const byDays = width() === 0 ? 0 : Math.round(dx / width());
    const by = byDays * DAY_MS + Math.round(((dy / HOUR_PX) * HOUR_MS) / STEP_MS) * STEP_MS;
    if (by !== 0) onMove(of, (of.startsAt + by) as Instant);
  });
  const hours = Array.from({ length: lastHour - firstHour }, (_, at) => firstHour + at);
  return (
    <div className={classes['week']} data-dragging={drag !== null || undefined}>
      <div className={classes['weekHead']}>
        {days.map((one) => {
          const closed = closedOn(one, language);
          return (
            <div
              key={one}
              className={shared['day']}
              data-closed={closed !== null || undefined}
              aria-current={one === today ? 'date' : undefined}
            >
              <span className={shared['date']}>
                {shortWeekday(one, language)}{' '}
                <b data-today={one === today || undefined}>{Number(one.slice(8))}</b>
                {closed === null || closed === 'weekend' ? null : <i>{closed}</i>}
              </span>
              {itemsOn(one).deadlines.map((deadline) => (
                <DeadlineLine
                  key={deadlineKey(deadline)}
                  deadline={deadline}
                  day={one}
                  onOpen={() => opens.deadline(deadline)}
                />
              ))}
            </div>
          );
        })}
      </div>
      <div className={classes['hours']} aria-hidden="true" style={{ height: hours.length * HOUR_PX }}>
        {hours.map((hour) => (
          <span key={hour} style={{ top: (hour - firstHour) * HOUR_PX }}>
            {String(hour).padStart(2, '0')}:00
          </span>
        ))}
      </div>
      <div className={classes['columns']} ref={box} style={{ height: hours.length * HOUR_PX }}>
        {days.map((one) => {
          const start = startOfDay(one);
          const { sessions } = itemsOn(one);
          const rows = rowsOf(sessions.map(within(start)));
          const beside = Math.min(BESIDE, Math.max(1, ...rows.map((row) => row + 1)));
          const left = rows.filter((row) => row >= beside).length;
          return (
            // A day has the focus, and its keys.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <div
              key={one}
              role="group"
              tabIndex={one === day ? 0 : -1}
              data-day={one}
              data-closed={closedOn(one, language) !== null || undefined}
              className={`${classes['column']} ${shared['day']}`}
              aria-label={`${dayInWords(one, language)}, ${t('schedule.itemsOn', { n: formatNumber(sessions.length, language) })}`}
              style={{ backgroundSize: `100% ${HOUR_PX}px` }}
              onKeyDown={(event) => hear(event, one)}
              onDoubleClick={(event) => {
                if (event.target === event.currentTarget) onNew?.(one);
              }}
            >
              {now >= start && now < start + DAY_MS ? (
                <span
                  className={classes['nowLine']}
                  style={{ top: ((now - start) / HOUR_MS - firstHour) * HOUR_PX }}
                  aria-hidden="true"
                />
              ) : null}
              {sessions.map((session, at) => {
                const row = rows[at] ?? 0;
                if (row >= beside) return null;
                const own = within(start)(session);
                const count = conflicts.get(session.id) ?? 0;
                const isDragged = drag?.of.id === session.id;
                const style: CSSProperties = {
                  top: ((own.startsAt - start) / HOUR_MS - firstHour) * HOUR_PX,
                  height: Math.max(26, ((own.endsAt - own.startsAt) / HOUR_MS) * HOUR_PX - 2),
                  left: `${(row / beside) * 100}%`,
                  width: `calc(${100 / beside}% - 3px)`,
                  ...(isDragged && { transform: `translate(${drag.dx}px, ${drag.dy}px)` }),
                };
                const doors = session.doorsAt === null ? 0 : session.startsAt - session.doorsAt;
                return (
                  <div
                    key={session.id}
                    className={classes['slot']}
                    style={style}
                    data-dragged={isDragged || undefined}
                  >
                    {doors > 0 && own.startsAt === session.startsAt ? (
                      <span
                        className={classes['doors']}
                        data-kind={session.kind}
                        style={{ height: (doors / HOUR_MS) * HOUR_PX }}
                        aria-hidden="true"
                      />
                    ) : null}
                    <button
                      type="button"
                      className={classes['block']}
                      data-kind={session.kind}
                      data-cancelled={session.cancelled !== null || undefined}
                      data-movable={mayMove(session) || undefined}
                      title={nameOf(session, count)}
                      onPointerDown={mayMove(session) ? take(session) : undefined}
                      onClick={() => {
                        if (!wasDragged()) opens.session(session);
                      }}
                    >
                      <Spoken name={nameOf(session, count)}>
                        <span className={classes['blockHead']}>
                          <KindShape kind={session.kind} />
                          {formatTime(session.startsAt)}-{formatTime(session.endsAt)}
                          {count === 0 ? null : <StateShape state="review" size={13} />}
                        </span>
                        <span className={classes['blockName']}>{session.title}</span>
                        {session.venue === null ? null : (
                          <span className={classes['blockNote']}>{session.venue}</span>
                        )}
                      </Spoken>
                    </button>
                  </div>
                );
              })}
              {left === 0 ? null : (
                <button type="button" className={shared['more']} onClick={() => onList(one)}>
                  {t('schedule.more', { n: formatNumber(left, language) })}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A session as far as it lies within the day that starts then. */
function within(start: Instant) {
  return ({ startsAt, endsAt }: Pick<ScheduledSession, 'startsAt' | 'endsAt'>) => ({
    startsAt: Math.max(startsAt, start) as Instant,
    endsAt: Math.min(endsAt, start + DAY_MS) as Instant,
  });
}

/** The first hour that is shown and the one after the last. */
function hoursOf(
  days: readonly CivilDate[],
  itemsOn: ReturnType<typeof itemsByDay>,
): readonly [number, number] {
  let [first, last] = [FIRST_HOUR, LAST_HOUR];
  for (const day of days) {
    const start = startOfDay(day);
    for (const session of itemsOn(day).sessions) {
      const own = within(start)(session);
      first = Math.min(first, Math.floor((own.startsAt - start) / HOUR_MS));
      last = Math.max(last, Math.ceil((own.endsAt - start) / HOUR_MS));
    }
  }
  return [first, last];
}
