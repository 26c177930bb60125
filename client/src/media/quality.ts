import type { ClientBody } from '../../../domain/wire/sockets.ts';

type Sample = ClientBody<'media:quality'>;

/** What has come in since the transport stands, summed over its streams. */
interface Counted {
  readonly at: number;
  readonly received: number;
  readonly lost: number;
  readonly frames: number;
  readonly jitterMs: number;
  readonly delayMs: number;
}

/** The parts of a browser's reports that are read here. */
interface Report {
  readonly type: string;
  readonly timestamp: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly framesDecoded?: number;
  readonly nominated?: boolean;
  readonly currentRoundTripTime?: number;
}

export function countedIn(statistics: RTCStatsReport): Counted {
  const sum = { at: 0, received: 0, lost: 0, frames: 0, jitterMs: 0, delayMs: 0 };
  for (const report of statistics.values() as Iterable<Report>) {
    if (report.type === 'candidate-pair' && report.nominated === true) {
      sum.delayMs = (report.currentRoundTripTime ?? 0) * 1000;
    }
    if (report.type !== 'inbound-rtp') continue;
    sum.at = report.timestamp;
    sum.received += report.packetsReceived ?? 0;
    sum.lost += report.packetsLost ?? 0;
    sum.frames += report.framesDecoded ?? 0;
    sum.jitterMs = Math.max(sum.jitterMs, (report.jitter ?? 0) * 1000);
  }
  return sum;
}

/** How it arrived between two counts; null where the second is of another transport, or no time went by. */
export function sampleBetween(before: Counted, after: Counted): Sample | null {
  const seconds = (after.at - before.at) / 1000;
  const received = after.received - before.received;
  // A repaired packet is taken back from those that were lost.
  const lost = Math.max(0, after.lost - before.lost);
  const frames = after.frames - before.frames;
  if (seconds <= 0 || received < 0 || frames < 0) return null;
  return {
    loss: received + lost === 0 ? 1 : lost / (received + lost),
    jitterMs: Math.min(60_000, after.jitterMs),
    delayMs: Math.min(60_000, after.delayMs),
    frames: Math.min(240, frames / seconds),
  };
}
