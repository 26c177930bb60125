import type { Socket } from 'socket.io';

/** A page has one message on its way, an upload some; whoever has more waits for answers that it does not need. */
const MOST_UNANSWERED = 64;
/** Bytes that a client may leave unread: many times the answer to the largest message. */
const MOST_UNREAD = 16 * 1024 * 1024;
/** Few packets are not worth measuring. */
const FEW_PACKETS = 16;

/**
 * Messages of one line: a hand at a door sends one a second, a door that comes back with ten thousand entries a hundred, one after
 * the other. So many a second on the long run, and so many at once after a rest.
 */
const MESSAGES = { each: 1000 / 100, room: 1000 * (1000 / 100) };
/** Bytes of them, two megabytes a second: ten thousand entries are three. */
const BYTES = { each: 1000 / 2_000_000, room: 32_000_000 * (1000 / 2_000_000) };
/** Packets of any kind, understood or not. Who sends more was told to wait long before, or is no page of ours. */
const PACKETS = { each: 1000 / 1000, room: 10_000 };
/** Lines of one account at once: a bridge has some machines, and a page that was lost keeps its line for half a minute. */
const MOST_LINES = 200;

/** How much of the server one client takes up. */
export interface Load {
  /** Whether another message of it can be served; each that is begins and ends here. */
  begin(): boolean;
  end(): void;
  /** After how many seconds one that was refused just now may come again. */
  wait(): number;
}

/** Messages of all lines that are taken and not answered. */
let inWork = 0;

/** How many messages this process has taken and not answered: none is lost as long as it waits for them. */
export function messagesInWork(): number {
  return inWork;
}

/** Open lines of each account in this process. */
const lines = new Map<string, number>();

/**
 * Bounds what one client can make the server do and hold for it: messages in a second and their bytes, messages that wait for
 * an answer, answers that it does not read, lines of its account. A message too many is refused and can be sent again; whoever
 * floods, leaves too much unread or opens lines without end is let go. One number for each, without timers and promises: the
 * time at which all that came so far will have been earned.
 */
export function loadOf(socket: Socket): Load {
  let unanswered = 0;
  let messagesEarned = 0;
  let bytesEarned = 0;
  let packetsEarned = 0;
  /** When the last packet came: what is asked of a message within it needs no clock of its own. */
  let cameAt = 0;
  const letGoIfDeaf = (): void => {
    if (unreadBy(socket) > MOST_UNREAD) cut(socket);
  };
  // Also one that asks for nothing and only says that it is there.
  socket.conn.on('heartbeat', letGoIfDeaf);
  socket.conn.on('packet', ({ data }: { readonly data?: { readonly length?: number } }) => {
    const now = performance.now();
    cameAt = now;
    packetsEarned = Math.max(packetsEarned, now) + PACKETS.each;
    bytesEarned = Math.max(bytesEarned, now) + (data?.length ?? 0) * BYTES.each;
    if (packetsEarned - now > PACKETS.room || bytesEarned - now > 4 * BYTES.room) cut(socket);
  });
  countLine(socket);
  /** Milliseconds until another message is earned. */
  const early = (now: number): number =>
    Math.max(messagesEarned + MESSAGES.each - now - MESSAGES.room, bytesEarned - now - BYTES.room);
  return {
    begin() {
      letGoIfDeaf();
      if (unanswered >= MOST_UNANSWERED || early(cameAt) > 0) return false;
      messagesEarned = Math.max(messagesEarned, cameAt) + MESSAGES.each;
      unanswered += 1;
      inWork += 1;
      return true;
    },
    end() {
      unanswered -= 1;
      inWork -= 1;
    },
    wait: () => Math.max(1, Math.ceil(early(performance.now()) / 1000)),
  };
}

/** Lets a line go that is one too many of its account. */
function countLine(socket: Socket): void {
  const { signedIn } = socket.data as { readonly signedIn: { readonly actor: { readonly account: string } } };
  const { account } = signedIn.actor;
  lines.set(account, (lines.get(account) ?? 0) + 1);
  socket.once('disconnect', () => {
    const left = (lines.get(account) ?? 1) - 1;
    if (left > 0) lines.set(account, left);
    else lines.delete(account);
  });
  if ((lines.get(account) ?? 0) > MOST_LINES) setImmediate(() => cut(socket));
}

/** Without a word of goodbye: it would stand behind all that is not read. */
function cut(socket: Socket): void {
  const { transport } = socket.conn as unknown as { readonly transport: { socket?: { terminate?(): void } } };
  transport.socket?.terminate?.();
  socket.conn.close(true);
}

/** Bytes that wait for a client to read what was sent before. */
function unreadBy(socket: Socket): number {
  const { writeBuffer } = socket.conn as unknown as { readonly writeBuffer: readonly { data?: unknown }[] };
  if (writeBuffer.length < FEW_PACKETS) return 0;
  return writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0);
}
