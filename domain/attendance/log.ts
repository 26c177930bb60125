import type { DeviceId, EventId } from '../ids.ts';
import { openNumbering } from './numbering.ts';

/** What an event is, as one small number: the kind, and what else fits in a byte. */
export const KINDS = ['open', 'arrive', 'leave', 'excuse', 'walk-in', 'count', 'void', 'close'] as const;
export const KIND_BITS = 0b0_0111;
export const ONLINE_BIT = 0b0_1000;
export const CLOCK_OFF_BIT = 0b1_0000;

const NONE = -1;
const FIRST_CAPACITY = 512;

/**
 * The events of a book in columns, 33 bytes each beside their ids; the events of one person form a list, latest first.
 * Events, people, bridges and devices go by number.
 *
 * @param room for so many events there is room before anything has to be moved
 */
export function openLog(room = 0) {
  const ids = openNumbering<EventId>(room);
  const devices = openNumbering<DeviceId>();
  let capacity = Math.max(room, FIRST_CAPACITY);
  let what = new Uint8Array(capacity);
  let time = new Float64Array(capacity);
  let received = new Float64Array(capacity);
  let bridge = new Int32Array(capacity);
  let person = new Int32Array(capacity);
  let device = new Int32Array(capacity);
  let before = new Int32Array(capacity);

  function grow(): void {
    const old = { what, time, received, bridge, person, device, before };
    capacity *= 2;
    (what = new Uint8Array(capacity)).set(old.what);
    (time = new Float64Array(capacity)).set(old.time);
    (received = new Float64Array(capacity)).set(old.received);
    (bridge = new Int32Array(capacity)).set(old.bridge);
    (person = new Int32Array(capacity)).set(old.person);
    (device = new Int32Array(capacity)).set(old.device);
    (before = new Int32Array(capacity)).set(old.before);
  }

  function compare(a: number, b: number): number {
    const difference = time[a]! - time[b]!;
    return difference === 0 ? ids.compare(a, b) : difference;
  }

  return {
    get size(): number {
      return ids.size;
    },
    /** -1 for an event that has not arrived. */
    find: ids.find,
    idOf: ids.idOf,
    /** The number of an event; of a new one, which is as large as `size` was, `write` is to follow. */
    number: ids.add,
    write(
      event: number,
      from: DeviceId,
      whatItIs: number,
      at: number,
      receivedAt: number,
      where: number,
      who: number,
    ): void {
      if (event >= capacity) grow();
      what[event] = whatItIs;
      time[event] = at;
      received[event] = receivedAt;
      bridge[event] = where;
      person[event] = who;
      device[event] = devices.add(from);
      before[event] = NONE;
    },
    what: (event: number): number => what[event]!,
    kind: (event: number): (typeof KINDS)[number] => KINDS[what[event]! & KIND_BITS]!,
    time: (event: number): number => time[event]!,
    received: (event: number): number => received[event]!,
    bridge: (event: number): number => bridge[event]!,
    person: (event: number): number => person[event]!,
    device: (event: number): DeviceId => devices.idOf(device[event]!),
    /** As `compareMoments` has it. */
    compare,
    /** A repetition that was received earlier than the first one that came in. */
    receiveEarlier(event: number, receivedAt: number, clockOff: boolean): void {
      received[event] = receivedAt;
      what[event] = (what[event]! & ~CLOCK_OFF_BIT) | (clockOff ? CLOCK_OFF_BIT : 0);
    },
    /** Puts an event into the list of its person, which begins at `latest`; returns where the list begins now. */
    insert(event: number, latest: number): number {
      let later = NONE;
      let at = latest;
      while (at !== NONE && compare(at, event) > 0) {
        later = at;
        at = before[at]!;
      }
      before[event] = at;
      if (later === NONE) return event;
      before[later] = event;
      return latest;
    },
    /** The event before one in the list of its person; -1 before the first. */
    before: (event: number): number => before[event]!,
  };
}

export type Log = ReturnType<typeof openLog>;
