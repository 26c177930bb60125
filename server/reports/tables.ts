import type { Fraction } from '../../domain/attendance/ratios.ts';
import { bridgeStateWord, presenceWord, presenceWordOf } from '../../domain/attendance/sentences.ts';
import type { BridgeState, Presence } from '../../domain/attendance/presence.ts';
import type { Bridge, BridgeClass } from '../../domain/bridges/bridge.ts';
import { sayBridgeClass } from '../../domain/bridges/sentences.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { BridgeId, PersonId } from '../../domain/ids.ts';
import { sayErased } from '../../domain/retention/erased.ts';
import { bridgeFigures, FIGURES, levelFigures, type FigureValues } from '../../domain/reports/figures.ts';
import { FIGURE_LABELS } from '../../domain/reports/sentences.ts';
import type { ClassHeadcount } from '../../domain/reports/roll-up.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import { incidentTotals, type IncidentTotals } from '../../domain/media/quality.ts';
import type { LiveSession } from '../attendance/live.ts';
import type { Incidents } from '../lines/queries.ts';
import type { Headcounts } from './queries.ts';
import { ALL_LEVELS, COVERS, HEADINGS, TAKES_NO_PART_WORD } from './sentences.ts';

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
  /** What went wrong with the lines; null where the table does not tell of it. */
  readonly lines: Incidents | null;
  /** The bridge reported on, with everything below it. */
  readonly under: BridgeId;
  readonly asOf: Instant;
  readonly language: Language;
}

type Heading = keyof typeof HEADINGS;

/** Makers of columns with the headings of a language. */
export function columnsIn<Row>(language: Language) {
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
  /** Null of a level that only adds up what is below it. */
  readonly state: BridgeState | null;
  readonly chair: Presence | null;
  readonly line: IncidentTotals;
}

/**
 * The report by bridge: each bridge alone in tree order, whose figures add up; then each bridge that has others below
 * it together with them, where everybody counts once, from the lowest up: the last line is that of the whole report.
 */
export async function bridgeTable(sources: Sources): Promise<Table<BridgeLine>> {
  const { live, headcounts, under, language } = sources;
  const { tree, book } = live;
  const lineOf = linesBelow(sources);
  const own: Omit<BridgeLine, 'number'>[] = [];
  const sums: Omit<BridgeLine, 'number'>[] = [];
  // Taken in one go: figures of one moment, whatever comes in while they are written.
  for (const { bridge, own: values, subtree, chair } of bridgeFigures(tree, book, under)) {
    const line = headcounts?.lines.get(bridge.id);
    const status = headcounts?.due.get(bridge.id)?.status;
    const has = status === 'on-time' || status === 'late';
    const { takesPart, state } = book.node(bridge.id);
    const common = { bridge, chair, state: takesPart ? state : null };
    const reported = { total: line?.line.total ?? null, bridges: has && takesPart ? 1 : 0 };
    own.push({ ...common, covers: 'own', values, reported, line: lineOf(bridge.id).own });
    if (tree.children(bridge.id).length === 0 && bridge.id !== under) continue;
    const all = reportedOf(headcounts?.rollUps.get(bridge.id));
    sums.push({
      ...common,
      covers: 'subtree',
      values: subtree,
      reported: all,
      line: lineOf(bridge.id).below,
    });
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
        ({ state }) => (state === null ? TAKES_NO_PART_WORD[language] : bridgeStateWord(state, language)),
        14,
        ({ state }) => state ?? 'takes-no-part',
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
      count('incidents', ({ line }) => line.count),
      count('incidentMinutes', ({ line }) => Math.round(line.lastedMs / 6000) / 10),
    ],
    rows: numbered([...own, ...sums.toReversed()]),
  };
}

/** What the incidents of each bridge come to, and of it with everything below. */
function linesBelow({ live, lines }: Sources) {
  const at = Map.groupBy(lines?.incidents ?? [], ({ bridge }) => bridge);
  const until = lines?.until ?? (0 as Instant);
  return (bridge: BridgeId): { readonly own: IncidentTotals; readonly below: IncidentTotals } => ({
    own: incidentTotals(at.get(bridge) ?? [], until),
    get below() {
      return incidentTotals(
        live.tree.subtree(bridge).flatMap(({ id }) => at.get(id) ?? []),
        until,
      );
    },
  });
}

async function chairNames({
  live,
  people,
  under,
  language,
}: Sources): Promise<ReadonlyMap<PersonId, string>> {
  const ids = live.tree.subtree(under).flatMap(({ chair }) => (chair === null ? [] : [chair]));
  const found = await people([...new Set(ids)]);
  return new Map(found.map((person) => [person.id, sayErased(person.name, language)]));
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

/** Name of a bridge; null for none. */
export function nameOf({ whole }: LiveSession, bridge: BridgeId | null): string | null {
  return bridge === null ? null : (whole.get(bridge)?.name ?? null);
}

function* numbered<Line>(lines: readonly Line[]): Iterable<Line & { readonly number: number }> {
  for (const [at, line] of lines.entries()) yield { ...line, number: at + 1 };
}
