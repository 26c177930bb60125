import { admitted } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { onMessage, type SocketHandlers } from '../platform/sockets.ts';
import type { ReportWatchers } from './live.ts';

/** Watching headcount reports as they come in. */
export function reportSockets({
  gate,
  watchers,
}: {
  readonly gate: Gate;
  readonly watchers: ReportWatchers;
}): SocketHandlers {
  return (connection) => {
    const { socket } = connection;
    onMessage(connection, 'headcount:watch', async ({ conference, bridge }, context) => {
      const scope = admitted(await gate.bridge(context, conference, bridge, 'read'));
      watchers.watch(admitted(await gate.conference(context, conference, 'belong')), scope, socket);
      return { ok: true };
    });
    onMessage(connection, 'headcount:unwatch', ({ conference, bridge }) => {
      watchers.unwatch(conference, bridge, socket);
      return { ok: true };
    });
  };
}
