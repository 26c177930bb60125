import type { Namespace, Socket } from 'socket.io';

import {
  RelayHello,
  RelayNotice,
  RELAYS,
  UNKNOWN_RELAY,
  type RelayToServer,
  type ServerToRelay,
} from '../../../domain/wire/relays.ts';
import { treeNow } from '../../bridges/live.ts';
import type { Context } from '../../platform/context.ts';
import { again, type StartJob } from '../../platform/jobs.ts';
import type { Sockets } from '../../platform/sockets.ts';
import { noteCame } from './commands.ts';
import type { KnownRelay, Pool } from './pool.ts';
import { noLongerGood, relayOfToken } from './queries.ts';
import type { AskRelay } from './remote.ts';

interface RelayData {
  relay: KnownRelay;
  hello: RelayHello;
}
type RelaySocket = Socket<RelayToServer, ServerToRelay, Record<never, never>, RelayData>;

/** A relay that does not answer for this long has no answer. */
const CALL_MS = 5_000;
const LOOK_EVERY_MS = 2_000;

/**
 * Lets relays come, each by its token, into a namespace that has nothing to do with pages and sign-ins. Whoever is refused is told the same, whatever
 * was wrong.
 */
export function relaySockets(sockets: Sockets, pool: Pool): StartJob {
  return (context) => {
    const relays = sockets.of(RELAYS) as unknown as Namespace<
      RelayToServer,
      ServerToRelay,
      Record<never, never>,
      RelayData
    >;
    relays.use((socket, next) => {
      const decide = async (): Promise<void> => {
        const refusal = await letIn(context, socket);
        next(refusal === null ? undefined : new Error(refusal));
        // Or they would try one token after the other on the same line.
        if (refusal !== null) setImmediate(() => socket.conn.close());
      };
      void decide();
    });
    relays.on('connection', (socket) => serve(context, socket, pool));
    const looking = again(
      async () => {
        const there = pool.relays().map(({ id }) => id);
        if (there.length === 0) return;
        const gone = new Set(await noLongerGood(context, there));
        for (const socket of relays.sockets.values())
          if (gone.has(socket.data.relay.id)) cut(socket, 'revoked');
      },
      LOOK_EVERY_MS,
      (error) => context.log.error({ err: error }, 'relays were not looked at'),
    );
    return {
      stop: async () => {
        await looking.stop();
        pool.close();
      },
    };
  };
}

/** Notes whose line it is; otherwise what its other end is told. */
async function letIn(context: Context, socket: RelaySocket): Promise<string | null> {
  const hello = RelayHello.safeParse(socket.handshake.auth);
  if (!hello.success) return UNKNOWN_RELAY;
  try {
    const row = await relayOfToken(context, hello.data.token);
    if (row === undefined) return UNKNOWN_RELAY;
    const { id, conference, bridge } = row;
    socket.data = { relay: { id, conference, bridge }, hello: hello.data };
    return null;
  } catch (error) {
    context.log.error({ err: error }, 'a relay was not looked up');
    return 'failed';
  }
}

function cut(socket: RelaySocket, why: 'revoked' | 'replaced'): void {
  socket.emit('ended', { why });
  socket.disconnect(true);
}

function serve(context: Context, socket: RelaySocket, pool: Pool): void {
  const { relay, hello } = socket.data;
  const ask: AskRelay = async (call, input) => {
    try {
      return await socket.timeout(CALL_MS).emitWithAck('call', call, input);
    } catch {
      return undefined;
    }
  };
  const line = pool.join(relay, hello, ask, () => cut(socket, 'replaced'));
  const tree = treeNow(context, relay.conference);
  const bridge = tree === undefined || tree === 'no conference' ? undefined : tree.tree?.get(relay.bridge);
  socket.emit('welcome', { isKnown: line.isKnown, bridgeName: bridge?.name ?? '' });
  socket.on('notice', (told) => {
    const notice = RelayNotice.safeParse(told);
    if (notice.success) line.told(notice.data);
  });
  socket.on('disconnect', (reason) =>
    line.broke(reason === 'client namespace disconnect' || reason === 'server namespace disconnect'),
  );
  context.log.info({ relay: relay.id, engine: hello.engine, known: line.isKnown }, 'a relay came');
  noteCame(context, relay.id).catch((error: unknown) =>
    context.log.error({ err: error }, 'that a relay came was not noted'),
  );
}
