import { type ReactNode, useEffect, useRef, useState } from 'react';

import { useWords } from '../app/language.ts';
import { isTyping, useHelpKey } from '../parts/keys.ts';
import { KeysHelp } from '../parts/KeysHelp.tsx';

interface Deeds {
  readonly put: (() => void) | null;
  readonly grant: (() => void) | null;
  readonly take: (() => void) | null;
  readonly next: () => void;
}

const KEYS = { p: 'put', g: 'grant', t: 'take', n: 'next' } as const;

/** The keys of a director: hands stay where they are while eyes are on the pictures. Gives back what tells them. */
export function useStudioKeys(deeds: Deeds): ReactNode {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  const latest = useRef(deeds);
  useEffect(() => {
    latest.current = deeds;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const key = event.key.toLowerCase();
      if (!(key in KEYS)) return;
      event.preventDefault();
      latest.current[KEYS[key as keyof typeof KEYS]]?.();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
  useHelpKey(() => setAsked(true));
  if (!isAsked) return null;
  return (
    <KeysHelp
      title={t('media.keys')}
      keys={[
        ['P', t('studio.key.put')],
        ['G', t('studio.key.grant')],
        ['T', t('studio.key.take')],
        ['N', t('studio.key.next')],
        ['/', t('studio.key.search')],
      ]}
      onClose={() => setAsked(false)}
    />
  );
}
