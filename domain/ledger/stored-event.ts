import type { BridgeId, EventId, SessionId } from '../ids.ts';
import { firstLink, nextLink, type Hash, type Link } from './chain.ts';
import type { ExportedEvent } from './export.ts';
import { hasDigestsOf } from './form.ts';
import { idReader } from './verify-chain.ts';

/** An event as a database keeps it: its form, and in columns beside it what the form says too. */
export interface StoredEvent extends ExportedEvent {
  /** The 32 digits of its UUID. */
  readonly id: string;
  readonly session: SessionId;
  readonly bridge: BridgeId;
}

/** A chain as far as it was followed. */
export interface FollowedChain {
  readonly session: SessionId;
  readonly bridge: BridgeId;
  link: Link;
  readonly idOf: (form: string) => EventId | null;
}

/** A chain before its first event. */
export function followChain(session: SessionId, bridge: BridgeId, hash: Hash): FollowedChain {
  return { session, bridge, link: firstLink(session, bridge, hash), idOf: idReader(session, bridge) };
}

/**
 * `missing`: one or more before it are gone from its chain. `changed`: its hash does not follow from the one before, or the
 * columns say something else than the form. `text`: what people wrote in it is not what its digests say.
 */
export type StoredFault = 'missing' | 'changed' | 'text';

/** What is wrong with the next event of a chain; null where nothing is. */
export function faultIn(event: StoredEvent, { link, idOf }: FollowedChain, hash: Hash): StoredFault | null {
  const { form, texts } = event;
  if (event.place > link.place + 1) return 'missing';
  const next = nextLink(link, event.receivedAt, form, hash);
  if (next.place !== event.place || next.hash !== event.hash) return 'changed';
  // The hash vouches for the form, the form for the columns beside it.
  if (idOf(form)?.replaceAll('-', '') !== event.id) return 'changed';
  // Texts that were erased leave their digests, which nothing is held against.
  if (texts === null) return null;
  try {
    return hasDigestsOf(form, texts, hash) ? null : 'text';
  } catch {
    return 'text';
  }
}
