import { personIn } from '../../domain/attendance/person.ts';
import type { BridgeId, ConferenceId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import { admitted, ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { onMessage, type SocketHandlers, type Sockets } from '../platform/sockets.ts';
import { recordEvents, type AfterRecording } from './commands.ts';
import { doorsOf, listen, liveSession, LOOK_AGAIN_MS, type Change, type LiveSession } from './live.ts';
import { presentAnswer, presentAtDoor, presentNode, presentOwn } from './present.ts';
import { listDoor, peopleAtDoor } from './queries.ts';
import { RECORD_REFUSALS } from './routes.ts';

/** A node that is watched is told at most four times a second. */
const TELL_EVERY_MS = 250;
/** Telling thousands takes its time, in which nobody is checked in: at least so many times as long it is quiet after it. */
const QUIET = 4;

const figuresRoom = (session: SessionId, bridge: BridgeId): string => `figures ${session} ${bridge}`;
const doorRoom = (session: SessionId, bridge: BridgeId): string => `door ${session} ${bridge}`;
const isRoomOf = (room: string, session: SessionId): boolean =>
  room.startsWith(`figures ${session} `) || room.startsWith(`door ${session} `);

/** A session that is watched, and what has changed in it since its watchers were told last. */
interface Watched {
  live: LiveSession;
  readonly conference: AuthorizedConferenceId;
  readonly moved: Set<BridgeId>;
  /** Whose rows changed, by the bridge whose door shows them. */
  readonly doors: Map<BridgeId, Set<PersonId>>;
}

/** Checking in by socket, and the figures and doors that watch it. */
export function attendanceSockets({
  gate,
  sockets,
  afterRecording,
}: {
  readonly gate: Gate;
  readonly sockets: Sockets;
  readonly afterRecording?: AfterRecording;
}): SocketHandlers {
  const watched = new Map<SessionId, Watched>();
  const { rooms } = sockets.of('/').adapter;
  let stopFollowing: (() => void) | null = null;

  /** While anybody watches: notes what changes, and looks now and then for what another process has changed. */
  function follow(context: Context, conference: AuthorizedConferenceId, live: LiveSession): void {
    const known = watched.get(live.session);
    if (known === undefined)
      watched.set(live.session, { live, conference, moved: new Set(), doors: new Map() });
    else known.live = live;
    if (stopFollowing !== null) return;
    let telling: NodeJS.Timeout | undefined;
    let pause = TELL_EVERY_MS;
    const stopListening = listen(context.database, (change) => {
      const own = watched.get(change.live.session);
      if (own === undefined) return;
      note(own, change);
      telling ??= setTimeout(() => {
        telling = undefined;
        const began = performance.now();
        for (const one of watched.values()) tell(context, one);
        pause = Math.max(TELL_EVERY_MS, QUIET * (performance.now() - began));
      }, pause);
    });
    const looking = setInterval(() => lookAgain(context), LOOK_AGAIN_MS).unref();
    stopFollowing = () => {
      stopListening();
      clearInterval(looking);
      clearTimeout(telling);
      stopFollowing = null;
    };
  }

  function lookAgain(context: Context): void {
    for (const [session, { conference }] of watched) {
      if ([...rooms.keys()].some((room) => isRoomOf(room, session))) {
        liveSession(context, conference, session).catch((error: unknown) =>
          context.log.error({ err: error }, 'a watched session was not looked at'),
        );
      } else watched.delete(session);
    }
    if (watched.size === 0) stopFollowing?.();
  }

  function tell(context: Context, own: Watched): void {
    const { live, moved, doors } = own;
    const asOf = context.clock();
    for (const bridge of watchedAmong(live, moved)) {
      const nodes = nodesOf(live, bridge).filter(({ id }) => moved.has(id));
      sockets.to(figuresRoom(live.session, bridge)).volatile.emit('figures:changed', {
        session: live.session,
        watched: bridge,
        sequence: live.sequence,
        asOf,
        nodes: nodes.map((node) => presentNode(live, node)),
      });
    }
    for (const [bridge, people] of doors) {
      tellDoor(context, own, bridge, [...people]).catch((error: unknown) =>
        context.log.error({ err: error }, 'a door was not told'),
      );
    }
    moved.clear();
    doors.clear();
  }

  async function tellDoor(
    context: Context,
    { live, conference }: Watched,
    bridge: BridgeId,
    ids: readonly PersonId[],
  ): Promise<void> {
    const node = live.tree.get(bridge);
    if (node === undefined) return;
    // Before the people are read: what comes in meanwhile is told the next time, under a later sequence.
    const { sequence } = live;
    const tally = presentOwn(live, node);
    const people = await peopleAtDoor(context, conference, live, bridge, ids);
    sockets.to(doorRoom(live.session, bridge)).emit('door:changed', {
      session: live.session,
      bridge,
      sequence,
      people: people.map(presentAtDoor),
      tally,
    });
  }

  /** A node is told when it or one of its children has moved. */
  function watchedAmong(live: LiveSession, moved: ReadonlySet<BridgeId>): Set<BridgeId> {
    const nodes = new Set<BridgeId>();
    for (const id of moved) {
      for (const bridge of [id, live.tree.get(id)?.parent ?? null]) {
        if (bridge !== null && rooms.has(figuresRoom(live.session, bridge))) nodes.add(bridge);
      }
    }
    return nodes;
  }

  /** Notes whose figures and whose rows a change has touched. */
  function note(own: Watched, { live, moved, events }: Change): void {
    for (const bridge of moved) own.moved.add(bridge);
    if (events === null) {
      // A book that was opened anew may seat anybody elsewhere: a door learns also of those who were expected before.
      for (const bridge of moved) noteDoor(own, bridge, () => everybodyAt(own.live, bridge));
      for (const bridge of moved) noteDoor(own, bridge, () => everybodyAt(live, bridge));
    }
    own.live = live;
    for (const { event } of events ?? []) {
      const person = personIn(event) ?? live.book.subject(event.id);
      noteDoor(own, event.bridge, () => []);
      for (const bridge of person === null ? [] : doorsOf(live, person)) {
        noteDoor(own, bridge, () => [person!]);
      }
      // A close makes absent whoever is unmarked; an undo that speaks of nobody may take back a close.
      const closed =
        event.kind === 'close' ? [event.bridge] : event.kind === 'void' && person === null ? moved : [];
      for (const bridge of closed) noteDoor(own, bridge, () => everybodyAt(live, bridge));
    }
  }

  /** Nothing is kept for a door that nobody watches. */
  function noteDoor({ live, doors }: Watched, bridge: BridgeId, people: () => Iterable<PersonId>): void {
    if (!rooms.has(doorRoom(live.session, bridge))) return;
    const noted = doors.get(bridge) ?? new Set<PersonId>();
    doors.set(bridge, noted);
    for (const person of people()) noted.add(person);
  }

  async function liveOf(
    context: Context,
    conference: ConferenceId,
    session: SessionId,
  ): Promise<LiveSession> {
    const scope = admitted(await gate.conference(context, conference, 'read'));
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
      const batch = valueOrProblem(
        await recordEvents(context, conference, bridge, body.session, body.events),
        RECORD_REFUSALS,
      );
      afterRecording?.(context, conference, bridge, batch);
      const { live, items } = batch;
      return { ok: true, items: items.map((item) => presentAnswer(live, item, body.language)) };
    });
    onMessage(connection, 'figures:watch', async ({ conference, session, bridge }, context) => {
      const scope = admitted(await gate.bridge(context, conference, bridge, 'read'));
      const live = await liveOf(context, conference, session);
      const nodes = nodesOf(live, scope);
      if (nodes.length === 0) throw new ProblemError('not-found');
      await socket.join(figuresRoom(session, scope));
      return { ok: true, sequence: live.sequence, nodes: nodes.map((node) => presentNode(live, node)) };
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

/** A bridge and those directly below it; nothing for a bridge that the tree does not have. */
function nodesOf({ tree }: LiveSession, bridge: BridgeId) {
  const node = tree.get(bridge);
  return node === undefined ? [] : [node, ...tree.children(bridge)];
}

function everybodyAt(live: LiveSession, bridge: BridgeId): PersonId[] {
  return listDoor(live, bridge, 0, Infinity).map(({ id }) => id);
}
