import type { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import type { RelayId } from '../../../domain/media/cascade.ts';
import type { RelayHello, RelayNotice } from '../../../domain/wire/relays.ts';
import type { MediaEngine } from '../engine.ts';
import { remoteEngine, type AskRelay, type Remote } from './remote.ts';

/** A relay as it was added by an organizer. */
export interface KnownRelay {
  readonly id: RelayId;
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
}

/** A relay that is there. */
export interface LiveRelay extends KnownRelay {
  readonly capacity: number;
  readonly engine: MediaEngine;
}

export type PoolNotice =
  | { readonly notice: 'came'; readonly relay: LiveRelay }
  /** It died, or was replaced by a new run of itself: everything that it had is gone. */
  | { readonly notice: 'went'; readonly relay: LiveRelay };

/** The line of one relay, from its coming until it breaks. */
export interface PoolLine {
  /** Whether the pool knows what this run has. */
  readonly isKnown: boolean;
  told(notice: RelayNotice): void;
  /** `isFinal`: it said that it ends, or it has no right to be there any more. */
  broke(isFinal: boolean): void;
}

export interface Pool {
  relays(): readonly LiveRelay[];
  /** `replaced` is called where another process comes with the same token. */
  join(known: KnownRelay, hello: RelayHello, ask: AskRelay, replaced: () => void): PoolLine;
  listen(heard: (notice: PoolNotice) => void): () => void;
  close(): void;
}

/** A line that breaks says little of the engine behind it, which goes on forwarding: for so long its viewers are left alone. */
export const GRACE_MS = 2_000;

interface Place {
  readonly run: string;
  readonly relay: LiveRelay;
  readonly remote: Remote;
  line: PoolLine | null;
  replaced: () => void;
  isDown: boolean;
  ending: NodeJS.Timeout | undefined;
}

/** The relays that are there now. One relay is there once: whoever comes with its token and another run takes its place. */
export function createPool(graceMs = GRACE_MS): Pool {
  const places = new Map<RelayId, Place>();
  const listeners = new Set<(notice: PoolNotice) => void>();
  const say = (notice: PoolNotice): void => {
    for (const heard of listeners) heard(notice);
  };
  const end = (place: Place): void => {
    clearTimeout(place.ending);
    if (places.get(place.relay.id) !== place) return;
    places.delete(place.relay.id);
    place.remote.detach();
    if (!place.isDown) say({ notice: 'went', relay: place.relay });
  };
  const lineOf = (place: Place, isKnown: boolean): PoolLine => {
    const line: PoolLine = {
      isKnown,
      told: (notice) => {
        if (place.line !== line) return;
        // An engine that begins anew in a process that lives: the relay goes and comes.
        if (notice.notice === 'gone' && !place.isDown) {
          place.isDown = true;
          say({ notice: 'went', relay: place.relay });
        } else if (notice.notice === 'back' && place.isDown) {
          place.isDown = false;
          say({ notice: 'came', relay: place.relay });
        } else place.remote.tell(notice);
      },
      broke: (isFinal) => {
        // A later line has taken over.
        if (place.line !== line) return;
        place.remote.detach();
        if (isFinal) end(place);
        else place.ending = setTimeout(() => end(place), graceMs);
      },
    };
    return line;
  };
  return {
    relays: () => [...places.values()].filter(({ isDown }) => !isDown).map(({ relay }) => relay),
    join: (known, hello, ask, replaced) => {
      const before = places.get(known.id);
      if (before?.run === hello.run) {
        clearTimeout(before.ending);
        before.remote.attach(ask);
        before.replaced = replaced;
        return (before.line = lineOf(before, true));
      }
      if (before !== undefined) {
        end(before);
        before.replaced();
      }
      const remote = remoteEngine(hello, ask);
      const relay: LiveRelay = { ...known, capacity: hello.capacity, engine: remote.engine };
      const { run } = hello;
      const place: Place = { run, relay, remote, line: null, replaced, isDown: false, ending: undefined };
      const line = (place.line = lineOf(place, false));
      places.set(known.id, place);
      say({ notice: 'came', relay });
      return line;
    },
    listen: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    close: () => {
      for (const { ending } of places.values()) clearTimeout(ending);
      places.clear();
      listeners.clear();
    },
  };
}
