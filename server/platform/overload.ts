import type { Socket } from 'socket.io';

/** A page has one message on its way, an upload some; whoever has more waits for answers that it does not need. */
const MOST_UNANSWERED = 64;
/** Bytes that a client may leave unread: many times the answer to the largest message. */
const MOST_UNREAD = 16 * 1024 * 1024;
/** Few packets are not worth measuring. */
const FEW_PACKETS = 16;

/**
 * Messages of one line, and of all lines of a machine that is paired: a hand at a door sends one a second, a door that comes back with ten thousand entries a hundred, one after
 * the other. So many a second on the long run, and so many at once after a rest.
 */
const MESSAGES = { each: 1000 / 100, room: 1000 * (1000 / 100) };
/** Bytes of them, two megabytes a second: ten thousand entries are three. */
const BYTES = { each: 1000 / 2_000_000, room: 32_000_000 * (1000 / 2_000_000) };
/** Packets of any kind, understood or not. Who sends more was told to wait long before, or is no page of ours. */
const PACKETS = { each: 1000 / 1000, room: 10_000 };
/**
 * Lines of one account at once that are not a paired machine's: an office has some screens, machines begin as such a line, and a
 * page that was lost keeps its line for half a minute.
 */
const MOST_LINES = 200;
/** Lines of one paired machine: its door, a few pages beside it, and those that a bad connection has left behind. */
const MOST_LINES_OF_MACHINE = 12;
/** Machines whose count is kept when they have gone: coming back is no way to begin anew. */
const MOST_MACHINES = 100_000;

/** How much of the server one client takes up. */
export interface Load {
  /** Whether another message of it can be served; each that is begins and ends here. */
  begin(): boolean;
  end(): void;
  /** After how many seconds one that was refused just now may come again. */
  wait(): number;
  /** From now on the line is counted as one of a machine that is paired, with its other lines, and not as one of the account. */
  countAs(machine: string): void;
}

/** By when all that came will have been earned, of a line or of all lines of a machine. */
interface Meter {
  messages: number;
  bytes: number;
}
interface MachineMeter extends Meter {
  /** The oldest first. */
  readonly lines: Set<Socket>;
}

/** Messages of all lines that are taken and not answered. */
let inWork = 0;

/** How many messages this process has taken and not answered: none is lost as long as it waits for them. */
export function messagesInWork(): number {
  return inWork;
}

/** Open lines of each account in this process. */
const lines = new Map<string, number>();

const machines = new Map<string, MachineMeter>();

function meterOf(machine: string): MachineMeter {
  const own = machines.get(machine) ?? { messages: 0, bytes: 0, lines: new Set<Socket>() };
  // Whoever was quiet longest stands first.
  machines.delete(machine);
  machines.set(machine, own);
  for (const [quiet, { lines: open }] of machines) {
    if (machines.size <= MOST_MACHINES) break;
    if (open.size === 0) machines.delete(quiet);
  }
  return own;
}

/**
 * Bounds what one client can make the server do and hold for it: messages in a second and their bytes, messages that wait for
 * an answer, answers that it does not read, lines of its account. A message too many is refused and can be sent again; whoever
 * floods, leaves too much unread or opens lines without end is let go. One number for each, without timers and promises: the
 * time at which all that came so far will have been earned.
 */
export function loadOf(socket: Socket): Load {
  let unanswered = 0;
  let meter: Meter = { messages: 0, bytes: 0 };
  let isMachines = false;
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
    meter.bytes = Math.max(meter.bytes, now) + (data?.length ?? 0) * BYTES.each;
    if (packetsEarned - now > PACKETS.room || meter.bytes - now > 4 * BYTES.room) cut(socket);
  });
  const leaveAccount = countLine(socket);
  /** Milliseconds until another message is earned. */
  const early = (now: number): number =>
    Math.max(meter.messages + MESSAGES.each - now - MESSAGES.room, meter.bytes - now - BYTES.room);
  return {
    begin() {
      letGoIfDeaf();
      if (unanswered >= MOST_UNANSWERED || early(cameAt) > 0) return false;
      meter.messages = Math.max(meter.messages, cameAt) + MESSAGES.each;
      unanswered += 1;
      inWork += 1;
      return true;
    },
    end() {
      unanswered -= 1;
      inWork -= 1;
    },
    wait: () => Math.max(1, Math.ceil(early(performance.now()) / 1000)),
    countAs(machine) {
      if (isMachines || !socket.connected) return;
      isMachines = true;
      leaveAccount();
      const own = meterOf(machine);
      own.messages = Math.max(own.messages, meter.messages);
      own.bytes = Math.max(own.bytes, meter.bytes);
      meter = own;
      own.lines.add(socket);
      socket.once('disconnect', () => own.lines.delete(socket));
      // The oldest: after a bad hour these are lines on which nobody is any more.
      const [oldest] = own.lines;
      if (own.lines.size > MOST_LINES_OF_MACHINE && oldest !== undefined) cut(oldest);
    },
  };
}

/** Counts a line for its account, and lets it go where it is one too many. Returns what counts it no longer. */
function countLine(socket: Socket): () => void {
  const { signedIn } = socket.data as { readonly signedIn: { readonly actor: { readonly account: string } } };
  const { account } = signedIn.actor;
  lines.set(account, (lines.get(account) ?? 0) + 1);
  let isCounted = true;
  const leave = (): void => {
    if (!isCounted) return;
    isCounted = false;
    const left = (lines.get(account) ?? 1) - 1;
    if (left > 0) lines.set(account, left);
    else lines.delete(account);
  };
  socket.once('disconnect', leave);
  if ((lines.get(account) ?? 0) > MOST_LINES) setImmediate(() => cut(socket));
  return leave;
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
