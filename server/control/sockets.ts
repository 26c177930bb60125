import { trailOf } from '../audit/trail.ts';
import { admitted, ProblemError } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { onMessage, type SocketHandlers, type Sockets } from '../platform/sockets.ts';
import { enterLook } from '../platform/trail.ts';
import { createControlWatchers } from './watchers.ts';

/** Watching the situation of a conference. */
export function controlSockets({
  gate,
  sockets,
}: {
  readonly gate: Gate;
  readonly sockets: Sockets;
}): SocketHandlers {
  const watchers = createControlWatchers(sockets);
  return (connection) => {
    const { socket } = connection;
    socket.once('disconnect', () => watchers.forget(socket));
    onMessage(connection, 'control:watch', async ({ conference, session, bridge }, context) => {
      const node = admitted(await gate.subtree(context, conference, bridge, 'control'));
      const scope = admitted(await gate.conference(context, conference, 'belong'));
      const board = await watchers.watch(context, scope, session, node, socket);
      if (board === null) throw new ProblemError('not-found');
      // Alerts name whom to call.
      await enterLook(trailOf(context.database), context, 'control:watch', { conference, bridge, session });
      return { ok: true, board };
    });
    onMessage(connection, 'control:unwatch', ({ session, bridge }) => {
      watchers.unwatch(session, bridge, socket);
      return { ok: true };
    });
  };
}
