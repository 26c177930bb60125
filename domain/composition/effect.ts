import type { BridgeId, PersonId } from '../ids.ts';
import type { Person } from './person.ts';
import type { BridgeSeats, PlacementFinding, PlacementOutcome } from './placement.ts';

/** How many people go from one place to another; null is without a seat. */
export interface Move {
  readonly from: BridgeId | null;
  readonly to: BridgeId | null;
  readonly count: number;
  /** The first of them, in the order of the roster. */
  readonly people: readonly Person[];
}

/** A room in which the number of people changes. */
export interface RoomEffect {
  readonly bridge: BridgeId;
  readonly before: number;
  readonly after: number;
  readonly capacity: number | null;
}

/** What another placement would change of the one that stands. */
export interface PlacementEffect {
  readonly seatedBefore: number;
  readonly seatedAfter: number;
  /** People who sit elsewhere than before, have a seat or none now. */
  readonly changed: number;
  /** Largest first. */
  readonly moves: readonly Move[];
  /** Those that become too full first, then by how much they change. */
  readonly rooms: readonly RoomEffect[];
  readonly arising: readonly PlacementFinding[];
  readonly settled: readonly PlacementFinding[];
}

/** People named of one move: enough to see whom it meets. */
const NAMED = 50;

/** Holds a placement against the seats that stand; `before` are the findings of what stands, on the same roster. */
export function effectOf(
  people: readonly Person[],
  seats: ReadonlyMap<PersonId, BridgeId | null>,
  before: readonly PlacementFinding[],
  after: PlacementOutcome,
): PlacementEffect {
  const persons = new Map(people.map((person) => [person.id, person]));
  const taken = new Map<BridgeId, number>();
  let seatedBefore = 0;
  for (const bridge of seats.values()) {
    if (bridge === null) continue;
    seatedBefore += 1;
    taken.set(bridge, (taken.get(bridge) ?? 0) + 1);
  }
  const moves = new Map<
    string,
    { from: BridgeId | null; to: BridgeId | null; count: number; people: Person[] }
  >();
  let changed = 0;
  let seatedAfter = 0;
  for (const { person, bridge: to } of after.placements) {
    if (to !== null) seatedAfter += 1;
    const from = seats.get(person) ?? null;
    if (from === to) continue;
    changed += 1;
    const key = `${from ?? ''}\n${to ?? ''}`;
    const move = moves.get(key) ?? { from, to, count: 0, people: [] };
    moves.set(key, move);
    move.count += 1;
    const who = persons.get(person);
    if (who !== undefined && move.people.length < NAMED) move.people.push(who);
  }
  const rooms = [...after.byBridge.values()]
    .map((room) => roomOf(room, taken.get(room.bridge) ?? 0))
    .filter(({ before: was, after: is }) => was !== is);
  const known = new Set(before.map(keyOf));
  const now = new Set(after.findings.map(keyOf));
  return {
    seatedBefore,
    seatedAfter,
    changed,
    moves: [...moves.values()].toSorted((a, b) => b.count - a.count),
    rooms: rooms.toSorted((a, b) => overBy(b) - overBy(a) || distance(b) - distance(a)),
    arising: after.findings.filter((finding) => !known.has(keyOf(finding))),
    settled: before.filter((finding) => !now.has(keyOf(finding))),
  };
}

function roomOf(room: BridgeSeats, before: number): RoomEffect {
  const { bridge, summoned, invited, conditional, capacity } = room;
  return { bridge, before, after: summoned + invited + conditional, capacity };
}

/** How many people more than seats a room comes to have; 0 where all have one, or where it was as full before. */
export function overBy({ before, after, capacity }: RoomEffect): number {
  return capacity === null || after <= capacity || after <= before ? 0 : after - capacity;
}

function distance({ before, after }: RoomEffect): number {
  return Math.abs(after - before);
}

function keyOf(finding: PlacementFinding): string {
  return JSON.stringify(finding);
}
