import type { MediaSource } from '../../../domain/wire/media.ts';

/** How much of its line a bridge gives its camera. */
export const PICTURE_SIZES = ['large', 'medium', 'small'] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

/** A megabit a second is what the nation's lines and engines are reckoned with. */
const CAMERA = {
  large: { width: 1280, height: 720, frames: 25, bitrate: 1_000_000 },
  medium: { width: 640, height: 360, frames: 25, bitrate: 500_000 },
  small: { width: 320, height: 180, frames: 15, bitrate: 200_000 },
} as const satisfies Record<PictureSize, { width: number; height: number; frames: number; bitrate: number }>;
/** Slides stand still: sharp rather than smooth. */
const SCREEN = { width: 1920, height: 1080, frames: 10, bitrate: 1_000_000 };
/** From here on a picture also goes out a quarter as wide and high, where the engine hands each viewer what fits. */
const WITH_SMALL_COPY: readonly PictureSize[] = ['large', 'medium'];
const SMALL_COPY_BITRATE = 120_000;

/** What is asked of a camera. */
export function cameraConstraints(size: PictureSize): MediaTrackConstraints {
  const { width, height, frames } = CAMERA[size];
  return { width: { ideal: width }, height: { ideal: height }, frameRate: { max: frames } };
}

export function screenConstraints(): MediaTrackConstraints {
  const { width, height, frames } = SCREEN;
  return { width: { max: width }, height: { max: height }, frameRate: { max: frames } };
}

/** How a picture is sent: bounded, and in a second, small copy where the engine can choose. */
export function encodingsOf(
  source: MediaSource,
  size: PictureSize,
  canSimulcast: boolean,
): RTCRtpEncodingParameters[] {
  const maxBitrate = source === 'screen' ? SCREEN.bitrate : CAMERA[size].bitrate;
  if (!canSimulcast || source === 'screen' || !WITH_SMALL_COPY.includes(size)) return [{ maxBitrate }];
  return [{ maxBitrate: SMALL_COPY_BITRATE, scaleResolutionDownBy: 4 }, { maxBitrate }];
}
