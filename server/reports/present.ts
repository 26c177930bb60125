import type { z } from 'zod';

import type { AccountId, BridgeId } from '../../domain/ids.ts';
import type { ReportDue } from '../../domain/reports/due.ts';
import {
  stateOf,
  verdictOn,
  type HeadcountContent as Content,
  type HeadcountReport as Report,
} from '../../domain/reports/headcount.ts';
import type { HeadcountRollUp as RollUp } from '../../domain/reports/roll-up.ts';
import type { StandingLine } from '../../domain/reports/standing.ts';
import type { Bridge, BridgeClass } from '../../domain/bridges/bridge.ts';
import type { Language } from '../../domain/text/language.ts';
import { tidy } from '../../domain/text/normalize.ts';
import type { Instant } from '../../domain/time.ts';
import type {
  DueRow,
  DueTable,
  HeadcountContent,
  headcountContracts,
  HeadcountReport,
  HeadcountRollUp,
} from '../../domain/wire/headcount.ts';
import type { Marks } from '../reminders/queries.ts';
import type { Headcounts } from './queries.ts';
import { OPERATOR_NAME } from './sentences.ts';

/** What one step of a report's history is shown by. */
interface Step {
  readonly revision: number;
  readonly step: HeadcountReport['history'][number]['step'];
  readonly at: Instant;
  readonly by: AccountId;
  readonly remark: string | null;
  readonly total: number;
}

type Names = ReadonlyMap<AccountId, string>;

function nameOf(by: AccountId, names: Names, language: Language): string {
  return names.get(by) ?? OPERATOR_NAME[language];
}

/** The line that a report has of its owner's own bridge. */
function presentContent(bridge: BridgeId, content: Content): HeadcountContent {
  const line = content.lines.find((one) => one.bridge === bridge);
  if (line === undefined) throw new Error(`a report without a line of its own bridge ${bridge}`);
  const { total, byClause, byCategory, chairName, chairPost, remark } = line;
  return { total, byClause, byCategory, chairName, chairPost, remark };
}

export function presentHeadcount(
  report: Report,
  steps: readonly Step[],
  names: Names,
  language: Language,
): HeadcountReport {
  const { bridge, draft } = report;
  const last = report.revisions.at(-1);
  const verdict = last === undefined ? undefined : verdictOn(last);
  const content = last?.content ?? draft;
  if (content === null) throw new Error('a report without content');
  return {
    bridge,
    state: stateOf(report),
    revision: last?.number ?? 0,
    content: presentContent(bridge, content),
    draft: draft === null ? null : presentContent(bridge, draft),
    returnedWith: verdict?.kind === 'returned' ? verdict.remark : null,
    returnedAbout: verdict?.kind === 'returned' ? verdict.about : null,
    submittedAt: last?.submittedAt ?? null,
    history: steps.map(({ revision, step, at, by, remark, total }) => ({
      revision,
      step,
      at,
      by: nameOf(by, names, language),
      remark,
      total,
    })),
  };
}

/** What a domain report takes of one bridge, out of what its unit sends. */
export function lineOf(bridge: BridgeId, sent: HeadcountContent): Content {
  const line = {
    ...sent,
    bridge,
    chairName: tidyOrNull(sent.chairName),
    chairPost: tidyOrNull(sent.chairPost),
    remark: tidyOrNull(sent.remark),
    names: [],
  };
  return { lines: [line] };
}

function tidyOrNull(text: string | null): string | null {
  return text === null ? null : tidy(text) || null;
}

/** One bridge with its report, as the list of who has reported shows it. */
export function presentDue(row: {
  readonly bridge: Bridge;
  readonly due: ReportDue;
  readonly line: StandingLine | null;
  readonly rollUp: RollUp;
}): DueRow {
  const { bridge, due, line, rollUp } = row;
  return {
    bridge: bridge.id,
    name: bridge.name,
    class: bridge.class,
    parent: bridge.parent,
    dueBefore: due.deadline?.dueBefore ?? null,
    status: due.status,
    lateByMs: due.lateByMs,
    state: due.state,
    total: line?.line.total ?? null,
    below: { bridges: due.subtree.bridges, reported: due.subtree.reported, total: rollUp.people },
  };
}

/** How every bridge at or below one stands, by column. Nothing in it changes by the mere passing of time. */
export function presentTable(
  bridges: readonly Bridge[],
  { due, lines }: Pick<Headcounts, 'due' | 'lines'>,
  { opened, reminded }: Marks,
): DueTable {
  const deadlines: Instant[] = [];
  const placeOf = new Map<Instant, number>();
  const placed = (dueBefore: Instant | undefined): number => {
    if (dueBefore === undefined) return -1;
    const place = placeOf.get(dueBefore) ?? deadlines.push(dueBefore) - 1;
    placeOf.set(dueBefore, place);
    return place;
  };
  const rows = bridges.map(({ id }) => ({ id, due: due.get(id), reminders: reminded.get(id) }));
  return {
    ids: rows.map(({ id }) => id),
    deadlines,
    deadlineOf: rows.map((row) => placed(row.due?.deadline?.dueBefore)),
    states: rows.map((row) => row.due?.state ?? null),
    revisions: rows.map((row) => (row.due?.reportedBy === row.id ? (row.due.revision ?? 0) : 0)),
    sentAt: rows.map((row) => row.due?.sentAt ?? null),
    // Received at the very instant of the deadline is late already.
    lateBy: rows.map(({ due: row }) =>
      row === undefined || row.receivedAt === null
        ? -1
        : row.status === 'late'
          ? Math.max(1, row.lateByMs)
          : row.lateByMs,
    ),
    totals: rows.map(({ id }) => lines.get(id)?.line.total ?? null),
    opened: rows.map(({ id }) => (opened.has(id) ? 1 : 0)),
    reminded: rows.map(({ reminders }) => reminders?.times ?? 0),
    remindedAt: rows.map(({ reminders }) => reminders?.lastAt ?? null),
    seen: rows.map(({ reminders }) => (reminders?.seen === true ? 1 : 0)),
  };
}

/** Sums over a subtree, with its classes in the order given. */
export function presentRollUp(
  due: ReportDue,
  rollUp: RollUp,
  classes: readonly BridgeClass[],
  asOf: Instant,
): HeadcountRollUp {
  const { bridges, reported, late, missing } = due.subtree;
  return {
    bridge: due.bridge,
    asOf,
    bridges,
    reported,
    late,
    missing,
    total: rollUp.people,
    chairs: rollUp.chairs,
    byClass: classes.map((of) => {
      const heads = rollUp.byClass.get(of);
      return {
        class: of,
        bridges: heads?.bridges ?? 0,
        reported: heads?.reported ?? 0,
        total: heads?.people ?? 0,
      };
    }),
    byClause: Object.fromEntries(rollUp.byClause),
    byCategory: Object.fromEntries(rollUp.byCategory),
  };
}

type DifficultyItem = z.infer<typeof headcountContracts.difficulties.answer>['items'][number];

export function presentDifficulty(
  row: {
    readonly id: string;
    readonly bridge: BridgeId;
    readonly text: string;
    readonly at: Instant;
    readonly by: AccountId;
  },
  bridgeName: string,
  names: Names,
  language: Language,
): DifficultyItem {
  const { id, bridge, text, at, by } = row;
  return { id, bridge, bridgeName, text, at, by: nameOf(by, names, language) };
}
