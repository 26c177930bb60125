import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { BridgeId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { Sentence } from '../../domain/text/language.ts';
import { Instant } from '../../domain/time.ts';
import { attendanceContracts } from '../../domain/wire/attendance.ts';
import { DueRevision, headcountContracts, type HeadcountReport } from '../../domain/wire/headcount.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { presentReminding } from '../reminders/present.ts';
import { marksOf, namedFor, remindersOf } from '../reminders/queries.ts';
import {
  decideOnHeadcount,
  decideOnMany,
  keepDraft,
  raiseDifficulty,
  setInnerDeadline,
  submitHeadcount,
  type Decision,
  type HeadcountFailure,
  type LevelAbove,
  type SetDeadlineFailure,
} from './commands.ts';
import { exportAbsentees, exportReport } from './exports.ts';
import {
  lineOf,
  presentDifficulty,
  presentDue,
  presentHeadcount,
  presentRollUp,
  presentTable,
} from './present.ts';
import {
  actorsOf,
  classesBelow,
  difficultiesBelow,
  dueBelow,
  headcountOf,
  headcountsOf,
  reportedBelow,
} from './queries.ts';
import {
  CHANGED_DEADLINE,
  CHANGED_MEANWHILE,
  headcountRefusal,
  NO_BRIDGES,
  NO_SESSION,
  TAKES_NO_PART,
} from './sentences.ts';

/** Where the list goes on. The moment goes with it, so that all pages tell of the same one. */
const DuePlace = z.object({ asOf: Instant, place: z.int() });
const DifficultyPlace = z.object({ at: Instant, id: z.string() });

const noBridges = (): ProblemError => new ProblemError('wrong-state', NO_BRIDGES);

/** Headcount reports before the day, and the attendance report after it. */
export function reportRoutes({ gate }: { readonly gate: Gate }): Route[] {
  return [
    implement(headcountContracts.reportsDue, async ({ scope, conference, query, context }) => {
      const { status, deep, limit } = query;
      const cursor = readCursor(DuePlace, query.cursor);
      const asked = query.asOf === undefined ? (cursor?.asOf ?? 'now') : Instant.parse(query.asOf);
      const headcounts = await headcountsOf(context, conference, asked);
      const due = headcounts?.due.get(scope);
      const rollUp = headcounts?.rollUps.get(scope);
      if (headcounts === null || due === undefined || rollUp === undefined) throw noBridges();
      const { asOf } = headcounts;
      const search = { status: status ?? null, deep };
      const rows = dueBelow(headcounts, scope, search, cursor?.place ?? -1, limit);
      return {
        ...pageOf(rows, limit, presentDue, ({ place }) => ({ asOf, place })),
        rollUp: presentRollUp(due, rollUp, classesBelow(headcounts.tree, scope), asOf),
      };
    }),

    implement(headcountContracts.headcount, async ({ scope, conference, context }) => {
      const { language } = context;
      const { report, steps, names, own } = await headcountOf(context, conference, scope);
      if (own === null) throw noBridges();
      const { due, aboveName, clauses } = own;
      const reminders = await remindersOf(context, conference, scope);
      const named = await namedFor(context, conference, reminders);
      // Whoever works at one bridge alone sees nothing of what is below it.
      const subtree = await gate.subtree(context, conference, scope, 'read');
      return {
        report: report === null ? null : presentHeadcount(report, steps, names, language),
        dueBefore: due.deadline?.dueBefore ?? null,
        status: due.status,
        lateByMs: due.lateByMs,
        asOf: context.clock(),
        clauses: clauses.map(({ id, text }) => ({ id, text })),
        aboveName,
        below: subtree.ok ? await reportedBelow(context, conference, subtree.value) : null,
        reminders: reminders.map((one) => presentReminding(one, named, language)),
      };
    }),

    implement(headcountContracts.dueTable, async ({ scope, conference, query, context }) => {
      const [headcounts, marks] = await Promise.all([
        headcountsOf(context, conference, 'now'),
        marksOf(context, conference),
      ]);
      if (headcounts === null) throw noBridges();
      const table = presentTable(headcounts.tree.subtree(scope), headcounts, marks);
      const digest = createHash('sha256').update(JSON.stringify(table)).digest('base64url');
      const revision = DueRevision.parse(digest);
      return {
        asOf: context.clock(),
        revision,
        table: revision === query.since ? null : table,
      };
    }),

    implement(headcountContracts.decideHeadcounts, async ({ scope, conference, body, context }) => {
      const own = await gate.fromAbove(context, conference, scope, 'organize');
      const top = own.ok ? own.value : null;
      const { reports, decision } = body;
      const decided = await decideOnMany(context, conference, scope, top, reports, decision);
      const nameOf = await namer(context, conference);
      return {
        done: decided.flatMap(({ bridge, refusal }) => (refusal === null ? [bridge] : [])),
        refused: decided.flatMap(({ bridge, refusal }) =>
          refusal === null
            ? []
            : [{ bridge, name: nameOf(bridge), message: sayFailure(refusal, nameOf)[context.language] }],
        ),
      };
    }),

    implement(headcountContracts.saveHeadcount, async ({ scope, conference, body, context }) => {
      const kept = await keepDraft(context, conference, scope, lineOf(scope, body));
      return shown(context, conference, scope, kept);
    }),

    implement(headcountContracts.submitHeadcount, async ({ scope, conference, body, context }) => {
      const sent = await submitHeadcount(context, conference, scope, lineOf(scope, body));
      return shown(context, conference, scope, sent);
    }),

    implement(headcountContracts.returnHeadcount, async ({ scope, conference, body, query, context }) =>
      decide(context, conference, scope, {
        kind: 'return',
        remark: body.remark,
        about: body.about,
        revision: query.revision ?? null,
      }),
    ),

    implement(headcountContracts.acceptHeadcount, async ({ scope, conference, query, context }) =>
      decide(context, conference, scope, { kind: 'accept', revision: query.revision ?? null }),
    ),

    implement(headcountContracts.setInnerDeadline, async ({ scope, conference, body, context }) => {
      const set = await setInnerDeadline(context, conference, scope, body.dueBefore, body.was);
      if (set.ok) return { dueBefore: set.value };
      throw await innerDeadlineProblem(context, conference, set);
    }),

    implement(headcountContracts.reportDifficulty, async ({ scope, conference, body, context }) => {
      const { id, via, addressee, at } = valueOrProblem(
        await raiseDifficulty(context, conference, scope, body.text),
        { 'text missing': () => new ProblemError('malformed') },
      );
      return { id, via, addressee, at };
    }),

    implement(headcountContracts.difficulties, async ({ scope, conference, query, context }) => {
      const after = readCursor(DifficultyPlace, query.cursor);
      const { tree, rows } = await difficultiesBelow(context, conference, scope, after, query.limit);
      const names = await actorsOf(context, rows);
      return pageOf(
        rows,
        query.limit,
        (row) => presentDifficulty(row, tree?.get(row.bridge)?.name ?? '', names, context.language),
        ({ at, id }) => ({ at, id }),
      );
    }),

    implement(attendanceContracts.exportReport, async ({ scope, conference, params, query, context }) =>
      valueOrProblem(await exportReport(context, conference, scope, params.session, query), {
        'no such session': () => new ProblemError('not-found', NO_SESSION),
        'no bridges': noBridges,
        'takes no part': () => new ProblemError('wrong-state', TAKES_NO_PART),
      }),
    ),

    implement(attendanceContracts.exportFollowUp, async ({ scope, conference, query, context }) => {
      const document = await exportAbsentees(context, conference, scope, query);
      if (document === null) throw noBridges();
      return document;
    }),
  ];

  async function decide(
    context: Context,
    conference: AuthorizedConferenceId,
    bridge: AuthorizedBridgeId<'organize' | 'above'>,
    decision: Decision,
  ): Promise<HeadcountReport> {
    const above = await levelAbove(context, conference, bridge);
    const decided = await decideOnHeadcount(context, conference, bridge, above, decision);
    return shown(context, conference, bridge, decided);
  }

  /** The one above, whose right the decision is made by: it may have changed since the gate was asked. */
  async function levelAbove(
    context: Context,
    conference: AuthorizedConferenceId,
    bridge: AuthorizedBridgeId<'organize'>,
  ): Promise<LevelAbove> {
    const parent = (await bridgeTreeOf(context, conference))?.get(bridge)?.parent ?? null;
    const found =
      parent === null
        ? await gate.conference(context, conference, 'organize')
        : await gate.bridge(context, conference, parent, 'organize');
    return admitted<LevelAbove>(found);
  }
}

/** The report after a step, or why there was none. */
async function shown(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId,
  changed: Result<null, HeadcountFailure>,
): Promise<HeadcountReport> {
  if (!changed.ok) throw await headcountProblem(context, conference, changed);
  const { report, steps, names } = await headcountOf(context, conference, bridge);
  if (report === null) throw new Error('a report that was just written is gone');
  return presentHeadcount(report, steps, names, context.language);
}

function sayFailure(failure: HeadcountFailure, nameOf: (id: BridgeId) => string): Sentence {
  switch (failure.reason) {
    case 'no bridges':
      return NO_BRIDGES;
    case 'changed meanwhile':
      return CHANGED_MEANWHILE;
    default:
      return headcountRefusal(failure, nameOf);
  }
}

async function headcountProblem(
  context: Context,
  conference: AuthorizedConferenceId,
  failure: { readonly ok: false } & HeadcountFailure,
): Promise<ProblemError> {
  if (failure.reason === 'no bridges') return noBridges();
  if (failure.reason === 'changed meanwhile') return new ProblemError('out-of-date', CHANGED_MEANWHILE);
  const sentence = sayFailure(failure, await namer(context, conference));
  const fault = (at: string) =>
    new ProblemError('has-errors', sentence, [{ at, message: sentence[context.language] }]);
  switch (failure.reason) {
    case 'clause not in plan':
      return fault(`byClause.${failure.clause}`);
    case 'clauses exceed total':
      return fault('byClause');
    case 'category exceeds total':
      return fault(`byCategory.${failure.category}`);
    case 'remark missing':
      return fault('remark');
    case 'other revision':
      return new ProblemError('out-of-date', sentence);
    case 'already accepted':
    case 'already returned':
    case 'nothing submitted':
    case 'nothing to withdraw':
      return new ProblemError('wrong-state', sentence);
    default:
      return new ProblemError('has-errors', sentence);
  }
}

async function innerDeadlineProblem(
  context: Context,
  conference: AuthorizedConferenceId,
  failure: SetDeadlineFailure,
): Promise<ProblemError> {
  if (failure.reason === 'no bridges') return noBridges();
  if (failure.reason === 'changed meanwhile') return new ProblemError('out-of-date', CHANGED_DEADLINE);
  const sentence = headcountRefusal(failure, await namer(context, conference));
  return failure.reason === 'nobody below'
    ? new ProblemError('wrong-state', sentence)
    : new ProblemError('has-errors', sentence, [{ at: 'dueBefore', message: sentence[context.language] }]);
}

async function namer(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<(id: BridgeId) => string> {
  const tree = await bridgeTreeOf(context, conference);
  return (id) => tree?.get(id)?.name ?? id;
}
