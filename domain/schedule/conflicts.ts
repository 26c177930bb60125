import type { Bridge } from '../bridges/bridge.ts';
import type { BridgeId, ConferenceId, PersonId, SessionId, UnitCode } from '../ids.ts';
import { tidy } from '../text/normalize.ts';
import { toneKey } from '../text/search.ts';
import type { Instant } from '../time.ts';
import { overlaps } from './overlaps.ts';
import type { Span } from './overlaps.ts';
import type { SessionKind } from './session.ts';

/** What the conflicts need of an entry of the schedule. */
export interface Booked extends Span {
  readonly id: SessionId;
  readonly conference: ConferenceId;
  readonly kind: SessionKind;
  readonly venue: string | null;
  readonly bridges: readonly BridgeId[] | 'all';
  readonly agenda: readonly { readonly presenterPerson: PersonId | null }[];
}

/** Two bridges of two conferences that stand in one place. */
export interface SharedPlace {
  readonly bridges: readonly [BridgeId, BridgeId];
  readonly unit: UnitCode | null;
  /** `address`: both have the same; `unit`: one unit or organisation, and not both addresses are known. */
  readonly by: 'address' | 'unit';
}

interface Between {
  /** The entry that starts first; one id twice where a person has two duties within one entry. */
  readonly first: SessionId;
  readonly second: SessionId;
  /** The time that both take. */
  readonly from: Instant;
  readonly until: Instant;
}

/** Two duties of one person at the same time. */
interface TwoDuties extends Between {
  readonly person: PersonId;
  /** The bridge that the person chairs in each; null where they present instead. */
  readonly bridges: readonly [BridgeId | null, BridgeId | null];
}

/**
 * Two entries that take the same thing at the same time.
 * - `room`: one venue.
 * - `bridge`: bridges of one conference that take part in both; `all` where both say so.
 * - `place`: bridges of two conferences in the room of one unit.
 * - `chair`: one person chairs two bridges.
 * - `presenter`: one person presents in both, or presents in one and chairs in the other.
 */
export type Conflict =
  | (Between & { readonly kind: 'room'; readonly venue: string })
  | (Between & { readonly kind: 'bridge'; readonly bridges: readonly BridgeId[] | 'all' })
  | (Between & { readonly kind: 'place'; readonly places: readonly SharedPlace[] })
  | (TwoDuties & { readonly kind: 'chair' })
  | (TwoDuties & { readonly kind: 'presenter' });

/** One entry's use of something, with what is to be known of it. */
interface Use<Of> extends Span {
  readonly entry: Booked;
  readonly of: Of;
}

/** By what is used. */
type Uses<Of> = Map<string, Use<Of>[]>;

function addUse<Of>(uses: Uses<Of>, key: string, entry: Booked, of: Of): void {
  const use: Use<Of> = { entry, of, startsAt: entry.startsAt, endsAt: entry.endsAt };
  const others = uses.get(key);
  if (others === undefined) uses.set(key, [use]);
  else others.push(use);
}

/** Every two uses of one thing at one time. */
function* clashes<Of>(uses: Uses<Of>): Generator<readonly [Use<Of>, Use<Of>]> {
  for (const ofOneThing of uses.values()) if (ofOneThing.length > 1) yield* overlaps(ofOneThing);
}

function between(first: Booked, second: Booked): Between {
  const until = first.endsAt < second.endsAt ? first.endsAt : second.endsAt;
  return { first: first.id, second: second.id, from: second.startsAt, until };
}

/** What a pair of entries shares: two entries of a whole nation are one conflict, not forty thousand. */
interface Pair<Shared> {
  readonly first: Booked;
  readonly second: Booked;
  readonly shared: Shared[];
}

type Pairs<Shared> = Map<string, Pair<Shared>>;

function addToPair<Shared>(pairs: Pairs<Shared>, first: Booked, second: Booked, shared: Shared): void {
  const key = `${first.id}\n${second.id}`;
  const pair = pairs.get(key);
  if (pair === undefined) pairs.set(key, { first, second, shared: [shared] });
  else pair.shared.push(shared);
}

/** Spelling of a place as far as it tells places apart: not case, blanks, tone placement or marks between the words. */
function placeKey(text: string): string {
  return toneKey(tidy(text).replace(/[\s.,;:()–-]+/g, ' ')).trim();
}

function* roomConflicts(entries: readonly Booked[]): Generator<Conflict> {
  const rooms: Uses<string> = new Map();
  for (const entry of entries) {
    if (entry.venue !== null) addUse(rooms, placeKey(entry.venue), entry, entry.venue);
  }
  for (const [a, b] of clashes(rooms)) yield { kind: 'room', ...between(a.entry, b.entry), venue: a.of };
}

/** Within one conference: a bridge takes part in one entry at a time. */
function* bridgeConflicts(entries: readonly Booked[]): Generator<Conflict> {
  const named = new Map<ConferenceId, Set<BridgeId>>();
  for (const { conference, bridges } of entries) {
    const known = named.get(conference) ?? new Set();
    named.set(conference, known);
    if (bridges !== 'all') for (const bridge of bridges) known.add(bridge);
  }
  const whole: Uses<'all'> = new Map();
  const single: Uses<BridgeId> = new Map();
  for (const entry of entries) {
    if (entry.bridges === 'all') addUse(whole, entry.conference, entry, 'all');
    // An entry of all bridges meets those of one bridge at the bridges that any of them names.
    const bridges = entry.bridges === 'all' ? (named.get(entry.conference) ?? []) : new Set(entry.bridges);
    for (const bridge of bridges) addUse(single, `${entry.conference}\n${bridge}`, entry, bridge);
  }
  for (const [a, b] of clashes(whole)) {
    yield { kind: 'bridge', ...between(a.entry, b.entry), bridges: 'all' };
  }
  const pairs: Pairs<BridgeId> = new Map();
  for (const [a, b] of clashes(single)) {
    const isWhole = a.entry.bridges === 'all' && b.entry.bridges === 'all';
    if (!isWhole) addToPair(pairs, a.entry, b.entry, a.of);
  }
  for (const { first, second, shared } of pairs.values()) {
    yield { kind: 'bridge', ...between(first, second), bridges: shared };
  }
}

type BridgesOf = ReadonlyMap<ConferenceId, ReadonlyMap<BridgeId, Bridge>>;

function bridgesIn(entry: Booked, bridgesOf: BridgesOf): readonly Bridge[] {
  const bridges = bridgesOf.get(entry.conference);
  if (bridges === undefined) return [];
  if (entry.bridges === 'all') return Array.from(bridges.values());
  return Array.from(new Set(entry.bridges)).flatMap((id) => bridges.get(id) ?? []);
}

/** Two conferences that want the room of one unit. Within a conference the bridges are told apart by their ids. */
function* placeConflicts(entries: readonly Booked[], bridgesOf: BridgesOf): Generator<Conflict> {
  // A single conference shares its rooms with nobody, and may have tens of thousands.
  if (new Set(entries.map((entry) => entry.conference)).size < 2) return;
  const places: Uses<Bridge> = new Map();
  for (const entry of entries) {
    for (const bridge of bridgesIn(entry, bridgesOf)) {
      const owner = bridge.unit ?? (bridge.organisation === null ? null : placeKey(bridge.organisation));
      if (owner !== null) addUse(places, owner, entry, bridge);
    }
  }
  const pairs: Pairs<SharedPlace> = new Map();
  for (const [a, b] of clashes(places)) {
    if (a.entry.conference === b.entry.conference) continue;
    const [addressA, addressB] = [a.of.address, b.of.address];
    const areKnown = addressA !== null && addressB !== null;
    // A unit may run two bridges: two addresses are two rooms.
    if (areKnown && placeKey(addressA) !== placeKey(addressB)) continue;
    addToPair(pairs, a.entry, b.entry, {
      bridges: [a.of.id, b.of.id],
      unit: a.of.unit,
      by: areKnown ? 'address' : 'unit',
    });
  }
  for (const { first, second, shared } of pairs.values()) {
    yield { kind: 'place', ...between(first, second), places: shared };
  }
}

/** People are at their posts in these; a line test is the technicians' own. */
const NEEDS_PEOPLE: ReadonlySet<SessionKind> = new Set(['session', 'rehearsal', 'follow-up']);

/**
 * A person is in one place at a time: chairs one bridge, and where they present they are in the same entry. A presenter is
 * taken to be needed for the whole entry, as nobody knows the minute of an item beforehand.
 */
function* personConflicts(entries: readonly Booked[], bridgesOf: BridgesOf): Generator<Conflict> {
  const duties: Uses<BridgeId | null> = new Map();
  for (const entry of entries.filter(({ kind }) => NEEDS_PEOPLE.has(kind))) {
    for (const { id, chair } of bridgesIn(entry, bridgesOf)) {
      if (chair !== null) addUse(duties, chair, entry, id);
    }
    const presenters = new Set(entry.agenda.map((item) => item.presenterPerson));
    for (const person of presenters) if (person !== null) addUse(duties, person, entry, null);
  }
  for (const [person, uses] of duties) {
    for (const [a, b] of overlaps(uses)) {
      const areChairs = a.of !== null && b.of !== null;
      const isOneBridge = areChairs && a.of === b.of;
      const isOneEntry = a.entry === b.entry;
      // One bridge twice is a conflict of the bridge; who chairs and presents in one entry does so from their bridge.
      if (isOneBridge || (isOneEntry && !areChairs)) continue;
      const shared = {
        ...between(a.entry, b.entry),
        person: person as PersonId,
        bridges: [a.of, b.of],
      } as const;
      yield areChairs ? { kind: 'chair', ...shared } : { kind: 'presenter', ...shared };
    }
  }
}

const KINDS: readonly Conflict['kind'][] = ['room', 'bridge', 'place', 'chair', 'presenter'];

/**
 * Every conflict between entries that overlap in time, by its start, then in the order of the kinds. `bridgesOf` has the
 * bridges of each conference with their chairs; one that is not in it has no chair and no place here.
 */
export function findConflicts(
  entries: readonly Booked[],
  bridgesOf: ReadonlyMap<ConferenceId, readonly Bridge[]>,
): Conflict[] {
  // In one order, so that the same entries give the same conflicts however they were listed.
  const inOrder = Array.from(entries);
  // oxlint-disable-next-line unicorn/no-array-sort -- a copy; Chrome 109 has no toSorted
  inOrder.sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  const byId: BridgesOf = new Map(
    Array.from(bridgesOf, ([conference, bridges]) => [
      conference,
      new Map(bridges.map((bridge) => [bridge.id, bridge])),
    ]),
  );
  const found = [
    ...roomConflicts(inOrder),
    ...bridgeConflicts(inOrder),
    ...placeConflicts(inOrder, byId),
    ...personConflicts(inOrder, byId),
  ];
  // oxlint-disable-next-line unicorn/no-array-sort -- the list is ours, and Chrome 109 has no toSorted
  return found.sort((a, b) => a.from - b.from || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** The conflicts that one entry is part of. */
export function conflictsOf(entry: SessionId, conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.filter((conflict) => conflict.first === entry || conflict.second === entry);
}
