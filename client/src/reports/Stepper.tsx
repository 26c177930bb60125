import { ActionIcon, NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';

import { useWords } from '../app/language.ts';
import classes from './Stepper.module.css';

interface Props {
  readonly label: string;
  readonly value: number | undefined;
  /** A field that is empty while it says nothing: stepping begins at 0. */
  readonly onChange: (value: number | undefined) => void;
  readonly max?: number;
  readonly note?: ReactNode;
  readonly error?: string | null;
}

const MOST = 1_000_000;

/** Clauses stand in the middle of a sentence in their plan. */
function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

/** A figure with minus and plus on either side, and the number pad of the phone for the rest. */
export function Stepper({ label, value, onChange, max = MOST, note, error }: Props) {
  const { t } = useWords();
  const step = (by: number) => onChange(Math.min(max, Math.max(0, (value ?? 0) + by)));
  return (
    <div>
      <NumberInput
        className={classes['stepperField'] ?? ''}
        classNames={{ label: classes['stepperLabel'] ?? '' }}
        label={capitalized(label)}
        description={note}
        error={error ?? undefined}
        inputMode="numeric"
        min={0}
        max={max}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator="."
        decimalSeparator=","
        hideControls
        leftSectionWidth={52}
        rightSectionWidth={52}
        leftSection={
          <ActionIcon
            variant="default"
            size={48}
            className={classes['step'] ?? ''}
            aria-label={t('headcount.less', { label })}
            disabled={(value ?? 0) === 0}
            onClick={() => step(-1)}
          >
            −
          </ActionIcon>
        }
        rightSection={
          <ActionIcon
            variant="default"
            size={48}
            className={classes['step'] ?? ''}
            aria-label={t('headcount.more', { label })}
            disabled={(value ?? 0) >= max}
            onClick={() => step(1)}
          >
            +
          </ActionIcon>
        }
        value={value ?? ''}
        onChange={(next) => onChange(next === '' ? undefined : Number(next))}
      />
    </div>
  );
}
