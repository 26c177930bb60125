import type { Bridge } from '../bridges/bridge.ts';
import { assertNever } from '../result.ts';
import { personSortKey } from '../text/names.ts';
import type { Atlas } from './atlas.ts';
import type { Person } from './person.ts';
import type { FillKey, OpenSeats, PlacementReason } from './placement.ts';
import type { Seat } from './seats.ts';

/** Somebody without a seat whom a conditional clause, switched on, may bring where there is room. */
export interface Candidate {
  readonly person: Person;
  /** Index of their placement. */
  readonly at: number;
  readonly seats: readonly Seat[];
}

interface Taken {
  readonly summoned: Int32Array;
  readonly invited: Int32Array;
  /** Seats kept for those whom units have yet to name. */
  readonly openSeats: readonly OpenSeats[];
}

/**
 * Gives what room is left ("nếu điều kiện phòng họp bảo đảm") to the candidates in the stated order. A bridge that has
 * not said how many seats it has gives none.
 */
export function fillRooms(
  candidates: readonly Candidate[],
  atlas: Atlas,
  fillOrder: readonly FillKey[],
  taken: Taken,
  settle: (at: number, seat: Seat | null, reason: PlacementReason) => void,
): void {
  if (candidates.length === 0) return;
  const left = new Map<number, number | null>();
  const room = (bridge: number): number | null => {
    let seats = left.get(bridge);
    if (seats === undefined) {
      const { id, capacity } = atlas.bridges[bridge] as Bridge;
      const kept = taken.openSeats.reduce((sum, one) => (one.bridge === id ? sum + one.open : sum), 0);
      const used = (taken.summoned[bridge] as number) + (taken.invited[bridge] as number) + kept;
      seats = capacity === null ? null : Math.max(0, capacity - used);
      left.set(bridge, seats);
    }
    return seats;
  };
  const queue = candidates.map((candidate) => ({ ...candidate, name: personSortKey(candidate.person) }));
  queue.sort((a, b) => inOrder(a, b, fillOrder));
  for (const { at, seats } of queue) {
    const free = seats.find((seat) => (room(seat.bridge) ?? 0) > 0);
    if (free !== undefined) {
      left.set(free.bridge, (room(free.bridge) as number) - 1);
      settle(at, free, { kind: 'filled-room', clause: free.clause });
      continue;
    }
    const { clause, bridge: index } = seats[0] as Seat;
    const bridge = (atlas.bridges[index] as Bridge).id;
    settle(at, null, { kind: room(index) === null ? 'room-unknown' : 'room-full', clause, bridge });
  }
}

type Queued = Candidate & { readonly name: string };

/** By the keys in turn; the id last, so that the order is always one. */
function inOrder(a: Queued, b: Queued, keys: readonly FillKey[]): number {
  for (const key of keys) {
    const order = compareBy(a, b, key);
    if (order !== 0) return order;
  }
  return compareBy(a, b, 'id');
}

function compareBy(a: Queued, b: Queued, key: FillKey): number {
  switch (key) {
    case 'precedence': {
      const first = a.person.precedence ?? Infinity;
      const second = b.person.precedence ?? Infinity;
      return first === second ? 0 : first - second;
    }
    case 'name':
      return inCodeOrder(a.name, b.name);
    case 'id':
      return inCodeOrder(a.person.id, b.person.id);
    default:
      return assertNever(key);
  }
}

function inCodeOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
