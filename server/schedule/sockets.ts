import { admitted, ProblemError } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { onMessage, type SocketHandlers } from '../platform/sockets.ts';
import type { AgendaWatchers } from './live.ts';
import { presentRun } from './present.ts';
import { agendaRunOf } from './queries.ts';

/** Watching an agenda as it runs. */
export function scheduleSockets({
  gate,
  watchers,
}: {
  readonly gate: Gate;
  readonly watchers: AgendaWatchers;
}): SocketHandlers {
  return (connection) => {
    const { socket } = connection;
    onMessage(connection, 'agenda:watch', async ({ conference, session }, context) => {
      const scope = admitted(await gate.conference(context, conference, 'belong'));
      const found = await agendaRunOf(context, scope, session);
      if (!found.ok) throw new ProblemError('not-found');
      watchers.watch(scope, socket, found.value);
      return { ok: true, run: presentRun(found.value) };
    });
    onMessage(connection, 'agenda:unwatch', ({ session }) => {
      watchers.unwatch(session, socket);
      return { ok: true };
    });
  };
}
