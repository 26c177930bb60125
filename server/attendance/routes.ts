import { z } from 'zod';

import type { SessionId } from '../../domain/ids.ts';
import { attendanceContracts } from '../../domain/wire/attendance.ts';
import { machineNames } from '../devices/queries.ts';
import { admitMachine, signerOrProblem } from '../devices/routes.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { recordEvents, type RecordFailure } from './commands.ts';
import { liveSession, type LiveSession } from './live.ts';
import {
  presentAbsentee,
  presentAnswer,
  presentAtDoor,
  presentDoorHead,
  presentDoorMark,
  presentNode,
} from './present.ts';
import {
  absenteesOf,
  attendanceOver,
  eventsOf,
  listDoor,
  otherSessions,
  peopleAtDoor,
  searchAbsentees,
  walkInsAt,
} from './queries.ts';

const NOTHING_YET = {
  vi: 'Hội nghị chưa có điểm cầu hoặc chưa có buổi họp nào, nên chưa có số liệu điểm danh.',
  en: 'The conference has no bridges or no session yet, so there are no figures of attendance.',
};

export const RECORD_REFUSALS: Refusals<RecordFailure> = {
  'no such session': () => new ProblemError('not-found'),
};

/** Checking in, the door, the figures and the ledger's events of a bridge. */
export function attendanceRoutes(): Route[] {
  return [
    implement(attendanceContracts.record, async ({ scope, conference, body, context, request }) => {
      const signer = await signerOrProblem(context, request);
      const { live, items } = valueOrProblem(
        await recordEvents(context, conference, scope, body.session, body.events, signer?.device ?? null),
        RECORD_REFUSALS,
      );
      const called = machineNames(context, body.language);
      return { items: items.map((item) => presentAnswer(live, item, body.language, called)) };
    }),

    implement(attendanceContracts.door, async ({ scope, conference, params, query, context, request }) => {
      const signer = await signerOrProblem(context, request);
      await admitMachine(context, conference, scope, query.device, signer?.device ?? null);
      const live = await liveOrProblem(context, conference, params.session);
      const bridge = nodeOrProblem(live, scope);
      const from = readCursor(z.int().min(0), query.cursor) ?? 0;
      const places = listDoor(live, scope, from, query.limit + 1);
      const shown = pageOf(
        places,
        query.limit,
        ({ id }) => id,
        ({ place }) => place + 1,
      );
      const others = await otherSessions(context, conference, live, scope);
      // Before the people are read: what comes in meanwhile is told under a later sequence.
      const [head, mark] = [
        presentDoorHead(live, scope, walkInsAt(live, scope), others),
        presentDoorMark(live, scope),
      ];
      const people = await peopleAtDoor(context, conference, live, scope, shown.items);
      return {
        items: people.map(presentAtDoor),
        next: shown.next,
        bridge: { id: bridge.id, name: bridge.name },
        head,
        mark,
        passKey: context.keys.passes.publicKey,
        serverTime: context.clock(),
      };
    }),

    implement(attendanceContracts.figures, async ({ scope, conference, params, context }) => {
      const live = await liveOrProblem(context, conference, params.session);
      const node = nodeOrProblem(live, scope);
      return {
        sequence: live.sequence,
        asOf: context.clock(),
        node: presentNode(live, node),
        children: live.tree.children(scope).map((child) => presentNode(live, child)),
      };
    }),

    implement(attendanceContracts.events, async ({ scope, conference, params, query, context }) => {
      const live = await liveOrProblem(context, conference, params.session);
      const after = readCursor(z.int().min(0), query.cursor) ?? 0;
      const rows = await eventsOf(context, params.session, scope, after, query.limit);
      return pageOf(
        rows,
        query.limit,
        ({ sequence, recorded: { event, receivedAt } }) => ({
          sequence,
          event,
          receivedAt,
          flags: [...live.book.flags(event.id)],
        }),
        (row) => row.sequence,
      );
    }),

    implement(attendanceContracts.conferenceAttendance, async ({ scope, conference, context }) => {
      const figures = await attendanceOver(context, conference, scope);
      if (figures === null) throw new ProblemError('wrong-state', NOTHING_YET);
      return figures;
    }),

    implement(attendanceContracts.followUp, async ({ scope, conference, body, context }) => {
      const { q = '', limit } = body;
      const from = readCursor(z.int().min(0), body.cursor) ?? 0;
      const found = searchAbsentees(await absenteesOf(context, conference, scope, body), q);
      const rows = found.slice(from, from + limit + 1);
      return { ...pageOf(rows, limit, presentAbsentee, () => from + limit), total: found.length };
    }),
  ];
}

async function liveOrProblem(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<LiveSession> {
  const live = await liveSession(context, conference, session);
  if (live === null) throw new ProblemError('not-found');
  return live;
}

function nodeOrProblem(live: LiveSession, bridge: Parameters<LiveSession['whole']['get']>[0]) {
  const node = live.whole.get(bridge);
  if (node === undefined) throw new ProblemError('not-found');
  return node;
}
