import { capture } from './capture.ts';
import { pause } from './pausing.ts';

/** A camera that has not given a picture by then gives none. */
const FIRST_PICTURE_MS = 5000;
/** So long whoever tests sees themselves. */
const SHOWN_MS = 3000;

/**
 * Whether the camera gives pictures, which `onPicture` is shown meanwhile. False where there is none, or another program has it; null where
 * nobody allows it.
 */
export async function tryCamera(
  onPicture: (stream: MediaStream | null) => void,
  signal: AbortSignal,
): Promise<boolean | null> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  const found = await capture({ video: size });
  if (found === 'refused') return null;
  if (found === 'absent') return false;
  try {
    onPicture(found);
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = found;
    const playing = video.play().catch(() => undefined);
    const until = performance.now() + FIRST_PICTURE_MS;
    while (video.videoWidth === 0 && performance.now() < until) await pause(100, signal);
    await playing;
    if (video.videoWidth === 0) return false;
    const before = video.currentTime;
    await pause(SHOWN_MS, signal);
    return video.currentTime > before;
  } finally {
    onPicture(null);
    for (const track of found.getTracks()) track.stop();
  }
}
