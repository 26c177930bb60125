import type { BridgeId, SessionId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal. An argument, as no rule computes it by itself. */
export type Hash = (text: string) => string;

/** The head of a chain: how many entries it has (for a bridge, events), and the hash that stands for all of them. */
export interface Link {
  /** The server's sequence within the chain, 1 for the first event; 0 while there is none. */
  readonly place: number;
  readonly hash: string;
}

/** Where a chain begins, by its name. */
export function startOf(name: string, hash: Hash): Link {
  return { place: 0, hash: hash(name) };
}

/** Where the chain of one bridge in one session begins. */
export function firstLink(session: SessionId, bridge: BridgeId, hash: Hash): Link {
  return startOf(`nhipcau chain 1\n${session}\n${bridge}`, hash);
}

/**
 * The next link of a chain, over the one before, its place, the moment of receipt and the event's form. Whoever changes,
 * removes, inserts or reorders an event changes every hash after it.
 */
export function nextLink(before: Link, receivedAt: Instant, form: string, hash: Hash): Link {
  const place = before.place + 1;
  return { place, hash: hash(`${before.hash}\n${place}\n${receivedAt}\n${form}`) };
}
