import { setImmediate as turn } from 'node:timers/promises';

import type { BridgeId } from '../../domain/ids.ts';
import type { ServerBody, ServerMessage } from '../../domain/wire/sockets.ts';
import type { Context } from '../platform/context.ts';
import type { Sockets } from '../platform/sockets.ts';
import type { Member, Room } from './members.ts';
import { presentBoard } from './present.ts';
import { closeForbidden, closeProducer } from './signalling.ts';

/** Boards are told at most four times a second. */
const BOARD_EVERY_MS = 250;
/** So many are told at a time, and check-ins in between. */
const AT_A_TIME = 200;

/** Tells the members of a room what concerns them, as it changes. */
export interface Telling {
  /** Something may have to be told; what changes together is told together. */
  readonly soon: () => void;
  stop(): void;
}

/** Tells many the same, in one frame that is made once. */
export function tellSome<Name extends ServerMessage>(
  sockets: Sockets,
  members: readonly Member[],
  name: Name,
  body: ServerBody<Name>,
): void {
  // To nobody would be to everybody.
  if (members.length === 0) return;
  const ids = members.map(({ socket }) => socket.id);
  (sockets.to(ids).emit as (name: Name, body: ServerBody<Name>) => void)(name, body);
}

/** Calls `tell` with all of them, some at a time; whoever comes meanwhile is among them. */
export async function inParts(
  members: Iterable<Member>,
  tell: (part: readonly Member[]) => void,
  isOver: () => boolean = () => false,
): Promise<void> {
  let part: Member[] = [];
  for (const member of members) {
    part.push(member);
    if (part.length < AT_A_TIME) continue;
    tell(part);
    part = [];
    await turn();
    if (isOver()) return;
  }
  tell(part);
}

export function createTelling(context: Context, sockets: Sockets, room: () => Room): Telling {
  let isPlanned = false;
  let isWalking = false;
  /** The program of which all have been told, or are. */
  let walked = 1;
  let isStopped = false;
  let board: NodeJS.Timeout | undefined;
  let resting: NodeJS.Timeout | undefined;

  /** Nobody waits for what is told: a fault in it must not end the server. */
  function safely(tell: () => void): () => void {
    return () => {
      try {
        tell();
      } catch (error) {
        context.log.error({ err: error }, 'a room was not told');
      }
    };
  }

  function tellNow(): void {
    isPlanned = false;
    if (isStopped) return;
    const { news, controls } = room();
    rest();
    for (const bridge of news.orders) tellOrders(bridge);
    news.orders.clear();
    void tellProgram();
    if (controls.size === 0) news.stations.clear();
    if (news.floor || news.stations.size > 0)
      board ??= setTimeout(safely(tellBoards), BOARD_EVERY_MS).unref();
  }

  function rest(): void {
    clearTimeout(resting);
    const next = room().rest(performance.now());
    if (next !== null) resting = setTimeout(safely(tellNow), next).unref();
  }

  function tellOrders(bridge: BridgeId): void {
    for (const member of room().machinesAt(bridge)) {
      const orders = room().ordersOf(member);
      // Whatever its page does: a camera that nobody asks for is off.
      if (!orders.isWanted) for (const producer of member.streams.keys()) closeProducer(member, producer);
      const text = JSON.stringify(orders);
      if (text === member.toldOrders) continue;
      member.toldOrders = text;
      member.socket.emit('media:orders', orders);
    }
  }

  function isBehind(): boolean {
    return !isStopped && walked < room().program().number;
  }

  async function tellProgram(): Promise<void> {
    if (isWalking) return;
    isWalking = true;
    try {
      // Another program meanwhile: those who were told of this one are told of that one too.
      while (isBehind()) {
        const { number, value } = room().program();
        walked = number;
        await inParts(
          room().members,
          (part) => tellProgramTo(part, number, value),
          () => room().program().number !== number,
        );
      }
    } catch (error) {
      context.log.error({ err: error }, 'a program was not told');
    } finally {
      isWalking = false;
    }
  }

  function tellProgramTo(part: readonly Member[], number: number, value: ServerBody<'media:program'>): void {
    const behind = part.filter((member) => member.toldProgram < number && !member.hasLeft);
    for (const member of behind) {
      member.toldProgram = number;
      closeForbidden(member);
    }
    tellSome(sockets, behind, 'media:program', value);
  }

  function tellBoards(): void {
    board = undefined;
    const { news, controls } = room();
    // Whoever asks moves up as others go.
    if (news.floor) for (const { bridge } of room().floor().asking) tellOrders(bridge);
    for (const [node, own] of Map.groupBy(controls, ({ bridge }) => bridge)) {
      const told = presentBoard(room(), node, news.stations);
      if (news.floor || told.stations.length > 0) tellSome(sockets, own, 'media:board', told);
    }
    news.floor = false;
    news.stations.clear();
  }

  return {
    soon() {
      if (isPlanned) return;
      isPlanned = true;
      setImmediate(safely(tellNow));
    },
    stop() {
      isStopped = true;
      clearTimeout(board);
      clearTimeout(resting);
    },
  };
}
