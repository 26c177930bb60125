import type { Socket } from 'socket.io';

/**
 * So many messages are taken in one turn of the event loop; the next ones after whatever else has come to its end meanwhile. Half as
 * many make more commits than a thousand machines with one message each need; without a bound, two thousand in one (measured).
 */
export const MOST_IN_A_TURN = 512;
/** What waits for a turn beyond this is taken at once: who floods is found out by being read. */
export const MOST_BYTES_WAITING = 16 * 1024 * 1024;

/** A packet of engine.io on its way in. */
interface Packet {
  readonly type: string;
  readonly data?: { readonly length: number };
}
type Take = (packet: Packet) => void;

interface Arrived {
  readonly take: Take;
  readonly packet: Packet;
}

/** Those that wait, and those of them whose turn it is, last first. */
let waiting: Arrived[] = [];
let leaving: Arrived[] = [];
let bytesWaiting = 0;
let takenInTurn = 0;
let isTurning = false;

/**
 * Lets the messages of all lines wait for their turn as the text that they are. With thousands at once a turn of the event loop
 * would read them all before it looks at the commit that has ended: each of them held as a tree of objects for as long, and copied
 * by each collection of garbage in between. What fits into a turn does not wait.
 */
export function readInTurns({ conn }: Pick<Socket, 'conn'>): void {
  const transport = conn.transport as unknown as { onPacket: Take };
  const take = transport.onPacket.bind(transport);
  transport.onPacket = (packet) => {
    if (packet.type === 'message') arrive(take, packet);
    else take(packet);
  };
}

function arrive(take: Take, packet: Packet): void {
  if (!isTurning) {
    isTurning = true;
    setImmediate(turn);
  }
  const isFirst = leaving.length === 0 && waiting.length === 0;
  if (isFirst && takenInTurn < MOST_IN_A_TURN) {
    takenInTurn += 1;
    take(packet);
    return;
  }
  waiting.push({ take, packet });
  bytesWaiting += packet.data?.length ?? 0;
  if (bytesWaiting > MOST_BYTES_WAITING) takeWaiting(Infinity);
}

function turn(): void {
  takenInTurn = 0;
  takeWaiting(MOST_IN_A_TURN);
  isTurning = takenInTurn > 0;
  if (isTurning) setImmediate(turn);
}

function takeWaiting(most: number): void {
  while (takenInTurn < most) {
    if (leaving.length === 0) {
      leaving = waiting.toReversed();
      waiting = [];
    }
    const one = leaving.pop();
    if (one === undefined) return;
    bytesWaiting -= one.packet.data?.length ?? 0;
    takenInTurn += 1;
    one.take(one.packet);
  }
}
