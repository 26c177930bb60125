import type { Bridge, BridgeClass, BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, UnitCode } from '../ids.ts';
import type { UnitTree } from '../units/unit.ts';
import { gazetteerOf, isUnder, type Location, type Place } from './gazetteer.ts';
import { NOTHING } from './name-tree.ts';
import type { Office } from './office.ts';
import { TIER, type Bits } from './rule.ts';
import type { Word } from './words.ts';

/** No bridge, and why. */
export type NoAnswer =
  | { readonly bridge: -1; readonly why: 'none' | 'elsewhere' }
  | { readonly bridge: -1; readonly why: 'ambiguous'; readonly among: readonly number[] };
export type Answer = { readonly bridge: number } | NoAnswer;

/** The bridges of a conference, indexed for the question: to which bridge of a class does this office belong? */
export interface Atlas {
  readonly bridges: readonly Bridge[];
  readonly index: ReadonlyMap<BridgeId, number>;
  readonly depth: readonly number[];
  /** Level of each class of bridge; 0 for those of organisations. */
  tierOf(bridgeClass: BridgeClass): Bits;
  ofClass(bridgeClass: BridgeClass): readonly number[];
  locate(words: readonly Word[], office: Office, unit: UnitCode | null): Location;
  bridgeFor(location: Location, bridgeClass: BridgeClass, office: Office | null): Answer;
  /** The bridges that the very body of the office runs, not those above it. */
  direct(location: Location, office: Office): readonly number[];
}

const NO_BRIDGE: Answer = { bridge: -1, why: 'none' };
const ELSEWHERE: Answer = { bridge: -1, why: 'elsewhere' };

/**
 * Indexes the bridges, and the units where a tree is given. Two bridges of one class for one unit leave its people
 * without a seat (the program does not choose) unless `preferred` names one of them.
 */
export function atlasOf(
  tree: BridgeTree,
  units: UnitTree | null,
  preferred: readonly BridgeId[] = [],
): Atlas {
  const { bridges } = tree;
  const index = new Map(bridges.map((bridge, at) => [bridge.id, at]));
  const parent = bridges.map((bridge) => (bridge.parent === null ? -1 : (index.get(bridge.parent) ?? -1)));
  const depth: number[] = [];
  for (let at = 0; at < bridges.length; at++) {
    const above = parent[at] as number;
    depth.push(above === -1 ? 0 : (depth[above] as number) + 1);
  }
  const classes = new Map<BridgeClass, number[]>();
  for (let at = 0; at < bridges.length; at++) {
    const { class: own } = bridges[at] as Bridge;
    const list = classes.get(own);
    if (list === undefined) classes.set(own, [at]);
    else list.push(at);
  }
  const { tierOf, isTerritorial, placeOf, locate } = gazetteerOf(bridges, parent, units);
  const answers: readonly Answer[] = bridges.map((_, at) => ({ bridge: at }));
  const preference = new Set(preferred.map((id) => index.get(id)));

  const up = (from: number, bridgeClass: BridgeClass): number => {
    for (let at = from; at !== -1; at = parent[at] as number) {
      if ((bridges[at] as Bridge).class === bridgeClass) return at;
    }
    return -1;
  };

  const reachOf = (place: Place, bridgeClass: BridgeClass): readonly number[] => {
    let found = place.reach.get(bridgeClass);
    if (found === undefined) {
      found = climb(place, bridgeClass);
      place.reach.set(bridgeClass, found);
    }
    return found;
  };

  const climb = (place: Place, bridgeClass: BridgeClass): readonly number[] => {
    const own = place.own.filter((at) => (bridges[at] as Bridge).class === bridgeClass);
    if (own.length > 0) return own;
    // Up the units as well as up the bridges: a bridge may hang elsewhere than its unit does.
    for (let above: Place | null = place; above !== null; above = above.up) {
      const reached = above.own.map((at) => up(at, bridgeClass)).filter((at) => at !== -1);
      if (reached.length > 0) return [...new Set(reached)];
    }
    return NOTHING;
  };

  const bridgesOf = (places: readonly Place[], bridgeClass: BridgeClass): readonly number[] => {
    if (places.length === 0) return NOTHING;
    if (places.length === 1) return reachOf(places[0] as Place, bridgeClass);
    return [...new Set(places.flatMap((place) => reachOf(place, bridgeClass)))];
  };

  const blocs = (location: Location, bridgeClass: BridgeClass): number[] => {
    const all = classes.get(bridgeClass) ?? [];
    const named = location.organisations.filter((at) => (bridges[at] as Bridge).class === bridgeClass);
    if (named.length > 0) return named;
    if (location.places.length === 0) return all;
    return all.filter((at) => {
      const own = placeOf[at];
      return own != null && location.places.some((place) => isUnder(place, own) || isUnder(own, place));
    });
  };

  const bridgeFor = (location: Location, bridgeClass: BridgeClass, office: Office | null): Answer => {
    const all = classes.get(bridgeClass) ?? [];
    const tier = tierOf(bridgeClass);
    if (all.length === 1 && tier === TIER.central) return answers[all[0] as number] as Answer;
    if (location.elsewhere && tier !== TIER.central) return ELSEWHERE;
    let among: readonly number[];
    if (tier === TIER.bloc) {
      among =
        office?.bloc === true
          ? blocs(location, bridgeClass)
          : location.organisations.filter((at) => (bridges[at] as Bridge).class === bridgeClass);
    } else if (isTerritorial(bridgeClass)) among = territory(location, bridgeClass, tier, office);
    else {
      among = byOrganisation(location, bridgeClass);
      if (among.length === 0 && tier === TIER.central) among = bridgesOf(location.places, bridgeClass);
    }
    if (among.length === 1) return answers[among[0] as number] as Answer;
    if (among.length === 0) return NO_BRIDGE;
    const chosen = among.filter((at) => preference.has(at));
    if (chosen.length === 1) return { bridge: chosen[0] as number };
    return { bridge: -1, why: 'ambiguous', among: among.toSorted((a, b) => a - b) };
  };

  function territory(
    location: Location,
    bridgeClass: BridgeClass,
    tier: Bits,
    office: Office | null,
  ): readonly number[] {
    const { places } = location;
    const level = places.length > 1 ? places.filter((place) => place.tier === tier) : places;
    let among = bridgesOf(level.length > 0 ? level : places, bridgeClass);
    if (among.length === 0) among = bridgesOf(location.finer, bridgeClass);
    if (among.length === 0) among = byOrganisation(location, bridgeClass);
    if (among.length > 0) return among;
    // "Ủy viên Ban Chấp hành Đảng bộ tỉnh", with one province in the conference.
    const bare = places.length === 0 && location.organisations.length === 0;
    const all = classes.get(bridgeClass) ?? NOTHING;
    return bare && all.length === 1 && office !== null && (office.tiers & tier) !== 0 ? all : NOTHING;
  }

  function byOrganisation(location: Location, bridgeClass: BridgeClass): readonly number[] {
    if (location.organisations.length === 0) return NOTHING;
    const reached = location.organisations.map((at) => up(at, bridgeClass)).filter((at) => at !== -1);
    return reached.length > 1 ? [...new Set(reached)] : reached;
  }

  const direct = (location: Location, office: Office): readonly number[] => {
    const own = widest(location.places)?.own ?? NOTHING;
    if (!office.bloc && location.organisations.length === 0) return own;
    const found = new Set([...own, ...location.organisations]);
    if (office.bloc) {
      for (const [bridgeClass] of classes) {
        if (tierOf(bridgeClass) !== TIER.bloc) continue;
        const answer = bridgeFor(location, bridgeClass, office);
        if (answer.bridge !== -1) found.add(answer.bridge);
      }
    }
    return [...found];
  };

  return {
    bridges,
    index,
    depth,
    tierOf,
    ofClass: (bridgeClass) => classes.get(bridgeClass) ?? NOTHING,
    locate,
    bridgeFor,
    direct,
  };
}

/** The place that holds all the others; null where none does. */
function widest(places: readonly Place[]): Place | null {
  if (places.length <= 1) return places[0] ?? null;
  return places.find((place) => places.every((other) => isUnder(other, place))) ?? null;
}
