import type { Sockets } from './sockets.ts';

/** A look at what is left: an answer takes some milliseconds. */
const LOOK_MS = 5;

/**
 * Lets sockets come to an end before they are closed: takes no further message, tells every page that the server goes, and waits
 * until those that were taken are answered. What comes from now on gets no answer: its page sends it again, once, to the server
 * that comes after.
 *
 * @param inWork how many messages are taken and not answered
 */
export async function finishMessages(
  sockets: Sockets,
  inWork: () => number,
  patience: number,
): Promise<void> {
  for (const socket of sockets.of('/').sockets.values()) socket.use(() => undefined);
  sockets.emit('server:stopping', {});
  const until = performance.now() + patience;
  while (inWork() > 0 && performance.now() < until) {
    await new Promise((resolve) => void setTimeout(resolve, LOOK_MS));
  }
}
