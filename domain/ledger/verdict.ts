import type { BridgeId, ConferenceId, EventId, SessionId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** What was done to an event of a chain. */
export type Tampering = 'changed' | 'removed' | 'reordered' | 'inserted';

/** An event of an export by its place in the chain of its bridge; the id is null where it is not in the file. */
export interface Spot {
  readonly bridge: BridgeId;
  readonly place: number;
  readonly id: EventId | null;
}

/** What an export was held against beside the key: a checkpoint or a head that somebody kept. */
export type KeptName =
  | { readonly fingerprint: string }
  | { readonly bridge: BridgeId; readonly place: number };

/** What does not hold, the first of it in the order of the file. Closed. */
export type Finding =
  | ({ readonly kind: Tampering } & Spot)
  /** The chain holds in itself, but a signed or kept head says otherwise: made anew somewhere from here to `upTo`. */
  | ({ readonly kind: 'rewritten'; readonly upTo: number; readonly against: number | KeptName } & Spot)
  /** The chain ends before `place`, which `against` proves to have been there. */
  | ({ readonly kind: 'cut'; readonly upTo: number; readonly against: number | KeptName } & Spot)
  /** From here on no signed checkpoint vouches for the chain, as the proof under `checkpoint` is missing or does not hold. */
  | ({ readonly kind: 'unproven'; readonly checkpoint: number | null } & Spot)
  /** A checkpoint that somebody kept is not among those of the file: the history was signed anew, or ends before it. */
  | ({ readonly kind: 'signed-anew'; readonly kept: string; readonly number: number | null } & Spot)
  /** The file does not show how a bridge stood under something that somebody kept. */
  | { readonly kind: 'not-shown'; readonly bridge: BridgeId; readonly kept: KeptName }
  | { readonly kind: 'bad-signature'; readonly checkpoint: number | null }
  /** The checkpoints do not follow each other, each naming the one before. */
  | { readonly kind: 'bad-checkpoints'; readonly checkpoint: number }
  | { readonly kind: 'other-key'; readonly key: string }
  /** The file stops in the middle. */
  | { readonly kind: 'half-a-file'; readonly bridge: BridgeId | null; readonly place: number | null }
  /** The events hold, but the file is not as it was written: names, proofs or counts differ from what its end signs. */
  | { readonly kind: 'not-as-written' }
  | { readonly kind: 'unreadable'; readonly line: number };

/** A checkpoint as findings name it. */
export interface CheckpointName {
  readonly number: number;
  readonly at: Instant;
  readonly fingerprint: string;
}

/** What holds of one bridge. */
export interface BridgeVerdict {
  readonly bridge: BridgeId;
  readonly name: string;
  /** `closed`: its last event is covered by a signed checkpoint, and the chain is closed there. */
  readonly state: 'closed' | 'open' | 'empty';
  readonly events: number;
  /** How many of them are covered by the last checkpoint of the file. */
  readonly covered: number;
  /** The first checkpoint of the file that covers its last event; null unless closed. */
  readonly closing: CheckpointName | null;
}

/** What an export comes to. */
export type Verdict =
  | {
      readonly ok: false;
      readonly finding: Finding;
      /** What the file calls the bridge of the finding; null where it speaks of none. */
      readonly bridgeName: string | null;
    }
  | {
      readonly ok: true;
      readonly conference: ConferenceId;
      readonly title: string;
      readonly session: SessionId;
      readonly sessionTitle: string;
      /** Whether every bridge of it is closed. */
      readonly closed: boolean;
      /** The last checkpoint of the file; null in an export of an empty ledger. */
      readonly checkpoint: CheckpointName | null;
      readonly bridges: readonly BridgeVerdict[];
      readonly events: number;
      /** Events whose words were erased or left out. */
      readonly erased: number;
    };
