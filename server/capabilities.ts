import { accessRoutes } from './access/routes.ts';
import type { Route } from './platform/endpoint.ts';
import type { Gate } from './platform/scopes.ts';
import { closeSocketsOf, type SocketHandlers, type Sockets } from './platform/sockets.ts';

/** What capabilities are given to build their routes and socket handlers with. */
export interface CapabilityParts {
  readonly gate: Gate;
  readonly sockets: Sockets;
  readonly publicUrl: string | null;
}

/** Every capability of the server: its routes, and its socket handlers where it has any. */
export function capabilities(parts: CapabilityParts): {
  readonly routes: readonly Route[];
  readonly socketHandlers: readonly SocketHandlers[];
} {
  const { gate, sockets, publicUrl } = parts;
  return {
    routes: [...accessRoutes({ gate, publicUrl, onSignedOut: (signIn) => closeSocketsOf(sockets, signIn) })],
    socketHandlers: [],
  };
}
