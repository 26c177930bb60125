import { BRIDGE_CLASSES, type BridgeClass } from '../bridges/bridge.ts';
import type { BridgeId, ClauseId } from '../ids.ts';
import type { Exclusion } from './compiled.ts';
import type { Atlas, NoAnswer } from './atlas.ts';
import { isNowhere, merged, type Location } from './gazetteer.ts';
import { fit, isNamed, nameKey, predicateOf, type Predicate, type Readings } from './match.ts';
import type { Office } from './office.ts';
import { isCollective, isDirect, MOST_PARTS, type ClausePart } from './parts.ts';
import type { Position } from './person.ts';
import type { LowerLevelMembership, OtherSeat, PlacementReason } from './placement.ts';
import { readPosition } from './position.ts';
import { BODIES, TIER } from './rule.ts';

/** A seat that somebody could take. Smaller `order` is taken first. */
export interface Seat {
  readonly bridge: number;
  readonly order: number;
  readonly clause: ClauseId;
  readonly clauseIndex: number;
  readonly basis: 'summoned' | 'invited';
  readonly words: string;
  readonly reason: PlacementReason;
  readonly exclusions: readonly Exclusion[];
  /** Kept by `place`: what it decides for whoever could sit here and nowhere else. */
  decided: Decided | null;
  /** What a position brings that brings this seat alone; most do, and share it. */
  alone: Fits | null;
}

/** A part that fits a position for which no bridge was found. */
export interface Lost {
  readonly part: ClausePart;
  readonly office: Office;
  readonly answer: NoAnswer;
  /** Nothing in the position says where: the person's other positions may. */
  readonly nowhere: boolean;
}

/** Where somebody sits, or why nowhere. */
export interface Decided {
  readonly bridge: BridgeId | null;
  readonly seat: Seat | null;
  readonly reason: PlacementReason;
  readonly others: readonly OtherSeat[];
  /** Seats that a room may have left, for somebody without a seat. */
  readonly waiting: readonly Seat[];
}

/** What one position brings. The same for everybody who holds a position of the same words and unit. */
export interface Fits {
  readonly seats: readonly Seat[];
  /** Only for whom the roster marks as of their agency's collective leadership. */
  readonly flagged: readonly Seat[];
  readonly conditional: readonly Seat[];
  readonly quota: readonly Seat[];
  /** Clauses of the position's own bridge that wait for a decision. */
  readonly open: readonly ClausePart[];
  readonly lost: readonly Lost[];
  /** Clauses, by index, out of which an exclusion by rule takes the holder. */
  readonly excluded: readonly number[];
  /** Clauses, by index, whose words fit. */
  readonly clauses: readonly number[];
  readonly locations: readonly Location[];
  readonly understood: boolean;
  /** Kept by `place`: what it decided for people with this position and no other, and how many they are. */
  decided: Decided | null;
  holders: number;
}

/** In which order seats at the bridges are taken, and which bridges the setting of lower levels speaks of. */
export interface SeatOrder {
  readonly rank: readonly number[];
  readonly lower: (bridge: number) => boolean;
}

const KNOWN_CLASSES = Object.keys(BRIDGE_CLASSES);

/** Place in the list of known classes; others come after them. */
function placeInList(bridgeClass: BridgeClass): number {
  const at = KNOWN_CLASSES.indexOf(bridgeClass);
  return at === -1 ? KNOWN_CLASSES.length : at;
}

/**
 * Centre, then agencies, then the levels of the tree from the top down, or from the bottom up where the setting says so.
 * Follows the tree that the conference has: nothing here counts levels.
 */
export function seatOrder(atlas: Atlas, setting: LowerLevelMembership): SeatOrder {
  const shallowest = new Map<BridgeClass, number>();
  for (const [at, bridge] of atlas.bridges.entries()) {
    const depth = atlas.depth[at] as number;
    if (depth < (shallowest.get(bridge.class) ?? Infinity)) shallowest.set(bridge.class, depth);
  }
  const upper = (bridgeClass: BridgeClass): boolean => {
    const tier = atlas.tierOf(bridgeClass);
    return tier === TIER.central || (tier === 0 && (shallowest.get(bridgeClass) ?? 0) <= 1);
  };
  const lowest = setting === 'lower bridge first';
  const classes = [...shallowest.keys()].toSorted((a, b) => {
    if (upper(a) !== upper(b)) return upper(a) ? -1 : 1;
    const depth = (shallowest.get(a) as number) - (shallowest.get(b) as number);
    if (depth !== 0) return lowest && !upper(a) ? -depth : depth;
    return placeInList(a) - placeInList(b);
  });
  const classRank = new Map(classes.map((bridgeClass, at) => [bridgeClass, at]));
  const byRank = atlas.bridges.map((_, at) => at);
  const rankOf = (at: number): number =>
    classRank.get((atlas.bridges[at] as { class: BridgeClass }).class) as number;
  byRank.sort((a, b) => {
    if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
    const depth = (atlas.depth[a] as number) - (atlas.depth[b] as number);
    return (lowest && lower(a) ? -depth : depth) || a - b;
  });
  function lower(at: number): boolean {
    return !upper((atlas.bridges[at] as { class: BridgeClass }).class);
  }
  const rank: number[] = [];
  for (const [place, at] of byRank.entries()) rank[at] = place;
  return { rank, lower };
}

const NONE: readonly never[] = [];

/** One position that was worked out, and the next of the same words at another unit or organisation. */
interface Known {
  readonly unit: Position['unit'];
  readonly organisation: string | null;
  readonly fits: Fits;
  readonly next: Known | null;
}

/** What is being gathered of one position. */
interface Gathering {
  seats: Seat[];
  flagged: Seat[];
  conditional: Seat[];
  quota: Seat[];
  open: ClausePart[];
  lost: Lost[];
  clauses: number[];
  excluded: number[];
}

/** Exclusions that name posts mean them as widely as words go. */
const WIDELY: Readings = { bodiesIncludeDeputies: true, villageHeadsIncludeWards: true };

/** Answers what a position brings, each distinct position once. */
export function seatFinder(
  parts: readonly ClausePart[],
  atlas: Atlas,
  order: SeatOrder,
): {
  fitsOf: (position: Position) => Fits;
  seatAt: (part: ClausePart, bridge: number) => Seat;
} {
  const byText = new Map<string, Known>();
  const seatsOfPart: (Seat | undefined)[][] = parts.map(() => []);

  const seatAt = (part: ClausePart, bridge: number): Seat => {
    return seatsOfPart[part.index]?.[bridge] ?? newSeat(part, bridge);
  };
  const newSeat = (part: ClausePart, bridge: number): Seat => {
    const seat: Seat = {
      bridge,
      order: (order.rank[bridge] as number) * 2 * MOST_PARTS + part.order,
      clause: part.clause,
      clauseIndex: part.clauseIndex,
      basis: part.basis === 'invited' ? 'invited' : 'summoned',
      words: part.words,
      reason: part.reason,
      exclusions: part.exclusions,
      decided: null,
      alone: null,
    };
    const mine = seatsOfPart[part.index];
    if (mine !== undefined) mine[bridge] = seat;
    return seat;
  };

  const fitsOf = ({ text, unit, organisation }: Position): Fits => {
    const first = byText.get(text);
    for (let known = first; known != null; known = known.next ?? undefined) {
      if (known.unit === unit && known.organisation === organisation) return known.fits;
    }
    const fits = work(text, unit, organisation);
    byText.set(text, { unit, organisation, fits, next: first ?? null });
    return fits;
  };

  // Rules that ask for the very body of a bridge, or wait for a decision; rules that an office's own properties answer,
  // remembered by those; and those that ask what it stands under.
  const directParts = parts.filter(isDirect);
  const waiting = parts.filter(
    (part) => part.basis === 'discretionary' && part.predicate.rule.kind !== 'others',
  );
  const plainParts = parts.filter((part) => !isDirect(part) && !isCollective(part));
  const collectiveParts = parts.filter(isCollective);
  const excluding = parts.flatMap((part) =>
    part.exclusions.flatMap((exclusion) =>
      exclusion.kind !== 'rules'
        ? []
        : exclusion.rules.map((rule) => ({
            clauseIndex: part.clauseIndex,
            predicate: predicateOf(rule, WIDELY),
          })),
    ),
  );
  const byShape = new Map<number, readonly ClausePart[]>();
  const plainlyFitting = (office: Office, tiers: number): readonly ClausePart[] => {
    const shape = shapeOf(office, tiers);
    let fitting = byShape.get(shape);
    if (fitting === undefined) {
      fitting = plainParts.filter((part) => fit(part.predicate, office, tiers) === 'yes');
      byShape.set(shape, fitting);
    }
    return fitting;
  };

  const take = (
    part: ClausePart,
    fitting: 'yes' | 'flagged',
    office: Office,
    location: Location,
    into: Gathering,
  ): void => {
    const answer = atlas.bridgeFor(location, part.bridgeClass, office);
    const found = answer.bridge !== -1;
    if (fitting === 'yes' && (found || !part.quota)) add(into, 'clauses', part.clauseIndex);
    if ('why' in answer) {
      if (fitting === 'yes') add(into, 'lost', { part, office, answer, nowhere: isNowhere(location) });
    } else takeSeat(part, fitting, answer.bridge, into);
  };

  const takeSeat = (part: ClausePart, fitting: 'yes' | 'flagged', bridge: number, into: Gathering): void => {
    const seat = seatAt(part, bridge);
    if (part.quota) add(into, 'quota', seat);
    else if (part.basis === 'conditional') add(into, 'conditional', seat);
    else if (fitting === 'flagged') add(into, 'flagged', seat);
    else add(into, 'seats', seat);
  };

  const work = (text: string, unit: Position['unit'], organisation: string | null): Fits => {
    const { words, offices } = readPosition(text, organisation);
    const into: Gathering = {
      seats: EMPTY,
      flagged: EMPTY,
      conditional: EMPTY,
      quota: EMPTY,
      open: EMPTY,
      lost: EMPTY,
      clauses: EMPTY,
      excluded: EMPTY,
    };
    const own = offices.map((office) => atlas.locate(words, office, unit));
    const said = own.some(isNowhere) ? own.filter((location) => !isNowhere(location)) : own;
    let understood = false;
    let name: string | null = null;
    const isCalled = (predicate: Predicate): boolean =>
      predicate.within.length === 0 || isNamed(predicate, (name ??= nameKey(words)));
    for (let at = 0; at < offices.length; at++) {
      const office = offices[at] as Office;
      const mine = own[at] as Location;
      // "Phó Bí thư Tỉnh ủy, Trưởng Ban Tổ chức Tỉnh ủy Thái Nguyên": the name is said once.
      const location = said.length > 0 && isNowhere(mine) ? merged(said) : mine;
      const tiers = levelOf(office, mine);
      understood ||= office.roles !== 0 || office.body !== null;
      for (const part of plainlyFitting(office, tiers)) {
        if (isCalled(part.predicate)) take(part, 'yes', office, location, into);
      }
      for (const part of collectiveParts) {
        const fitting = fit(part.predicate, office, tiers);
        if (fitting !== 'no') take(part, fitting, office, location, into);
      }
      if (!office.former && directParts.length > 0) {
        for (const bridge of atlas.direct(location, office)) {
          for (const part of directParts) {
            if (part.bridgeClass !== (atlas.bridges[bridge] as { class: BridgeClass }).class) continue;
            if (part.basis === 'discretionary') add(into, 'open', part);
            else if (fit(part.predicate, office, tiers) === 'yes') {
              add(into, 'clauses', part.clauseIndex);
              takeSeat(part, 'yes', bridge, into);
            }
          }
        }
      }
      for (const part of waiting) {
        if (fit(part.predicate, office, tiers) === 'yes' && isCalled(part.predicate)) add(into, 'open', part);
      }
      for (const { clauseIndex, predicate } of excluding) {
        if (fit(predicate, office, tiers) === 'yes' && isCalled(predicate))
          add(into, 'excluded', clauseIndex);
      }
    }
    const seat = offices.length === 1 && isAlone(into) ? (into.seats[0] as Seat) : null;
    if (seat?.alone != null && seat.alone.locations[0] === said[0]) return seat.alone;
    const fits: Fits = {
      seats: inOrder(into.seats),
      flagged: inOrder(into.flagged),
      conditional: inOrder(into.conditional),
      quota: inOrder(into.quota),
      open: into.open,
      lost: into.lost,
      excluded: into.excluded,
      clauses: into.clauses,
      locations: said,
      understood,
      decided: null,
      holders: 0,
    };
    if (seat !== null) seat.alone ??= fits;
    return fits;
  };

  return { fitsOf, seatAt };
}

/** Shared by all that gather nothing; `add` never writes into it. */
const EMPTY: never[] = [];

function add<Key extends keyof Gathering>(into: Gathering, key: Key, value: Gathering[Key][number]): void {
  const list = into[key] as (typeof value)[];
  if (list.length === 0) into[key] = [value] as Gathering[Key];
  else if (!list.includes(value)) list.push(value);
}

/** Whether a position brought one seat and nothing else. */
function isAlone({ seats, flagged, conditional, quota, open, lost, clauses, excluded }: Gathering): boolean {
  const besides =
    flagged.length + conditional.length + quota.length + open.length + lost.length + excluded.length;
  return seats.length === 1 && clauses.length === 1 && besides === 0;
}

/** All that plain rules read of an office, packed into one number of 48 bits. */
function shapeOf(office: Office, tiers: number): number {
  const village = office.settlements.includes('village') ? 1 : 0;
  const group = office.settlements.includes('residential-group') ? 1 : 0;
  const body = office.body === null ? 0 : BODIES.indexOf(office.body) + 1;
  let shape = body;
  shape = shape * 2 + village;
  shape = shape * 2 + group;
  shape = shape * 2 + (office.former ? 1 : 0);
  shape = shape * 2 + (office.central ? 1 : 0);
  shape = shape * 8 + office.rank;
  shape = shape * 8 + office.equivalent;
  shape = shape * 32 + office.schools;
  shape = shape * 128 + office.tiers;
  shape = shape * 128 + tiers;
  // 6 + 4 + 6 + 5 + 14 = 35 bits so far; the roles are 13 more.
  return shape * 8192 + office.roles;
}

/** By preference, each seat of a clause at a bridge once. */
function inOrder(seats: Seat[]): readonly Seat[] {
  if (seats.length === 0) return NONE;
  if (seats.length === 1) return seats;
  return seats
    .toSorted((a, b) => a.order - b.order)
    .filter(
      (seat, at, sorted) =>
        !sorted.slice(0, at).some((before) => before.bridge === seat.bridge && before.clause === seat.clause),
    );
}

/** The level of an office: its words, settled by its place where they leave two open or say none. */
function levelOf(office: Office, location: Location): number {
  let places = 0;
  for (const place of location.places) places |= place.tier;
  if (office.tiers === 0) return places;
  return (office.tiers & places) === 0 ? office.tiers : office.tiers & places;
}
