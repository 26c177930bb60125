import { alertKey } from '../../domain/control/alerts.ts';
import type { CallContact } from '../../domain/control/sentences.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { AlertList, ControlBoard, ControlTile } from '../../domain/wire/control.ts';
import type { Context } from '../platform/context.ts';
import { again, type Repeated } from '../platform/jobs.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import type { ServerSocket, Sockets } from '../platform/sockets.ts';
import type { RaisedAlert } from './alerts.ts';
import { openControlRoom, type ControlRoom } from './live.ts';
import { presentAlert, presentBoard, presentCurve, presentTiles } from './present.ts';
import { callContacts } from './queries.ts';

/** A node that is watched is told at most twice a second. */
const TELL_EVERY_MS = 500;
/** Looking and telling takes its time, in which nobody is checked in: at least so many times as long it is quiet after it. */
const QUIET = 4;
/** A curve has a point a minute. */
const CURVE_EVERY_MS = 5000;
/** What a full line swallowed is mended by telling everything once more. */
const ALL_AGAIN_MS = 15_000;
/** So many alerts are told; how many more there are stands beside them. */
const MOST_ALERTS = 60;
/** Whom to call is asked again after this long. */
const CONTACTS_MS = 60_000;
/** A page that is loaded again finds the room as it left it. */
const LINGER_MS = 60_000;

/** A node that is watched, and what was told of it last. */
interface WatchedNode {
  readonly sockets: Set<ServerSocket>;
  tiles: Map<BridgeId, string>;
  /** What is right below it, in order. */
  below: string;
  alerts: string;
  curve: string;
  curveAt: number;
  allAt: number;
}

interface Room {
  readonly opened: Promise<ControlRoom | null>;
  readonly nodes: Map<BridgeId, WatchedNode>;
  readonly contacts: Map<string, { readonly contact: CallContact | null; readonly at: number }>;
  /** When the last one left; null while somebody watches. */
  emptyAt: number | null;
}

/** Who watches the control rooms of this process, told as things change. */
export interface ControlWatchers {
  /** Null where there is no such session, or no such bridge. */
  watch(
    context: Context,
    conference: AuthorizedConferenceId,
    session: SessionId,
    node: AuthorizedBridgeId<'control'>,
    socket: ServerSocket,
  ): Promise<ControlBoard | null>;
  unwatch(session: SessionId, node: BridgeId, socket: ServerSocket): void;
  forget(socket: ServerSocket): void;
}

const roomOf = (session: SessionId, node: BridgeId): string => `control ${session} ${node}`;

export function createControlWatchers(sockets: Sockets): ControlWatchers {
  const rooms = new Map<SessionId, Room>();
  let looking: Repeated | null = null;

  function roomFor(context: Context, conference: AuthorizedConferenceId, session: SessionId): Room {
    const known = rooms.get(session);
    if (known !== undefined) return known;
    const opened = openControlRoom(context, conference, session);
    const room: Room = { opened, nodes: new Map(), contacts: new Map(), emptyAt: performance.now() };
    rooms.set(session, room);
    const forget = (): void => {
      if (rooms.get(session) === room) rooms.delete(session);
    };
    opened.then((found) => found ?? forget(), forget);
    looking ??= again(
      () => tellAll(context),
      TELL_EVERY_MS,
      (error) => context.log.error({ err: error }, 'control rooms were not told'),
    );
    return room;
  }

  async function tellAll(context: Context): Promise<number> {
    const began = performance.now();
    for (const [session, room] of rooms) {
      const own = await room.opened.catch(() => null);
      if (own === null) continue;
      if (room.emptyAt !== null) {
        if (began - room.emptyAt < LINGER_MS) continue;
        own.close();
        rooms.delete(session);
        continue;
      }
      await own.look(context);
      for (const [node, watched] of room.nodes) await tellNode(context, room, own, node, watched);
    }
    if (rooms.size === 0) {
      void looking?.stop();
      looking = null;
    }
    return Math.max(TELL_EVERY_MS, QUIET * (performance.now() - began));
  }

  async function tellNode(
    context: Context,
    room: Room,
    own: ControlRoom,
    node: BridgeId,
    watched: WatchedNode,
  ): Promise<void> {
    const at = performance.now();
    if (at - watched.allAt >= ALL_AGAIN_MS) {
      Object.assign(watched, {
        tiles: new Map(),
        below: '',
        alerts: '',
        curve: '',
        curveAt: -Infinity,
        allAt: at,
      });
    }
    const now = context.clock();
    const found = presentTiles(own, node, now);
    if (found === null) return;
    const tiles = [found.node, ...found.tiles].filter((tile) => isNews(watched.tiles, tile));
    const below = found.tiles.map(({ bridge }) => bridge);
    const order = below.join(' ');
    const list = await alertsUnder(context, room, own, node);
    const alerts = JSON.stringify(list);
    const curve = at - watched.curveAt >= CURVE_EVERY_MS ? presentCurve(own, node, now) : null;
    const points = curve === null ? watched.curve : JSON.stringify(curve.points);
    const change = {
      session: own.session.id,
      watched: node,
      sequence: own.live.sequence,
      asOf: now,
      tiles,
      ...(order !== watched.below && { below }),
      ...(alerts !== watched.alerts && { alerts: list }),
      ...(curve !== null && points !== watched.curve && { curve }),
    };
    if (curve !== null) watched.curveAt = at;
    Object.assign(watched, { below: order, alerts, curve: points });
    sockets.to(roomOf(own.session.id, node)).volatile.emit('control:changed', change);
  }

  /** What needs somebody under a node: what nobody has taken on first. */
  async function alertsUnder(
    context: Context,
    room: Room,
    own: ControlRoom,
    node: BridgeId,
  ): Promise<AlertList> {
    const { tree } = own.live;
    const isRoot = node === tree.root.id;
    const under = own.raised
      .all()
      .filter(({ alert }) => isRoot || tree.path(alert.bridge).some(({ id }) => id === node));
    const open = under.filter(isOpen);
    const shown = [...open, ...under.filter((alert) => !isOpen(alert))].slice(0, MOST_ALERTS);
    const contacts = await contactsFor(context, room, own, shown);
    return {
      items: shown.map((alert, index) => presentAlert(own, alert, contacts[index] ?? null)),
      total: under.length,
      open: open.length,
    };
  }

  async function contactsFor(
    context: Context,
    room: Room,
    own: ControlRoom,
    alerts: readonly RaisedAlert[],
  ): Promise<(CallContact | null)[]> {
    const at = performance.now();
    const isKnown = (alert: RaisedAlert): boolean =>
      at - (room.contacts.get(alertKey(alert.alert))?.at ?? -Infinity) < CONTACTS_MS;
    const asked = alerts.filter((alert) => !isKnown(alert));
    if (asked.length > 0) {
      const questions = asked.map(({ alert }) => alert);
      const found = await callContacts(context, own.conference, own.live.tree, questions);
      for (const [index, alert] of asked.entries()) {
        room.contacts.set(alertKey(alert.alert), { contact: found[index] ?? null, at });
      }
    }
    return alerts.map((alert) => room.contacts.get(alertKey(alert.alert))?.contact ?? null);
  }

  function leave(session: SessionId, node: BridgeId, socket: ServerSocket): void {
    const room = rooms.get(session);
    const watched = room?.nodes.get(node);
    if (room === undefined || watched === undefined) return;
    watched.sockets.delete(socket);
    void socket.leave(roomOf(session, node));
    if (watched.sockets.size === 0) room.nodes.delete(node);
    if (room.nodes.size === 0) room.emptyAt = performance.now();
  }

  return {
    async watch(context, conference, session, node, socket) {
      const room = roomFor(context, conference, session);
      const own = await room.opened;
      if (own === null || own.conference !== conference) return null;
      await own.look(context);
      const board = presentBoard(own, node, await alertsUnder(context, room, own, node), context.clock());
      if (board === null || !socket.connected) return board;
      const watched = room.nodes.get(node) ?? {
        sockets: new Set<ServerSocket>(),
        tiles: new Map<BridgeId, string>(),
        below: '',
        alerts: '',
        curve: '',
        curveAt: -Infinity,
        allAt: performance.now(),
      };
      room.nodes.set(node, watched);
      watched.sockets.add(socket);
      room.emptyAt = null;
      void socket.join(roomOf(session, node));
      return board;
    },
    unwatch: leave,
    forget(socket) {
      for (const [session, room] of rooms) {
        for (const [node, watched] of room.nodes)
          if (watched.sockets.has(socket)) leave(session, node, socket);
      }
    },
  };
}

function isOpen({ acknowledged }: RaisedAlert): boolean {
  return acknowledged === null;
}

/** Whether a tile is another than the one that was told last; what is told is kept. */
function isNews(told: Map<BridgeId, string>, tile: ControlTile): boolean {
  const text = JSON.stringify(tile);
  if (told.get(tile.bridge) === text) return false;
  told.set(tile.bridge, text);
  return true;
}
