import { useEffect, useSyncExternalStore } from 'react';

import type { ServerBody, ServerMessage } from '../../../domain/wire/sockets.ts';
import {
  currentLine,
  isServerRestarting,
  isSignInOver,
  type Line,
  onMessage,
  openLine,
  subscribeLine,
} from './socket.ts';

/**
 * State of the line to the server, for pages that show it; asking for it opens it.
 *
 * @param isWanted false as long as the page can do without: nothing is opened then, nor closed
 */
export function useLine(isWanted = true): Line {
  useEffect(() => {
    if (isWanted) openLine();
  }, [isWanted]);
  return useSyncExternalStore(subscribeLine, currentLine);
}

/** Whether the server has said that the sign-in has ended. */
export function useSignInOver(): boolean {
  return useSyncExternalStore(subscribeLine, isSignInOver);
}

/** Whether the server is being started anew. */
export function useServerRestarting(): boolean {
  return useSyncExternalStore(subscribeLine, isServerRestarting);
}

/** Hears a message of the server while the page stands. The handler should be stable. */
export function useServerMessage<Name extends ServerMessage>(
  name: Name,
  handler: (body: ServerBody<Name>) => void,
): void {
  useEffect(() => onMessage(name, handler), [name, handler]);
}
