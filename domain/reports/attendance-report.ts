import type { AttendanceBook } from '../attendance/book.ts';
import type { Presence } from '../attendance/presence.ts';
import type { Standing } from '../attendance/tally.ts';
import type { BridgeId, PersonId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { FIGURES } from './figures.ts';
import type { BridgeFigures, Figure, FigureValues } from './figures.ts';

/** One figure that two versions of a report give differently, of a bridge with everything below it. */
export interface FigureDifference {
  readonly bridge: BridgeId;
  readonly figure: Figure;
  readonly before: number;
  readonly after: number;
}

/** One version of an attendance report: what was known, and up to which event. It never changes. */
export interface FrozenReport {
  readonly version: number;
  /** Of the last event that it reflects. */
  readonly sequence: number;
  readonly at: Instant;
  /** By bridge, with everything below it. */
  readonly figures: ReadonlyMap<BridgeId, FigureValues>;
  /** Against the version before; empty for the first. */
  readonly differences: readonly FigureDifference[];
}

/**
 * Freezes a report as its next version. Where no figure differs there is no new version: the one before is given back.
 */
export function freezeReport(
  before: FrozenReport | null,
  now: { readonly sequence: number; readonly at: Instant; readonly rows: Iterable<BridgeFigures> },
): FrozenReport {
  const figures = new Map(Array.from(now.rows, ({ bridge, subtree }) => [bridge.id, subtree]));
  const { sequence, at } = now;
  return nextVersion(
    before,
    { sequence, at, figures },
    before === null ? [] : diffReports(before.figures, figures),
  );
}

/** The version after another one, once it is known what differs. */
export function nextVersion(
  before: FrozenReport | null,
  now: Pick<FrozenReport, 'sequence' | 'at' | 'figures'>,
  differences: readonly FigureDifference[],
): FrozenReport {
  if (before === null) return { ...now, version: 1, differences: [] };
  return differences.length === 0 ? before : { ...now, version: before.version + 1, differences };
}

/** What changed from one version to another. A bridge that one of them does not have is all zeros there. */
export function diffReports(
  before: FrozenReport['figures'],
  after: FrozenReport['figures'],
): readonly FigureDifference[] {
  return Array.from(differencesBetween(before, after)).flat();
}

/** The same bridge by bridge, also those without any: whoever has a nation to compare may pause in between. */
export function* differencesBetween(
  before: FrozenReport['figures'],
  after: FrozenReport['figures'],
): Generator<readonly FigureDifference[]> {
  for (const bridge of new Set([...after.keys(), ...before.keys()])) {
    const [was, is] = [before.get(bridge), after.get(bridge)];
    const differences: FigureDifference[] = [];
    for (const figure of FIGURES) {
      const [a, b] = [was?.[figure] ?? 0, is?.[figure] ?? 0];
      if (a !== b) differences.push({ bridge, figure, before: a, after: b });
    }
    yield differences;
  }
}

/** The figures of the next version: those of one before it with what that one says differently. */
export function applyDifferences(
  figures: Map<BridgeId, FigureValues>,
  differences: readonly FigureDifference[],
): void {
  for (const { bridge, figure, after } of differences) {
    figures.set(bridge, { ...(figures.get(bridge) ?? NO_FIGURES), [figure]: after });
  }
}

const NO_FIGURES = Object.fromEntries(FIGURES.map((figure) => [figure, 0])) as FigureValues;

/** One person of an attendance report. */
export interface PersonRow {
  readonly person: PersonId;
  readonly as: Standing;
  /** Where they were expected; null for those without a seat. */
  readonly expectedAt: BridgeId | null;
  readonly presence: Presence;
}

/**
 * The report by person, one at a time: first those with a seat, in the order given (precedence, then name), then
 * everybody else who came: people expected at a bridge that is not reported on, people of the roster without a seat,
 * walk-ins under the id of their event, unknown ids.
 *
 * @param seats the seats of the bridges reported on, in the order in which the report lists them
 * @param at whether a bridge is reported on; by default all are
 * @param seatOf where somebody who is not in `seats` is expected; by default nowhere
 */
export function* personRows(
  seats: Iterable<{ readonly person: PersonId; readonly bridge: BridgeId }>,
  book: Pick<AttendanceBook, 'presence' | 'standing' | 'people'>,
  at: (bridge: BridgeId) => boolean = () => true,
  seatOf: (person: PersonId) => BridgeId | null = () => null,
): Iterable<PersonRow> {
  const seated = new Set<PersonId>();
  for (const { person, bridge } of seats) {
    seated.add(person);
    const presence = book.presence(person) ?? { state: 'unmarked' };
    yield { person, as: book.standing(person) ?? 'unknown', expectedAt: bridge, presence };
  }
  for (const [person, presence] of book.people()) {
    if (seated.has(person) || !('at' in presence) || !at(presence.at)) continue;
    yield { person, as: book.standing(person) ?? 'unknown', expectedAt: seatOf(person), presence };
  }
}
