import { useEffect, useRef } from 'react';

interface Props {
  readonly tracks: readonly MediaStreamTrack[];
  /** Told whether the browser lets it be heard: most want somebody to press something first. */
  readonly onHeard: (isHeard: boolean) => void;
}

/** Sound without anything to see; each track has a player of its own. */
export function Sound({ tracks, onHeard }: Props) {
  return tracks.map((track) => <Track key={track.id} track={track} onHeard={onHeard} />);
}

function Track({ track, onHeard }: { track: MediaStreamTrack; onHeard: Props['onHeard'] }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = audio.current;
    if (element === null) return undefined;
    let standing = true;
    element.srcObject = new MediaStream([track]);
    element.play().then(
      () => standing && onHeard(true),
      (error: unknown) => {
        // Another one that takes its place breaks it off too: that is no refusal.
        if (standing && (error as { name?: unknown }).name === 'NotAllowedError') onHeard(false);
      },
    );
    return () => {
      standing = false;
      element.srcObject = null;
    };
  }, [track, onHeard]);
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- speech as it is spoken
  return <audio ref={audio} data-sound />;
}
