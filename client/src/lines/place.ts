import type { BridgeId, ConferenceId } from '../../../domain/ids.ts';

/** Whose line is tested. */
export interface Place {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
}
