import type { Request } from 'express';

import { feedEvents, type ScheduleLink } from '../../domain/calendar/feed.ts';
import { calendarContracts } from '../../domain/wire/calendars.ts';
import { urlOf } from '../../domain/wire/request.ts';
import type { Context } from '../platform/context.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { reachedAt } from '../platform/origin.ts';
import { admitted, ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { AuthorizedAccountId, Gate } from '../platform/scopes.ts';
import { addCalendar, noteAsked, removeCalendar, type FeedBridge } from './commands.ts';
import { presentFeed } from './present.ts';
import { bridgeOf, calendarBy, calendarsOf, contentOf } from './queries.ts';
import { calendarName, FILE_NAME, NO_SUCH_CALENDAR, TOO_MANY } from './sentences.ts';
import { calendarType, writeCalendar } from './writer.ts';

export interface CalendarParts {
  readonly gate: Gate;
  readonly publicUrl: string | null;
}

/** Calendars that people subscribe to in their own programs, by an address that is the key to it. */
export function calendarRoutes({ gate, publicUrl }: CalendarParts): Route[] {
  async function add(
    context: Context,
    account: AuthorizedAccountId,
    of: FeedBridge | null,
    asked: { readonly language: 'vi' | 'en'; readonly request: Request },
  ) {
    const { feed, key } = valueOrProblem(await addCalendar(context, account, of, asked.language), {
      'too many': () => new ProblemError('wrong-state', TOO_MANY),
    });
    const path = urlOf(calendarContracts.calendar, { query: { key } });
    return {
      ...presentFeed(feed, (await bridgeOf(context, gate, feed))?.name ?? null),
      address: new URL(path, reachedAt(asked.request, publicUrl)).href,
    };
  }

  return [
    implement(calendarContracts.calendarFeeds, async ({ scope, context }) => ({
      items: (await calendarsOf(context, gate, scope)).map(({ feed, bridgeName }) =>
        presentFeed(feed, bridgeName),
      ),
    })),

    implement(calendarContracts.addCalendarFeed, async ({ scope, body, context, request }) =>
      add(context, scope, null, { language: body.language, request }),
    ),

    implement(
      calendarContracts.addBridgeCalendarFeed,
      async ({ scope: bridge, conference, body, context, request }) => {
        const account = admitted(gate.account(context));
        return await add(context, account, { conference, bridge }, { language: body.language, request });
      },
    ),

    implement(calendarContracts.removeCalendarFeed, async ({ scope, body, context }) => {
      valueOrProblem(await removeCalendar(context, scope, body.feed), {
        'no such calendar': () => new ProblemError('not-found', NO_SUCH_CALENDAR),
      });
    }),

    implement(calendarContracts.calendar, async ({ query, context, request }) => {
      const found = await calendarBy(context, query.key);
      if (found === null) throw new ProblemError('not-found', NO_SUCH_CALENDAR);
      const { feed, owner } = found;
      const { language } = feed;
      // Whoever has the key reads what the calendar's owner may see at this moment, and nothing else.
      const own: Context = { ...context, actor: owner, language };
      const told = await contentOf(own, gate, admitted(gate.account(own)), feed);
      if (told === null) throw new ProblemError('not-found', NO_SUCH_CALENDAR);
      await noteAsked(context, feed);
      const link: ScheduleLink = (conference, day) =>
        new URL(
          `/conferences/${encodeURIComponent(conference)}/schedule?day=${day}`,
          reachedAt(request, publicUrl),
        ).href;
      const text = await writeCalendar({
        method: 'PUBLISH',
        name: calendarName(told.bridgeName, language),
        events: feedEvents(told.content, link, language),
        stamp: context.clock(),
      });
      return {
        type: calendarType('PUBLISH'),
        filename: `${FILE_NAME[language]}.ics`,
        write: async (out) => void out.end(text),
      };
    }),
  ];
}
