import { Alert } from '@mantine/core';

import { useLine } from '../api/line.ts';
import { useWords } from '../app/language.ts';
import { Loading } from '../parts/Pages.tsx';
import type { RoomView } from './room.ts';

/** What is wrong with a room, in a sentence; nothing where all is well. */
export function RoomState({ view }: { view: RoomView }) {
  const { t } = useWords();
  const line = useLine();
  const { state, message, engine, canPlay, board } = view;
  if (state === 'refused') return <Trouble>{message}</Trouble>;
  if (line === 'lost') return <Trouble>{t('media.lost')}</Trouble>;
  if (state === 'joining') return board === null ? <Loading /> : null;
  if (engine === null) {
    return (
      <Trouble>
        {t('media.noEngine')} {t('media.noEngineMore')}
      </Trouble>
    );
  }
  if (!canPlay) return <Trouble>{t('media.cannotPlay')}</Trouble>;
  return engine.isRunning ? null : <Trouble>{t('media.engineDown')}</Trouble>;
}

function Trouble({ children }: { children: React.ReactNode }) {
  return (
    <Alert color="red" variant="outline" role="alert" mb="md">
      {children}
    </Alert>
  );
}
