import type { AttendanceEvent, RecordedEvent } from '../../../domain/attendance/event.ts';
import type { Expected } from '../../../domain/attendance/presence.ts';
import type { BridgeClass, BridgeTree } from '../../../domain/bridges/bridge.ts';
import type { BridgeId, DeviceId, EventId, PersonId, SessionId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { aBridge, at, treeOf } from '../../domain/attendance/factory.ts';

/** Centre, provinces, districts and communes in about the proportions of 2025; ids as the server makes them. */
export function country(size: number): BridgeTree {
  const bridges = [aBridge(idOf(0), null, { class: 'central' as BridgeClass })];
  const provinces = Math.max(1, Math.round(size * 0.0041));
  const districts = Math.max(1, Math.round(size * 0.0454));
  for (let index = 1; index < size; index++) {
    const [district, commune] = [index - 1 - provinces, index - 1 - provinces - districts];
    if (district < 0) bridges.push(aBridge(idOf(index), idOf(0), { class: 'province' as BridgeClass }));
    else if (commune < 0) {
      const province = idOf(1 + (district % provinces));
      bridges.push(aBridge(idOf(index), province, { class: 'district' as BridgeClass }));
    } else bridges.push(aBridge(idOf(index), idOf(1 + provinces + (commune % districts))));
  }
  return treeOf(bridges);
}

function idOf(index: number): BridgeId {
  return uuid(index, 1) as BridgeId;
}

export function delegates(bridges: BridgeTree, size: number): Expected[] {
  return Array.from({ length: size }, (_, index) => ({
    person: flat(uuid(index, 2)) as PersonId,
    bridge: bridges.bridges[index % bridges.bridges.length]!.id,
    basis: index % 50 === 0 ? 'invited' : 'summoned',
  }));
}

/**
 * The events of a morning in the order in which they reach a server, in slices: nine in ten are arrivals, nearly all of
 * them the first of their person; some are an hour late. The same for the same arguments.
 *
 * @param after so many events have gone before
 */
export function* morning(
  bridges: BridgeTree,
  people: readonly Expected[],
  size: number,
  after = 0,
): Generator<RecordedEvent[], void, undefined> {
  const random = randomFrom(20250113 + after);
  let came = Math.ceil(after * ARRIVALS);
  for (let from = after; from < after + size; from += SLICE) {
    const length = Math.min(SLICE, after + size - from);
    const slice = Array.from({ length }, (_, of): RecordedEvent => {
      const arrives = random() < ARRIVALS;
      const isFirst = arrives && random() > 0.02;
      // A step that has no divisor in common with the number of people meets everybody once before anybody twice.
      const who = isFirst ? (came++ * PRIME) % people.length : Math.floor(random() * people.length);
      const elsewhere = bridges.bridges[Math.floor(random() * bridges.bridges.length)]!.id;
      const receivedAt = (DOORS_OPEN + (from + of) * 16) as Instant;
      const delay = Math.floor(random() * (random() < 0.02 ? 3_600_000 : 300));
      const drawn = { index: from + of, seat: people[who]!, time: (receivedAt - delay) as Instant };
      const event = arrives ? arrival(random, drawn, elsewhere) : anything(random, drawn, after + size);
      return { event, receivedAt };
    });
    // Through JSON, as events come: texts put together here would hold pieces that no real one has.
    yield JSON.parse(JSON.stringify(slice)) as RecordedEvent[];
  }
}

const DOORS_OPEN = at('07:00');
const ARRIVALS = 0.9;
/** So many events are made before they are measured; a server's commits hold some hundreds. */
const SLICE = 20_000;
const PRIME = 600_011;

interface Draw {
  readonly index: number;
  readonly seat: Expected;
  readonly time: Instant;
}

function commonOf({ index, seat, time }: Draw) {
  const { bridge } = seat;
  const device = `${bridge.slice(0, 14)}8${bridge.slice(15)}` as DeviceId;
  return { id: eventId(index), session: 's1' as SessionId, bridge, device, at: time, offset: 0 };
}

function arrival(random: () => number, drawn: Draw, elsewhere: BridgeId): AttendanceEvent {
  const bridge = random() < 0.01 ? elsewhere : drawn.seat.bridge;
  const mode = random() < 0.05 ? 'online' : 'in-person';
  return { ...commonOf(drawn), bridge, kind: 'arrive', person: drawn.seat.person, mode };
}

function anything(random: () => number, drawn: Draw, end: number): AttendanceEvent {
  const common = commonOf(drawn);
  const { index, seat } = drawn;
  const draw = random();
  if (draw < 0.4) return { ...common, kind: 'leave', person: seat.person };
  if (draw < 0.5) return { ...common, kind: 'excuse', person: seat.person, reason: 'ốm' };
  if (draw < 0.6) {
    return { ...common, kind: 'walk-in', name: 'Lò Thị Hà', unit: 'Bản Mới', mode: 'in-person' };
  }
  if (draw < 0.8) {
    const counts = { partyMember: Math.floor(random() * 40), other: Math.floor(random() * 10) };
    return { ...common, kind: 'count', point: 'cửa 1', counts };
  }
  if (draw < 0.9) return { ...common, kind: 'open' };
  if (draw < 0.95 || index < end * 0.9) {
    return { ...common, kind: 'void', target: eventId(Math.floor(random() * index)), reason: 'nhầm' };
  }
  return { ...common, kind: 'close' };
}

function eventId(index: number): EventId {
  return uuid(index, 3) as EventId;
}

/** As the server and devices make them: digits of time first, then digits that nobody can foretell. */
function uuid(index: number, family: number): string {
  const time = (0x01945d3a0000 + (index >> 6)).toString(16).padStart(12, '0');
  const random = randomFrom(index * 8 + family);
  const [a, b] = [Math.floor(random() * 2 ** 28), Math.floor(random() * 2 ** 32)];
  const [high, low] = [a.toString(16).padStart(7, '0'), b.toString(16).padStart(8, '0')];
  const start = `${time.slice(0, 8)}-${time.slice(8)}-7${high.slice(0, 3)}-8`;
  return `${start}00${family.toString(16)}-${high.slice(3)}${low}`;
}

/** One piece, as a text has that came in from elsewhere. */
function flat(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
