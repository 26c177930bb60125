import { useCallback, useEffect, useState } from 'react';

import { type CaptureFault, captureFaultOf, muteTrack, stopStream } from '../parts/capture.ts';
import { cameraConstraints, type PictureSize } from './sizes.ts';

export type CaptureKind = 'camera' | 'microphone';

/** A camera or a microphone of this machine, as it stands. */
export interface Capture {
  readonly state: 'starting' | 'on' | CaptureFault;
  /** What it gives; null until it does. */
  readonly track: MediaStreamTrack | null;
  readonly devices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: string;
  readonly choose: (id: string) => void;
  readonly isMuted: boolean;
  readonly setMuted: (isMuted: boolean) => void;
  readonly again: () => void;
}

const INPUT = { camera: 'videoinput', microphone: 'audioinput' } as const;
/** One that went, or was taken by another program, is asked for again after so long. */
const AGAIN_MS = 10_000;
const keyOf = (kind: CaptureKind): string => `station-${kind}`;

function constraintsOf(kind: CaptureKind, chosen: string, size: PictureSize): MediaStreamConstraints {
  const own = chosen === '' ? {} : { deviceId: { exact: chosen } };
  return kind === 'camera'
    ? { video: { ...cameraConstraints(size), ...own } }
    : { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...own } };
}

/** The chosen one; where that is not there any more, another. */
async function open(
  devices: MediaDevices,
  kind: CaptureKind,
  chosen: string,
  size: PictureSize,
): Promise<MediaStream> {
  try {
    return await devices.getUserMedia(constraintsOf(kind, chosen, size));
  } catch (error) {
    if (chosen === '' || captureFaultOf(error) !== 'none') throw error;
    return await devices.getUserMedia(constraintsOf(kind, '', size));
  }
}

/**
 * Holds a camera or a microphone for as long as the page stands, whether or not what it gives goes out. Which one, and whether it is
 * muted, is remembered on this machine. One that is pulled out comes back by itself when it is plugged in.
 */
export function useCapture(kind: CaptureKind, size: PictureSize): Capture {
  const [state, setState] = useState<Capture['state']>('starting');
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [devices, setDevices] = useState<Capture['devices']>([]);
  const [chosen, setChosen] = useState(() => localStorage.getItem(keyOf(kind)) ?? '');
  const [isMuted, setMuted] = useState(() => localStorage.getItem(`${keyOf(kind)}-muted`) === 'yes');
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    let standing = true;
    let stream: MediaStream | null = null;
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    const start = async (): Promise<void> => {
      if (mediaDevices === undefined) return setState('insecure');
      try {
        stream = await open(mediaDevices, kind, chosen, size);
        const [own] = stream.getTracks();
        if (!standing || own === undefined) return stopStream(stream);
        own.addEventListener('ended', () => {
          if (!standing) return;
          setTrack(null);
          setState('none');
        });
        setTrack(own);
        setState('on');
        // Their names are told only to pages that may use them.
        const all = await mediaDevices.enumerateDevices();
        const found = all.filter((one) => one.kind === INPUT[kind] && one.deviceId !== '');
        setDevices(found.map(({ deviceId: id, label }) => ({ id, label })));
      } catch (error) {
        if (standing) setState(captureFaultOf(error));
      }
      return undefined;
    };
    void start();
    return () => {
      standing = false;
      setTrack(null);
      stopStream(stream);
    };
    // Another round is another try, though nothing else of this has changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [kind, chosen, size, round]);

  const isAway = state === 'none' || state === 'busy' || state === 'failed';
  useEffect(() => {
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    if (!isAway || mediaDevices === undefined) return undefined;
    mediaDevices.addEventListener('devicechange', again);
    const timer = setInterval(again, AGAIN_MS);
    return () => {
      mediaDevices.removeEventListener('devicechange', again);
      clearInterval(timer);
    };
  }, [isAway, again]);

  useEffect(() => {
    if (track !== null) muteTrack(track, isMuted);
  }, [track, isMuted]);

  return {
    state,
    track,
    devices,
    chosen: track?.getSettings().deviceId ?? chosen,
    choose: (id) => {
      localStorage.setItem(keyOf(kind), id);
      setChosen(id);
    },
    isMuted,
    setMuted: (next) => {
      localStorage.setItem(`${keyOf(kind)}-muted`, next ? 'yes' : 'no');
      setMuted(next);
    },
    again,
  };
}
