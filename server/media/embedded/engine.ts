import { startEngineThread, type ThreadedEngine } from '../engine-thread.ts';
import type { EngineOptions } from '../engine.ts';

/**
 * Starts the engine that needs no native part: one thread, one UDP port, one encoding of each camera. It carries neither ICE over TCP
 * nor IPv6: where UDP does not pass, a bridge needs the other engine. Throws where the port cannot be had at the start.
 */
export function startEmbeddedEngine(options: EngineOptions): Promise<ThreadedEngine> {
  const carries = { simulcast: false, tcp: false, ipv6: false };
  return startEngineThread(new URL('./worker.ts', import.meta.url), { name: 'embedded', carries }, options);
}
