import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import type { ServerSocket, Sockets } from '../platform/sockets.ts';
import { happenedAfter, lastHappened, type Happened } from './store.ts';

const listeners = new WeakMap<Database, Set<() => void>>();

/** After the commit of anything that happened to reports: whoever watches them is told soon. */
export function reportsChanged(database: Database): void {
  for (const listener of listeners.get(database) ?? []) listener();
}

/** What another process (the command line) did is told after this long. */
const LOOK_AGAIN_MS = 2000;
/** What happens within so long is told together. */
const TOGETHER_MS = 200;

/** Who watches headcount reports, told as they are sent, decided on and reminded of. */
export interface ReportWatchers {
  watch(conference: AuthorizedConferenceId, bridge: AuthorizedBridgeId, socket: ServerSocket): void;
  unwatch(conference: ConferenceId, bridge: BridgeId, socket: ServerSocket): void;
  /** Tells them, while the server runs. */
  readonly tell: (context: Context) => RunningJob;
}

const roomOf = (conference: ConferenceId, bridge: BridgeId): string => `headcount ${conference} ${bridge}`;

export function createReportWatchers(sockets: Sockets): ReportWatchers {
  const conferences = new Map<ConferenceId, AuthorizedConferenceId>();

  /** A bridge is told of itself, and everybody above of what is below. */
  async function tellOf(context: Context, happened: readonly Happened[]): Promise<void> {
    const { rooms } = sockets.of('/').adapter;
    for (const [id, some] of Map.groupBy(happened, ({ conference }) => conference)) {
      const conference = conferences.get(id);
      if (conference === undefined) continue;
      const tree = await bridgeTreeOf(context, conference);
      const told = new Set(some.flatMap(({ bridge }) => tree?.path(bridge).map((one) => one.id) ?? []));
      for (const bridge of told) {
        const room = roomOf(id, bridge);
        if (rooms.has(room)) sockets.to(room).emit('headcount:changed', { conference: id, bridge });
      }
    }
  }

  return {
    watch(conference, bridge, socket) {
      if (!socket.connected) return;
      conferences.set(conference, conference);
      void socket.join(roomOf(conference, bridge));
    },
    unwatch: (conference, bridge, socket) => void socket.leave(roomOf(conference, bridge)),
    tell(context) {
      const { database } = context;
      let upTo: Awaited<ReturnType<typeof lastHappened>> | null = null;
      const looking = again(
        async () => {
          upTo ??= await lastHappened(database.read);
          const { happened, places } = await happenedAfter(database.read, upTo);
          upTo = places;
          await tellOf(context, happened);
        },
        LOOK_AGAIN_MS,
        (error) => context.log.error({ err: error }, 'news of headcount reports was not told'),
      );
      const listener = () => looking.soon(TOGETHER_MS);
      const all = listeners.get(database) ?? new Set();
      listeners.set(database, all.add(listener));
      return {
        stop: () => {
          all.delete(listener);
          return looking.stop();
        },
      };
    },
  };
}
