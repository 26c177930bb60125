import type { Bridge, BridgeClass } from '../bridges/bridge.ts';
import type { UnitCode } from '../ids.ts';
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

/** The places and organisations of a conference by their names, for the question: where is this office? */
export interface Gazetteer {
  /** Level of each class of bridge; 0 for those of organisations. */
  readonly tierOf: (bridgeClass: BridgeClass) => Bits;
  /** Whether a class of bridge stands for units of a level. */
  readonly isTerritorial: (bridgeClass: BridgeClass) => boolean;
  /** The place of each bridge: its own, else that of the nearest above. */
  readonly placeOf: readonly (Place | null)[];
  readonly locate: (words: readonly Word[], office: Office, unit: UnitCode | null) => Location;
}

const NOWHERE: Location = { places: [], finer: [], organisations: [], elsewhere: false };
const ROUGH = 4096;

/** A small number that equal words share. */
function roughly(key: string): number {
  return (key.charCodeAt(0) * 31 + key.charCodeAt(key.length - 1) * 7 + key.length) & (ROUGH - 1);
}

/**
 * Reads the names of units, where a tree is given, and of bridges.
 *
 * @param parent index of the bridge above each; -1 for the root, which comes first
 */
export function gazetteerOf(
  bridges: readonly Bridge[],
  parent: readonly number[],
  units: UnitTree | null,
): Gazetteer {
  const levelTiers = tiersOfLevels(units);
  const tierOf = (bridgeClass: BridgeClass): Bits => {
    const tier = levelTiers.get(bridgeClass) ?? CLASS_TIER[bridgeClass];
    return tier === undefined ? 0 : TIER[tier];
  };
  const isTerritorial = (bridgeClass: BridgeClass): boolean => {
    const tier = tierOf(bridgeClass);
    return tier !== 0 && tier !== TIER.bloc && tier !== TIER.central;
  };

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

  const placeOf: (Place | null)[] = [];
  for (let at = 0; at < bridges.length; at++) {
    const bridge = bridges[at] as Bridge;
    const above = parent[at] === -1 ? null : (placeOf[parent[at] as number] ?? null);
    const said = bridge.organisation ?? bridge.name;
    if (!isTerritorial(bridge.class)) {
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

  return { tierOf, isTerritorial, placeOf, locate };
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

function wordOf(key: string): Word {
  return { key, capital: false, mark: false };
}

/** Whether a place is another one or lies in it. */
export function isUnder(place: Place, above: Place): boolean {
  for (let at: Place | null = place; at !== null; at = at.up) if (at === above) return true;
  return false;
}
