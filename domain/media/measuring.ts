import type { Instant } from '../time.ts';
import type { LineMeasures } from './line-test.ts';

/** What a browser has counted of a line by a moment: sums since it stands, but for jitter and delay. */
export interface LineCounts {
  readonly at: Instant;
  readonly bytesSent: number;
  readonly packetsSent: number;
  /** Of those sent, what the other end says never came. */
  readonly lostUp: number;
  readonly bytesReceived: number;
  readonly packetsReceived: number;
  readonly lostDown: number;
  /** Null where nothing was heard of it yet. */
  readonly jitterMs: number | null;
  readonly delayMs: number | null;
}

/** What arrived at the other end, in kilobits a second, over the second half of the counts: the first is for the line to warm up. */
export function upKbps(counts: readonly LineCounts[]): number | null {
  const stretch = secondHalf(counts);
  if (stretch === null) return null;
  const { seconds, first, last } = stretch;
  const rate = kilobits(last.bytesSent - first.bytesSent) / seconds;
  return rate * (1 - share(last.lostUp - first.lostUp, last.packetsSent - first.packetsSent));
}

/** The same of what arrived here. */
export function downKbps(counts: readonly LineCounts[]): number | null {
  const stretch = secondHalf(counts);
  if (stretch === null) return null;
  const { seconds, first, last } = stretch;
  return kilobits(last.bytesReceived - first.bytesReceived) / seconds;
}

/** Loss, jitter and delay of a line that carries what it will carry: the worse way's loss, the middle of the others. */
export function steadyOf(counts: readonly LineCounts[]): Pick<LineMeasures, 'loss' | 'jitterMs' | 'delayMs'> {
  const [first, last] = [counts[0], counts.at(-1)];
  if (first === undefined || last === undefined || last.packetsReceived === first.packetsReceived)
    return { loss: null, jitterMs: null, delayMs: null };
  const received = last.packetsReceived - first.packetsReceived;
  const lostDown = Math.max(0, last.lostDown - first.lostDown);
  const up = share(last.lostUp - first.lostUp, last.packetsSent - first.packetsSent);
  return {
    loss: Math.max(up, share(lostDown, received + lostDown)),
    jitterMs: middle(counts.flatMap(({ jitterMs }) => jitterMs ?? [])),
    delayMs: middle(counts.flatMap(({ delayMs }) => delayMs ?? [])),
  };
}

function secondHalf(counts: readonly LineCounts[]) {
  const half = counts.slice(Math.floor(counts.length / 2));
  const [first, last] = [half[0], half.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  return { first, last, seconds: (last.at - first.at) / 1000 };
}

function kilobits(bytes: number): number {
  return (Math.max(0, bytes) * 8) / 1000;
}

/** A repaired packet may be taken back from those that were lost. */
function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, part) / whole);
}

function middle(values: readonly number[]): number | null {
  const inOrder = values.toSorted((a, b) => a - b);
  return inOrder[Math.floor(inOrder.length / 2)] ?? null;
}

/** How much louder the microphone has to hear the tone than the room without it, in decibels. */
const LOUDER_DB = 10;
/** Below so much the analyser hears nothing at all. */
const SILENT_DB = -100;

/**
 * Whether a microphone hears the own loudspeaker: it is louder while the tone sounds than while it does not.
 *
 * @param during how loud the pitch of the tone was, in decibels, each time that it sounded, and `between` when it did not
 */
export function hearsTone(during: readonly number[], between: readonly number[]): boolean {
  const [loud, quiet] = [middle(during), middle(between)];
  if (loud === null || quiet === null) return false;
  return loud > SILENT_DB && loud - Math.max(quiet, SILENT_DB) >= LOUDER_DB;
}
