import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

import { type CaptureFault, captureFaultOf, stopStream } from '../../parts/capture.ts';

const CHOSEN = 'camera';

export interface Camera {
  /** Of the element that shows the picture. */
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: 'starting' | 'on' | CaptureFault;
  readonly cameras: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: string;
  readonly choose: (id: string) => void;
  /** Null where this camera has no light. */
  readonly light: boolean | null;
  readonly setLight: (on: boolean) => void;
  readonly again: () => void;
}

/** The picture of a camera in a video element, for as long as the page that shows it stands. */
export function useCamera(): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<Camera['state']>('starting');
  const [cameras, setCameras] = useState<Camera['cameras']>([]);
  const [chosen, setChosen] = useState(() => localStorage.getItem(CHOSEN) ?? '');
  const [current, setCurrent] = useState('');
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [light, setLight] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let standing = true;
    let stream: MediaStream | null = null;
    const start = async () => {
      setState('starting');
      setLight(false);
      const { mediaDevices: devices } = navigator as { mediaDevices?: MediaDevices };
      if (devices === undefined) return setState('insecure');
      try {
        stream = await openStream(devices, chosen);
        const [own] = stream.getVideoTracks();
        const element = video.current;
        if (!standing || own === undefined || element === null) return stopStream(stream);
        // Pulled out, or taken by another program.
        own.addEventListener('ended', () => standing && setState('none'));
        element.srcObject = stream;
        await element.play();
        setTrack(own);
        setCurrent(own.getSettings().deviceId ?? '');
        setState('on');
        // Their names are told only to pages that may use them.
        const all = await devices.enumerateDevices();
        setCameras(
          all.filter(({ kind }) => kind === 'videoinput').map(({ deviceId: id, label }) => ({ id, label })),
        );
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
  }, [chosen, round]);

  const choose = useCallback((id: string) => {
    localStorage.setItem(CHOSEN, id);
    setChosen(id);
  }, []);
  return {
    video,
    state,
    cameras,
    chosen: current,
    choose,
    light: track !== null && hasLight(track) ? light : null,
    setLight: (on) => {
      // Not yet in the types of the language; browsers leave out what they do not know.
      const lit = { advanced: [{ torch: on } as MediaTrackConstraintSet] };
      track
        ?.applyConstraints(lit)
        .then(() => setLight(on))
        .catch(() => undefined);
    },
    again: () => setRound((before) => before + 1),
  };
}

/** The chosen camera; where it is not there any more, the one that looks away from whoever holds the machine. */
async function openStream(devices: MediaDevices, chosen: string): Promise<MediaStream> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  const away = { ...size, facingMode: 'environment' };
  if (chosen === '') return await devices.getUserMedia({ video: away });
  try {
    return await devices.getUserMedia({ video: { ...size, deviceId: { exact: chosen } } });
  } catch (error) {
    if (captureFaultOf(error) !== 'none') throw error;
    return await devices.getUserMedia({ video: away });
  }
}

function hasLight(track: MediaStreamTrack): boolean {
  // Firefox has no such question.
  const ask = (track as { getCapabilities?: () => object }).getCapabilities;
  return ask !== undefined && 'torch' in ask.call(track);
}
