import type { Socket } from 'socket.io';

/** A page has one message on its way, an upload some; whoever has more waits for answers that it does not need. */
const MOST_UNANSWERED = 64;
/** Bytes that a client may leave unread: many times the answer to the largest message. */
const MOST_UNREAD = 16 * 1024 * 1024;
/** Few packets are not worth measuring. */
const FEW_PACKETS = 16;

/** How much of the server one client takes up. */
export interface Load {
  /** Whether another message of it can be served; each that is begins and ends here. */
  begin(): boolean;
  end(): void;
}

/**
 * Bounds what one client can make the server hold for it: messages that wait for an answer, and answers that it does not
 * read. Whoever leaves too much unread is let go, with all that waits for it.
 */
export function loadOf(socket: Socket): Load {
  let unanswered = 0;
  const letGoIfDeaf = (): void => {
    if (unreadBy(socket) > MOST_UNREAD) cut(socket);
  };
  // Also one that asks for nothing and only says that it is there.
  socket.conn.on('heartbeat', letGoIfDeaf);
  return {
    begin() {
      letGoIfDeaf();
      if (unanswered >= MOST_UNANSWERED) return false;
      unanswered += 1;
      return true;
    },
    end: () => void (unanswered -= 1),
  };
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
