import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import { formatClock } from '../../../domain/text/dates.ts';
import { useLine } from '../api/line.ts';
import { conferenceList } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Picture } from '../media/Picture.tsx';
import type { Wishes } from '../media/sending.ts';
import { ProgramPicture } from '../media/ProgramPicture.tsx';
import { Sound } from '../media/Sound.tsx';
import { useRoom, useRoomView } from '../media/useRoom.ts';
import { useSound } from '../media/useSound.ts';
import { useServerClock } from '../parts/serverClock.ts';
import { Controls } from './Controls.tsx';
import { sayingOf } from './saying.ts';
import classes from './station.module.css';
import type { Sources } from './useSources.ts';
import { useIdle } from './useIdle.ts';
import { useStationHealing } from './useStationHealing.ts';

interface Props {
  readonly place: { readonly conference: string; readonly session: string; readonly bridge: string };
  readonly name: string;
  readonly sources: Sources;
  /** Another part of the page stands before it; sound and sending go on. */
  readonly isCovered: boolean;
  readonly onCheck: () => void;
}

/** The program as large as the screen, one sentence that says how things stand, and what a bridge can do. */
export function Screen({ place, name, sources, isCovered, onCheck }: Props) {
  const { t } = useWords();
  const line = useLine();
  const room = useRoom('station', place);
  const view = useRoomView(room);
  const sound = useSound('station', true);
  const screen = useRef<HTMLDivElement>(null);
  const isIdle = useIdle();
  const clock = useServerClock(undefined);
  const conferences = useQuery(conferenceList);
  const { camera, microphone } = sources;
  useSent(room, sources);
  useEffect(() => room.listen(sound.isOn), [room, sound.isOn]);
  useStationHealing(view, screen);

  const isMuted = microphone.isMuted || microphone.track === null;
  const saying = sayingOf(view, line === 'lost', isMuted);
  const { orders, program, tracks, isReached } = view;
  const isSent = orders?.isWanted === true && !orders.isReplaced;
  const heard =
    program?.streams.filter(({ kind, bridge }) => kind === 'audio' && bridge !== place.bridge) ?? [];
  const title = conferences.data?.items.find(({ id }) => id === place.conference)?.title;
  const isWaiting = saying.what === 'station.waiting';
  return (
    <div
      ref={screen}
      className={classes['screen']}
      data-tone={saying.tone}
      data-idle={isIdle || undefined}
      hidden={isCovered}
      data-testid="station"
    >
      <main className={classes['stage']}>
        <h1 className={classes['hidden']}>{t('station.titleOf', { name })}</h1>
        {isWaiting || saying.what === 'media.noEngine' ? (
          <div className={classes['before']}>
            <p className={classes['conference']}>{title}</p>
            <p className={classes['bigClock']}>{formatClock(clock)}</p>
            <p>{t(isWaiting ? 'station.waitingMore' : 'media.noEngineMore')}</p>
          </div>
        ) : (
          <ProgramPicture view={view} hears={sound.isOn} />
        )}
        <figure className={classes['own']} data-sent={isSent || undefined}>
          <div className={classes['ownPicture']}>
            <Picture
              track={camera.isMuted ? null : camera.track}
              label={t('station.own')}
              meanwhile={t(
                camera.isMuted
                  ? 'station.ownCovered'
                  : camera.state === 'starting'
                    ? 'media.meanwhile'
                    : 'station.ownNone',
              )}
              isMirror
            />
          </div>
          <figcaption>
            {t('station.own')}: <b>{t(isSent ? 'station.ownSent' : 'station.ownKept')}</b>
          </figcaption>
        </figure>
      </main>
      <section className={classes['bar']} aria-label={name}>
        <p className={classes['where']}>
          <b>{name}</b> <span className={classes['time']}>{formatClock(clock)}</span>
          <Link to="/door/$conference/$session/$bridge" params={place} className={classes['leave'] ?? ''}>
            {t('station.leave')}
          </Link>
        </p>
        <p className={classes['saying']} role="status">
          {view.state === 'refused' ? view.message : t(saying.what, { n: saying.n, name: saying.name })}
        </p>
        <Controls room={room} view={view} sources={sources} sound={sound} onCheck={onCheck} />
      </section>
      <Sound
        key={sound.round}
        tracks={sound.isOn && isReached ? heard.flatMap(({ producer }) => tracks.get(producer) ?? []) : []}
        onHeard={sound.onHeard}
      />
    </div>
  );
}

/** What goes out, as soon as it is asked for. */
function useSent(room: ReturnType<typeof useRoom>, { camera, microphone, screen, size }: Sources): void {
  useEffect(() => {
    const wishes: Wishes = {
      ...(camera.track !== null && { camera: { track: camera.track, isMuted: camera.isMuted, size } }),
      ...(microphone.track !== null && {
        microphone: { track: microphone.track, isMuted: microphone.isMuted, size },
      }),
      ...(screen.track !== null && { screen: { track: screen.track, isMuted: false, size } }),
    };
    room.send(wishes);
  }, [room, camera.track, camera.isMuted, microphone.track, microphone.isMuted, screen.track, size]);
}
