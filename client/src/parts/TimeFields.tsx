import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

import { formatDate, formatTime, weekday } from '../../../domain/text/dates.ts';
import { readClock, readDay, readMoment } from '../../../domain/text/typed.ts';
import { addDays, CivilDate, civilDateOf, instantOf } from '../../../domain/time.ts';
import type { Language } from '../../../domain/text/language.ts';
import { useWords, type Words } from '../app/language.ts';
import { serverNow } from './serverClock.ts';

/** What a field is of, and how its value is typed, written and stepped. */
interface Kind<T extends string> {
  readonly read: (text: string) => T | null;
  readonly write: (value: T) => string;
  /** What else is said of a value, beside it. */
  readonly aside?: (value: T, language: Language) => string;
  /** With the arrows: the next, or the one before. */
  readonly step?: (value: T, by: 1 | -1) => T;
  /** The keyboard of a phone: digits alone suffice unless something else is said. */
  readonly keys?: 'text';
  readonly hint: (t: Words) => string;
  readonly misread: (t: Words, text: string) => string;
}

interface Props<T extends string> extends Pick<
  TextInputProps,
  'label' | 'aria-label' | 'description' | 'required' | 'autoFocus' | 'maw' | 'classNames' | 'error'
> {
  readonly value: T | null;
  /** What is read: as soon as it stands there in full, else when the field is left or at Enter; null where it is empty. */
  readonly onRead?: (value: T | null) => void;
  /** After that, when the field is left or at Enter; not with what cannot be read. */
  readonly onDone?: (value: T | null) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

const today = (): CivilDate => civilDateOf(serverNow());

const DAY: Kind<CivilDate> = {
  read: (text) => readDay(text, today()),
  write: formatDate,
  aside: weekday,
  step: addDays,
  hint: (t) => t('typed.day'),
  misread: (t, text) => t('typed.noDay', { text }),
};

/** A birth date stands in no year near to this one, and its weekday says nothing. */
const BIRTH: Kind<CivilDate> = {
  read: (text) => readDay(text, null),
  write: formatDate,
  hint: DAY.hint,
  misread: DAY.misread,
};

const CLOCK: Kind<string> = {
  read: readClock,
  write: (value) => value,
  step: stepClock,
  hint: (t) => t('typed.clock'),
  misread: (t, text) => t('typed.noClock', { text }),
};

const MOMENT: Kind<string> = {
  read: (text) => readMoment(text, today()),
  write: (value) => {
    const day = CivilDate.safeParse(value);
    if (day.success) return formatDate(day.data);
    const instant = instantOf(value);
    return instant === null ? value : `${formatTime(instant)} ${formatDate(civilDateOf(instant))}`;
  },
  keys: 'text',
  hint: (t) => t('typed.moment'),
  misread: (t, text) => t('typed.noMoment', { text }),
};

const STEP_MINUTES = 5;

/** To the next five minutes, round the clock. */
function stepClock(value: string, by: 1 | -1): string {
  const [hour = 0, minute = 0] = value.split(':').map(Number);
  const minutes = (hour * 60 + minute) / STEP_MINUTES + by;
  const next = ((by === 1 ? Math.floor(minutes) : Math.ceil(minutes)) * STEP_MINUTES + 1440) % 1440;
  return [Math.floor(next / 60), next % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A day, `13/01/2025`, with its weekday beside it; the arrows go a day on or back. */
export function DateField(props: Props<CivilDate>) {
  return <TypedField kind={DAY} {...props} />;
}

/** A day of long ago, which has to be typed with its year. */
export function BirthField(props: Props<CivilDate>) {
  return <TypedField kind={BIRTH} {...props} />;
}

/** A time of the clock of 24 hours, `08:00`; the arrows go five minutes on or back. */
export function TimeField(props: Props<string>) {
  return <TypedField kind={CLOCK} {...props} />;
}

/** A day with its hour in one field, `08:00 13/01/2025`, or the day alone; ISO. */
export function MomentField(props: Props<string>) {
  return <TypedField kind={MOMENT} {...props} />;
}

/**
 * Fields of dates and times are our own: the browser's write them in the order and language of its maker. What is typed is
 * read when the field is left; what cannot be read stays there with a sentence, and holds up the form that it stands in.
 */
function TypedField<T extends string>({
  kind,
  value,
  onRead,
  onDone,
  onKeyDown,
  error,
  ...input
}: Props<T> & { readonly kind: Kind<T> }) {
  const { t, language } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const written = value === null ? '' : kind.write(value);
  const [shown, setShown] = useState(written);
  const [text, setText] = useState(written);
  const [misread, setMisread] = useState<string | null>(null);
  if (shown !== written) {
    setShown(written);
    setText(written);
    setMisread(null);
  }
  useEffect(() => field.current?.setCustomValidity(misread ?? ''), [misread]);

  const take = (next: T | null) => {
    setText(next === null ? '' : kind.write(next));
    setMisread(null);
    onRead?.(next);
  };
  /** Whether it could be read. */
  const settle = (): boolean => {
    const words = text.trim();
    const read = text === written ? value : kind.read(words);
    const isRead = words === '' || read !== null;
    if (isRead) {
      take(read);
      onDone?.(read);
    } else setMisread(kind.misread(t, words));
    return isRead;
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event);
    if (event.key === 'Enter' && !settle()) event.preventDefault();
    if (kind.step === undefined || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const from = kind.read(text);
    if (from === null) return;
    event.preventDefault();
    take(kind.step(from, event.key === 'ArrowUp' ? 1 : -1));
  };
  const typed = kind.read(text);
  return (
    <TextInput
      {...input}
      ref={field}
      inputMode={kind.keys ?? 'numeric'}
      autoComplete="off"
      maxLength={60}
      placeholder={kind.hint(t)}
      value={text}
      error={misread ?? error}
      {...(kind.aside !== undefined && {
        rightSection: (
          <Text span size="sm" c="dimmed">
            {typed === null ? '' : kind.aside(typed, language)}
          </Text>
        ),
        rightSectionWidth: 96,
        rightSectionPointerEvents: 'none',
      })}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const read = kind.read(next);
        setText(next);
        setMisread(null);
        if (next === '' || (read !== null && kind.write(read) === next)) onRead?.(read);
      }}
      onBlur={settle}
      onKeyDown={keys}
    />
  );
}
