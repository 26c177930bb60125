import { rememberingGate } from './access/gate.ts';
import { accessRoutes } from './access/routes.ts';
import { attendanceRoutes } from './attendance/routes.ts';
import { attendanceSockets } from './attendance/sockets.ts';
import { bridgeRoutes } from './bridges/routes.ts';
import { codeRoutes } from './codes/routes.ts';
import { compositionRoutes } from './composition/routes.ts';
import { passRoutes } from './passes/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { planRoutes } from './plans/routes.ts';
import type { Route } from './platform/endpoint.ts';
import type { Gate } from './platform/scopes.ts';
import { closeSocketsOf, type SocketHandlers, type Sockets } from './platform/sockets.ts';
import { freezeAfterClose } from './reports/after-close.ts';
import { reportRoutes } from './reports/routes.ts';
import { scheduleRoutes } from './schedule/routes.ts';
import { unitRoutes } from './units/routes.ts';

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
  const afterRecording = freezeAfterClose();
  return {
    routes: [
      ...accessRoutes({ gate, publicUrl, onSignedOut: (signIn) => closeSocketsOf(sockets, signIn) }),
      ...unitRoutes(),
      ...planRoutes({ gate }),
      ...scheduleRoutes(),
      ...bridgeRoutes({ gate }),
      ...peopleRoutes(),
      ...passRoutes(),
      ...codeRoutes(),
      ...compositionRoutes(),
      ...attendanceRoutes({ afterRecording }),
      ...reportRoutes({ gate }),
    ],
    socketHandlers: [attendanceSockets({ gate: rememberingGate(gate), sockets, afterRecording })],
  };
}
