import type { BridgeId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import type { ServerSocket, Sockets } from '../platform/sockets.ts';
import { personIn } from '../../domain/attendance/person.ts';
import {
  doorsOf,
  listen,
  liveSession,
  LOOK_AGAIN_MS,
  otherDoors,
  type Change,
  type LiveSession,
} from './live.ts';
import { presentAtDoor, presentDoorHead, presentDoorMark, presentNode } from './present.ts';
import { listDoor, otherSessions, peopleAtDoor, walkInsAt } from './queries.ts';

/** A node or a door that is watched is told at most four times a second. */
const TELL_EVERY_MS = 250;
/** Telling thousands takes its time, in which nobody is checked in: at least so many times as long it is quiet after it. */
const QUIET = 4;

/** A door that is watched, and what has changed at it since. */
interface Door {
  readonly bridge: BridgeId;
  readonly sockets: Set<ServerSocket>;
  /** Whose rows changed. */
  people: Set<PersonId>;
  /** By whom: sockets, or null for what came another way. Empty while nothing has changed. */
  by: Set<string | null>;
}

/** A session that is watched, and what has changed in it since its watchers were told last. */
interface Watched {
  live: LiveSession;
  readonly conference: AuthorizedConferenceId;
  /** How many sockets watch the figures of a node. */
  readonly figures: Map<BridgeId, Set<ServerSocket>>;
  readonly doors: Map<BridgeId, Door>;
  /** Nodes of `figures`, or children of them, whose figures moved. */
  moved: Set<BridgeId>;
  /** Other bridges may stand in the session than its watchers know. */
  isAnew: boolean;
  /** Doors with something to tell. */
  changed: Set<Door>;
}

/** Who watches figures and doors, told as they change. Each process of the server tells its own sockets; one that is gone watches nothing. */
export interface Watchers {
  watchFigures(
    context: Context,
    conference: AuthorizedConferenceId,
    live: LiveSession,
    node: AuthorizedBridgeId,
    socket: ServerSocket,
  ): void;
  watchDoor(
    context: Context,
    conference: AuthorizedConferenceId,
    live: LiveSession,
    bridge: AuthorizedBridgeId<'host'>,
    socket: ServerSocket,
  ): void;
  unwatchFigures(session: SessionId, node: BridgeId, socket: ServerSocket): void;
  unwatchDoor(session: SessionId, bridge: BridgeId, socket: ServerSocket): void;
  /** Takes a socket that is gone out of everything. */
  forget(socket: ServerSocket): void;
}

const figuresRoom = (session: SessionId, node: BridgeId): string => `figures ${session} ${node}`;

export function createWatchers(sockets: Sockets): Watchers {
  const watched = new Map<SessionId, Watched>();
  /** What each socket watches, so that it can be forgotten without a search. */
  const ends = new Map<ServerSocket, Map<string, () => void>>();
  let stopFollowing: (() => void) | null = null;

  /** While anybody watches: notes what changes, and looks now and then for what another process has changed. */
  function follow(context: Context, conference: AuthorizedConferenceId, live: LiveSession): Watched {
    const known = watched.get(live.session);
    const own = known ?? {
      live,
      conference,
      figures: new Map(),
      doors: new Map(),
      moved: new Set<BridgeId>(),
      isAnew: false,
      changed: new Set<Door>(),
    };
    own.live = live;
    watched.set(live.session, own);
    stopFollowing ??= startFollowing(context);
    return own;
  }

  function startFollowing(context: Context): () => void {
    const failed = (error: unknown): void => context.log.error({ err: error }, 'watchers were not told');
    const figures = teller(() => tellFigures(context), failed);
    const doors = teller(() => tellDoors(context), failed);
    const stopListening = listen(context.database, (change) => {
      const own = watched.get(change.live.session);
      if (own === undefined) return;
      note(own, change);
      if (own.moved.size > 0) figures.wake();
      if (own.changed.size > 0) doors.wake();
    });
    const looking = setInterval(() => {
      for (const [session, { conference, changed }] of watched) {
        if (changed.size > 0) doors.wake();
        Promise.resolve(liveSession(context, conference, session)).catch((error: unknown) =>
          context.log.error({ err: error }, 'a watched session was not looked at'),
        );
      }
    }, LOOK_AGAIN_MS).unref();
    return () => {
      stopListening();
      clearInterval(looking);
      figures.stop();
      doors.stop();
    };
  }

  function tellFigures(context: Context): void {
    const asOf = context.clock();
    for (const own of watched.values()) {
      const { live, figures, moved, isAnew } = own;
      const nodes = new Set<BridgeId>();
      for (const id of moved) {
        if (figures.has(id)) nodes.add(id);
        const parent = live.whole.get(id)?.parent;
        if (parent != null && figures.has(parent)) nodes.add(parent);
      }
      for (const node of nodes) {
        sockets.to(figuresRoom(live.session, node)).volatile.emit('figures:changed', {
          session: live.session,
          watched: node,
          sequence: live.sequence,
          asOf,
          nodes: nodesOf(live, node).flatMap((one) => (moved.has(one.id) ? [presentNode(live, one)] : [])),
          ...(isAnew && { below: live.tree.children(node).map(({ id }) => id) }),
        });
      }
      moved.clear();
      own.isAnew = false;
    }
  }

  async function tellDoors(context: Context): Promise<void> {
    for (const own of watched.values()) {
      const { changed } = own;
      own.changed = new Set();
      for (const door of changed) {
        const { people, by } = door;
        door.people = new Set();
        door.by = new Set();
        try {
          await tellDoor(context, own, door, people, by);
        } catch (error) {
          context.log.error({ err: error, bridge: door.bridge }, 'a door was not told');
          // Told with the next change, or after the next look: nobody is left with an old list.
          own.changed.add(door);
          door.people = new Set([...door.people, ...people]);
          door.by = new Set([...door.by, ...by]);
        }
      }
    }
  }

  async function tellDoor(
    context: Context,
    own: Watched,
    { bridge, sockets: watching }: Door,
    people: ReadonlySet<PersonId>,
    by: ReadonlySet<string | null>,
  ): Promise<void> {
    const { live, conference } = own;
    if (live.whole.get(bridge) === undefined) return;
    const [only] = by;
    const others = [...watching].filter((socket) => by.size > 1 || socket.id !== only);
    if (others.length === 0) return;
    const elsewhere = await otherSessions(context, conference, live, bridge);
    // Before the people are read: what comes in meanwhile is told the next time, under a later sequence.
    const [head, mark] = [
      presentDoorHead(live, bridge, walkInsAt(live, bridge), elsewhere),
      presentDoorMark(live, bridge),
    ];
    const rows = (await peopleAtDoor(context, conference, live, bridge, [...people])).map(presentAtDoor);
    for (const socket of others) {
      socket.emit('door:changed', { session: live.session, bridge, mark, people: rows, head });
    }
  }

  /** Notes whose figures and whose rows a change has touched; nothing is kept for whom nobody watches. */
  function note(own: Watched, { live, moved, news, reissued, renumbered }: Change): void {
    const before = own.live;
    own.live = live;
    if (own.figures.size > 0) {
      if (news === null) {
        own.isAnew = true;
        for (const id of own.figures.keys()) own.moved.add(id);
      }
      for (const id of moved) {
        const parent = live.whole.get(id)?.parent;
        if (own.figures.has(id) || (parent != null && own.figures.has(parent))) own.moved.add(id);
      }
    }
    if (own.doors.size === 0) return;
    if (news === null) {
      // A book that was opened anew may seat anybody elsewhere: a door learns also of those who were expected before.
      for (const [bridge] of own.doors) {
        noteDoor(own, bridge, null, () => [...everybodyAt(before, bridge), ...everybodyAt(live, bridge)]);
      }
      return;
    }
    if (reissued !== undefined) {
      for (const bridge of doorsOf(live, reissued)) noteDoor(own, bridge, null, () => [reissued]);
    }
    // The mark says that the list is another: a door asks for the whole of it.
    if (renumbered !== undefined) noteDoor(own, renumbered, null, () => []);
    for (const { recorded, from } of news) {
      const { event } = recorded;
      const person = personIn(event) ?? live.book.subject(event.id);
      const people = person === null ? [] : [person];
      noteDoor(own, event.bridge, from, () => people);
      for (const bridge of otherDoors(live, event)) {
        if (bridge !== event.bridge) noteDoor(own, bridge, null, () => people);
      }
      // A close makes absent whoever is unmarked; an undo that speaks of nobody may take back a close.
      const closed =
        event.kind === 'close' ? [event.bridge] : event.kind === 'void' && person === null ? moved : [];
      for (const bridge of closed) noteDoor(own, bridge, from, () => everybodyAt(live, bridge));
    }
  }

  function noteDoor(
    own: Watched,
    bridge: BridgeId,
    from: string | null,
    people: () => Iterable<PersonId>,
  ): void {
    const door = own.doors.get(bridge);
    if (door === undefined || isAlone(door, from)) return;
    own.changed.add(door);
    door.by.add(from);
    for (const person of people()) door.people.add(person);
  }

  function keepEnd(socket: ServerSocket, key: string, end: () => void): void {
    const own = ends.get(socket) ?? new Map<string, () => void>();
    ends.set(socket, own.set(key, end));
  }

  function leave(socket: ServerSocket, key: string): void {
    const own = ends.get(socket);
    own?.get(key)?.();
    own?.delete(key);
  }

  function drop(own: Watched): void {
    if (own.figures.size === 0 && own.doors.size === 0) watched.delete(own.live.session);
    if (watched.size > 0) return;
    stopFollowing?.();
    stopFollowing = null;
  }

  return {
    watchFigures(context, conference, live, node, socket) {
      if (!socket.connected) return;
      const own = follow(context, conference, live);
      const room = figuresRoom(live.session, node);
      own.figures.set(node, (own.figures.get(node) ?? new Set()).add(socket));
      void socket.join(room);
      keepEnd(socket, room, () => {
        void socket.leave(room);
        const others = own.figures.get(node);
        others?.delete(socket);
        if (others?.size === 0) own.figures.delete(node);
        drop(own);
      });
    },
    watchDoor(context, conference, live, bridge, socket) {
      if (!socket.connected) return;
      const own = follow(context, conference, live);
      const door = own.doors.get(bridge) ?? {
        bridge,
        sockets: new Set<ServerSocket>(),
        people: new Set<PersonId>(),
        by: new Set<string | null>(),
      };
      own.doors.set(bridge, door);
      door.sockets.add(socket);
      keepEnd(socket, `door ${live.session} ${bridge}`, () => {
        door.sockets.delete(socket);
        if (door.sockets.size === 0) own.doors.delete(bridge);
        drop(own);
      });
    },
    unwatchFigures: (session, node, socket) => leave(socket, figuresRoom(session, node)),
    unwatchDoor: (session, bridge, socket) => leave(socket, `door ${session} ${bridge}`),
    forget(socket) {
      for (const end of ends.get(socket)?.values() ?? []) end();
      ends.delete(socket);
    },
  };
}

/** Whether a door has nobody else to tell: the usual one has one machine, which knows what it sent. */
function isAlone({ sockets }: Door, from: string | null): boolean {
  if (from === null || sockets.size > 1) return false;
  const [only] = sockets;
  return only === undefined || only.id === from;
}

/** A bridge and those of the session directly below it; nothing for a bridge that the conference does not have. */
export function nodesOf({ whole, tree }: LiveSession, bridge: BridgeId) {
  const node = whole.get(bridge);
  return node === undefined ? [] : [node, ...tree.children(bridge)];
}

function everybodyAt(live: LiveSession, bridge: BridgeId): PersonId[] {
  return listDoor(live, bridge, 0, Infinity).map(({ id }) => id);
}

/** Tells some time after it is woken, never twice at once, and with a pause that grows with what telling costs. */
function teller(
  tell: () => void | Promise<void>,
  onFailure: (error: unknown) => void,
): { wake(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;
  let pause = TELL_EVERY_MS;

  async function run(): Promise<void> {
    timer = undefined;
    running = true;
    again = false;
    const began = performance.now();
    try {
      await tell();
    } catch (error) {
      onFailure(error);
    }
    pause = Math.max(TELL_EVERY_MS, QUIET * (performance.now() - began));
    running = false;
    if (again) wake();
  }
  function wake(): void {
    if (running) again = true;
    else timer ??= setTimeout(() => void run(), pause);
  }
  return { wake, stop: () => clearTimeout(timer) };
}
