import { BRIDGE_CLASSES, type BridgeClass } from '../bridges/bridge.ts';
import type { ClauseId } from '../ids.ts';
import type { Basis } from '../plan/plan.ts';
import type { CompiledClause, Exclusion } from './clause.ts';
import { isNowhere, merged, type Atlas, type Location, type NoAnswer } from './locate.ts';
import { fit, nameKey, predicateOf, type Predicate, type Readings } from './match.ts';
import type { Position } from './person.ts';
import type { LowerLevelMembership, PlacementReason } from './placement.ts';
import { readPosition, type Office } from './position.ts';
import { TIER } from './rule.ts';

/** A clause's part as the placement uses it. */
export interface ClausePart {
  readonly clause: ClauseId;
  readonly clauseIndex: number;
  readonly bridgeClass: BridgeClass;
  readonly basis: Basis;
  readonly quota: boolean;
  readonly predicate: Predicate;
  readonly exclusions: readonly Exclusion[];
  /** Shared by everybody whom the part seats. */
  readonly reason: PlacementReason;
  /** Breaks ties within a bridge: summoned before invited, then the plan's order. */
  readonly order: number;
}

/** A seat that somebody could take. Smaller `order` is taken first. */
export interface Seat {
  readonly bridge: number;
  readonly order: number;
  readonly clause: ClauseId;
  readonly clauseIndex: number;
  readonly basis: 'summoned' | 'invited';
  readonly reason: PlacementReason;
  readonly exclusions: readonly Exclusion[];
}

/** A part that fits a position for which no bridge was found. */
export interface Lost {
  readonly part: ClausePart;
  readonly office: Office;
  readonly answer: NoAnswer;
  /** Nothing in the position says where: the person's other positions may. */
  readonly nowhere: boolean;
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
}

/** Most parts that a plan can have; the order of seats leaves room for as many. */
export const MOST_PARTS = 4096;

/** The parts of all clauses, in the plan's order. */
export function partsOf(clauses: readonly CompiledClause[], readings: Readings): ClausePart[] {
  const parts: ClausePart[] = [];
  for (const [clauseIndex, compiled] of clauses.entries()) {
    for (const part of compiled.parts) {
      if (parts.length >= MOST_PARTS) throw new Error(`a plan of more than ${MOST_PARTS} rules`);
      const { id, basis, bridgeClass } = compiled.clause;
      parts.push({
        clause: id,
        clauseIndex,
        bridgeClass,
        basis,
        quota: part.quota,
        predicate: predicateOf(part.rule, readings),
        exclusions: compiled.exclusions,
        reason: { kind: 'clause', clause: id, words: part.words },
        order: (basis === 'invited' ? MOST_PARTS : 0) + parts.length,
      });
    }
  }
  return parts;
}

/** In which order seats at the bridges are taken, and which bridges the setting of lower levels speaks of. */
export interface SeatOrder {
  readonly rank: readonly number[];
  readonly lower: (bridge: number) => boolean;
}

const KNOWN_CLASSES = Object.keys(BRIDGE_CLASSES);

/** Place in the list of known classes; others come after them. */
function known(bridgeClass: BridgeClass): number {
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
    return known(a) - known(b);
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

/** Answers what a position brings, each distinct position once. */
export function seatFinder(
  parts: readonly ClausePart[],
  atlas: Atlas,
  order: SeatOrder,
): {
  fitsOf: (position: Position) => Fits;
  seatAt: (part: ClausePart, bridge: number) => Seat;
} {
  const byText = new Map<string, Fits | Map<string, Fits>>();

  const seatAt = (part: ClausePart, bridge: number): Seat => ({
    bridge,
    order: (order.rank[bridge] as number) * 2 * MOST_PARTS + part.order,
    clause: part.clause,
    clauseIndex: part.clauseIndex,
    basis: part.basis === 'invited' ? 'invited' : 'summoned',
    reason: part.reason,
    exclusions: part.exclusions,
  });

  const fitsOf = (position: Position): Fits => {
    const bare = position.unit === null && position.organisation === null;
    const found = byText.get(position.text);
    if (bare && found !== undefined && !(found instanceof Map)) return found;
    if (bare && found === undefined) {
      const fits = work(position);
      byText.set(position.text, fits);
      return fits;
    }
    // The same words at several units or organisations: a second map, the plain one under a key of its own.
    let variants: Map<string, Fits>;
    if (found instanceof Map) variants = found;
    else {
      variants = new Map();
      if (found !== undefined) variants.set('', found);
      byText.set(position.text, variants);
    }
    const key = bare ? '' : `${position.unit ?? ''}\n${position.organisation ?? ''}`;
    let fits = variants.get(key);
    if (fits === undefined) {
      fits = work(position);
      variants.set(key, fits);
    }
    return fits;
  };

  const work = (position: Position): Fits => {
    const reading = readPosition(position.text, position.organisation);
    const name = nameKey(reading.keys);
    const seats: Seat[] = [];
    const flagged: Seat[] = [];
    const conditional: Seat[] = [];
    const quota: Seat[] = [];
    const open: ClausePart[] = [];
    const lost: Lost[] = [];
    const excluded = new Set<number>();
    const clauses = new Set<number>();
    const own = reading.offices.map((office) => atlas.locate(reading.keys, office, position.unit));
    const elsewhere = own.filter((location) => !isNowhere(location));
    for (const [at, office] of reading.offices.entries()) {
      const said = own[at] as Location;
      const nowhere = isNowhere(said);
      // "Phó Bí thư Tỉnh ủy, Trưởng Ban Tổ chức Tỉnh ủy Thái Nguyên": the name is said once.
      const location = nowhere && elsewhere.length > 0 ? merged(elsewhere) : said;
      const tiers = levelOf(office, said);
      for (const part of parts) {
        const { rule } = part.predicate;
        if (rule.kind === 'staff' || part.basis === 'discretionary') {
          takeDirect(part, office, location, tiers);
          continue;
        }
        const fitting = fit(part.predicate, office, tiers, name);
        if (fitting === 'no') continue;
        const answer = atlas.bridgeFor(location, part.bridgeClass, office);
        if (fitting === 'yes') clauses.add(part.clauseIndex);
        if ('why' in answer) {
          if (fitting === 'yes') lost.push({ part, office, answer, nowhere: isNowhere(location) });
          continue;
        }
        const seat = seatAt(part, answer.bridge);
        if (part.quota) quota.push(seat);
        else if (part.basis === 'conditional') conditional.push(seat);
        else if (fitting === 'flagged') flagged.push(seat);
        else seats.push(seat);
      }
      for (const part of parts) {
        for (const exclusion of part.exclusions) {
          if (exclusion.kind !== 'rules' || excluded.has(part.clauseIndex)) continue;
          const readings = { bodiesIncludeDeputies: true, villageHeadsIncludeWards: true };
          const hit = exclusion.rules.some(
            (rule) => fit(predicateOf(rule, readings), office, tiers, name) === 'yes',
          );
          if (hit) excluded.add(part.clauseIndex);
        }
      }
    }
    function takeDirect(part: ClausePart, office: Office, location: Location, tiers: number): void {
      const answer = atlas.bridgeFor(location, part.bridgeClass, office);
      if (answer.bridge === -1 || office.former) return;
      if (part.predicate.rule.kind === 'staff' && part.basis !== 'discretionary') {
        if (
          fit(part.predicate, office, tiers, name) !== 'yes' ||
          !atlas.direct(location, answer.bridge, office)
        )
          return;
        clauses.add(part.clauseIndex);
        const seat = seatAt(part, answer.bridge);
        if (part.quota) quota.push(seat);
        else if (part.basis === 'conditional') conditional.push(seat);
        else seats.push(seat);
        return;
      }
      const asked = fit(part.predicate, office, tiers, name) === 'yes';
      if (asked || atlas.direct(location, answer.bridge, office)) open.push(part);
    }
    const fits: Fits = {
      seats: inOrder(seats),
      flagged: inOrder(flagged),
      conditional: inOrder(conditional),
      quota: inOrder(quota),
      open: open.length === 0 ? NONE : open,
      lost: lost.length === 0 ? NONE : lost,
      excluded: excluded.size === 0 ? NONE : [...excluded],
      clauses: clauses.size === 0 ? NONE : [...clauses],
      locations: elsewhere.length === 0 ? NONE : elsewhere,
      understood: reading.offices.some((office) => office.roles !== 0 || office.body !== null),
    };
    return fits;
  };

  return { fitsOf, seatAt };
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
