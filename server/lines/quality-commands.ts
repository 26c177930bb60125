import type { QualityLevel, QualitySample } from '../../domain/media/quality.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { noteCame, noteGone, noteSample } from './live.ts';
import type { LinePlace } from './quality-store.ts';

/** A bridge in a session, as whoever joined there was let in. */
export interface SamplingPlace extends LinePlace {
  readonly conference: AuthorizedConferenceId;
  readonly bridge: AuthorizedBridgeId<'host'>;
}

/**
 * Takes in how the program arrives at a bridge, and says how good that is. Nothing is written here: incidents are within seconds, sums
 * once a minute, by `keepQuality`.
 */
export function takeSample(
  context: Context,
  place: SamplingPlace,
  sample: Omit<QualitySample, 'at'>,
): QualityLevel {
  return noteSample(context, place, sample);
}

/** A bridge's station has joined. */
export function stationCame(context: Context, place: SamplingPlace): void {
  noteCame(context, place);
}

/** It has gone: it said so, or its line broke off. */
export function stationGone(context: Context, place: SamplingPlace, isByItself: boolean): void {
  noteGone(context, place, isByItself);
}
