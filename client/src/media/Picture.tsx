import { useEffect, useRef, useState } from 'react';

import classes from './media.module.css';

interface Props {
  /** Null while nothing comes. */
  readonly track: MediaStreamTrack | null;
  /** What is to be seen, for who does not see it. */
  readonly label: string;
  /** Stands where the picture will be. */
  readonly meanwhile: string;
  /** A mirror of oneself is turned over, as people know themselves from mirrors. */
  readonly isMirror?: boolean;
  /** Fills its place and cuts what sticks out, instead of standing in it as a whole. */
  readonly fills?: boolean;
}

/** A moving picture. Before its first frame, and where none comes, words stand in its place. */
export function Picture({ track, label, meanwhile, isMirror = false, fills = false }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [shown, setShown] = useState<MediaStreamTrack | null>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null || track === null) return undefined;
    let standing = true;
    element.srcObject = new MediaStream([track]);
    // Muted pictures may always play; one that is taken away meanwhile need not.
    element.play().catch(() => undefined);
    const see = (): void => {
      if (standing) setShown(track);
    };
    element.addEventListener('playing', see);
    return () => {
      standing = false;
      element.removeEventListener('playing', see);
      element.srcObject = null;
    };
  }, [track]);
  const isShown = track !== null && shown === track;
  return (
    <div
      className={classes['picture']}
      role="img"
      aria-label={isShown ? label : `${label}. ${meanwhile}`}
      data-picture={isShown ? 'shown' : 'awaited'}
    >
      <video
        ref={video}
        className={classes['video']}
        data-mirror={isMirror || undefined}
        data-fills={fills || undefined}
        playsInline
        muted
        hidden={!isShown}
      />
      {isShown ? null : (
        <p className={classes['meanwhile']} aria-hidden="true">
          {meanwhile}
        </p>
      )}
    </div>
  );
}
