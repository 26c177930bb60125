import { TextInput } from '@mantine/core';
import { type HTMLInputTypeAttribute, useEffect, useRef } from 'react';

import { useWords } from '../app/language.ts';
import { faultsOf, sentenceOf } from '../parts/sentences.ts';
import { useSavedText } from '../parts/useSavedText.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Under which name the server speaks of the field. */
  readonly field: string;
  readonly disabled: boolean;
  readonly longest: number;
  readonly type?: HTMLInputTypeAttribute;
  readonly numeric?: boolean;
  /** What is wrong with a text, before it is sent. */
  readonly check?: (text: string) => string | null;
  readonly onSave: (text: string) => Promise<void>;
  /** Whether the keyboard is to come here; told once it has. */
  readonly focused?: boolean;
  readonly onFocused?: () => void;
}

/** A field that is kept as soon as it is left, or at Enter; Esc puts back what stood there. A refusal stands under it. */
export function SavedField(props: Props) {
  const { label, value, field, disabled, longest, type, numeric, check, onSave, focused, onFocused } = props;
  const { t } = useWords();
  const { text, setText, fault, setFault, putBack } = useSavedText(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused !== true) return;
    input.current?.select();
    onFocused?.();
  }, [focused, onFocused]);
  const leave = async () => {
    const wanted = text.trim();
    if (wanted === value) return setText(value);
    const wrong = check?.(wanted) ?? null;
    setFault(wrong);
    if (wrong !== null) return;
    try {
      await onSave(wanted);
    } catch (error) {
      const own = faultsOf(error).find(({ at }) => at === field || at.startsWith(`${field}.`));
      setFault(own?.message ?? sentenceOf(error, t));
    }
  };
  return (
    <TextInput
      ref={input}
      label={label}
      value={text}
      disabled={disabled}
      maxLength={longest}
      error={fault}
      {...(type === undefined ? {} : { type })}
      {...(numeric === true ? { inputMode: 'numeric' as const } : {})}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => void leave()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape' || text === value) return;
        event.stopPropagation();
        putBack();
      }}
    />
  );
}
