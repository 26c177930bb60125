import { hearsTone } from '../../../domain/media/measuring.ts';
import { capture } from './capture.ts';
import { pause } from './pausing.ts';

const PITCH_HZ = 1000;
const BEEPS = 4;
/** How long a loudspeaker takes at most until it plays. */
const STARTS_MS = 3000;
const SOUNDS_MS = 500;
/** What a loudspeaker says comes back later than that it was said. */
const SETTLES_MS = 200;

/**
 * Plays some beeps and listens whether the microphone hears them. Null where nobody allows it.
 * Nothing that browsers do to voices is wanted here: they take the own sound out of what the microphone hears.
 */
export async function hearOwnSound(signal: AbortSignal): Promise<boolean | null> {
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const stream = await capture({ audio: plain });
  if (stream === 'refused') return null;
  if (stream === 'absent') return false;
  const sound = new AudioContext();
  try {
    // Firefox waits without end for a loudspeaker on a machine that has none.
    await Promise.race([sound.resume(), pause(STARTS_MS, signal)]);
    if (sound.state !== 'running') return false;
    const analyser = sound.createAnalyser();
    analyser.fftSize = 4096;
    analyser.smoothingTimeConstant = 0;
    sound.createMediaStreamSource(stream).connect(analyser);
    const volume = sound.createGain();
    volume.gain.value = 0;
    const tone = sound.createOscillator();
    tone.frequency.value = PITCH_HZ;
    tone.connect(volume).connect(sound.destination);
    tone.start();
    const loudness = (): number => {
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const bin = Math.round((PITCH_HZ * analyser.fftSize) / sound.sampleRate);
      return Math.max(...levels.subarray(bin - 2, bin + 3));
    };
    const during: number[] = [];
    const between: number[] = [];
    for (let beep = 0; beep < BEEPS; beep++) {
      for (const [gain, heard] of [
        [0, between],
        [0.4, during],
      ] as const) {
        volume.gain.value = gain;
        await pause(SETTLES_MS, signal);
        heard.push(loudness());
        await pause(SOUNDS_MS - SETTLES_MS, signal);
        heard.push(loudness());
      }
    }
    return hearsTone(during, between);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    void sound.close();
  }
}
