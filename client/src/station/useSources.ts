import { useState } from 'react';

import { PICTURE_SIZES, type PictureSize } from '../media/sizes.ts';
import { type Capture, useCapture } from '../media/useCapture.ts';
import { type SharedScreen, useScreen } from '../media/useScreen.ts';

const SIZE = 'station-size';

/** What a station may send, and how large. */
export interface Sources {
  readonly camera: Capture;
  readonly microphone: Capture;
  readonly screen: SharedScreen;
  readonly size: PictureSize;
  readonly setSize: (size: PictureSize) => void;
}

/** Camera, microphone and screen of this machine, for as long as its page stands. */
export function useSources(): Sources {
  const [size, setSize] = useState<PictureSize>(
    () => PICTURE_SIZES.find((one) => one === localStorage.getItem(SIZE)) ?? 'large',
  );
  const camera = useCapture('camera', size);
  const microphone = useCapture('microphone', size);
  const screen = useScreen();
  return {
    camera,
    microphone,
    screen,
    size,
    setSize: (next) => {
      localStorage.setItem(SIZE, next);
      setSize(next);
    },
  };
}
