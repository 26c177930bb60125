import { feedEvents } from '../../domain/calendar/feed.ts';
import { invitingUid } from '../../domain/calendar/inviting.ts';
import { InvitationId } from '../../domain/invitations/step.ts';
import { personalContracts } from '../../domain/wire/personal.ts';
import { toldSequence } from '../calendars/queries.ts';
import { calendarType, writeCalendar } from '../calendars/writer.ts';
import { enterAnswer, enterOpened } from '../invitations/answer-commands.ts';
import { paperFile } from '../papers/exports.ts';
import { paperOf } from '../papers/queries.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { reachedAt } from '../platform/origin.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { renewLink } from './commands.ts';
import { personalUrl } from './links.ts';
import { calendarSession, invitedBy, personalContent } from './queries.ts';
import { CALENDAR_FILE, NO_INVITATION, placeNotes, TOO_MANY_LINKS } from './sentences.ts';
import type { PersonalParts } from './site.ts';

/** What organizers do with the links of those who are invited. */
export function personalRoutes({ publicUrl }: { readonly publicUrl: string | null }): Route[] {
  return [
    implement(
      personalContracts.renewPersonalLink,
      async ({ scope, conference, params, context, request }) => {
        const id = InvitationId.safeParse(params.invitation);
        if (!id.success) throw new ProblemError('not-found', NO_INVITATION);
        const letter = valueOrProblem(await renewLink(context, conference, scope, id.data), {
          nobody: () => new ProblemError('not-found', NO_INVITATION),
          'too often': () => new ProblemError('wrong-state', TOO_MANY_LINKS),
        });
        return { address: new URL(personalUrl(letter, 'vi'), reachedAt(request, publicUrl)).href };
      },
    ),
  ];
}

/** What the pages of those who are invited show and do. */
export function personalParts(gate: Gate): PersonalParts {
  return {
    async content(context, link) {
      const invited = await invitedBy(context, gate, link);
      return invited === null ? null : await personalContent(context, invited);
    },
    async opened(context, link) {
      const invited = await invitedBy(context, gate, link);
      if (invited !== null) await enterOpened(context, invited.answering);
    },
    async answer(context, link, said) {
      const invited = await invitedBy(context, gate, link);
      const entered = invited === null ? null : await enterAnswer(context, invited.answering, said);
      return entered?.ok === true ? { ok: true, value: null } : { ok: false, reason: 'not now' };
    },
    async calendar(context, link) {
      const invited = await invitedBy(context, gate, link);
      const session = invited === null ? null : await calendarSession(context, invited);
      if (invited === null || session === null || invited.view.standing.withdrawn !== null) return null;
      const { language } = context;
      const notes = placeNotes(invited.view, language);
      const events = feedEvents({ sessions: [session], deadlines: [] }, () => '', language);
      const { id } = invited.view;
      const sequence = await toldSequence(context, id);
      const text = await writeCalendar({
        method: 'PUBLISH',
        name: session.title,
        // Pages of the office are not theirs to open.
        events: events.map((event) => ({
          ...event,
          // The same entry as that of the letter: whoever takes both has it once.
          uid: invitingUid(id),
          sequence,
          url: null,
          description: [...notes, ...event.description],
        })),
        stamp: context.clock(),
      });
      return {
        type: calendarType('PUBLISH'),
        filename: `${CALENDAR_FILE[language]}.ics`,
        write: async (out) => void out.end(text),
      };
    },
    async paper(context, link, id) {
      const invited = await invitedBy(context, gate, link);
      if (invited === null || invited.view.standing.withdrawn !== null) return null;
      const paper = await paperOf(context, invited.answering.conference, id);
      return paper === null ? null : paperFile(context, paper);
    },
  };
}
