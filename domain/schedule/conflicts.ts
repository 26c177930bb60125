import type { Bridge } from '../bridges/bridge.ts';
import type { BridgeId, ConferenceId, PersonId, SessionId, UnitCode } from '../ids.ts';
import { tidy } from '../text/normalize.ts';
import { toneKey } from '../text/search.ts';
import type { Instant } from '../time.ts';
import { overlaps, thoseThatMeet } from './overlaps.ts';
import type { Span } from './overlaps.ts';
import type { SessionKind, SessionTimes } from './session.ts';

/** What the conflicts need of a session. */
export interface Booked extends SessionTimes {
  readonly id: SessionId;
  readonly conference: ConferenceId;
  readonly kind: SessionKind;
  readonly venue: string | null;
  readonly bridges: readonly BridgeId[] | 'all';
  /** Whoever chairs the session as a whole; bridges have chairs of their own. */
  readonly chair: PersonId | null;
  readonly agenda: readonly { readonly presenterPerson: PersonId | null }[];
}

/** What the conflicts need of a bridge. */
export type BookedBridge = Pick<Bridge, 'id' | 'unit' | 'organisation' | 'address' | 'chair'>;

/** Two bridges of two conferences that stand in one place. */
export interface SharedPlace {
  readonly bridges: readonly [BridgeId, BridgeId];
  readonly unit: UnitCode | null;
  /** `address`: both have the same; `unit`: one unit or organisation, and not both addresses are known. */
  readonly by: 'address' | 'unit';
}

interface Between {
  /** The session that starts first; one id twice where a person has two duties within one session. */
  readonly first: SessionId;
  readonly second: SessionId;
  /** The time that both take. */
  readonly from: Instant;
  readonly until: Instant;
}

/** What keeps a person at a session: chairing it or one of its bridges, or presenting. */
export type Duty =
  | { readonly kind: 'chair' }
  | { readonly kind: 'chair-of-bridge'; readonly bridge: BridgeId }
  | { readonly kind: 'presenter' };

/** Two duties of one person at the same time. */
interface TwoDuties extends Between {
  readonly person: PersonId;
  /** In the first session and in the second. */
  readonly duties: readonly [Duty, Duty];
}

/**
 * Two sessions that take the same thing at the same time.
 * - `room`: one venue, from when the doors open.
 * - `bridge`: bridges of one conference that take part in both; `all` where both say so.
 * - `place`: bridges of two conferences in the room of one unit.
 * - `chair`: one person chairs in both.
 * - `presenter`: one person presents in both, or presents in one and chairs in the other.
 */
export type Conflict =
  | (Between & { readonly kind: 'room'; readonly venue: string })
  | (Between & { readonly kind: 'bridge'; readonly bridges: readonly BridgeId[] | 'all' })
  | (Between & { readonly kind: 'place'; readonly places: readonly SharedPlace[] })
  | (TwoDuties & { readonly kind: 'chair' })
  | (TwoDuties & { readonly kind: 'presenter' });

/** One session's use of something, with what is to be known of it. */
interface Use<Of> extends Span {
  readonly entry: Booked;
  readonly of: Of;
}

/** By what is used. */
type Uses<Of> = Map<string, Use<Of>[]>;

function addUse<Of>(uses: Uses<Of>, key: string, entry: Booked, of: Of, from = entry.startsAt): void {
  const use: Use<Of> = { entry, of, startsAt: from, endsAt: entry.endsAt };
  const others = uses.get(key);
  if (others === undefined) uses.set(key, [use]);
  else others.push(use);
}

/** Every two uses of one thing at one time. */
function* clashes<Of>(uses: Uses<Of>): Generator<readonly [Use<Of>, Use<Of>]> {
  for (const ofOneThing of uses.values()) if (ofOneThing.length > 1) yield* overlaps(ofOneThing);
}

function between(first: Use<unknown>, second: Use<unknown>): Between {
  const until = first.endsAt < second.endsAt ? first.endsAt : second.endsAt;
  return { first: first.entry.id, second: second.entry.id, from: second.startsAt, until };
}

/** What a pair of sessions shares: two sessions of a whole nation are one conflict, not forty thousand. */
interface Pair<Shared> {
  readonly between: Between;
  readonly shared: Shared[];
}

type Pairs<Shared> = Map<string, Pair<Shared>>;

function addToPair<Shared>(
  pairs: Pairs<Shared>,
  first: Use<unknown>,
  second: Use<unknown>,
  shared: Shared,
): void {
  const key = `${first.entry.id}\n${second.entry.id}`;
  const pair = pairs.get(key);
  if (pair === undefined) pairs.set(key, { between: between(first, second), shared: [shared] });
  else pair.shared.push(shared);
}

/** Spelling of a place as far as it tells places apart: not case, blanks, tone placement or marks between the words. */
export function placeKey(text: string): string {
  return toneKey(tidy(text).replace(/[\s.,;:()–-]+/g, ' ')).trim();
}

function* roomConflicts(entries: readonly Booked[]): Generator<Conflict> {
  const rooms: Uses<string> = new Map();
  for (const entry of entries) {
    if (entry.venue === null) continue;
    // People come in from when the doors open: nobody else has the room then.
    addUse(rooms, placeKey(entry.venue), entry, entry.venue, entry.doorsAt ?? entry.startsAt);
  }
  for (const [a, b] of clashes(rooms)) yield { kind: 'room', ...between(a, b), venue: a.of };
}

/** Within one conference: a bridge takes part in one session at a time. */
function* bridgeConflicts(entries: readonly Booked[]): Generator<Conflict> {
  const byConference = new Map<ConferenceId, Booked[]>();
  for (const entry of entries) {
    const own = byConference.get(entry.conference);
    if (own === undefined) byConference.set(entry.conference, [entry]);
    else own.push(entry);
  }
  for (const own of byConference.values()) {
    const meeting = Array.from(thoseThatMeet(own, (entry) => entry.id));
    const named = new Set(meeting.flatMap(({ bridges }) => (bridges === 'all' ? [] : bridges)));
    const whole: Uses<'all'> = new Map();
    const single: Uses<BridgeId> = new Map();
    for (const entry of meeting) {
      if (entry.bridges === 'all') addUse(whole, '', entry, 'all');
      // A session of all bridges meets those of some at the bridges that any of them names.
      for (const bridge of entry.bridges === 'all' ? named : new Set(entry.bridges))
        addUse(single, bridge, entry, bridge);
    }
    for (const [a, b] of clashes(whole)) yield { kind: 'bridge', ...between(a, b), bridges: 'all' };
    const pairs: Pairs<BridgeId> = new Map();
    for (const [a, b] of clashes(single)) {
      const isWhole = a.entry.bridges === 'all' && b.entry.bridges === 'all';
      if (!isWhole) addToPair(pairs, a, b, a.of);
    }
    for (const pair of pairs.values()) yield { kind: 'bridge', ...pair.between, bridges: pair.shared };
  }
}

type BridgesOf = ReadonlyMap<ConferenceId, ReadonlyMap<BridgeId, BookedBridge>>;

function bridgesIn(entry: Booked, bridgesOf: BridgesOf): Iterable<BookedBridge> {
  const bridges = bridgesOf.get(entry.conference);
  if (bridges === undefined) return [];
  if (entry.bridges === 'all') return bridges.values();
  return Array.from(new Set(entry.bridges)).flatMap((id) => bridges.get(id) ?? []);
}

/** Two conferences that want the room of one unit. Within a conference the bridges are told apart by their ids. */
function* placeConflicts(entries: readonly Booked[], bridgesOf: BridgesOf): Generator<Conflict> {
  const places: Uses<BookedBridge> = new Map();
  // A session of a whole nation has tens of thousands of places: they are looked at only where another conference meets it.
  for (const entry of thoseThatMeet(entries, ({ conference }) => conference)) {
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
    addToPair(pairs, a, b, {
      bridges: [a.of.id, b.of.id],
      unit: a.of.unit,
      by: areKnown ? 'address' : 'unit',
    });
  }
  for (const pair of pairs.values()) yield { kind: 'place', ...pair.between, places: pair.shared };
}

/** People are at their posts in these; a line test is the technicians' own. */
const NEEDS_PEOPLE: ReadonlySet<SessionKind> = new Set(['session', 'rehearsal', 'follow-up']);

/**
 * A person is in one place at a time: chairs one bridge, and where they present they are in the same session. A presenter is
 * taken to be needed for the whole session, as nobody knows the minute of an item beforehand.
 */
function* personConflicts(entries: readonly Booked[], bridgesOf: BridgesOf): Generator<Conflict> {
  const needing = entries.filter(({ kind }) => NEEDS_PEOPLE.has(kind));
  const busy = busyPeople(needing, bridgesOf);
  const meeting = thoseThatMeet(needing, (entry) => entry.id);
  const duties: Uses<readonly Duty[]> = new Map();
  for (const entry of needing) {
    const own = dutiesIn(entry, meeting.has(entry) ? busy.anywhere : busy.twiceInOne, bridgesOf);
    for (const [person, list] of own) addUse(duties, person, entry, list);
  }
  for (const [person, uses] of duties) {
    // The keys are the people that were put in above.
    const of = { person: person as PersonId };
    for (const use of uses) {
      const [one, other] = use.of.filter(({ kind }) => kind === 'chair-of-bridge');
      if (one === undefined || other === undefined) continue;
      yield { kind: 'chair', ...between(use, use), ...of, duties: [one, other] };
    }
    for (const [a, b] of overlaps(uses)) {
      const two = firstClash(a.of, b.of);
      if (two === null) continue;
      const kind = two.every((duty) => duty.kind !== 'presenter') ? 'chair' : 'presenter';
      yield { kind, ...between(a, b), ...of, duties: two };
    }
  }
}

/**
 * Whom two duties could meet at all: of a nation's chairs, each at their own bridge, these are few. `twiceInOne` chair two
 * bridges of one conference, `anywhere` have a second duty in any.
 */
function busyPeople(entries: readonly Booked[], bridgesOf: BridgesOf) {
  const anywhere = new Set<PersonId>();
  const twiceInOne = new Set<PersonId>();
  const known = new Set<PersonId>();
  for (const conference of new Set(entries.map((entry) => entry.conference))) {
    const own = new Set<PersonId>();
    for (const { chair } of bridgesOf.get(conference)?.values() ?? []) {
      if (chair === null) continue;
      if (own.has(chair)) twiceInOne.add(chair);
      if (known.has(chair)) anywhere.add(chair);
      own.add(chair);
      known.add(chair);
    }
  }
  for (const { chair, agenda } of entries) {
    if (chair !== null) anywhere.add(chair);
    for (const { presenterPerson } of agenda) if (presenterPerson !== null) anywhere.add(presenterPerson);
  }
  return { twiceInOne, anywhere };
}

/** Chairing first: that is what is said of whoever also presents. */
function dutiesIn(entry: Booked, people: ReadonlySet<PersonId>, bridgesOf: BridgesOf): Map<PersonId, Duty[]> {
  const duties = new Map<PersonId, Duty[]>();
  const add = (person: PersonId | null, duty: Duty): void => {
    if (person === null) return;
    const own = duties.get(person);
    if (own === undefined) duties.set(person, [duty]);
    else own.push(duty);
  };
  add(entry.chair, { kind: 'chair' });
  if (people.size > 0) {
    for (const { id, chair } of bridgesIn(entry, bridgesOf)) {
      if (chair !== null && people.has(chair)) add(chair, { kind: 'chair-of-bridge', bridge: id });
    }
  }
  for (const person of new Set(entry.agenda.map((item) => item.presenterPerson)))
    add(person, { kind: 'presenter' });
  return duties;
}

/** Two duties that one person cannot have at once; null where all are of one bridge, which is then a conflict of the bridge. */
function firstClash(first: readonly Duty[], second: readonly Duty[]): readonly [Duty, Duty] | null {
  for (const a of first) {
    for (const b of second) {
      const isOneBridge =
        a.kind === 'chair-of-bridge' && b.kind === 'chair-of-bridge' && a.bridge === b.bridge;
      if (!isOneBridge) return [a, b];
    }
  }
  return null;
}

const KINDS: readonly Conflict['kind'][] = ['room', 'bridge', 'place', 'chair', 'presenter'];

/**
 * Every conflict between sessions that overlap in time, by its start, then in the order of the kinds. `bridgesOf` has the
 * bridges of each conference with their chairs; one that is not in it has no chair and no place here.
 */
export function findConflicts(
  entries: readonly Booked[],
  bridgesOf: ReadonlyMap<ConferenceId, readonly BookedBridge[]>,
): Conflict[] {
  // In one order, so that the same sessions give the same conflicts however they were listed.
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

/** The conflicts that one session is part of. */
export function conflictsOf(entry: SessionId, conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.filter((conflict) => conflict.first === entry || conflict.second === entry);
}
