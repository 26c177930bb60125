import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A plain connection to a server on this machine, on which anything can be written. */
export async function rawLine(port: number): Promise<Socket> {
  const line = connect(port, '127.0.0.1');
  line.on('error', () => undefined);
  await once(line, 'connect');
  return line;
}

/** The request that opens a websocket, as a browser writes it. */
export function websocketRequest(cookie?: string): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
    '',
    '',
  ].join('\r\n');
}
