import { LINE_STANDINGS, type LineStanding } from '../../../domain/media/line-standing.ts';
import type { FeedState } from '../../../domain/media/quality.ts';
import type { State } from '../parts/StateMark.tsx';

/** The shape of each standing of a line. */
export const STANDING_SHAPES: Readonly<Record<LineStanding, State>> = {
  unfit: 'absent',
  untested: 'missing',
  old: 'late',
  'fit with remarks': 'review',
  fit: 'onTime',
};

/** The shape of how the program arrives. */
export const FEED_SHAPES: Readonly<Record<FeedState, State>> = {
  dropped: 'lost',
  poor: 'review',
  fair: 'late',
  good: 'onTime',
};

/** A standing out of an address; null for anything else. */
export function standingIn(text: string | undefined): LineStanding | null {
  return LINE_STANDINGS.find((one) => one === text) ?? null;
}

/** Search of the page of lines. */
export interface LinesSearch {
  readonly view?: 'incidents';
  readonly standing?: LineStanding;
  readonly bridge?: string;
  readonly session?: string;
}

export function linesSearch(search: Record<string, unknown>): LinesSearch {
  const { view, standing, bridge, session } = search;
  const known = standingIn(typeof standing === 'string' ? standing : undefined);
  return {
    ...(view === 'incidents' && { view }),
    ...(known !== null && { standing: known }),
    ...(typeof bridge === 'string' && { bridge }),
    ...(typeof session === 'string' && { session }),
  };
}

/** For how many seconds the line is measured, where not for two minutes: a hurried second look, or a long one. */
export function lineTestSearch(search: Record<string, unknown>): { seconds?: number } {
  const seconds = Number(search['seconds']);
  return Number.isInteger(seconds) && seconds >= 5 && seconds <= 600 ? { seconds } : {};
}
