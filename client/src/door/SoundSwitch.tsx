import { ActionIcon } from '@mantine/core';
import { useEffect, useState } from 'react';

import { useWords } from '../app/language.ts';
import { SoundIcon, SoundOffIcon } from '../parts/icons.tsx';
import type { Answer } from './answer.ts';
import { isSoundOn, keepSound, sound, soundAtFirstTouch } from './sound.ts';

/** Sounds each answer of the door, and what the ledger makes of it; can be turned off. */
export function SoundSwitch({ answer }: { answer: Answer | null }) {
  const { t } = useWords();
  const [on, setOn] = useState(isSoundOn);
  useEffect(soundAtFirstTouch, []);
  const kind = answer?.kind;
  const event = answer?.event;
  useEffect(() => {
    if (kind !== undefined) sound(kind);
    // A second scan sounds again, also where it is answered alike.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [kind, event]);
  return (
    <ActionIcon
      size={44}
      aria-label={t('door.sound')}
      aria-pressed={on}
      onClick={() => {
        keepSound(!on);
        setOn(!on);
      }}
    >
      {on ? <SoundIcon /> : <SoundOffIcon />}
    </ActionIcon>
  );
}
