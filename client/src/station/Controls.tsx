import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import { useWords } from '../app/language.ts';
import { MediaRefused } from '../media/asking.ts';
import {
  FilmIcon,
  FilmOffIcon,
  HandIcon,
  MicrophoneIcon,
  MicrophoneOffIcon,
  ScreenIcon,
  SettingsIcon,
  WholeScreenIcon,
} from '../media/icons.tsx';
import type { Room, RoomView } from '../media/room.ts';
import type { SoundChoice } from '../media/useSound.ts';
import { SoundIcon, SoundOffIcon } from '../parts/icons.tsx';
import { isTyping } from '../parts/keys.ts';
import { KeysHelp } from '../parts/KeysHelp.tsx';
import classes from './station.module.css';
import type { Sources } from './useSources.ts';

interface Props {
  readonly room: Room;
  readonly view: RoomView;
  readonly sources: Sources;
  readonly sound: SoundChoice;
  readonly onCheck: () => void;
}

/** What a bridge can do at its screen, each with a key of its own. */
export function Controls({ room, view, sources, sound, onCheck }: Props) {
  const { t } = useWords();
  const { camera, microphone, screen } = sources;
  const floor = useFloor(room, view);
  const [asksKeys, setAsksKeys] = useState(false);
  const keys: Readonly<Record<string, () => void>> = {
    p: floor.step,
    m: () => microphone.setMuted(!microphone.isMuted),
    c: () => camera.setMuted(!camera.isMuted),
    f: turnWholeScreen,
    '?': () => setAsksKeys(true),
  };
  useStationKeys(keys);
  return (
    <div className={classes['controls']}>
      {floor.failure === null && !sound.isBlocked ? null : (
        <p className={classes['failure']} role="alert">
          {floor.failure ?? t('media.soundBlocked')}
        </p>
      )}
      <Press
        icon={<HandIcon />}
        isMain
        isDisabled={view.state !== 'joined' || view.engine === null}
        onPress={floor.step}
      >
        {t(`station.${floor.word}`)}
      </Press>
      {microphone.track === null ? null : (
        <Press
          icon={microphone.isMuted ? <MicrophoneOffIcon /> : <MicrophoneIcon />}
          isOff={microphone.isMuted}
          onPress={() => microphone.setMuted(!microphone.isMuted)}
        >
          {t(microphone.isMuted ? 'station.microphoneOn' : 'station.microphoneOff')}
        </Press>
      )}
      {camera.track === null ? null : (
        <Press
          icon={camera.isMuted ? <FilmOffIcon /> : <FilmIcon />}
          isOff={camera.isMuted}
          onPress={() => camera.setMuted(!camera.isMuted)}
        >
          {t(camera.isMuted ? 'station.cameraOn' : 'station.cameraOff')}
        </Press>
      )}
      {screen.isPossible ? (
        <Press
          icon={<ScreenIcon />}
          onPress={() => (screen.track === null ? void screen.start() : screen.stop())}
        >
          {t(screen.track === null ? 'station.share' : 'station.shareStop')}
        </Press>
      ) : null}
      <Press
        icon={sound.isOn && !sound.isBlocked ? <SoundIcon /> : <SoundOffIcon />}
        isOff={!sound.isOn || sound.isBlocked}
        onPress={() => sound.turn(sound.isBlocked || !sound.isOn)}
      >
        {t(sound.isOn && !sound.isBlocked ? 'media.soundOff' : 'media.soundOn')}
      </Press>
      <Press icon={<WholeScreenIcon />} onPress={turnWholeScreen}>
        {t('media.wholeScreen')}
      </Press>
      <Press icon={<SettingsIcon />} onPress={onCheck}>
        {t('station.devices')}
      </Press>
      {asksKeys ? (
        <KeysHelp
          title={t('media.keys')}
          keys={[
            ['P', t('station.key.floor')],
            ['M', t('station.key.microphone')],
            ['C', t('station.key.camera')],
            ['F', t('station.key.wholeScreen')],
          ]}
          onClose={() => setAsksKeys(false)}
        />
      ) : null}
    </div>
  );
}

function Press({
  icon,
  isMain = false,
  isOff = false,
  isDisabled = false,
  onPress,
  children,
}: {
  icon: ReactNode;
  isMain?: boolean;
  /** What it turns is off at the moment. */
  isOff?: boolean;
  isDisabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      variant={isMain ? 'filled' : 'default'}
      leftSection={icon}
      disabled={isDisabled}
      data-off={isOff || undefined}
      className={classes['press'] ?? ''}
      onClick={onPress}
    >
      {children}
    </Button>
  );
}

/** One button for the floor: what it does follows from how the bridge stands. */
function useFloor(room: Room, { orders }: RoomView) {
  const { t } = useWords();
  const [failure, setFailure] = useState<string | null>(null);
  const word = orders?.hasFloor === true ? 'giveBack' : orders?.place != null ? 'withdraw' : 'ask';
  const step = async (): Promise<void> => {
    try {
      await room.stepFloor(word === 'giveBack' ? 'give back' : word);
      setFailure(null);
    } catch (error) {
      const why = error instanceof MediaRefused ? error.message : t('station.noAnswer');
      setFailure(t('station.failed', { why }));
    }
  };
  return { word, failure, step: () => void step() } as const;
}

function turnWholeScreen(): void {
  // A browser may refuse, as one in a frame does: the page stays as it is.
  if (document.fullscreenElement === null)
    document.documentElement.requestFullscreen().catch(() => undefined);
  else document.exitFullscreen().catch(() => undefined);
}

function useStationKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const press = latest.current[event.key.toLowerCase()];
      if (press === undefined) return;
      event.preventDefault();
      press();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
