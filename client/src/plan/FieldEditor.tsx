import { NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';

import { BRIDGE_CLASSES } from '../../../domain/bridges/bridge.ts';
import { Basis, Format, Limit, Recurrence } from '../../../domain/plan/plan.ts';
import { fits, type Value } from '../../../domain/plan/shape.ts';
import { momentOf } from '../../../domain/text/typed.ts';
import { CivilDate } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { DateField, MomentField } from '../parts/TimeFields.tsx';
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
  if (DATES.has(field.name)) return <Dated field={field} onDone={onDone} />;
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

function Dated({ field, onDone }: Props) {
  const { t } = useWords();
  const { path, name, leaf } = field;
  const [misfit, setMisfit] = useState(false);
  const value = typeof leaf.value === 'string' ? leaf.value : null;
  const finish = (next: string | null) => {
    if (next === value) onDone(undefined);
    else if (fits(path, next)) onDone(next);
    else setMisfit(true);
  };
  const shared = {
    'aria-label': t(`field.${name}`),
    autoFocus: true,
    error: misfit ? t('plan.misfit') : null,
    onKeyDown: (event: KeyboardEvent) => event.key === 'Escape' && onDone(undefined),
  };
  if (name === 'issuedOn')
    return <DateField {...shared} value={CivilDate.nullable().parse(value)} onDone={finish} />;
  return (
    <MomentField
      {...shared}
      value={value}
      // A deadline is a moment: before a day is before it begins.
      onDone={(next) => finish(name === 'dueBefore' && next !== null ? withHour(next) : next)}
    />
  );
}

function withHour(moment: string): string {
  const day = CivilDate.safeParse(moment);
  return day.success ? momentOf(day.data, '00:00') : moment;
}

function Written({ field, onDone }: Props) {
  const { t } = useWords();
  const { path, name, leaf } = field;
  const value = leaf.value as Value;
  const begun = value === null ? '' : String(value);
  const [text, setText] = useState(begun);
  const [misfit, setMisfit] = useState(false);
  const read = (): Value => {
    const words = text.trim();
    if (words === '') return null;
    return NUMBERS.has(name) ? Number(words) : words;
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
