import { z } from 'zod';

import { Instant } from '../time.ts';

/** How the feed arrives at a bridge, over the seconds since the sample before. */
export const QualitySample = z.object({
  at: Instant,
  /** Share of the packets that never came, 0 to 1. */
  loss: z.number().min(0).max(1),
  jitterMs: z.number().min(0).max(60_000),
  /** There and back. */
  delayMs: z.number().min(0).max(60_000),
  /** Pictures a second that were shown; null while there was nothing to show. */
  frames: z.number().min(0).max(240).nullable(),
});
export type QualitySample = z.infer<typeof QualitySample>;

export const QualityLevel = z.enum(['good', 'fair', 'poor']);
export type QualityLevel = z.infer<typeof QualityLevel>;

/** Beyond the first figure it is fair, beyond the second poor. */
const BOUNDS = { loss: [0.02, 0.08], jitterMs: [40, 120], delayMs: [300, 800] } as const;
const FEWEST_FRAMES = { good: 12, fair: 5 };

export function levelOf(sample: QualitySample): QualityLevel {
  const measures = ['loss', 'jitterMs', 'delayMs'] as const;
  const frames = sample.frames ?? Infinity;
  if (frames < FEWEST_FRAMES.fair || measures.some((name) => sample[name] > BOUNDS[name][1])) {
    return 'poor';
  }
  if (frames < FEWEST_FRAMES.good || measures.some((name) => sample[name] > BOUNDS[name][0])) {
    return 'fair';
  }
  return 'good';
}

/** How the program arrives at a bridge just now: the page of one that has dropped is gone. */
export const FeedState = z.enum(['dropped', 'poor', 'fair', 'good']);
export type FeedState = z.infer<typeof FeedState>;

/** The same, and since when where it is nothing or poor. */
export interface Feed {
  readonly state: FeedState;
  readonly since: Instant | null;
}

export const INCIDENT_KINDS = ['dropped', 'poor'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** What went wrong at a bridge, from when to when (sự cố đường truyền). */
export interface QualityIncident {
  /** `dropped`: its page was gone. `poor`: it saw or heard badly. */
  readonly kind: IncidentKind;
  readonly from: Instant;
  /** Null while it goes on. */
  readonly to: Instant | null;
}

/** A single bad sample is no incident, and a single better one ends none. */
const SAMPLES_TO_BEGIN = 3;
const SAMPLES_TO_END = 2;
/** Who is back within this has loaded the page anew. */
export const AWAY_MS = 15_000;

/** How the line of one bridge goes, sample by sample: made by `beginLine` or `resumeLine`, changed by what follows them. */
export interface LineCourse {
  /** When it was heard of last; null before the first time. */
  last: Instant | null;
  /** Its page has been away since `last` for so long that it counts. */
  isDropped: boolean;
  /** The first of the poor samples that go on, and how many there were. */
  poorFrom: Instant | null;
  poor: number;
  /** The first of the better ones since, and how many there were. */
  betterFrom: Instant | null;
  better: number;
}

/** A line of which nothing has come yet. */
export function beginLine(): LineCourse {
  return { last: null, isDropped: false, poorFrom: null, poor: 0, betterFrom: null, better: 0 };
}

/** A line as it goes on after whoever followed it had forgotten it: with the incident that had not ended, if there was one. */
export function resumeLine(now: Instant, lasting: QualityIncident | null): LineCourse {
  if (lasting?.kind === 'dropped') return { ...beginLine(), last: lasting.from, isDropped: true };
  if (lasting === null) return { ...beginLine(), last: now };
  return { ...beginLine(), last: now, poorFrom: lasting.from, poor: SAMPLES_TO_BEGIN };
}

/**
 * Takes the next sample in, and gives back the incidents that begin or end with it. A line that is poor from its third sample on began to
 * be with the first of them. A sample from before the last one says nothing any more. That none come while there is nothing to see is no
 * incident.
 */
export function followSample(line: LineCourse, sample: QualitySample): QualityIncident[] {
  if (line.last !== null && sample.at < line.last) return [];
  const changed = hearOf(line, sample.at);
  if (levelOf(sample) === 'poor') {
    line.poorFrom ??= sample.at;
    line.poor += 1;
    line.better = 0;
    line.betterFrom = null;
    if (line.poor === SAMPLES_TO_BEGIN) changed.push({ kind: 'poor', from: line.poorFrom, to: null });
  } else if (line.poor < SAMPLES_TO_BEGIN) {
    endPoor(line);
  } else {
    line.betterFrom ??= sample.at;
    line.better += 1;
    if (line.better === SAMPLES_TO_END) changed.push(...endPoor(line, line.betterFrom));
  }
  return changed;
}

/** Something was heard of the bridge: it is there. Gives back the drop that ends with that. */
export function hearOf(line: LineCourse, at: Instant): QualityIncident[] {
  const { last, isDropped } = line;
  line.last = at;
  line.isDropped = false;
  return isDropped && last !== null ? [{ kind: 'dropped', from: last, to: at }] : [];
}

/**
 * Looks whether a bridge whose page is gone has been away for too long, and gives back the incidents that begin or end with that: a drop
 * begins when it was heard of last.
 */
export function lookForDrop(line: LineCourse, now: Instant): QualityIncident[] {
  const { last } = line;
  if (last === null || line.isDropped || now - last <= AWAY_MS) return [];
  line.isDropped = true;
  return [...endPoor(line, last), { kind: 'dropped', from: last, to: null }];
}

/** Ends what goes on: the session is over, or the bridge has left by itself. */
export function endLine(line: LineCourse, at: Instant): QualityIncident[] {
  const ended: QualityIncident[] =
    line.isDropped && line.last !== null ? [{ kind: 'dropped', from: line.last, to: at }] : endPoor(line, at);
  Object.assign(line, beginLine());
  return ended;
}

function endPoor(line: LineCourse, at?: Instant): QualityIncident[] {
  const { poorFrom: from, poor } = line;
  Object.assign(line, { poorFrom: null, poor: 0, betterFrom: null, better: 0 });
  if (at === undefined || from === null || poor < SAMPLES_TO_BEGIN) return [];
  return [{ kind: 'poor', from, to: at }];
}

/** What the incidents of a line, or of many, come to. */
export interface IncidentTotals {
  readonly count: number;
  readonly dropped: number;
  /** All of them together. */
  readonly lastedMs: number;
  readonly longestMs: number;
}

/** @param until what goes on is counted up to here: now, or the end of the session */
export function incidentTotals(incidents: Iterable<QualityIncident>, until: Instant): IncidentTotals {
  const totals = { count: 0, dropped: 0, lastedMs: 0, longestMs: 0 };
  for (const { kind, from, to } of incidents) {
    const lastedMs = Math.max(0, (to ?? until) - from);
    totals.count += 1;
    totals.dropped += Number(kind === 'dropped');
    totals.lastedMs += lastedMs;
    totals.longestMs = Math.max(totals.longestMs, lastedMs);
  }
  return totals;
}
