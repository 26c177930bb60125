import { type RefObject, useEffect, useRef, useState } from 'react';

import { isNewSighting } from '../../../../domain/passes/sightings.ts';
import type { Reading } from './codeReader.worker.ts';

/** Between two looks at the picture, beside the time that reading takes: an old machine has other work as well. */
const PAUSE_MS = 60;
/** Wider pictures take longer to read, and a card that is held to a camera fills enough of these. */
const WIDEST = 960;

/**
 * Tells of each code that a video shows, once for each scan. The answer says whether this machine can read codes at all; null while
 * nothing is known.
 */
export function useCodes(
  video: RefObject<HTMLVideoElement | null>,
  isOn: boolean,
  onCode: (text: string) => void,
): boolean | null {
  const [reads, setReads] = useState<boolean | null>(null);
  const tell = useRef(onCode);
  useEffect(() => {
    tell.current = onCode;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const worker = new Worker(new URL('./codeReader.worker.ts', import.meta.url), { type: 'module' });
    const canvas = document.createElement('canvas');
    const seen = new Map<string, number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const picture = pictureOf(video.current, canvas);
      if (picture === null) timer = setTimeout(look, PAUSE_MS);
      else worker.postMessage(picture, [picture.data.buffer]);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<Reading>) => {
      setReads('texts' in data);
      if (!('texts' in data)) return;
      for (const text of data.texts) {
        if (isNewSighting(seen, text, performance.now())) tell.current(text);
      }
      timer = setTimeout(look, PAUSE_MS);
    });
    worker.addEventListener('error', () => setReads(false));
    look();
    return () => {
      clearTimeout(timer);
      worker.terminate();
    };
  }, [video, isOn]);
  return reads;
}

function pictureOf(video: HTMLVideoElement | null, canvas: HTMLCanvasElement): ImageData | null {
  if (video === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) {
    return null;
  }
  const scale = Math.min(1, WIDEST / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return pen?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}
