import { z } from 'zod';

import { conferenceContracts, type ConferenceSummary } from '../../domain/wire/conferences.ts';
import { readPlanFile } from '../documents/plan-reading.ts';
import { sayUnitTreeFailure } from '../../domain/units/sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import { seatCounts } from '../composition/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { changePlan, createConference, issuePlan, type ChangeFailure, type NotAPlan } from './commands.ts';
import {
  presentErrors,
  presentFailures,
  presentFindings,
  presentListed,
  presentPlan,
  presentReading,
  presentSummary,
} from './present.ts';
import { nextStepOf } from '../preparation/queries.ts';
import { checkedPlan, checksOfReading, conferencesOf, conferenceSummary } from './queries.ts';
import { ISSUED_WITH_ERRORS, READING_PROBLEMS } from './sentences.ts';

const Place = z.tuple([z.int(), z.string()]);

/** Reading plan documents, conferences and their plans. */
export function planRoutes({ gate }: { readonly gate: Gate }): Route[] {
  /** How many bridges and people a conference has, for somebody who sees a part of it: in that part. */
  const sizeOf = async (
    context: Context,
    { id, bridges, people }: ConferenceSummary,
  ): Promise<{ readonly bridges: number; readonly people: number }> => {
    const conference = admitted(await gate.conference(context, id, 'belong'));
    const sight = await gate.sight(context, conference);
    if (sight.whole) return { bridges, people };
    const ids = sight.bridges().map((bridge) => bridge.id);
    const seats = await seatCounts(context, conference, ids);
    const seated = [...seats.values()].reduce((sum, { summoned, invited }) => sum + summoned + invited, 0);
    return { bridges: ids.length, people: seated };
  };

  return [
    implement(conferenceContracts.readDocument, async ({ body, context }) => {
      const reading = valueOrProblem(await readPlanFile(body.bytes), READING_PROBLEMS);
      const { findings, failures } = checksOfReading(reading);
      return {
        reading: presentReading(reading),
        findings: presentFindings(findings, failures, context.language),
      };
    }),

    implement(conferenceContracts.createConference, async ({ scope, body, context }) => {
      const { language } = context;
      const id = valueOrProblem(await createConference(context, scope, body), {
        ...READING_PROBLEMS,
        ...planProblems(language),
        'nothing given': () =>
          new ProblemError('malformed', undefined, [{ at: 'text', message: NOTHING_GIVEN[language] }]),
        'no tree': ({ failure }) =>
          new ProblemError('has-errors', undefined, [
            { at: 'treeDate', message: sayUnitTreeFailure(failure, language) },
          ]),
      });
      const conference = admitted(await gate.conference(context, id, 'organize'));
      return presentPlan(await checkedPlan(context, conference), language);
    }),

    implement(conferenceContracts.conferences, async ({ scope, query, context }) => {
      const place = readCursor(Place, query.cursor);
      const after = place && { createdAt: place[0], id: place[1] };
      const found = await conferencesOf(context, scope, after, query.limit + 1);
      const seen = await Promise.all(
        found.map(async (one) => {
          const own = { ...one, ...(await sizeOf(context, one)) };
          const organized = await gate.conference(context, one.id, 'organize');
          return { ...own, next: organized.ok ? await nextStepOf(context, organized.value, own) : null };
        }),
      );
      return pageOf(seen, query.limit, presentListed, ({ createdAt, id }): z.infer<typeof Place> => [
        createdAt,
        id,
      ]);
    }),

    implement(conferenceContracts.plan, async ({ scope, context }) => {
      const checked = await checkedPlan(context, scope);
      if ((await gate.sight(context, scope)).whole) return presentPlan(checked, context.language);
      // What the checks say of it, and the document with its margins, are for those who prepare it.
      const record = { ...checked.record, ...(await sizeOf(context, checked.record)) };
      return presentPlan({ record, reading: null, findings: [], tree: null }, context.language);
    }),

    implement(conferenceContracts.changePlan, async ({ scope, body, context }) => {
      const { language } = context;
      valueOrProblem(await changePlan(context, scope, body), {
        ...planProblems(language),
        'out of date': outOfDate,
        'has errors': ({ findings }: Extract<ChangeFailure, { reason: 'has errors' }>) =>
          new ProblemError('has-errors', ISSUED_WITH_ERRORS, presentErrors(findings, language)),
      });
      return presentPlan(await checkedPlan(context, scope), language);
    }),

    implement(conferenceContracts.issuePlan, async ({ scope, context }) => {
      const issuedAt = valueOrProblem(await issuePlan(context, scope), {
        'out of date': outOfDate,
        'has errors': ({ findings }) =>
          new ProblemError('has-errors', NOT_ISSUED, presentErrors(findings, context.language)),
      });
      return { conference: presentSummary(await conferenceSummary(context, scope)), issuedAt };
    }),
  ];
}

function planProblems(language: Language): Refusals<NotAPlan> {
  return {
    'not a whole plan': ({ fields }) =>
      new ProblemError('has-errors', NOT_WHOLE, presentFailures(fields, language)),
  };
}

function outOfDate(): ProblemError {
  return new ProblemError('out-of-date', {
    vi: 'Người khác vừa sửa kế hoạch này. Bản của bạn chưa được lưu. Hãy tải lại kế hoạch rồi sửa tiếp trên bản mới.',
    en: 'Somebody else has just changed this plan. Your version was not saved. Load the plan again and go on from there.',
  });
}

const NOTHING_GIVEN = {
  vi: 'gửi văn bản kế hoạch, hoặc kế hoạch đã nhập tay',
  en: 'send the text of a plan, or a plan written by hand',
} as const;
const NOT_WHOLE = {
  vi: 'Kế hoạch chưa đủ nên chưa có gì được lưu. Hãy bổ sung các mục được nêu.',
  en: 'The plan is not whole, so nothing was saved. Fill in the fields named.',
} as const;
const NOT_ISSUED = {
  vi: 'Kế hoạch còn lỗi nên chưa ban hành. Hãy sửa các lỗi được nêu rồi ban hành lại.',
  en: 'The plan has errors and was not issued. Mend the ones named and issue it again.',
} as const;
