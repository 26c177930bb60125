import { setImmediate as breathe } from 'node:timers/promises';

import type { Fraction } from '../../domain/attendance/ratios.ts';
import { bridgeStateWord, presenceWord, presenceWordOf } from '../../domain/attendance/sentences.ts';
import type { BridgeState, Presence } from '../../domain/attendance/presence.ts';
import type { Bridge, BridgeClass } from '../../domain/bridges/bridge.ts';
import { sayBridgeClass } from '../../domain/bridges/sentences.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { BridgeId, PersonId } from '../../domain/ids.ts';
import { personRows, type PersonRow } from '../../domain/reports/attendance-report.ts';
import { bridgeFigures, FIGURES, levelFigures, type FigureValues } from '../../domain/reports/figures.ts';
import { FIGURE_LABELS } from '../../domain/reports/sentences.ts';
import type { ClassHeadcount } from '../../domain/reports/roll-up.ts';
import type { Language } from '../../domain/text/language.ts';
import { comparePeople } from '../../domain/text/names.ts';
import type { Instant } from '../../domain/time.ts';
import type { LiveSession } from '../attendance/live.ts';
import type { Headcounts } from './queries.ts';
import { ALL_LEVELS, COVERS, HEADINGS, MODES, STANDINGS, YES_OR_NO } from './sentences.ts';

/** One column of an exported table. JSON has `key` and, where words stand for a code, the code. */
export type Column<Row> = {
  readonly key: string;
  readonly header: string;
  /** In letters, where a spreadsheet should not guess. */
  readonly width?: number;
} & (
  | {
      readonly kind: 'text';
      readonly value: (row: Row) => string | null;
      readonly code?: (row: Row) => string | null;
    }
  | { readonly kind: 'count'; readonly value: (row: Row) => number | null }
  | { readonly kind: 'share'; readonly value: (row: Row) => Fraction | null }
  | { readonly kind: 'moment'; readonly value: (row: Row) => Instant | null }
);

export interface Table<Row> {
  readonly columns: readonly Column<Row>[];
  /** What a line is of, for JSON: names repeat, ids do not. */
  readonly ids: (row: Row) => Readonly<Record<string, string | null>>;
  /** In official order; to be gone through once. */
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
}

/** Finds people of the roster; those whom it does not have are missing in the answer. */
export type FindPeople = (ids: readonly PersonId[]) => Promise<readonly Person[]>;

/** What the tables are made of. */
export interface Sources {
  readonly live: LiveSession;
  readonly headcounts: Headcounts | null;
  readonly people: FindPeople;
  /** The bridge reported on, with everything below it. */
  readonly under: BridgeId;
  readonly asOf: Instant;
  readonly language: Language;
}

const IDS_AT_A_TIME = 400;

type Heading = keyof typeof HEADINGS;

function columnsIn<Row>(language: Language) {
  const labelled = (key: Heading) => ({ key, header: HEADINGS[key][language] });
  return {
    text: (
      key: Heading,
      value: (row: Row) => string | null,
      width = 16,
      code?: (row: Row) => string | null,
    ): Column<Row> => ({ ...labelled(key), kind: 'text', value, width, ...(code && { code }) }),
    count: (key: Heading, value: (row: Row) => number | null): Column<Row> => ({
      ...labelled(key),
      kind: 'count',
      value,
    }),
    share: (key: Heading, value: (row: Row) => Fraction | null): Column<Row> => ({
      ...labelled(key),
      kind: 'share',
      value,
    }),
    moment: (key: Heading, value: (row: Row) => Instant | null): Column<Row> => ({
      ...labelled(key),
      kind: 'moment',
      value,
      width: 17,
    }),
  };
}

/** One line of figures: of a bridge, or of all bridges of a level. */
interface FigureLine {
  readonly number: number;
  readonly values: FigureValues;
  readonly reported: Reported;
}

/** What has been reported beforehand. A total of null is a gap: nobody has reported. */
interface Reported {
  readonly total: number | null;
  readonly bridges: number;
}

function reportedOf(heads: ClassHeadcount | undefined): Reported {
  if (heads === undefined) return { total: null, bridges: 0 };
  // The last figure of a report that was sent back counts, until a better one comes.
  return { total: heads.reported + heads.returned === 0 ? null : heads.people, bridges: heads.reported };
}

/** The columns of all figures, the two ratios, and what they rest on. */
function figureColumns<Row extends FigureLine>({ live, asOf, language }: Sources): Column<Row>[] {
  const { count, share, moment } = columnsIn<Row>(language);
  const { sequence } = live;
  return [
    ...FIGURES.map((figure): Column<Row> => ({
      key: figure,
      header: FIGURE_LABELS[language][figure],
      kind: 'count',
      value: ({ values }) => values[figure],
    })),
    share('presentOfSummoned', ({ values }) => ({ part: values.ofExpected, whole: values.summoned })),
    count('headcount', ({ reported }) => reported.total),
    count('bridgesReported', ({ reported }) => reported.bridges),
    share('presentOfReported', ({ values, reported }) =>
      reported.total === null ? null : { part: values.allPresent, whole: reported.total },
    ),
    moment('asOf', () => asOf),
    count('sequence', () => sequence),
  ];
}

interface BridgeLine extends FigureLine {
  readonly bridge: Bridge;
  readonly covers: keyof typeof COVERS;
  readonly state: BridgeState;
  readonly chair: Presence | null;
}

/**
 * The report by bridge: each bridge alone in tree order, whose figures add up; then each bridge that has others below
 * it together with them, where everybody counts once, from the lowest up: the last line is that of the whole report.
 */
export async function bridgeTable(sources: Sources): Promise<Table<BridgeLine>> {
  const { live, headcounts, under, language } = sources;
  const { tree, book } = live;
  const own: Omit<BridgeLine, 'number'>[] = [];
  const sums: Omit<BridgeLine, 'number'>[] = [];
  // Taken in one go: figures of one moment, whatever comes in while they are written.
  for (const { bridge, own: values, subtree, chair } of bridgeFigures(tree, book, under)) {
    const line = headcounts?.lines.get(bridge.id);
    const status = headcounts?.due.get(bridge.id)?.status;
    const has = status === 'on-time' || status === 'late';
    const common = { bridge, chair, state: book.node(bridge.id).state };
    const reported = { total: line?.line.total ?? null, bridges: has ? 1 : 0 };
    own.push({ ...common, covers: 'own', values, reported });
    if (tree.children(bridge.id).length === 0 && bridge.id !== under) continue;
    const all = reportedOf(headcounts?.rollUps.get(bridge.id));
    sums.push({ ...common, covers: 'subtree', values: subtree, reported: all });
  }
  const chairs = await chairNames(sources);
  const { text, count } = columnsIn<BridgeLine>(language);
  return {
    ids: ({ bridge }) => ({ bridge: bridge.id, upper: bridge.parent }),
    columns: [
      count('number', ({ number }) => number),
      text('bridgeName', ({ bridge }) => bridge.name, 40),
      text(
        'level',
        ({ bridge }) => sayBridgeClass(bridge.class, language),
        18,
        ({ bridge }) => bridge.class,
      ),
      text('upperName', ({ bridge }) => nameOf(live, bridge.parent), 30),
      text(
        'scope',
        ({ covers }) => COVERS[covers][language],
        24,
        ({ covers }) => covers,
      ),
      text(
        'state',
        ({ state }) => bridgeStateWord(state, language),
        14,
        ({ state }) => state,
      ),
      text(
        'chairName',
        ({ bridge }) => (bridge.chair === null ? null : (chairs.get(bridge.chair) ?? null)),
        24,
      ),
      text(
        'chairState',
        ({ chair }) => (chair === null ? null : presenceWord(chair, language)),
        16,
        ({ chair }) => (chair === null ? null : presenceWordOf(chair)),
      ),
      ...figureColumns<BridgeLine>(sources),
    ],
    rows: numbered([...own, ...sums.toReversed()]),
  };
}

async function chairNames({ live, people, under }: Sources): Promise<ReadonlyMap<PersonId, string>> {
  const ids = live.tree.subtree(under).flatMap(({ chair }) => (chair === null ? [] : [chair]));
  const found = await people([...new Set(ids)]);
  return new Map(found.map((person) => [person.id, person.name]));
}

interface LevelLine extends FigureLine {
  /** Null for all levels together. */
  readonly class: BridgeClass | null;
}

/** The report by level: the sums of the bridges' own figures; the last line is the whole, where everybody counts once. */
export function levelTable(sources: Sources): Table<LevelLine> {
  const { live, headcounts, under, language } = sources;
  const bridges = [...bridgeFigures(live.tree, live.book, under)];
  const rollUp = headcounts?.rollUps.get(under);
  const lines = levelFigures(bridges).map((level) => ({
    ...level,
    reported: reportedOf(rollUp?.byClass.get(level.class)),
  }));
  const [whole] = bridges;
  const all =
    whole === undefined ? [] : [{ class: null, values: whole.subtree, reported: reportedOf(rollUp) }];
  const { text, count } = columnsIn<LevelLine>(language);
  return {
    ids: () => ({}),
    columns: [
      count('number', ({ number }) => number),
      text(
        'level',
        (line) => (line.class === null ? ALL_LEVELS[language] : sayBridgeClass(line.class, language)),
        30,
        (line) => line.class,
      ),
      ...figureColumns<LevelLine>(sources),
    ],
    rows: numbered([...lines, ...all]),
  };
}

interface PersonLine extends PersonRow {
  readonly number: number;
  readonly name: string;
  readonly position: string | null;
  readonly unit: string | null;
  readonly partyMember: keyof typeof YES_OR_NO | null;
  /** Of the ledger, when the line was read: people go on coming while a long list is written. */
  readonly sequence: number;
}

/**
 * The report by person: those expected, bridge by bridge in tree order and in official order at each; then whoever came
 * without being expected here, in the same order of where they came. Read bridge by bridge, so that neither a hundred
 * thousand people are in memory at once nor anybody at a door waits for them.
 */
export function personTable(sources: Sources): Table<PersonLine> {
  const { live, asOf, language } = sources;
  const { text, count, moment } = columnsIn<PersonLine>(language);
  const stay = ({ presence }: PersonLine) => ('at' in presence ? presence : null);
  return {
    ids: (line) => ({ person: line.person, seat: line.expectedAt, at: stay(line)?.at ?? null }),
    columns: [
      count('number', ({ number }) => number),
      text('name', ({ name }) => name, 26),
      text('position', ({ position }) => position, 36),
      text('unit', ({ unit }) => unit, 30),
      text(
        'partyMember',
        ({ partyMember }) => (partyMember === null ? null : YES_OR_NO[partyMember][language]),
        10,
        ({ partyMember }) => partyMember,
      ),
      text(
        'as',
        (line) => STANDINGS[line.as][language],
        20,
        (line) => line.as,
      ),
      text('expectedAt', ({ expectedAt }) => nameOf(live, expectedAt), 34),
      text(
        'presence',
        ({ presence }) => presenceWord(presence, language),
        16,
        ({ presence }) => presenceWordOf(presence),
      ),
      text('attendedAt', (line) => nameOf(live, stay(line)?.at ?? null), 34),
      text(
        'mode',
        (line) => modeOf(line, (mode) => MODES[mode][language]),
        12,
        (line) => modeOf(line, (mode) => mode),
      ),
      moment('since', (line) => stay(line)?.since ?? null),
      moment('until', ({ presence }) => (presence.state === 'left' ? presence.until : null)),
      text('reason', ({ presence }) => ('reason' in presence ? presence.reason : null), 30),
      moment('asOf', () => asOf),
      count('sequence', ({ sequence }) => sequence),
    ],
    rows: personLines(sources),
  };
}

function modeOf({ presence }: PersonLine, say: (mode: keyof typeof MODES) => string): string | null {
  return 'mode' in presence ? say(presence.mode) : null;
}

async function* personLines(sources: Sources): AsyncGenerator<PersonLine, void, undefined> {
  const { live, people, under } = sources;
  const { tree, book, seats } = live;
  const bridges = tree.subtree(under);
  const place = new Map(bridges.map((bridge, at) => [bridge.id, at]));
  let number = 0;
  const line = (row: PersonRow, person: Person | undefined): PersonLine => {
    number += 1;
    return { ...row, ...shownAs(live, row, person), number, sequence: live.sequence };
  };

  for (const { id: bridge } of bridges) {
    const here = Array.from(book.expectedAt(bridge), ([person]) => person);
    if (here.length === 0) continue;
    const known = await people(here);
    const byId = new Map(known.map((person) => [person.id, person]));
    const ordered = here.toSorted((a, b) =>
      comparePeople(byId.get(a) ?? { name: a }, byId.get(b) ?? { name: b }),
    );
    for (const person of ordered) {
      const presence = book.presence(person) ?? { state: 'unmarked' };
      yield line(
        { person, as: book.standing(person) ?? 'unknown', expectedAt: bridge, presence },
        byId.get(person),
      );
    }
  }

  const others: PersonRow[] = [];
  let looked = 0;
  for (const row of personRows(
    [],
    book,
    (bridge) => place.has(bridge),
    (id) => seats.get(id) ?? null,
  )) {
    looked += 1;
    if (looked % 2000 === 0) await breathe();
    if (row.expectedAt === null || !place.has(row.expectedAt)) others.push(row);
  }
  const came = new Map<PersonId, Person>();
  const ids = others.filter((row) => row.as !== 'walk-in').map((row) => row.person);
  for (let at = 0; at < ids.length; at += IDS_AT_A_TIME) {
    for (const person of await people(ids.slice(at, at + IDS_AT_A_TIME))) came.set(person.id, person);
  }
  const placeOf = ({ presence }: PersonRow) => ('at' in presence ? (place.get(presence.at) ?? 0) : 0);
  const named = others.map((row) => ({ row, named: came.get(row.person) ?? shownAs(live, row, undefined) }));
  named.sort((a, b) => placeOf(a.row) - placeOf(b.row) || comparePeople(a.named, b.named));
  for (const { row } of named) yield line(row, came.get(row.person));
}

/** Name, post and unit of somebody: of the roster, or as a door wrote them down; an unknown id as it was scanned. */
function shownAs(
  live: LiveSession,
  { person: id, presence }: PersonRow,
  person: Person | undefined,
): Pick<PersonLine, 'name' | 'position' | 'unit' | 'partyMember'> {
  if (person !== undefined) {
    const [first] = person.positions;
    return {
      name: person.name,
      position: person.positions.map(({ text }) => text).join('; ') || null,
      unit: first?.organisation ?? null,
      partyMember: person.partyMember === null ? null : person.partyMember ? 'yes' : 'no',
    };
  }
  const written = 'at' in presence ? live.walkIns.get(presence.at)?.get(id) : undefined;
  return { name: written?.name ?? id, position: null, unit: written?.unit || null, partyMember: null };
}

function nameOf({ tree }: LiveSession, bridge: BridgeId | null): string | null {
  return bridge === null ? null : (tree.get(bridge)?.name ?? null);
}

function* numbered<Line>(lines: readonly Line[]): Iterable<Line & { readonly number: number }> {
  for (const [at, line] of lines.entries()) yield { ...line, number: at + 1 };
}
