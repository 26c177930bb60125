import type { RecordedEvent } from '../../domain/attendance/event.ts';
import { personIn } from '../../domain/attendance/person.ts';
import type { BridgeId, ConferenceId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import { admitted, ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { onMessage, type SocketHandlers, type Sockets } from '../platform/sockets.ts';
import { sessionOf } from '../schedule/queries.ts';
import { recordEvents } from './commands.ts';
import { listen, liveSession, type LiveSession } from './live.ts';
import { presentAnswer, presentAtDoor, presentNode, presentOwn } from './present.ts';
import { peopleAtDoor, peopleByDoor } from './queries.ts';
import { RECORD_REFUSALS } from './routes.ts';

/** A node that is watched is told at most four times a second. */
const TELL_EVERY_MS = 250;

const figuresRoom = (session: SessionId, bridge: BridgeId): string => `figures:${session}:${bridge}`;
const doorRoom = (session: SessionId, bridge: BridgeId): string => `door:${session}:${bridge}`;

/** What has moved in a session since its watchers were told last. */
interface News {
  live: LiveSession;
  readonly conference: AuthorizedConferenceId;
  readonly moved: Set<BridgeId>;
  /** Whose row changed at a bridge's door. */
  readonly people: Map<BridgeId, Set<PersonId> | 'everybody'>;
}

/** Checking in by socket, and the figures and doors that watch it. */
export function attendanceSockets({ gate, sockets }: { gate: Gate; sockets: Sockets }): SocketHandlers {
  const news = new Map<SessionId, News>();
  let listening = false;

  /** The first watcher starts the listening: a context tells which database, and a gate's scope which conference. */
  function follow(context: Context, conference: AuthorizedConferenceId, live: LiveSession): void {
    const known = news.get(live.session);
    if (known === undefined)
      news.set(live.session, { live, conference, moved: new Set(), people: new Map() });
    else known.live = live;
    if (listening) return;
    listening = true;
    let timer: NodeJS.Timeout | undefined;
    const stop = listen(context.database, (changed, moved, events) => {
      const own = news.get(changed.session);
      if (own === undefined) return;
      own.live = changed;
      for (const bridge of moved) own.moved.add(bridge);
      notePeople(own, events);
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const one of news.values()) tell(context, one);
      }, TELL_EVERY_MS);
    });
    sockets.engine.once('close', () => {
      stop();
      clearTimeout(timer);
    });
  }

  function tell(context: Context, own: News): void {
    const { live, moved, people } = own;
    const asOf = context.clock();
    for (const watched of watchedAmong(live, moved)) {
      const node = live.tree.get(watched);
      if (node === undefined) continue;
      const nodes = [node, ...live.tree.children(watched)].filter(({ id }) => moved.has(id));
      if (nodes.length === 0) continue;
      sockets.to(figuresRoom(live.session, watched)).volatile.emit('figures:changed', {
        session: live.session,
        watched,
        sequence: live.sequence,
        asOf,
        nodes: nodes.map((bridge) => presentNode(live, bridge)),
      });
    }
    for (const bridge of moved) {
      if (!watches(doorRoom(live.session, bridge))) continue;
      tellDoor(context, own, bridge, people.get(bridge) ?? new Set<PersonId>()).catch((error: unknown) =>
        context.log.error({ err: error }, 'a door was not told'),
      );
    }
    moved.clear();
    people.clear();
  }

  async function tellDoor(
    context: Context,
    { live, conference }: News,
    bridge: BridgeId,
    who: ReadonlySet<PersonId> | 'everybody',
  ): Promise<void> {
    const node = live.tree.get(bridge);
    if (node === undefined) return;
    const people =
      who === 'everybody'
        ? await peopleAtDoor(context, conference, live, bridge)
        : await peopleByDoor(context, conference, live, bridge, who);
    sockets.to(doorRoom(live.session, bridge)).emit('door:changed', {
      session: live.session,
      bridge,
      sequence: live.sequence,
      people: people.map(presentAtDoor),
      tally: presentOwn(live, node),
    });
  }

  function watches(room: string): boolean {
    return sockets.sockets.adapter.rooms.has(room);
  }

  /** A node is told when it or one of its children has moved. */
  function watchedAmong(live: LiveSession, moved: ReadonlySet<BridgeId>): Set<BridgeId> {
    const nodes = new Set<BridgeId>();
    for (const id of moved) {
      if (watches(figuresRoom(live.session, id))) nodes.add(id);
      const parent = live.tree.get(id)?.parent ?? null;
      if (parent !== null && watches(figuresRoom(live.session, parent))) nodes.add(parent);
    }
    return nodes;
  }

  async function liveOf(
    context: Context,
    conference: ConferenceId,
    session: SessionId,
  ): Promise<LiveSession> {
    const scope = admitted(await gate.conference(context, conference, 'read'));
    if ((await sessionOf(context, scope, session)) === null) throw new ProblemError('not-found');
    const live = await liveSession(context, scope, session);
    if (live === null) throw new ProblemError('not-found');
    follow(context, scope, live);
    return live;
  }

  return (connection) => {
    const { socket } = connection;
    onMessage(connection, 'attendance:record', async (body, context) => {
      const conference = admitted(await gate.conference(context, body.conference, 'read'));
      const bridge = admitted(await gate.bridge(context, body.conference, body.bridge, 'host'));
      const recorded = valueOrProblem(
        await recordEvents(context, conference, bridge, body.session, body.events),
        RECORD_REFUSALS,
      );
      follow(context, conference, recorded.live);
      return {
        ok: true,
        items: recorded.items.map((item) => presentAnswer(recorded.live, item, body.language)),
      };
    });
    onMessage(connection, 'figures:watch', async ({ conference, session, bridge }, context) => {
      const scope = admitted(await gate.bridge(context, conference, bridge, 'read'));
      const live = await liveOf(context, conference, session);
      await socket.join(figuresRoom(session, scope));
      const node = live.tree.get(scope);
      if (node === undefined) throw new ProblemError('not-found');
      const nodes = [node, ...live.tree.children(scope)].map((one) => presentNode(live, one));
      return { ok: true, sequence: live.sequence, nodes };
    });
    onMessage(connection, 'figures:unwatch', async ({ session, bridge }) => {
      await socket.leave(figuresRoom(session, bridge));
      return { ok: true };
    });
    onMessage(connection, 'door:watch', async ({ conference, session, bridge }, context) => {
      const scope = admitted(await gate.bridge(context, conference, bridge, 'host'));
      const live = await liveOf(context, conference, session);
      await socket.join(doorRoom(session, scope));
      return { ok: true, sequence: live.sequence };
    });
    onMessage(connection, 'door:unwatch', async ({ session, bridge }) => {
      await socket.leave(doorRoom(session, bridge));
      return { ok: true };
    });
    onMessage(connection, 'clock:ask', (_body, context) =>
      Promise.resolve({ ok: true, serverTime: context.clock() }),
    );
  };
}

/** Whom the events speak of, at every bridge whose door shows them: where they came, and where they are expected. */
function notePeople({ live, people }: News, events: readonly RecordedEvent[]): void {
  const note = (bridge: BridgeId, person: PersonId): void => {
    const noted = people.get(bridge) ?? new Set<PersonId>();
    if (noted !== 'everybody') people.set(bridge, noted.add(person));
  };
  for (const { event } of events) {
    // A close makes absent whoever is unmarked; an undo speaks of an event, whose person only the ledger knows.
    if (event.kind === 'close' || event.kind === 'void') people.set(event.bridge, 'everybody');
    const person = personIn(event);
    if (person === null) continue;
    note(event.bridge, person);
    const seat = live.seats.get(person);
    if (seat !== undefined && seat !== event.bridge) note(seat, person);
  }
}
