import type { Bridge, BridgeClass, BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, UnitCode } from '../ids.ts';
import { toneKey } from '../text/search.ts';
import type { Unit, UnitTree } from '../units/unit.ts';
import { endingName, insert, longest, NOTHING, type Node } from './name-tree.ts';
import type { Mention, Office } from './office.ts';
import { TIER, type Bits } from './rule.ts';
import { CLASS_TIER, PLAIN_TYPE, PREFIX, tiersOfLevels, typedName } from './unit-names.ts';
import { phraseKeys } from './words.ts';
import type { Word } from './words.ts';

/** A unit, or the unit that a bridge stands for, where people belong. */
export interface Place {
  readonly tier: Bits;
  /** `tỉnh`, `huyện`, ...; null where nobody says. */
  readonly type: string | null;
  readonly up: Place | null;
  /** Territorial bridges of the unit itself, by index. */
  readonly own: number[];
  /** Bridges of a class that its people can reach, worked out when first asked for. */
  readonly reach: Map<BridgeClass, readonly number[]>;
  /** Where somebody is of whom nothing but this place is known; one for all of them. */
  alone: Location | null;
}

/** Where an office is, as far as its words and its unit code say. */
export interface Location {
  readonly places: readonly Place[];
  /** Places below them that a name without a type points to ("Trường THCS Tân Lập, huyện Đại Từ"). */
  readonly finer: readonly Place[];
  /** Bridges of the organisations that it names, by index. */
  readonly organisations: readonly number[];
  /** Names a place that this conference does not have. */
  readonly elsewhere: boolean;
}

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
const NOWHERE: Location = { places: [], finer: [], organisations: [], elsewhere: false };
const ROUGH = 4096;

/** A small number that equal words share. */
function roughly(key: string): number {
  return (key.charCodeAt(0) * 31 + key.charCodeAt(key.length - 1) * 7 + key.length) & (ROUGH - 1);
}

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
  const levelTiers = tiersOfLevels(units);
  const tierOf = (bridgeClass: BridgeClass): Bits => {
    const tier = levelTiers.get(bridgeClass) ?? CLASS_TIER[bridgeClass];
    return tier === undefined ? 0 : TIER[tier];
  };
  const territorial = (bridgeClass: BridgeClass): boolean => {
    const tier = tierOf(bridgeClass);
    return tier !== 0 && tier !== TIER.bloc && tier !== TIER.central;
  };
  const answers: readonly Answer[] = bridges.map((_, at) => ({ bridge: at }));
  const preference = new Set(preferred.map((id) => index.get(id)));

  const names: Node<Place> = { values: [], next: null };
  const organisations: Node<number> = { values: [], next: null };
  /** Words with which an organisation's name may begin, roughly: most words of a position are none. */
  const organisationBegins = new Uint8Array(ROUGH);
  const byCode = new Map<UnitCode, Place>();
  let tiersPresent = 0;

  const addUnit = (unit: Unit, up: Place | null): void => {
    const tier = levelTiers.get(unit.level as string as BridgeClass);
    const type = PLAIN_TYPE.get(toneKey(unit.type)) ?? null;
    const place: Place = {
      tier: tier === undefined ? 0 : TIER[tier],
      type,
      up,
      own: [],
      reach: new Map(),
      alone: null,
    };
    tiersPresent |= place.tier;
    byCode.set(unit.code, place);
    insert(names, phraseKeys(unit.name), place);
    for (const child of units?.children(unit.code) ?? []) addUnit(child, place);
  };
  for (const root of units?.roots ?? []) addUnit(root, null);

  /** The place of each bridge: its own, else that of the nearest above. */
  const placeOf: (Place | null)[] = [];
  for (let at = 0; at < bridges.length; at++) {
    const bridge = bridges[at] as Bridge;
    const above = parent[at] === -1 ? null : (placeOf[parent[at] as number] ?? null);
    const said = bridge.organisation ?? bridge.name;
    if (!territorial(bridge.class)) {
      insertOrganisation(said, at);
      if (bridge.organisation !== null && bridge.name !== said) insertOrganisation(bridge.name, at);
      placeOf.push((bridge.unit === null ? null : byCode.get(bridge.unit)) ?? above);
      continue;
    }
    let place = bridge.unit === null ? undefined : byCode.get(bridge.unit);
    if (place === undefined) {
      const { type, name } = typedName(said);
      const known = bridge.unit === null ? sameName(name, type, tierOf(bridge.class), above) : undefined;
      place = known ?? {
        tier: tierOf(bridge.class),
        type,
        up: above,
        own: [],
        reach: new Map(),
        alone: null,
      };
      tiersPresent |= place.tier;
      if (bridge.unit !== null) byCode.set(bridge.unit, place);
      if (name.length > 0) insert(names, name, place);
    }
    place.own.push(at);
    placeOf.push(place);
  }

  function insertOrganisation(said: string, at: number): void {
    let keys = phraseKeys(said);
    if (PREFIX.every((key, position) => keys[position] === key)) keys = keys.slice(PREFIX.length);
    if (keys.length === 0) return;
    insert(organisations, keys, at);
    organisationBegins[roughly(keys[0] as string)] = 1;
  }

  /** A unit of the tree by which a bridge without a code is called, or a second bridge of the same unit. */
  function sameName(
    name: readonly string[],
    type: string | null,
    tier: Bits,
    above: Place | null,
  ): Place | undefined {
    const { values } = longest(names, name.map(wordOf), 0, name.length);
    const fitting = values.filter(
      (place) =>
        place.tier === tier &&
        (type === null || place.type === null || place.type === type) &&
        (above === null || isUnder(place, above)),
    );
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  const up = (from: number, bridgeClass: BridgeClass): number => {
    for (let at = from; at !== -1; at = parent[at] as number) {
      if ((bridges[at] as Bridge).class === bridgeClass) return at;
    }
    return -1;
  };

  const candidatesOf = (mention: Mention, words: readonly Word[]): Place[] =>
    longest(names, words, mention.at, words.length).values.filter(
      (place) =>
        (place.type === null || place.type === mention.type) &&
        (place.tier === 0 || (place.tier & mention.tiers) !== 0),
    );

  const organisationsIn = (words: readonly Word[]): readonly number[] => {
    let found: number[] | null = null;
    const begins = organisations.next;
    if (begins === null) return NOTHING;
    for (let at = 0; at < words.length; at++) {
      const { key } = words[at] as Word;
      if (organisationBegins[roughly(key)] === 0 || !begins.has(key)) continue;
      const { values, end } = longest(organisations, words, at, words.length);
      if (values.length === 0) continue;
      found ??= [];
      for (const value of values) if (!found.includes(value)) found.push(value);
      at = end - 1;
    }
    return found ?? NOTHING;
  };

  const locate = (words: readonly Word[], office: Office, unit: UnitCode | null): Location => {
    const found = organisationsIn(words);
    let places: readonly Place[] | null = null;
    let elsewhere = false;
    // From the lowest level up: each place above must hold the one below.
    const mentions =
      office.mentions.length > 1 ? office.mentions.toSorted((a, b) => b.tiers - a.tiers) : office.mentions;
    for (const mention of mentions) {
      const candidates = candidatesOf(mention, words);
      if (candidates.length === 0) {
        if (mention.named && (mention.tiers & tiersPresent) !== 0 && places !== null) elsewhere = true;
        else if (mention.named && (mention.tiers & tiersPresent) !== 0 && mentions.length === 1)
          elsewhere = true;
        continue;
      }
      if (places === null) places = candidates;
      else {
        const held: Place[] = places.filter((place) => candidates.some((above) => isUnder(place, above)));
        if (held.length === 0) elsewhere = true;
        else places = held;
      }
    }
    if (elsewhere) places = [];
    let finer: readonly Place[] = NOTHING;
    for (const [from, to] of office.runs) {
      if (office.mentions.some((mention) => mention.at === from)) continue;
      const called = endingName(names, words, from, to);
      if (called.length === 0) continue;
      if (places === null) places = called;
      else
        finer = called.filter((place) => places?.some((above) => place !== above && isUnder(place, above)));
    }
    const coded = unit === null ? undefined : byCode.get(unit);
    if (coded !== undefined) {
      const within: readonly Place[] = places?.filter((place) => isUnder(place, coded)) ?? NOTHING;
      if (within.length > 0 && !within.includes(coded)) places = within;
      else {
        if (finer.length > 0) finer = finer.filter((place) => isUnder(place, coded));
        places = [coded];
      }
      elsewhere = false;
    }
    if (places === null && found.length === 0) return NOWHERE;
    const only =
      places?.length === 1 && finer.length === 0 && found.length === 0 ? (places[0] as Place) : null;
    if (only === null || elsewhere)
      return { places: places ?? NOTHING, finer, organisations: found, elsewhere };
    only.alone ??= { places: [only], finer, organisations: found, elsewhere };
    return only.alone;
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
    } else if (territorial(bridgeClass)) among = territory(location, bridgeClass, tier, office);
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

/** Whether nothing is known of where an office is. */
export function isNowhere(location: Location): boolean {
  return location.places.length === 0 && location.organisations.length === 0 && !location.elsewhere;
}

/** What several positions say together about where somebody belongs. */
export function merged(locations: readonly Location[]): Location {
  return {
    places: [...new Set(locations.flatMap((location) => location.places))],
    finer: NOTHING,
    organisations: [...new Set(locations.flatMap((location) => location.organisations))],
    elsewhere: locations.length > 0 && locations.every((location) => location.elsewhere),
  };
}

/** The place that holds all the others; null where none does. */
function widest(places: readonly Place[]): Place | null {
  if (places.length <= 1) return places[0] ?? null;
  return places.find((place) => places.every((other) => isUnder(other, place))) ?? null;
}

function wordOf(key: string): Word {
  return { key, capital: false, mark: false };
}

function isUnder(place: Place, above: Place): boolean {
  for (let at: Place | null = place; at !== null; at = at.up) if (at === above) return true;
  return false;
}
