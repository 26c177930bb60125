import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

import { daysTouched } from '../../../domain/schedule/calendar.ts';
import { formatSpan } from '../../../domain/schedule/sentences.ts';
import { formatDateTime, formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { startOfDay, type CivilDate } from '../../../domain/time.ts';
import type { ScheduledDeadline, ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import { dayInWords } from './items.ts';
import { KindShape } from './KindMark.tsx';
import classes from './Entry.module.css';

/** What somebody can do with an entry, on every view. */
export interface Opens {
  readonly session: (session: ScheduledSession) => void;
  readonly deadline: (deadline: ScheduledDeadline) => void;
}

/** A session in words: for its name, and where there is room. */
export function useSessionName() {
  const { t, language } = useWords();
  return (session: ScheduledSession, conflicts: number): string => {
    const { kind, title, startsAt, endsAt, venue, cancelled } = session;
    return [
      `${t(`schedule.kinds.${kind}`)}: ${title}`,
      formatSpan(startsAt, endsAt, language),
      venue,
      cancelled === null ? null : t('schedule.cancelledMark'),
      conflicts === 0 ? null : t('schedule.conflictCount', { n: formatNumber(conflicts, language) }),
    ]
      .filter((part) => part !== null)
      .join(', ');
  };
}

/** When a deadline is, as people keep it: the whole day, or the hour. */
export function useDeadlineTime() {
  const { t, language } = useWords();
  return ({ dueBefore }: Pick<ScheduledDeadline, 'dueBefore'>, day: CivilDate): string =>
    dueBefore === startOfDay(daysTouched({ startsAt: dueBefore, endsAt: dueBefore }).first)
      ? t('schedule.endOfDay', { day: dayInWords(day, language) })
      : t('schedule.beforeHour', { at: formatDateTime(dueBefore, language) });
}

export function useDeadlineTitle() {
  const { t } = useWords();
  return ({ text, bridgeName }: ScheduledDeadline): string =>
    bridgeName === null ? (text ?? '') : t('schedule.innerOf', { bridge: bridgeName });
}

/** What is read out in the place of what is seen: signs and short forms, said in full. */
export function Spoken({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <VisuallyHidden>{name}</VisuallyHidden>
      <span className={classes['seen']} aria-hidden="true">
        {children}
      </span>
    </>
  );
}

interface SessionProps {
  readonly session: ScheduledSession;
  readonly conflicts: number;
  /** On which day it is shown; on a later one than its first it goes on. */
  readonly day: CivilDate;
  readonly tabIndex?: number;
  readonly draggable?: boolean;
  readonly onOpen: () => void;
  readonly onDragStart?: () => void;
}

/** A session as one line of a day: shape, hour, name. */
export function SessionLine({
  session,
  conflicts,
  day,
  tabIndex,
  draggable,
  onOpen,
  onDragStart,
}: SessionProps) {
  const nameOf = useSessionName();
  const goesOn = daysTouched(session).first < day;
  return (
    <button
      type="button"
      className={classes['entry']}
      data-kind={session.kind}
      data-cancelled={session.cancelled !== null || undefined}
      title={nameOf(session, conflicts)}
      tabIndex={tabIndex}
      draggable={draggable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', session.title);
        onDragStart?.();
      }}
      onClick={onOpen}
    >
      <Spoken name={nameOf(session, conflicts)}>
        <KindShape kind={session.kind} />
        <span className={classes['hour']}>{goesOn ? '…' : formatTime(session.startsAt)}</span>
        <span className={classes['name']}>{session.title}</span>
        {conflicts === 0 ? null : <StateShape state="review" size={13} />}
      </Spoken>
    </button>
  );
}

/** A deadline as one line of its day. */
export function DeadlineLine({
  deadline,
  day,
  tabIndex,
  onOpen,
}: {
  deadline: ScheduledDeadline;
  day: CivilDate;
  tabIndex?: number;
  onOpen: () => void;
}) {
  const { t } = useWords();
  const timeOf = useDeadlineTime();
  const titleOf = useDeadlineTitle();
  const name = `${t('schedule.kinds.deadline')}: ${titleOf(deadline)}, ${timeOf(deadline, day)}`;
  return (
    <button
      type="button"
      className={classes['entry']}
      data-kind="deadline"
      title={name}
      tabIndex={tabIndex}
      onClick={onOpen}
    >
      <Spoken name={name}>
        <KindShape kind="deadline" />
        <span className={classes['name']}>{titleOf(deadline)}</span>
      </Spoken>
    </button>
  );
}
