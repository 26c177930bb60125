import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { DateTime } from 'luxon';
import { type KeyboardEvent, useState } from 'react';

import { BRIDGE_CLASSES } from '../../../domain/bridges/bridge.ts';
import { Basis, Format, Limit, Recurrence } from '../../../domain/plan/plan.ts';
import { fits, type Value } from '../../../domain/plan/shape.ts';
import { isoOf, ZONE } from '../../../domain/time.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { type Field, type FieldName, wordsOf } from './fields.ts';

interface Props {
  readonly field: Field;
  /** Undefined: nothing was changed. Null: emptied. */
  readonly onDone: (value: Value | undefined) => void;
}

const CHOICES: Partial<Record<FieldName, readonly (string | boolean)[]>> = {
  format: Format.options,
  basis: Basis.options,
  limit: Limit.options,
  recurs: Recurrence.options,
  bridgeClass: Object.keys(BRIDGE_CLASSES),
  replacesNotice: [true, false],
};
const NUMBERS: ReadonlySet<FieldName> = new Set(['minutes', 'quota']);
const DATES: ReadonlySet<FieldName> = new Set(['issuedOn', 'startsAt', 'endsAt', 'dueBefore']);

/** Edits one value where it stands; leaving it or Enter keeps it, Esc does not. */
export function FieldEditor({ field, onDone }: Props) {
  if (CHOICES[field.name] !== undefined) return <Choice field={field} onDone={onDone} />;
  return <Written field={field} onDone={onDone} />;
}

function Choice({ field, onDone }: Props) {
  const { t, language } = useWords();
  const { path, name, leaf } = field;
  const choices = CHOICES[name] ?? [];
  const chosen = choices.find((choice) => choice === leaf.value);
  return (
    <NativeSelect
      aria-label={t(`field.${name}`)}
      autoFocus
      data={[
        { value: '', label: t('plan.none') },
        ...choices.map((choice) => ({
          value: String(choice),
          label: wordsOf(path, choice, t, language) ?? '',
        })),
      ]}
      value={chosen === undefined ? '' : String(chosen)}
      onChange={(event) => {
        const next = choices.find((choice) => String(choice) === event.currentTarget.value) ?? null;
        onDone(next === leaf.value ? undefined : next);
      }}
      onBlur={() => onDone(undefined)}
      onKeyDown={(event) => event.key === 'Escape' && onDone(undefined)}
    />
  );
}

function Written({ field, onDone }: Props) {
  const { t } = useWords();
  const { path, name, leaf } = field;
  const value = leaf.value as Value;
  const withHour = name !== 'issuedOn';
  const begun = DATES.has(name) ? toInput(value, withHour) : value === null ? '' : String(value);
  const [text, setText] = useState(begun);
  const [misfit, setMisfit] = useState(false);
  const read = (): Value => {
    const words = text.trim();
    if (words === '') return null;
    if (NUMBERS.has(name)) return Number(words);
    return DATES.has(name) && withHour ? fromInput(words) : words;
  };
  const finish = () => {
    const next = read();
    if (text === begun || next === value) onDone(undefined);
    else if (fits(path, next)) onDone(next);
    else setMisfit(true);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone(undefined);
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      finish();
    }
  };
  const change = (next: string) => {
    setMisfit(false);
    setText(next);
  };
  const shared = {
    'aria-label': t(`field.${name}`),
    autoFocus: true,
    onBlur: finish,
    onKeyDown: keys,
    error: misfit ? t('plan.misfit') : null,
  };
  if (NUMBERS.has(name)) {
    return (
      <NumberInput
        {...shared}
        min={name === 'minutes' ? 1 : 0}
        allowDecimal={false}
        hideControls
        value={text === '' ? '' : Number(text)}
        onChange={(next) => change(String(next))}
      />
    );
  }
  if (DATES.has(name)) {
    return (
      <TextInput
        {...shared}
        type={withHour ? 'datetime-local' : 'date'}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return (
    <Textarea
      {...shared}
      maxLength={4000}
      minRows={1}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** An ISO time as the browser's own field wants it, on the clock of the conference. */
function toInput(value: Value, withHour: boolean): string {
  if (typeof value !== 'string') return '';
  if (!withHour) return value;
  return DateTime.fromISO(value, { zone: ZONE }).toFormat("yyyy-MM-dd'T'HH:mm");
}

function fromInput(text: string): string | null {
  const time = DateTime.fromISO(text, { zone: ZONE });
  return time.isValid ? isoOf(time.toMillis() as Instant) : null;
}
