import { useEffect, useRef, type KeyboardEvent } from 'react';

import { addDays, type CivilDate, type Instant } from '../../../domain/time.ts';
import type { Schedule, ScheduledSession } from '../../../domain/wire/schedule.ts';
import type { Opens } from './Entry.tsx';

/** What a view of days is given, a month of them or a week. */
export interface DayViewProps {
  readonly schedule: Schedule;
  /** The day that is chosen, and has the focus where the view has it. */
  readonly day: CivilDate;
  readonly now: Instant;
  readonly opens: Opens;
  readonly onDay: (day: CivilDate) => void;
  /** Leads to a day that has more than the view has room for. */
  readonly onList: (day: CivilDate) => void;
  /** Null for whoever may add nothing. */
  readonly onNew: ((day: CivilDate) => void) | null;
  readonly mayMove: (session: ScheduledSession) => boolean;
  readonly onMove: (session: ScheduledSession, startsAt: Instant) => void;
}

/**
 * The keys of a view whose days take the focus (`data-day`): arrows go from day to day, Enter goes into one or adds to it where it is
 * empty; within it arrows go up and down, and Escape comes back.
 *
 * @param steps how many days each key goes
 */
export function useDayKeys(
  { day, onDay, onNew }: Pick<DayViewProps, 'day' | 'onDay' | 'onNew'>,
  steps: Readonly<Record<string, number>>,
) {
  const box = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  }, [day]);
  const hear = (event: KeyboardEvent<HTMLElement>, at: CivilDate) => {
    const { key, currentTarget: own } = event;
    const within = Array.from(own.querySelectorAll<HTMLElement>('button'));
    if (event.target === own) {
      const step = steps[key];
      if (step === undefined && key !== 'Enter') return;
      event.preventDefault();
      if (step !== undefined) {
        wantsFocus.current = true;
        onDay(addDays(at, step));
      } else if (within[0] === undefined) onNew?.(at);
      else within[0].focus();
    } else if (key === 'Escape') own.focus();
    else if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      within[within.indexOf(event.target as HTMLElement) + (key === 'ArrowDown' ? 1 : -1)]?.focus();
    }
  };
  return { box, hear };
}
