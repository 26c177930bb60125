import type { SessionId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import type { ServerSocket, Sockets } from '../platform/sockets.ts';
import { presentRun } from './present.ts';
import { agendaRunOf, type Running } from './queries.ts';

/** Told after the commit of each step, and of each one that was taken back. */
type Listener = (session: SessionId) => void;

const listeners = new WeakMap<Database, Set<Listener>>();

/** After the commit: whoever watches the agenda of the session is told. */
export function agendaStepped(database: Database, session: SessionId): void {
  for (const listener of listeners.get(database) ?? []) listener(session);
}

/** Calls `listener` after each step that is said in this process; the answer ends it. */
export function onAgendaStepped(database: Database, listener: Listener): () => void {
  const all = listeners.get(database) ?? new Set<Listener>();
  listeners.set(database, all.add(listener));
  return () => all.delete(listener);
}

/** A step that another process (the command line) says is told after this long. */
const LOOK_AGAIN_MS = 2000;

/** Who watches agendas, told as they are stepped. */
export interface AgendaWatchers {
  watch(conference: AuthorizedConferenceId, socket: ServerSocket, running: Running): void;
  unwatch(session: SessionId, socket: ServerSocket): void;
  /** Tells them, while the server runs. */
  readonly tell: (context: Context) => RunningJob;
}

const roomOf = (session: SessionId): string => `agenda ${session}`;

export function createAgendaWatchers(sockets: Sockets): AgendaWatchers {
  const watched = new Map<SessionId, { readonly conference: AuthorizedConferenceId; told: string }>();

  async function look(context: Context): Promise<void> {
    for (const [session, own] of watched) {
      if (!sockets.of('/').adapter.rooms.has(roomOf(session))) {
        watched.delete(session);
        continue;
      }
      const found = await agendaRunOf(context, own.conference, session);
      if (!found.ok) continue;
      const said = saidIn(found.value);
      if (said === own.told) continue;
      own.told = said;
      sockets.to(roomOf(session)).emit('agenda:changed', presentRun(found.value));
    }
  }

  return {
    watch(conference, socket, running) {
      const session = running.session.id;
      if (!socket.connected) return;
      if (!watched.has(session)) watched.set(session, { conference, told: saidIn(running) });
      void socket.join(roomOf(session));
    },
    unwatch: (session, socket) => void socket.leave(roomOf(session)),
    tell(context) {
      const looking = again(
        () => look(context),
        LOOK_AGAIN_MS,
        (error) => context.log.error({ err: error }, 'a step of the agenda was not told'),
      );
      const stop = onAgendaStepped(context.database, () => looking.soon(0));
      return {
        stop: () => {
          stop();
          return looking.stop();
        },
      };
    },
  };
}

/** Differs whenever something was said, or taken back. */
function saidIn({ session, steps }: Running): string {
  const undone = steps.filter(({ undoneAt }) => undoneAt !== null).length;
  return `${session.startsAt} ${session.endsAt} ${session.agenda.length} ${steps.length} ${undone}`;
}
