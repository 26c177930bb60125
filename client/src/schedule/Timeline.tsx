import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useCallback, useMemo, type CSSProperties, type KeyboardEvent } from 'react';

import {
  daysAround,
  daysIn,
  lastDayOf,
  rowsOf,
  spanOf,
  type Reach,
} from '../../../domain/schedule/calendar.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { formatTime, weekdayNumber } from '../../../domain/text/dates.ts';
import { startOfDay, type CivilDate, type Instant } from '../../../domain/time.ts';
import type { Schedule, ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import type { DayViewProps } from './dayView.ts';
import { Spoken, useDeadlineTime, useDeadlineTitle, useSessionName } from './Entry.tsx';
import { closedOn, conflictsBySession, deadlineKey, shortWeekday } from './items.ts';
import { KindShape } from './KindMark.tsx';
import { lanesOf, type Lane } from './lanes.ts';
import type { Lanes } from './place.ts';
import classes from './Timeline.module.css';
import shared from './dayView.module.css';
import { useDrag } from './useDrag.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ROW_PX = 34;
/** A bar is never narrower: it has to be hit. */
const NARROWEST_PX = 24;
/** So many rows a lane has; the rest is a number. */
const MOST_ROWS = 8;
/** A bar that is this wide has room for its name; a narrower one has it beside, where its lane is not full. */
const NAMED_PX = 90;
const BESIDE_PX = 130;
const FEW = 40;

interface Props extends Omit<DayViewProps, 'onDay' | 'onNew'> {
  readonly reach: Reach;
  readonly by: Lanes;
}

interface Placed {
  readonly session: ScheduledSession;
  readonly row: number;
  readonly left: number;
  readonly width: number;
  /** Room for its name beside it. */
  readonly beside: number;
  /** How much of it is the time between doors and start. */
  readonly doors: number;
}

/** Lanes over time, with now as a line: sessions are bars, deadlines are marks. */
export function Timeline({ schedule, day, reach, by, now, opens, onList, mayMove, onMove }: Props) {
  const { t, language } = useWords();
  const { ref, width: whole } = useElementSize<HTMLDivElement>();
  const days = daysAround(day, reach);
  const span = spanOf(days);
  const lanes = useMemo(() => lanesOf(schedule, by), [schedule, by]);
  const conflicts = useMemo(() => conflictsBySession(schedule), [schedule]);
  const from = span.startsAt;
  const length = span.endsAt - from;
  const width = Math.max(1, whole);
  const px = useCallback(
    (instant: number): number => ((instant - from) / length) * width,
    [from, length, width],
  );
  // Far away a day is as fine as a hand can be.
  const step =
    reach === 'month' || reach === 'quarter' ? DAY_MS : reach === 'week' ? HOUR_MS / 2 : HOUR_MS / 4;
  const { drag, take, wasDragged } = useDrag<ScheduledSession>(({ of, dx }) => {
    const moved = Math.round(((dx / width) * length) / step) * step;
    if (moved !== 0) onMove(of, (of.startsAt + moved) as Instant);
  });
  const placed = useMemo(() => lanes.map((lane) => place(lane, px, width)), [lanes, px, width]);
  const nameless = by === 'room' ? t('schedule.noRoom') : t('schedule.nobody');
  if (lanes.length === 0) return <Text c="dimmed">{t('schedule.nothing')}</Text>;
  return (
    <div className={classes['timeline']} data-dragging={drag !== null || undefined}>
      <div className={classes['scaleRow']}>
        <span className={classes['laneName']} />
        <div className={classes['scale']} ref={ref} aria-hidden="true">
          {ticksOf(days, reach, language).map(({ at, text, closed }) => (
            <span key={at} style={{ left: px(at) }} data-closed={closed || undefined}>
              {text}
            </span>
          ))}
        </div>
      </div>
      <VirtualRows
        count={lanes.length}
        rowHeight={ROW_PX * 2}
        keyOf={(at) => lanes[at]?.key ?? ''}
        label={t('schedule.views.timeline')}
        render={(at) => {
          const lane = lanes[at];
          const bars = placed[at];
          if (lane === undefined || bars === undefined) return null;
          const rows = Math.min(MOST_ROWS, Math.max(1, ...bars.map(({ row }) => row + 1)));
          const marks = lane.deadlines.length > 0 ? 1 : 0;
          const left = bars.filter(({ row }) => row >= MOST_ROWS).length;
          const style: CSSProperties = { height: (rows + marks) * ROW_PX + (left > 0 ? ROW_PX : 0) + 8 };
          return (
            <div className={classes['lane']}>
              <div className={classes['laneName']} title={lane.name ?? nameless}>
                <span>{lane.name ?? nameless}</span>
              </div>
              <div
                className={classes['track']}
                style={style}
                role="group"
                aria-label={lane.name ?? nameless}
                onKeyDown={walk}
              >
                {closedStretches(days, language).map((one) => (
                  <span
                    key={one}
                    className={classes['closedDay']}
                    style={{
                      left: px(startOfDay(one)),
                      width: px(startOfDay(one) + DAY_MS) - px(startOfDay(one)),
                    }}
                    aria-hidden="true"
                  />
                ))}
                {now >= span.startsAt && now < span.endsAt ? (
                  <span className={classes['nowLineUp']} style={{ left: px(now) }} aria-hidden="true" />
                ) : null}
                {lane.deadlines.map((deadline) => (
                  <DeadlineMark
                    key={deadlineKey(deadline)}
                    deadline={deadline}
                    left={Math.min(
                      width - NARROWEST_PX,
                      Math.max(0, px(deadline.dueBefore) - NARROWEST_PX / 2),
                    )}
                    onOpen={() => opens.deadline(deadline)}
                  />
                ))}
                {bars.map(({ session, row, left: x, width: wide, beside, doors }) =>
                  row >= MOST_ROWS ? null : (
                    <Bar
                      key={session.id}
                      session={session}
                      conflicts={conflicts.get(session.id) ?? 0}
                      width={wide}
                      showsHour={reach === 'day' || reach === 'week'}
                      doors={doors}
                      style={{
                        left: x,
                        width: wide + beside,
                        top: (row + marks) * ROW_PX + 4,
                        ...(drag?.of.id === session.id && {
                          transform: `translateX(${drag.dx}px)`,
                          zIndex: 5,
                        }),
                      }}
                      onPointerDown={mayMove(session) ? take(session) : undefined}
                      onOpen={() => {
                        if (!wasDragged()) opens.session(session);
                      }}
                    />
                  ),
                )}
                {left === 0 ? null : (
                  <button
                    type="button"
                    className={shared['more']}
                    style={{ position: 'absolute', bottom: 2 }}
                    onClick={() => onList(days.first)}
                  >
                    {t('schedule.more', { n: formatNumber(left, language) })}
                  </button>
                )}
              </div>
            </div>
          );
        }}
      />
    </div>
  );
}

function Bar({
  session,
  conflicts,
  width,
  showsHour,
  doors,
  style,
  onPointerDown,
  onOpen,
}: {
  session: ScheduledSession;
  conflicts: number;
  /** Of the bar itself; its name may stand beside. */
  width: number;
  showsHour: boolean;
  doors: number;
  style: CSSProperties;
  onPointerDown: ReturnType<ReturnType<typeof useDrag>['take']> | undefined;
  onOpen: () => void;
}) {
  const nameOf = useSessionName();
  const name = nameOf(session, conflicts);
  const text = `${showsHour ? `${formatTime(session.startsAt)} ` : ''}${session.title}`;
  return (
    <button
      type="button"
      className={classes['bar']}
      data-kind={session.kind}
      data-cancelled={session.cancelled !== null || undefined}
      data-movable={onPointerDown !== undefined || undefined}
      title={name}
      style={style}
      onPointerDown={onPointerDown}
      onClick={onOpen}
    >
      <Spoken name={name}>
        <span className={classes['barBody']} style={{ width }}>
          {doors > 0 ? (
            <span className={classes['barDoors']} style={{ width: doors }} aria-hidden="true" />
          ) : null}
          <KindShape kind={session.kind} />
          {conflicts === 0 || width < NAMED_PX ? null : <StateShape state="review" size={12} />}
          {width < NAMED_PX ? null : <span className={classes['name']}>{text}</span>}
        </span>
        {width >= NAMED_PX ? null : (
          <span className={classes['name']}>
            {conflicts === 0 ? null : <StateShape state="review" size={12} />} {text}
          </span>
        )}
      </Spoken>
    </button>
  );
}

function DeadlineMark({
  deadline,
  left,
  onOpen,
}: {
  deadline: Schedule['deadlines'][number];
  left: number;
  onOpen: () => void;
}) {
  const { t } = useWords();
  const timeOf = useDeadlineTime();
  const titleOf = useDeadlineTitle();
  const name = `${t('schedule.kinds.deadline')}: ${titleOf(deadline)}, ${timeOf(deadline, lastDayOf(deadline.dueBefore))}`;
  return (
    <button
      type="button"
      className={classes['mark']}
      aria-label={name}
      title={name}
      style={{ left }}
      onClick={onOpen}
    >
      <KindShape kind="deadline" size={18} />
    </button>
  );
}

/** Left and right go along a lane. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined) return;
  const bars = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('button'));
  const at = bars.indexOf(event.target as HTMLElement);
  if (at === -1) return;
  event.preventDefault();
  event.stopPropagation();
  bars[at + by]?.focus();
}

/** Where each bar lies, in px. Bars that would be too narrow are given room, and stand in rows by the room that they take. */
function place(lane: Lane, px: (instant: number) => number, width: number): Placed[] {
  const bars = lane.sessions.map((session) => {
    const start = Math.max(0, px(session.startsAt));
    const left = Math.max(0, session.doorsAt === null ? start : px(session.doorsAt));
    const right = Math.min(width, px(session.endsAt));
    const wide = Math.max(NARROWEST_PX, right - left);
    const beside = wide < NAMED_PX && lane.sessions.length <= FEW ? BESIDE_PX : 0;
    return {
      session,
      left: Math.max(0, Math.min(left, width - wide)),
      width: wide,
      beside,
      doors: start - left,
    };
  });
  const rows = rowsOf(
    bars.map(({ left, width: wide, beside }) => ({
      startsAt: Math.round(left) as Instant,
      endsAt: Math.round(left + wide + beside + 2) as Instant,
    })),
  );
  return bars.map((bar, at) => ({ ...bar, row: rows[at] ?? 0 }));
}

function closedStretches(days: ReturnType<typeof daysAround>, language: 'vi' | 'en'): CivilDate[] {
  return daysIn(days).filter((day) => closedOn(day, language) !== null);
}

/** What is written over the lanes: hours of a day, days of a week, days and weeks of a month and a quarter. */
function ticksOf(days: ReturnType<typeof daysAround>, reach: Reach, language: 'vi' | 'en') {
  if (reach === 'day') {
    const start = startOfDay(days.first);
    return [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => ({
      at: start + hour * HOUR_MS,
      text: `${String(hour).padStart(2, '0')}:00`,
      closed: false,
    }));
  }
  const shown = daysIn(days).filter(
    (day) => reach === 'week' || weekdayNumber(day) === 1 || reach === 'month',
  );
  return shown.map((day) => ({
    at: startOfDay(day),
    text:
      reach === 'week'
        ? `${shortWeekday(day, language)} ${day.slice(8)}/${day.slice(5, 7)}`
        : reach === 'month'
          ? String(Number(day.slice(8)))
          : `${day.slice(8)}/${day.slice(5, 7)}`,
    closed: closedOn(day, language) !== null,
  }));
}
