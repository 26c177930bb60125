import type { ConferenceId, SessionId } from '../../domain/ids.ts';
import { machineOn } from '../devices/proof.ts';
import { machineNames } from '../devices/queries.ts';
import { admitMachine } from '../devices/routes.ts';
import { joinAs } from '../devices/sockets.ts';
import { trailOf } from '../audit/trail.ts';
import type { Context } from '../platform/context.ts';
import { admitted, ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { onMessage, type SocketHandlers, type Sockets } from '../platform/sockets.ts';
import { enterLook } from '../platform/trail.ts';
import { recordEvents } from './commands.ts';
import { bookOf, liveSession, type LiveSession } from './live.ts';
import { presentAnswer, presentDoorMark, presentNode } from './present.ts';
import { RECORD_REFUSALS } from './routes.ts';
import { createWatchers, nodesOf } from './watchers.ts';

/** Checking in by socket, and the figures and doors that watch it. */
export function attendanceSockets({
  gate,
  sockets,
}: {
  readonly gate: Gate;
  readonly sockets: Sockets;
}): SocketHandlers {
  const watchers = createWatchers(sockets);

  async function opened(
    context: Context,
    conference: ConferenceId,
    session: SessionId,
  ): Promise<{ readonly live: LiveSession; readonly scope: AuthorizedConferenceId }> {
    const scope = admitted(await gate.conference(context, conference, 'belong'));
    const live = await liveSession(context, scope, session);
    if (live === null) throw new ProblemError('not-found');
    return { live, scope };
  }

  return (connection) => {
    const { socket } = connection;
    socket.once('disconnect', () => watchers.forget(socket));
    onMessage(connection, 'attendance:record', async (body, context) => {
      // Thousands a second: what is known at once is not waited for.
      const ofConference = gate.conference(context, body.conference, 'belong');
      const conference = admitted(ofConference instanceof Promise ? await ofConference : ofConference);
      const ofBridge = gate.bridge(context, body.conference, body.bridge, 'host');
      const bridge = admitted(ofBridge instanceof Promise ? await ofBridge : ofBridge);
      const ofMachine = machineOn(socket);
      const machine = ofMachine instanceof Promise ? await ofMachine : ofMachine;
      const { live, items } = valueOrProblem(
        await recordEvents(context, conference, bridge, body.session, body.events, machine, socket.id),
        RECORD_REFUSALS,
      );
      const called = machineNames(context, body.language);
      return { ok: true, items: items.map((item) => presentAnswer(live, item, body.language, called)) };
    });
    onMessage(connection, 'figures:watch', async ({ conference, session, bridge }, context) => {
      const node = admitted(await gate.subtree(context, conference, bridge, 'read'));
      const { live, scope } = await opened(context, conference, session);
      const nodes = nodesOf(live, node);
      if (nodes.length === 0) throw new ProblemError('not-found');
      watchers.watchFigures(context, scope, live, node, socket);
      return { ok: true, sequence: live.sequence, nodes: nodes.map((one) => presentNode(live, one)) };
    });
    onMessage(connection, 'figures:unwatch', ({ session, bridge }) => {
      watchers.unwatchFigures(session, bridge, socket);
      return { ok: true };
    });
    onMessage(connection, 'door:watch', async ({ conference, session, bridge, device }, context) => {
      const door = admitted(await gate.bridge(context, conference, bridge, 'host'));
      const { live, scope } = await opened(context, conference, session);
      // Known by its machine before the look: one that is revoked from now on is put off.
      await joinAs(socket, door, device);
      await admitMachine(context, conference, door, device, await machineOn(socket));
      const on = { conference, bridge, session, device };
      await enterLook(trailOf(context.database), context, 'door:watch', on);
      // The book may have been opened anew since: the mark has to be that of the one that is followed.
      const now = bookOf(context, session) ?? live;
      watchers.watchDoor(context, scope, now, door, socket);
      return { ok: true, mark: presentDoorMark(now, door, device) };
    });
    onMessage(connection, 'door:unwatch', ({ session, bridge }) => {
      watchers.unwatchDoor(session, bridge, socket);
      return { ok: true };
    });
    onMessage(connection, 'clock:ask', (_body, context) => ({ ok: true, serverTime: context.clock() }));
  };
}
