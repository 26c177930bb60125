import type { LineCounts } from '../../../domain/media/measuring.ts';
import type { Instant } from '../../../domain/time.ts';

/** The parts of a browser's reports that are read here. */
interface Report {
  readonly type: string;
  readonly bytesSent?: number;
  readonly packetsSent?: number;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  /** In seconds, as the next. */
  readonly jitter?: number;
  readonly nominated?: boolean;
  readonly currentRoundTripTime?: number;
}

/** What a browser says of a way up and a way down at a moment, summed over what goes over them. */
export function countsOf(reports: readonly RTCStatsReport[], nowMs: number): LineCounts {
  const sums = { bytesSent: 0, packetsSent: 0, lostUp: 0, bytesReceived: 0, packetsReceived: 0, lostDown: 0 };
  let jitterMs: number | null = null;
  let delayMs: number | null = null;
  for (const report of reports.flatMap((one) => [...(one.values() as Iterable<Report>)])) {
    switch (report.type) {
      case 'outbound-rtp':
        sums.bytesSent += report.bytesSent ?? 0;
        sums.packetsSent += report.packetsSent ?? 0;
        break;
      case 'remote-inbound-rtp':
        sums.lostUp += report.packetsLost ?? 0;
        break;
      case 'inbound-rtp':
        sums.bytesReceived += report.bytesReceived ?? 0;
        sums.packetsReceived += report.packetsReceived ?? 0;
        sums.lostDown += report.packetsLost ?? 0;
        jitterMs = Math.max(jitterMs ?? 0, (report.jitter ?? 0) * 1000);
        break;
      case 'candidate-pair':
        if (report.nominated === true && report.currentRoundTripTime !== undefined)
          delayMs = Math.max(delayMs ?? 0, report.currentRoundTripTime * 1000);
        break;
      default:
        break;
    }
  }
  return { at: Math.round(nowMs) as Instant, ...sums, jitterMs, delayMs };
}
