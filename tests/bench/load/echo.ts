/*
 * The bare baseline: socket.io with the server's own options, and nothing behind it. It answers a check-in with a fixed
 * answer of the real one's size, written as JSON each time as any answer is.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Server } from 'socket.io';

const answers = JSON.parse(process.argv[2] ?? '{}') as Record<string, unknown>;
const http = createServer();
const sockets = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
  maxHttpBufferSize: 4 * 1024 * 1024,
});
sockets.on('connection', (socket) => {
  for (const [name, answer] of Object.entries(answers)) {
    socket.on(name, (_body: unknown, acknowledge: (answer: unknown) => void) => acknowledge(answer));
  }
});
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
