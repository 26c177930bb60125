import { assertNever } from '../../../domain/result.ts';
import type { AnswerKind } from './answer.ts';

const KEPT = 'sound';
const LOUDNESS = 0.2;
/** A tone that begins or ends at once clicks. */
const EDGE_S = 0.01;

/** A tone: its height in hertz, when it begins and how long it lasts, in seconds. */
type Tone = readonly [hertz: number, at: number, lasts: number];

/** What a door says without being looked at: up is fine, twice the same is again, down needs a look. */
function tonesOf(kind: AnswerKind): readonly Tone[] {
  switch (kind) {
    case 'done':
      return [
        [660, 0, 0.09],
        [990, 0.09, 0.14],
      ];
    case 'again':
      return [
        [440, 0, 0.1],
        [440, 0.16, 0.1],
      ];
    case 'noted':
      return [[550, 0, 0.22]];
    case 'look':
    case 'held':
      return [
        [550, 0, 0.12],
        [370, 0.12, 0.22],
      ];
    case 'refused':
      return [[196, 0, 0.45]];
    case 'changed':
      return [[740, 0, 0.08]];
    default:
      return assertNever(kind);
  }
}

let speaker: AudioContext | null = null;
/** An answer that comes before the speaker is ready is heard as soon as it is, unless that takes longer than somebody stands there. */
const LATE_MS = 3000;

/** Browsers let a page be heard only after somebody has touched it: with the first touch or key it is made ready. */
export function soundAtFirstTouch(): () => void {
  for (const touch of TOUCHES) window.addEventListener(touch, makeReady, { once: true });
  return () => {
    for (const touch of TOUCHES) window.removeEventListener(touch, makeReady);
  };
}

const TOUCHES = ['pointerdown', 'keydown'] as const;

function makeReady(): void {
  speaker ??= new AudioContext();
  void speaker.resume();
}

export function isSoundOn(): boolean {
  return localStorage.getItem(KEPT) !== 'off';
}

/** Keeps for the next visits whether this machine is heard. */
export function keepSound(on: boolean): void {
  if (on) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, 'off');
}

/** Sounds an answer, where sound is on and the page may be heard. */
export function sound(kind: AnswerKind): void {
  if (speaker === null || !isSoundOn()) return;
  if (speaker.state === 'running') play(speaker, kind);
  else void playWhenReady(speaker, kind);
}

async function playWhenReady(own: AudioContext, kind: AnswerKind): Promise<void> {
  const asked = performance.now();
  await own.resume().catch(() => undefined);
  if (own.state === 'running' && performance.now() - asked < LATE_MS) play(own, kind);
}

function play(own: AudioContext, kind: AnswerKind): void {
  const { currentTime: now, destination } = own;
  for (const [hertz, at, lasts] of tonesOf(kind)) {
    const [tone, loudness] = [own.createOscillator(), own.createGain()];
    const [begin, end] = [now + at, now + at + lasts];
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, begin);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, begin + EDGE_S);
    loudness.gain.setValueAtTime(LOUDNESS, end - EDGE_S);
    loudness.gain.linearRampToValueAtTime(0, end);
    tone.connect(loudness).connect(destination);
    tone.start(begin);
    tone.stop(end);
  }
}
