import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';

import type { SeatRow } from '../../../domain/wire/seating.ts';
import { useWords } from '../app/language.ts';
import { faultsOf, sentenceOf } from '../parts/sentences.ts';
import { useSavedText } from '../parts/useSavedText.ts';
import classes from './seating.module.css';

interface Props {
  readonly row: SeatRow;
  /** Whether the keyboard is to come here. */
  readonly isNext: boolean;
  /** Keeps what was typed; throws the refusal. */
  readonly onSave: (row: SeatRow, typed: string) => Promise<void>;
  /** Goes on to the person so many places below, or above. */
  readonly onGo: (steps: 1 | -1) => void;
  readonly onFocused: () => void;
}

/** Somebody's seat number, kept as soon as the field is left. A refusal stands under it, and what was typed stays. */
export function SeatField({ row, isNext, onSave, onGo, onFocused }: Props) {
  const { t } = useWords();
  const value = row.number ?? '';
  const { text, setText, fault, setFault, putBack } = useSavedText(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isNext) return;
    input.current?.focus();
    input.current?.select();
  }, [isNext]);
  const leave = async () => {
    const typed = text.trim();
    setFault(null);
    if (typed === value) return setText(value);
    try {
      await onSave(row, typed);
    } catch (error) {
      const own = faultsOf(error).find(({ at }) => at === 'number');
      setFault(own?.message ?? sentenceOf(error, t));
    }
  };
  return (
    <TextInput
      ref={input}
      className={classes['number'] ?? ''}
      aria-label={t('seating.of', { name: row.name })}
      value={text}
      error={fault}
      maxLength={40}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      onFocus={onFocused}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => void leave()}
      onKeyDown={(event) => {
        const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (steps !== undefined) {
          event.preventDefault();
          onGo(steps as 1 | -1);
        } else if (event.key === 'Escape' && text !== value) {
          event.stopPropagation();
          putBack();
        }
      }}
    />
  );
}
