import { z } from 'zod';

import { conferenceContracts, type ConferenceSummary } from '../../domain/wire/conferences.ts';
import { readPlanFile, type ReadingFailure } from '../documents/plan-reading.ts';
import { textFailureSentence } from '../documents/text.ts';
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
  presentPlan,
  presentReading,
  presentSummary,
} from './present.ts';
import { checkedPlan, checksOfReading, conferencesOf, conferenceSummary } from './queries.ts';

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
      const seen = await Promise.all(found.map(async (one) => ({ ...one, ...(await sizeOf(context, one)) })));
      return pageOf(seen, query.limit, presentSummary, ({ createdAt, id }): z.infer<typeof Place> => [
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

const READING_PROBLEMS: Refusals<ReadingFailure> = {
  unreadable: ({ why }) =>
    new ProblemError(why === 'too large' || why === 'too much text' ? 'too-large' : 'unreadable-file', {
      vi: `${textFailureSentence(why, 'vi')} Chưa có gì được lưu.`,
      en: `${textFailureSentence(why, 'en')} Nothing was saved.`,
    }),
  'too heavy': () =>
    new ProblemError('unreadable-file', {
      vi: 'Văn bản quá phức tạp nên máy chủ đã ngừng đọc. Chưa có gì được lưu. Hãy bỏ hình và bảng rồi thử lại.',
      en: 'The document is too complex and the server stopped reading it. Nothing was saved. Take out images and tables and try again.',
    }),
  busy: () =>
    new ProblemError(
      'too-many-requests',
      {
        vi: 'Máy chủ đang đọc nhiều văn bản cùng lúc. Hãy thử lại sau ít phút.',
        en: 'The server is reading many documents at once. Try again in a moment.',
      },
      undefined,
      10,
    ),
};

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
const ISSUED_WITH_ERRORS = {
  vi: 'Kế hoạch đã ban hành chỉ được thay bằng bản không còn lỗi. Bản của bạn chưa được lưu; hãy sửa các lỗi được nêu.',
  en: 'An issued plan is only replaced by one without errors. Your version was not saved; mend the errors named.',
} as const;
