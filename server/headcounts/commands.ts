import { setImmediate as breathe } from 'node:timers/promises';

import type { BridgeId } from '../../domain/ids.ts';
import type { HeadcountReport } from '../../domain/reports/headcount.ts';
import {
  deadlinesOfLevels,
  freezeSummary,
  linesUnder,
  summaryLinesInWork,
  type FrozenSummary,
  type SummaryLine,
} from '../../domain/reports/headcount-summary.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { headcountSources, headcountState } from '../reports/queries.ts';
import { wasDeleted } from '../retention/queries.ts';
import { addSummaries, lastVersions, packSummary, readSummary, writeMark } from './store.ts';

/** The state up to which the summaries of a conference were looked at. */
interface Mark {
  /** Of plan, bridges and inner deadlines. */
  readonly rules: string;
  readonly steps: number;
  /** How many levels had their deadline behind them. */
  readonly passed: number;
}

export interface Looked {
  /** Levels of which versions were made. */
  readonly levels: readonly BridgeId[];
  /** Bridges that were looked through for them. */
  readonly bridges: number;
  /** The next deadline of a level; null where none is to come. */
  readonly nextAt: Instant | null;
}

/** So many levels go into one note of what was frozen. */
const NOTED_TOGETHER = 200;
/** Nobody's step is written later than this after the moment that it bears. */
const LONGEST_STEP_MS = 600_000;

/** By conference, what was found the last time: most times nothing has changed since. */
export type Remembered = Map<
  string,
  { readonly rules: string; readonly due: ReadonlyMap<BridgeId, Instant> }
>;

/**
 * Freezes the headcount summaries of a conference as far as they are due. A level whose deadline has passed gets its
 * first version as of that deadline, however late this is done: only what was submitted before it is in it. Whatever
 * came after that, or comes after a version, makes the next one with its differences.
 *
 * @param mark what was written the last time; null for the first
 */
export async function freezeSummaries(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  mark: string | null,
  remembered: Remembered,
): Promise<Looked> {
  const now = context.clock();
  // Names may be on their way out of reports and versions: what differs meanwhile is no news.
  if (await wasDeleted(context, conference, 'people')) return { levels: [], bridges: 0, nextAt: null };
  // Read before what it speaks of: a change in between is looked at once more, never left out.
  const { rules, steps } = await headcountState(context, conference);
  const known = remembered.get(conference);
  const sources = known?.rules === rules ? null : await headcountSources(context, conference);
  const due = known?.rules === rules ? known.due : sources === null ? new Map() : deadlinesOfLevels(sources);
  remembered.set(conference, { rules, due });

  const passed = Array.from(due).filter(([, dueBefore]) => dueBefore <= now);
  const coming = Array.from(due.values()).filter((dueBefore) => dueBefore > now);
  const nextAt = coming.length === 0 ? null : (Math.min(...coming) as Instant);
  const state = JSON.stringify({ rules, steps, passed: passed.length } satisfies Mark);
  if (state === mark || passed.length === 0) return { levels: [], bridges: 0, nextAt };

  const all = sources ?? (await headcountSources(context, conference));
  if (all === null) return { levels: [], bridges: 0, nextAt };
  const last = await lastVersions(context.database.read, conference);
  const isSame = mark !== null && (JSON.parse(mark) as Mark).rules === rules;
  const touched = touchedAt(all.tree, all.reports);
  // Everything that is there by now, also what was written in this very millisecond, or before the clock was set back.
  const end = (Math.max(now, touched.get(all.tree.root.id) ?? 0) + 1) as Instant;
  const linesAt = new Map<Instant, ReadonlyMap<BridgeId, SummaryLine>>();
  const linesBelow = async (level: BridgeId, asOf: Instant): Promise<ReadonlyMap<BridgeId, SummaryLine>> => {
    const lines = linesAt.get(asOf) ?? (await workedOut(summaryLinesInWork({ ...all, asOf })));
    linesAt.set(asOf, lines);
    return linesUnder(all.tree, lines, level);
  };

  const levels: BridgeId[] = [];
  for (const [level, dueBefore] of passed) {
    const before = last.get(level);
    // A level below which nobody has done anything since its last version says what it said.
    if (before !== undefined && isSame && (touched.get(level) ?? 0) < before.at - LONGEST_STEP_MS) continue;
    await breathe();
    const made = await freezeLevel(context, conference, level, async (earlier) => {
      const first =
        earlier ??
        freezeSummary(null, { dueBefore, at: dueBefore, lines: await linesBelow(level, dueBefore) });
      const next = freezeSummary(first, { dueBefore, at: now, lines: await linesBelow(level, end) });
      return [...(earlier === null ? [first] : []), ...(next === first ? [] : [next])];
    });
    if (made) levels.push(level);
  }
  await transaction(context.database, (db) => writeMark(db, conference, state));
  for (let from = 0; from < levels.length; from += NOTED_TOGETHER) {
    const some = levels.slice(from, from + NOTED_TOGETHER);
    context.audit.note({ on: { conference, bridge: some }, after: { versions: some.length } });
  }
  return { levels, bridges: all.tree.bridges.length, nextAt };
}

/** Steps of a piece of work between two pauses, in which people are checked in. */
const STEPS_AT_A_TIME = 1000;

async function workedOut<Value>(work: Generator<null, Value>): Promise<Value> {
  for (let step = 1; ; step++) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (step % STEPS_AT_A_TIME === 0) await breathe();
  }
}

/** Adds what is new of one level, and says whether anything was. What another process froze meanwhile is held against once more. */
async function freezeLevel(
  { database }: Context,
  conference: AuthorizedConferenceId,
  level: BridgeId,
  newOf: (earlier: FrozenSummary | null) => Promise<readonly FrozenSummary[]>,
): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt++) {
    let before = await readSummary(database.read, conference, level, null);
    const rows: object[] = [];
    for (const summary of await newOf(before)) {
      rows.push(await packSummary(conference, level, before, summary));
      before = summary;
    }
    if (rows.length === 0) return false;
    try {
      await transaction(database, (db) => addSummaries(db, rows));
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  throw new Error(`others froze the summary of ${level} five times in a row`);
}

/** When anything was last done with the reports of each bridge and of everything below it. */
function touchedAt(tree: BridgeTree, reports: readonly HeadcountReport[]): ReadonlyMap<BridgeId, number> {
  const latest = new Map<BridgeId, number>();
  for (const { bridge, revisions } of reports) {
    const last = revisions.at(-1);
    if (last === undefined) continue;
    const at = last.verdicts.at(-1)?.at ?? last.submittedAt;
    for (const { id } of tree.path(bridge)) latest.set(id, Math.max(latest.get(id) ?? 0, at));
    // An upper unit may have spoken for bridges below it: their levels have it too.
    for (const line of last.content.lines) {
      for (const { id } of tree.path(line.bridge)) latest.set(id, Math.max(latest.get(id) ?? 0, at));
    }
  }
  return latest;
}
