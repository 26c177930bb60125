import type { DeviceId, EventId, PersonId } from '../ids.ts';
import { compareMoments } from './order.ts';

/** What an event is, as one small number: the kind, and what else fits in a byte. */
export const KINDS = ['open', 'arrive', 'leave', 'excuse', 'walk-in', 'count', 'void', 'close'] as const;
export const KIND_BITS = 0b0_0111;
export const ONLINE_BIT = 0b0_1000;
export const CLOCK_OFF_BIT = 0b1_0000;

const NONE = -1;
const FIRST_CAPACITY = 1024;

/**
 * The events of a book in columns, 41 bytes each beside their ids; the events of one person form a list, latest first.
 * Events, people and devices go by number.
 */
export function openLog() {
  const numbers = new Map<EventId, number>();
  const ids: EventId[] = [];
  const devices: DeviceId[] = [];
  const deviceNumbers = new Map<DeviceId, number>();
  let capacity = FIRST_CAPACITY;
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

  function deviceNumber(id: DeviceId): number {
    const known = deviceNumbers.get(id);
    if (known !== undefined) return known;
    const at = devices.push(id) - 1;
    deviceNumbers.set(id, at);
    return at;
  }

  return {
    get size(): number {
      return ids.length;
    },
    find: (id: EventId): number | undefined => numbers.get(id),
    add(
      id: EventId,
      from: DeviceId,
      whatItIs: number,
      at: number,
      receivedAt: number,
      where: number,
      who: number,
    ): number {
      const event = ids.push(id) - 1;
      if (event === capacity) grow();
      numbers.set(id, event);
      what[event] = whatItIs;
      time[event] = at;
      received[event] = receivedAt;
      bridge[event] = where;
      person[event] = who;
      device[event] = deviceNumber(from);
      before[event] = NONE;
      return event;
    },
    idOf: (event: number): EventId => ids[event]!,
    what: (event: number): number => what[event]!,
    kind: (event: number): (typeof KINDS)[number] => KINDS[what[event]! & KIND_BITS]!,
    time: (event: number): number => time[event]!,
    received: (event: number): number => received[event]!,
    bridge: (event: number): number => bridge[event]!,
    person: (event: number): number => person[event]!,
    device: (event: number): DeviceId => devices[device[event]!]!,
    compare: (a: number, b: number): number => compareMoments(time[a]!, ids[a]!, time[b]!, ids[b]!),
    /** A repetition that was received earlier than the first one that came in. */
    receiveEarlier(event: number, receivedAt: number, clockOff: boolean): void {
      received[event] = receivedAt;
      what[event] = (what[event]! & ~CLOCK_OFF_BIT) | (clockOff ? CLOCK_OFF_BIT : 0);
    },
    /** Puts an event into the list of its person, which begins at `latest`; returns where the list begins now. */
    insert(event: number, latest: number): number {
      let later = NONE;
      let at = latest;
      while (at !== NONE && compareMoments(time[at]!, ids[at]!, time[event]!, ids[event]!) > 0) {
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

/** The people of a book: where each is expected, and what the figures hold of each. */
export function openPeople() {
  const numbers = new Map<PersonId, number>();
  let capacity = FIRST_CAPACITY;
  let seat = new Int32Array(capacity);
  let as = new Uint8Array(capacity);
  let code = new Uint8Array(capacity);
  let at = new Int32Array(capacity);
  let latest = new Int32Array(capacity);
  let nextInSeat = new Int32Array(capacity);
  const firstInSeat = new Map<number, number>();

  function grow(): void {
    const old = { seat, as, code, at, latest, nextInSeat };
    capacity *= 2;
    (seat = new Int32Array(capacity)).set(old.seat);
    (as = new Uint8Array(capacity)).set(old.as);
    (code = new Uint8Array(capacity)).set(old.code);
    (at = new Int32Array(capacity)).set(old.at);
    (latest = new Int32Array(capacity)).set(old.latest);
    (nextInSeat = new Int32Array(capacity)).set(old.nextInSeat);
  }

  return {
    get size(): number {
      return numbers.size;
    },
    find: (id: PersonId): number | undefined => numbers.get(id),
    add(id: PersonId, standing: number, expectedAt: number): number {
      const who = numbers.size;
      if (who === capacity) grow();
      numbers.set(id, who);
      seat[who] = expectedAt;
      as[who] = standing;
      at[who] = NONE;
      latest[who] = NONE;
      nextInSeat[who] = NONE;
      if (expectedAt !== NONE) {
        nextInSeat[who] = firstInSeat.get(expectedAt) ?? NONE;
        firstInSeat.set(expectedAt, who);
      }
      return who;
    },
    seat: (who: number): number => seat[who]!,
    as: (who: number): number => as[who]!,
    setAs: (who: number, standing: number): number => (as[who] = standing),
    code: (who: number): number => code[who]!,
    at: (who: number): number => at[who]!,
    place(who: number, placeCode: number, where: number): void {
      code[who] = placeCode;
      at[who] = where;
    },
    latest: (who: number): number => latest[who]!,
    setLatest: (who: number, event: number): number => (latest[who] = event),
    /** Everybody who last arrived at a bridge. */
    *arrivedAt(where: number): Iterable<number> {
      for (let who = 0; who < numbers.size; who++) if (at[who] === where) yield who;
    },
    /** Everybody expected at a bridge. */
    *expectedAt(where: number): Iterable<number> {
      for (let who = firstInSeat.get(where) ?? NONE; who !== NONE; who = nextInSeat[who]!) yield who;
    },
  };
}
