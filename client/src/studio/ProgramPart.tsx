import { Button } from '@mantine/core';
import { useEffect } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import type { FloorShown, Station } from '../../../domain/wire/media.ts';
import { useWords } from '../app/language.ts';
import { ProgramPicture } from '../media/ProgramPicture.tsx';
import type { Room, RoomView } from '../media/room.ts';
import { Sound } from '../media/Sound.tsx';
import { useSound } from '../media/useSound.ts';
import { SoundIcon, SoundOffIcon } from '../parts/icons.tsx';
import classes from './studio.module.css';

interface Props {
  readonly room: Room;
  readonly view: RoomView;
  readonly floor: FloorShown;
  readonly stations: ReadonlyMap<BridgeId, Station>;
  /** Null where nobody has the floor, or nobody here may end it. */
  readonly onTake: (() => void) | null;
}

/** What everybody sees and hears at this moment. */
export function ProgramPart({ room, view, floor, stations, onTake }: Props) {
  const { t } = useWords();
  const sound = useSound('studio', false);
  useEffect(() => room.listen(sound.isOn), [room, sound.isOn]);
  const { program, tracks } = view;
  const heard = program?.streams.filter(({ kind }) => kind === 'audio') ?? [];
  const holder = floor.holder === null ? null : (stations.get(floor.holder.bridge)?.name ?? '');
  return (
    <section className={classes['part']} aria-label={t('media.program')}>
      <h2 className={classes['heading']}>
        {program?.bridgeName == null
          ? t('media.program')
          : t('media.programOf', { name: program.bridgeName })}
      </h2>
      <div className={classes['picture']} data-live={floor.program !== null || undefined}>
        <ProgramPicture view={view} hears={sound.isOn} />
      </div>
      <div className={classes['under']}>
        {onTake === null || holder === null ? null : (
          <Button color="red" variant="outline" onClick={onTake}>
            {t('studio.take', { name: holder })}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={sound.isOn && !sound.isBlocked ? <SoundIcon /> : <SoundOffIcon />}
          onClick={() => sound.turn(sound.isBlocked || !sound.isOn)}
        >
          {t(sound.isOn && !sound.isBlocked ? 'media.soundOff' : 'media.soundOn')}
        </Button>
        <span className={classes['dim']}>
          {floor.holder === null
            ? t('studio.floorFree')
            : t('studio.floorHeld', { name: holder, at: formatTime(floor.holder.since) })}
        </span>
      </div>
      <Sound
        key={sound.round}
        tracks={sound.isOn ? heard.flatMap(({ producer }) => tracks.get(producer) ?? []) : []}
        onHeard={sound.onHeard}
      />
    </section>
  );
}
