import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { DateTime } from 'luxon';
import { type KeyboardEvent, useState } from 'react';

import { Basis, Format, Limit, Recurrence } from '../../../domain/plan/plan.ts';
import { isoOf, ZONE } from '../../../domain/time.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import type { Field } from './fields.ts';

type Value = string | number | null;

interface Props {
  readonly field: Field;
  /** Undefined: nothing was changed. Null: emptied. */
  readonly onDone: (value: Value | undefined) => void;
}

const CHOICES = {
  format: Format.options,
  basis: Basis.options,
  limit: Limit.options,
  recurs: Recurrence.options,
};

/** Edits one value where it stands; leaving it or Enter keeps it, Esc does not. */
export function FieldEditor({ field, onDone }: Props) {
  const { t } = useWords();
  const { name, value } = field;
  const label = t(`field.${name}`);
  const [text, setText] = useState(value === null ? '' : String(value));
  const finish = (next: Value) => onDone(next === value ? undefined : next);
  const keys = (event: KeyboardEvent, next: () => Value) => {
    if (event.key === 'Escape') onDone(undefined);
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      finish(next());
    }
  };

  if (name === 'format' || name === 'basis' || name === 'limit' || name === 'recurs') {
    const words = (choice: string) =>
      name === 'format'
        ? t(`format.${choice as 'hybrid'}`)
        : name === 'basis'
          ? t(`basis.${choice as 'summoned'}`)
          : name === 'limit'
            ? t(`limit.${choice as 'max'}`)
            : t(`recurs.${choice as 'monthly'}`);
    return (
      <NativeSelect
        aria-label={label}
        autoFocus
        data={[
          ...(name === 'basis' ? [] : [{ value: '', label: t('plan.none') }]),
          ...CHOICES[name].map((choice) => ({ value: choice, label: words(choice) })),
        ]}
        value={text}
        onChange={(event) => finish(event.currentTarget.value || null)}
        onBlur={() => onDone(undefined)}
        onKeyDown={(event) => event.key === 'Escape' && onDone(undefined)}
      />
    );
  }
  if (name === 'minutes' || name === 'quota') {
    const number = () => (text.trim() === '' ? null : Math.max(0, Math.round(Number(text))));
    return (
      <NumberInput
        aria-label={label}
        autoFocus
        min={name === 'minutes' ? 1 : 0}
        allowDecimal={false}
        value={text === '' ? '' : Number(text)}
        onChange={(next) => setText(String(next))}
        onBlur={() => finish(number())}
        onKeyDown={(event) => keys(event, number)}
      />
    );
  }
  if (name === 'startsAt' || name === 'endsAt' || name === 'issuedOn') {
    const withHour = name !== 'issuedOn';
    const read = (): Value => (withHour ? fromLocal(text) : text || null);
    return (
      <TextInput
        aria-label={label}
        autoFocus
        type={withHour ? 'datetime-local' : 'date'}
        defaultValue={withHour ? toLocal(value) : ((value as string | null) ?? '')}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => (text === String(value ?? '') ? onDone(undefined) : finish(read()))}
        onKeyDown={(event) => keys(event, read)}
      />
    );
  }
  const words = () => text.trim() || null;
  return (
    <Textarea
      aria-label={label}
      autoFocus
      maxLength={4000}
      minRows={1}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => finish(words())}
      onKeyDown={(event) => keys(event, words)}
    />
  );
}

/** An ISO time as the browser's own field wants it, on the clock of the conference. */
function toLocal(value: Field['value']): string {
  if (typeof value !== 'string') return '';
  return DateTime.fromISO(value, { zone: ZONE }).toFormat("yyyy-MM-dd'T'HH:mm");
}

function fromLocal(text: string): string | null {
  const time = DateTime.fromISO(text, { zone: ZONE });
  return time.isValid ? isoOf(time.toMillis() as Instant) : null;
}
