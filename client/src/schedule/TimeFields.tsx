import { Group, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';

import { formatDate, formatTime, parseDate, parseTime, weekday } from '../../../domain/text/dates.ts';
import { addDays, civilDateOf, startOfDay, type CivilDate, type Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import classes from './schedule.module.css';

const MINUTE_MS = 60_000;
/** By how much the arrows move an hour. */
const STEP_MINUTES = 15;

/** The instant of a day and a time of day. */
export function instantAt(day: CivilDate, minutes: number): Instant {
  return (startOfDay(day) + minutes * MINUTE_MS) as Instant;
}

function minutesOf(instant: Instant): number {
  return Math.round((instant - startOfDay(civilDateOf(instant))) / MINUTE_MS);
}

/** A time of day as typed, in minutes; null where it is none. */
function readTime(text: string): number | null {
  const read = parseTime(text) ?? parseTime(`${text.trim()} giờ`);
  return read === null ? null : read.hour * 60 + read.minute;
}

/** A text that is typed, and follows the value when that is changed from elsewhere. */
function useTyped(shown: string) {
  const [text, setText] = useState(shown);
  const [from, setFrom] = useState(shown);
  if (from !== shown) {
    setFrom(shown);
    setText(shown);
  }
  return [text, setText] as const;
}

const stepOf = (event: KeyboardEvent): number =>
  event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;

/** A day as offices write it, with its weekday beside it. Up and down go to the next day and back. */
export function DayField({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: CivilDate;
  error?: string | null;
  onChange: (day: CivilDate) => void;
}) {
  const { t, language } = useWords();
  const [text, setText] = useTyped(formatDate(value));
  const read = parseDate(text);
  return (
    <TextInput
      className={classes['dayField']}
      label={label}
      description={read === null ? '\u00a0' : weekday(read, language)}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={read === null ? t('schedule.noSuchDay') : error}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const day = parseDate(typed);
        // What is not typed to its end may read as a year of long ago.
        if (day !== null && day >= '2000' && day < '2100') onChange(day);
      }}
      onBlur={() => setText(formatDate(value))}
      onKeyDown={(event) => {
        const step = stepOf(event);
        if (step === 0) return;
        event.preventDefault();
        onChange(addDays(value, step));
      }}
    />
  );
}

/** A time of day: `14:00`, `14h`, `2 giờ chiều`. Up and down go by a quarter of an hour. Emptied it is none, where that may be. */
export function HourField({
  label,
  value,
  error,
  isOptional = false,
  isBesideDay = false,
  onChange,
}: {
  label: string;
  /** Whether it stands beside a day, which has its weekday over it. */
  isBesideDay?: boolean;
  /** Minutes since midnight. */
  value: number | null;
  error?: string | null;
  isOptional?: boolean;
  onChange: (minutes: number | null) => void;
}) {
  const { t } = useWords();
  const shown = value === null ? '' : inWords(value);
  const [text, setText] = useTyped(shown);
  const isEmpty = text.trim() === '';
  const isWrong = isEmpty ? !isOptional : readTime(text) === null;
  return (
    <TextInput
      className={classes['hourField']}
      label={label}
      description={isBesideDay ? '\u00a0' : undefined}
      autoComplete="off"
      placeholder={isOptional ? '–' : '08:00'}
      value={text}
      error={isWrong ? t('schedule.noSuchHour') : error}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const minutes = readTime(typed);
        if (minutes !== null) onChange(minutes);
        else if (typed.trim() === '' && isOptional) onChange(null);
      }}
      onBlur={() => setText(shown)}
      onKeyDown={(event) => {
        const step = stepOf(event);
        if (step === 0 || value === null) return;
        event.preventDefault();
        onChange((value + step * STEP_MINUTES + 1440) % 1440);
      }}
    />
  );
}

function inWords(minutes: number): string {
  return formatTime(instantAt('2025-01-13' as CivilDate, minutes));
}

/** When something begins or ends: its day and its hour. */
export function MomentField({
  labels,
  value,
  error,
  onChange,
}: {
  labels: { readonly day: string; readonly hour: string };
  value: Instant;
  error?: string | null;
  onChange: (instant: Instant) => void;
}) {
  const day = civilDateOf(value);
  const minutes = minutesOf(value);
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <DayField
        label={labels.day}
        value={day}
        error={error ?? null}
        onChange={(to) => onChange(instantAt(to, minutes))}
      />
      <HourField
        label={labels.hour}
        value={minutes}
        isBesideDay
        onChange={(to) => {
          if (to !== null) onChange(instantAt(day, to));
        }}
      />
    </Group>
  );
}
