import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

import { SearchIcon } from './icons.tsx';
import { useSlash } from './keys.ts';

/** A search field: `/` goes to it, Esc empties it. Tells what is typed after a short pause. */
export function SearchField({ label, onSearch }: { label: string; onSearch: (query: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useSlash(field);
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), 200);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<SearchIcon />}
      value={text}
      maxLength={100}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        setText('');
        event.currentTarget.blur();
      }}
    />
  );
}
