import { useCallback, useEffect, useState } from 'react';

import { stopStream } from '../parts/capture.ts';
import { screenConstraints } from './sizes.ts';

/** What is shown of this machine's own screen: slides, as a rule. */
export interface SharedScreen {
  readonly track: MediaStreamTrack | null;
  /** The browser asks which window; who says none has changed their mind. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
  /** False where this browser shows no screens, as on phones and over plain HTTP. */
  readonly isPossible: boolean;
}

export function useScreen(): SharedScreen {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const { mediaDevices } = navigator as { mediaDevices?: Partial<MediaDevices> };
  const stop = useCallback(() => setStream(null), []);
  useEffect(() => () => stopStream(stream), [stream]);
  const start = useCallback(async () => {
    try {
      const shown = await navigator.mediaDevices.getDisplayMedia({
        video: screenConstraints(),
        audio: false,
      });
      const [track] = shown.getVideoTracks();
      if (track === undefined) return;
      // Slides: letters have to stay sharp.
      track.contentHint = 'detail';
      // Ended by the browser's own button.
      track.addEventListener('ended', () => setStream((now) => (now === shown ? null : now)));
      setStream(shown);
    } catch {
      // Nothing was chosen: nothing is shown.
    }
  }, []);
  return {
    track: stream?.getVideoTracks()[0] ?? null,
    start,
    stop,
    isPossible: mediaDevices?.getDisplayMedia !== undefined,
  };
}
