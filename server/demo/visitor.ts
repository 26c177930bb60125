import { io, type Socket } from 'socket.io-client';

import type { AnswerOf, Contract } from '../../domain/wire/contract.ts';
import { Problem } from '../../domain/wire/problem.ts';
import { requestOf, type CallInput } from '../../domain/wire/request.ts';
import type {
  ClientAnswer,
  ClientBody,
  ClientMessage,
  ClientToServer,
  ServerToClient,
} from '../../domain/wire/sockets.ts';
import type { DemoMachine } from './machine.ts';

/** Somebody who uses the server as a browser does: over HTTP and a socket, with a cookie. */
export interface Visitor {
  call<C extends Contract>(contract: C, input: CallInput<C>): Promise<AnswerOf<C>>;
  connect(): Promise<Line>;
}

/** An open socket. */
export interface Line {
  ask<Name extends ClientMessage>(name: Name, body: ClientBody<Name>): Promise<ClientAnswer<Name>>;
  close(): void;
}

/** A newcomer without a cookie, at a machine; whoever they sign in as, they stay. */
export function visit(origin: string, machine: DemoMachine): Visitor {
  let cookie = '';
  return {
    async call(contract, input) {
      const { url, method, headers, body } = machine.signed(requestOf(contract, input, 'vi'));
      const response = await fetch(origin + url, { method, headers: { ...headers, origin, cookie }, body });
      const [given] = response.headers.getSetCookie();
      if (given !== undefined) cookie = given.split(';', 1)[0] ?? '';
      if (!response.ok) throw new Error(Problem.parse(await response.json()).detail);
      return (response.status === 204 ? undefined : await response.json()) as AnswerOf<typeof contract>;
    },
    async connect() {
      const socket: Socket<ServerToClient, ClientToServer> = io(origin, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { origin, cookie },
      });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      const ask: Line['ask'] = (name, body) =>
        (socket as unknown as Socket).timeout(20_000).emitWithAck(name, body);
      await ask('device:prove', machine.proof(socket.id ?? ''));
      return {
        ask,
        close: () => void socket.close(),
      };
    },
  };
}
