import { useEffect, useRef } from 'react';

import type { Program } from '../../../domain/wire/media.ts';
import { useWords } from '../app/language.ts';
import classes from './media.module.css';

const LIST = 'application/vnd.apple.mpegurl';
/** A list that is not there yet, or broke off, is asked for again after so long. */
const AGAIN_MS = 3000;

/** Whether this browser plays the program where WebRTC does not come through: as files, some seconds late (HLS). */
export function canPlayList({ hls }: Program): boolean {
  return hls !== null && document.createElement('video').canPlayType(LIST) !== '';
}

/** The program some seconds late, with its sound. */
export function ProgramList({ program: { hls, bridgeName }, hears }: { program: Program; hears: boolean }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null || hls === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = (): void => {
      element.src = hls;
      element.play().catch(() => undefined);
    };
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(begin, AGAIN_MS);
    };
    element.addEventListener('error', again);
    element.addEventListener('ended', again);
    begin();
    return () => {
      clearTimeout(timer);
      element.removeEventListener('error', again);
      element.removeEventListener('ended', again);
      element.removeAttribute('src');
      element.load();
    };
  }, [hls]);
  return (
    <div className={classes['picture']}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- speech as it is spoken */}
      <video
        ref={video}
        className={classes['video']}
        playsInline
        muted={!hears}
        aria-label={t('media.programOf', { name: bridgeName ?? '' })}
        data-late
      />
      <p className={classes['late']}>{t('media.late')}</p>
    </div>
  );
}
