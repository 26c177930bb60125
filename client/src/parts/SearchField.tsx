import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

import { SearchIcon } from './icons.tsx';
import { focusListAfter, useSlash } from './keys.ts';

/** What is asked of the server waits until somebody has stopped typing for so long. */
const PAUSE_MS = 200;

/** A search field: `/` goes to it, the arrow down to what it found, Esc empties it. Tells what is typed after a short pause, or at once. */
export function SearchField({
  label,
  onSearch,
  pause = PAUSE_MS,
}: {
  label: string;
  onSearch: (query: string) => void;
  pause?: number;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useSlash(field);
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), pause);
    return () => clearTimeout(timer);
  }, [text, onSearch, pause]);
  return (
    <TextInput
      ref={field}
      type="search"
      flex="0 1 22rem"
      aria-label={label}
      placeholder={label}
      leftSection={<SearchIcon />}
      value={text}
      maxLength={100}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown' && focusListAfter(event.currentTarget)) event.preventDefault();
        if (event.key !== 'Escape') return;
        setText('');
        event.currentTarget.blur();
      }}
    />
  );
}
