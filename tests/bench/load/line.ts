import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * A client of socket.io with nothing in it but its protocol: text packets of socket.io 5 in those of engine.io 4, in frames of
 * websocket over a plain connection. The official client needs several times as long for a message as the server does, and
 * a bench with it would measure itself.
 */
export interface Line {
  /** What the server calls this line; its machine signs it. */
  readonly id: string;
  /** Sends a message, its body as JSON; `answered` is given the acknowledgement, a JSON array, which it must not keep. */
  ask(name: string, body: string, answered: (answer: Buffer) => void): void;
  /** Cuts the line as a lost network does: without a word. */
  cut(): void;
}

export interface LineTo {
  readonly host: string;
  readonly port: number;
  readonly cookie: string;
  /** One machine has 28,000 ports for an address of its own; it has many such addresses. */
  readonly from: string;
  /** Messages of the server, a JSON array of name and body, which must not be kept. */
  readonly heard?: (event: Buffer) => void;
  /** The line is gone, and it was not cut from here. */
  readonly lost?: (why: string) => void;
}

const MASK = 0x80;
const TEXT = 0x81;
const CLOSE = 0x8;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const HEADER_END = Buffer.from('\r\n\r\n');
/** What all sockets of a process read into, one after the other: nothing is kept of it. */
const READ_INTO = Buffer.allocUnsafeSlow(256 * 1024);

const code = (letter: string): number => letter.charCodeAt(0);
/** Packets of engine.io. */
const OPEN = code('0');
const PING = code('2');
const MESSAGE = code('4');
/** Packets of socket.io, within a message. */
const CONNECT = code('0');
const EVENT = code('2');
const ANSWER = code('3');
const REFUSED = code('4');
const ZERO = code('0');
const NINE = code('9');

/** Opens a line; resolves once the server has let it in, with its acknowledgement of the connection. */
export function openLine(to: LineTo): Promise<Line> {
  return new Promise((resolve, reject) => {
    const mask = randomBytes(4);
    const waiting = new Map<number, (answer: Buffer) => void>();
    let nextId = 0;
    let state: 'handshake' | 'opening' | 'open' | 'gone' = 'handshake';
    let rest: Buffer | null = null;

    const gone = (why: string): void => {
      if (state === 'gone') return;
      const before = state;
      state = 'gone';
      socket.destroy();
      if (before === 'open') to.lost?.(why);
      else reject(new Error(why));
    };
    const line: Omit<Line, 'id'> = {
      ask(name, body, answered) {
        const id = nextId++;
        waiting.set(id, answered);
        send(socket, `42${id}["${name}",${body}]`, mask);
      },
      cut() {
        state = 'gone';
        socket.destroy();
      },
    };

    const packet = (bytes: Buffer): void => {
      if (state === 'gone') return undefined;
      if (bytes[0] === PING) return send(socket, '3', mask);
      if (bytes[0] === OPEN) return send(socket, '40{"language":"vi"}', mask);
      if (bytes[0] !== MESSAGE) return undefined;
      switch (bytes[1]) {
        case ANSWER: {
          let at = 2;
          let id = 0;
          for (let digit = bytes[at]!; digit >= ZERO && digit <= NINE; digit = bytes[++at]!)
            id = id * 10 + digit - ZERO;
          const answered = waiting.get(id);
          waiting.delete(id);
          return answered?.(bytes.subarray(at));
        }
        case EVENT:
          return to.heard?.(bytes.subarray(2));
        case CONNECT:
          state = 'open';
          return resolve({ ...line, id: idIn(bytes) });
        case REFUSED:
          return gone(bytes.toString());
        default:
          return gone(`what is this: ${bytes.toString('utf8', 0, 100)}`);
      }
    };

    const read = (chunk: Buffer): void => {
      const bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
      rest = null;
      let at = 0;
      if (state === 'handshake') {
        const end = bytes.indexOf(HEADER_END);
        if (end === -1) {
          rest = Buffer.from(bytes);
          return;
        }
        const answer = bytes.toString('latin1', 0, end);
        if (!answer.startsWith('HTTP/1.1 101 ')) return gone(answer);
        state = 'opening';
        at = end + HEADER_END.length;
      }
      for (let frame = frameAt(bytes, at); frame !== null; frame = frameAt(bytes, at)) {
        if (frame.kind === CLOSE) return gone('closed by the server');
        packet(bytes.subarray(frame.from, frame.to));
        at = frame.to;
      }
      if (at < bytes.length) rest = Buffer.from(bytes.subarray(at));
    };

    const socket: Socket = connect({
      host: to.host,
      port: to.port,
      localAddress: to.from,
      noDelay: true,
      onread: {
        buffer: READ_INTO,
        callback: (length, buffer) => {
          read((buffer as Buffer).subarray(0, length));
          return true;
        },
      },
    });
    socket.on('connect', () => socket.write(handshake(to)));
    socket.on('error', (error) => gone(error.message));
    socket.on('close', () => gone('closed'));
  });
}

/** `40{"sid":"..."}` */
function idIn(connected: Buffer): string {
  const { sid } = JSON.parse(connected.toString('utf8', 2)) as { sid: string };
  return sid;
}

function handshake({ host, port, cookie }: LineTo): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${host}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Cookie: ${cookie}`,
    '',
    '',
  ].join('\r\n');
}

/** One frame of text, masked as a client has to. */
function send(socket: Socket, text: string, mask: Buffer): void {
  const length = Buffer.byteLength(text);
  const header = length < LENGTH_16 ? 6 : 8;
  if (length > 0xffff) throw new Error('a message of this bench is short');
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = TEXT;
  if (header === 6) frame[1] = MASK | length;
  else {
    frame[1] = MASK | LENGTH_16;
    frame.writeUInt16BE(length, 2);
  }
  mask.copy(frame, header - 4);
  frame.write(text, header);
  for (let at = 0; at < length; at++) frame[header + at]! ^= mask[at & 3]!;
  socket.write(frame);
}

interface Frame {
  readonly kind: number;
  readonly from: number;
  readonly to: number;
}

/** The whole frame that begins at a place, which a server does not mask; null while some of it is missing. */
function frameAt(bytes: Buffer, at: number): Frame | null {
  if (bytes.length < at + 2) return null;
  const short = bytes[at + 1]!;
  const header = short < LENGTH_16 ? 2 : short === LENGTH_16 ? 4 : 10;
  if (bytes.length < at + header) return null;
  const from = at + header;
  const length =
    short < LENGTH_16
      ? short
      : short === LENGTH_64
        ? Number(bytes.readBigUInt64BE(at + 2))
        : bytes.readUInt16BE(at + 2);
  return bytes.length < from + length ? null : { kind: bytes[at]! & 0xf, from, to: from + length };
}
