import { describeIgnored } from '../../domain/schedule/sentences.ts';
import { scheduleContracts } from '../../domain/wire/schedule.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import type { Sentence } from '../../domain/text/language.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { addSession, stepAgenda, undoStep } from './commands.ts';
import { presentConflicts, presentRun, presentSession } from './present.ts';
import { agendaRunOf, clashesOf, sessionsOf } from './queries.ts';

/** Sessions of a conference with their conflicts, and the agenda as it runs. */
export function scheduleRoutes({ gate }: { readonly gate: Gate }): Route[] {
  return [
    implement(scheduleContracts.sessions, async ({ scope, context }) => {
      const sessions = await sessionsOf(context, scope);
      // Conflicts speak of rooms, chairs and presenters everywhere: they are for whoever sees the whole conference.
      const { whole } = await gate.sight(context, scope);
      const clashes = await clashesOf(context, scope, whole ? sessions : []);
      return {
        items: sessions.map(presentSession),
        conflicts: presentConflicts(sessions, clashes, context.language),
      };
    }),

    implement(scheduleContracts.addSession, async ({ scope, body, context }) => {
      const { language } = context;
      const added = valueOrProblem(await addSession(context, scope, body), {
        'impossible time': ({ field }) => faulty([field], IMPOSSIBLE),
        'ends before it starts': () => faulty(['endsAt'], ENDS_FIRST),
        'no such person': ({ items }) =>
          faulty(
            items.map((item) => `agenda.${item}.presenterPerson`),
            NOBODY,
          ),
      });
      return {
        session: presentSession(added.session),
        conflicts: presentConflicts([added.session], added.clashes, language),
      };

      function faulty(fields: readonly string[], message: Sentence): ProblemError {
        return new ProblemError(
          'malformed',
          undefined,
          fields.map((at) => ({ at, message: message[language] })),
        );
      }
    }),

    implement(scheduleContracts.agendaRun, async ({ scope, params, context }) => {
      const found = await agendaRunOf(context, scope, params.session);
      return presentRun(valueOrProblem(found, { 'no such session': noSuchSession }));
    }),

    implement(scheduleContracts.stepAgenda, async ({ scope, params, body, context }) => {
      const { language } = context;
      const stepped = valueOrProblem(await stepAgenda(context, scope, params.session, body), {
        'no such session': noSuchSession,
        'no such item': () =>
          new ProblemError('malformed', undefined, [
            { at: 'item', message: describeIgnored('unknown item', language) },
          ]),
        minutes: () =>
          new ProblemError('malformed', undefined, [{ at: 'minutes', message: MINUTES[language] }]),
        'said meanwhile': saidMeanwhile,
        ignored: ({ why }) =>
          new ProblemError('wrong-state', {
            vi: `${describeIgnored(why, 'vi')} Chưa có gì thay đổi. Hãy tải lại để xem chương trình đang ở đâu.`,
            en: `${describeIgnored(why, 'en')} Nothing has changed. Load the page again to see where the agenda is.`,
          }),
      });
      return presentRun(stepped);
    }),

    implement(scheduleContracts.undoAgendaStep, async ({ scope, params, body, context }) => {
      const undone = valueOrProblem(await undoStep(context, scope, params.session, body.step), {
        'no such session': noSuchSession,
        'said meanwhile': saidMeanwhile,
      });
      return presentRun(undone);
    }),
  ];
}

function saidMeanwhile(): ProblemError {
  return new ProblemError('out-of-date', {
    vi: 'Người khác vừa điều hành chương trình. Chưa có gì thay đổi; hãy xem chương trình đang ở đâu rồi bấm lại.',
    en: 'Somebody else has just stepped the agenda. Nothing has changed; see where it stands, then try again.',
  });
}

function noSuchSession(): ProblemError {
  return new ProblemError('not-found', {
    vi: 'Hội nghị không có buổi họp này. Hãy mở lại danh sách buổi họp.',
    en: 'The conference has no such session. Open the list of sessions again.',
  });
}

const IMPOSSIBLE: Sentence = {
  vi: 'không phải ngày giờ của một buổi họp',
  en: 'is no date and hour of a session',
};
const ENDS_FIRST: Sentence = { vi: 'phải sau giờ bắt đầu', en: 'must be after the start' };
const NOBODY: Sentence = {
  vi: 'danh sách đại biểu không có người này',
  en: 'the roster has no such person',
};
const MINUTES: Sentence = {
  vi: 'ghi số phút khi kéo dài một mục, và chỉ khi đó',
  en: 'give minutes when an item is extended, and only then',
};
