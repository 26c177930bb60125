import type { BridgeId, EventId, SessionId } from '../ids.ts';
import { firstLink, nextLink, type Hash } from './chain.ts';
import { closing } from './closing.ts';
import type { ExportedEvent } from './export.ts';
import { hasDigestsOf, readForm, textsOf } from './form.ts';
import type { Spot, Tampering } from './verdict.ts';

/** The chain of one bridge as it is read event by event. */
export interface ChainCheck {
  /** The next event as the file has it; null for a line that cannot be read. */
  take(event: ExportedEvent | null): void;
  /** How many events hold, one after the other. */
  readonly length: number;
  /** Events whose words were erased. */
  readonly erased: number;
  isClosed(): boolean;
  /** Head of the chain after a place, and the event there; null beyond what holds. */
  hashAt(place: number): string | null;
  idAt(place: number): EventId | null;
  /**
   * The first event that was tampered with, once all have been taken; null where the chain holds.
   * @param vouched heads that a signed checkpoint proves, by place: they tell of two claimants which one is true
   */
  tampering(vouched: ReadonlyMap<number, string>): Tampered | null;
}

/** An event that was tampered with, and how. */
type Tampered = Spot & { readonly kind: Tampering };

/** Where a chain stops to hold, and what the events after it say about why. */
interface Break {
  /** The event that does not fit; null where the line cannot be read. */
  readonly stranger: ExportedEvent | null;
  /** The event that fits at the broken place, found later: the true one. */
  rightful: ExportedEvent | null;
  /** Whether the stranger fits after some other event of the file: it is of this chain, in another place. */
  isOfChain: boolean;
  /** Another event that fits at the place before: one of the two was made to fit. */
  rival: ExportedEvent | null;
  /** Whether something goes on from the rival. */
  rivalGoesOn: boolean;
  /** Whether the event right after the stranger goes on from it as if places had been left out. */
  skips: boolean;
  following: number;
}

/** So many events left out, with the places after them numbered anew, are still told from a change. */
const MOST_SKIPPED = 1000;

/**
 * Checks one chain. Whoever tampers with an event without making every hash after it anew leaves the others as they were:
 * each event is tied by its hash to the true one before it, so that what fits where tells the four kinds apart.
 * - removed: the event that comes instead has a later place, and nothing fits here;
 * - reordered: the one that fits here comes later, and the one that stands here fits elsewhere;
 * - inserted: the one that fits here comes later, and the one that stands here fits nowhere, or was here before;
 * - changed: nothing else fits here, and the chain goes on behind it.
 * Memory grows with the longest chain, by its ids and hashes.
 */
export function checkChain(session: SessionId, bridge: BridgeId, hash: Hash): ChainCheck {
  const hashes: string[] = [firstLink(session, bridge, hash).hash];
  const ids: (EventId | null)[] = [null];
  const seen = new Set<EventId>();
  const close = closing();
  const idOf = idReader(session, bridge);
  let erased = 0;
  let named: Tampered | null = null;
  let broken: Break | null = null;

  const fits = (before: string | undefined, place: number, event: ExportedEvent): boolean =>
    before !== undefined &&
    nextLink({ place: place - 1, hash: before }, event.receivedAt, event.form, hash).hash === event.hash;

  function take(event: ExportedEvent | null): void {
    if (named !== null) return;
    if (broken !== null) {
      if (event !== null) gather(broken, event);
      return;
    }
    const place = hashes.length;
    if (event === null || !fits(hashes[place - 1], place, event)) {
      broken = startBreak(event, place);
      return;
    }
    const id = idOf(event.form);
    if (id === null || seen.has(id)) named = spot('inserted', place, id);
    else if (event.place !== place || !wordsHold(event)) named = spot('changed', place, id);
    else accept(event, id);
  }

  function accept({ form, hash: head, texts }: ExportedEvent, id: EventId): void {
    hashes.push(head);
    ids.push(id);
    seen.add(id);
    close.take(form);
    if (texts === null && hasWords(form)) erased += 1;
  }

  function startBreak(stranger: ExportedEvent | null, place: number): Break {
    const isCopy = stranger?.hash === hashes[place - 1];
    const isRival = stranger !== null && !isCopy && fits(hashes[place - 2], place - 1, stranger);
    return {
      stranger,
      rightful: null,
      isOfChain: false,
      rival: isRival ? stranger : null,
      rivalGoesOn: false,
      skips: false,
      following: 0,
    };
  }

  /** What one more event after the broken place says about the stranger there. */
  function gather(at: Break, event: ExportedEvent): void {
    const place = hashes.length;
    const { stranger } = at;
    at.following += 1;
    if (at.rival !== null && fits(at.rival.hash, place, event)) at.rivalGoesOn = true;
    if (at.rightful === null && fits(hashes[place - 1], place, event)) at.rightful = event;
    if (stranger === null) return;
    // Whoever reordered may have numbered the places anew: each way to count is tried.
    const next = event === at.rightful ? place + 1 : event.place + 1;
    at.isOfChain ||= fits(event.hash, next, stranger) || fits(event.hash, stranger.place, stranger);
    if (at.following > 1 || stranger.place !== place) return;
    for (let skipped = 1; skipped <= MOST_SKIPPED && !at.skips; skipped++) {
      at.skips = fits(stranger.hash, place + 1 + skipped, event);
    }
  }

  const spot = (kind: Tampering, place: number, id: EventId | null): Tampered => ({
    kind,
    bridge,
    place,
    id,
  });

  function tampering(vouched: ReadonlyMap<number, string>): Tampered | null {
    if (named !== null || broken === null) return named;
    const place = hashes.length;
    const { stranger, rightful, isOfChain, rival, rivalGoesOn, skips } = broken;
    const strangerId = stranger === null ? null : idOf(stranger.form);
    if (rival !== null && rightful === null && (rivalGoesOn || vouched.get(place - 1) === rival.hash)) {
      return spot('inserted', place - 1, ids[place - 1] ?? null);
    }
    const isCopy = stranger !== null && hashes.includes(stranger.hash);
    if (rightful !== null) {
      return isOfChain && !isCopy
        ? spot('reordered', place, idOf(rightful.form))
        : spot('inserted', place, strangerId);
    }
    if (rival !== null || isCopy) return spot('inserted', place, strangerId);
    if (stranger !== null && (stranger.place > place || skips)) return spot('removed', place, null);
    const last = Math.max(0, ...vouched.keys());
    // Behind the last event that is vouched for nothing was there to be changed.
    return spot(last > 0 && place > last ? 'inserted' : 'changed', place, strangerId);
  }

  /** Whether what people wrote is what the event's digests were made of. */
  function wordsHold({ form, texts }: ExportedEvent): boolean {
    if (texts === null) return true;
    if (!hasWords(form)) return false;
    const event = readForm(form, texts.texts);
    const fields = Object.keys(textsOf(event) ?? {});
    if (fields.length !== Object.keys(texts.texts).length) return false;
    return hasDigestsOf(form, texts, hash);
  }

  return {
    take,
    get length() {
      return hashes.length - 1;
    },
    get erased() {
      return erased;
    },
    isClosed: () => close.isClosed(),
    hashAt: (place) => hashes[place] ?? null,
    idAt: (place) => ids[place] ?? null,
    tampering,
  };
}

/**
 * Reads the id of an event out of its form; null where it is of another chain than this one. Cut out rather than parsed:
 * of a million events that is a third of the time.
 */
export function idReader(session: SessionId, bridge: BridgeId): (form: string) => EventId | null {
  const behind = `",${JSON.stringify(session)},${JSON.stringify(bridge)},`;
  return (form) => {
    const start = form.indexOf('","') + 3;
    const end = form.indexOf('"', start);
    return form.startsWith(behind, end) ? (form.slice(start, end) as EventId) : null;
  };
}

/** Whether an event is of a kind in which people write. */
export function hasWords(form: string): boolean {
  return form.startsWith('["excuse",') || form.startsWith('["void",') || form.startsWith('["walk-in",');
}
