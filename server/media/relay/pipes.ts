import { ok, type Result } from '../../../domain/result.ts';
import type { EngineFailure, EngineNotice, MediaEngine } from '../engine.ts';

/** One stream that goes through a pipe: what it is called at the lower end, and how to end it. */
export interface Carried {
  readonly producer: string;
  stop(): Promise<void>;
}

/** A pipe that stands between two engines. */
export interface Pipe {
  /** Takes a producer of the upper engine to the lower one. `ended` is called once where it ends up there, and not after `stop`. */
  carry(producer: string, ended: () => void): Promise<Result<Carried, EngineFailure>>;
  close(): Promise<void>;
}

/**
 * Lays a pipe. Both ends learn each other's address and key before anything goes through; there is one pipe between two engines, as a peer is
 * known by its address. `broke` is called where an end of it is lost later, though both engines live.
 */
export async function layPipe(
  upper: MediaEngine,
  lower: MediaEngine,
  broke: () => void,
): Promise<Result<Pipe, EngineFailure>> {
  const form = upper.name === lower.name ? 'own' : 'plain';
  const [down, up, capabilities] = await Promise.all([
    upper.openPipe({ form }),
    lower.openPipe({ form }),
    upper.capabilities(),
  ]);
  const close = async (): Promise<void> => {
    for (const stop of listening) stop();
    await Promise.all([
      down.ok && upper.closeTransport({ transport: down.value.id }),
      up.ok && lower.closeTransport({ transport: up.value.id }),
    ]);
  };
  const endings = new Map<string, () => void>();
  const isOwn = (notice: EngineNotice, end: typeof down): boolean =>
    notice.notice === 'transport closed' && end.ok && notice.transport === end.value.id;
  const listening = [
    upper.listen((notice) => {
      if (notice.notice === 'consumer closed') endings.get(notice.consumer)?.();
      else if (isOwn(notice, down)) broke();
    }),
    lower.listen((notice) => {
      if (isOwn(notice, up)) broke();
    }),
  ];
  const refuse = async (failure: { readonly ok: false } & EngineFailure) => {
    await close();
    return failure;
  };
  if (!down.ok) return await refuse(down);
  if (!up.ok) return await refuse(up);
  if (!capabilities.ok) return await refuse(capabilities);
  const connected = await Promise.all([
    lower.connectPipe({ pipe: up.value.id, remote: down.value }),
    upper.connectPipe({ pipe: down.value.id, remote: up.value }),
  ]);
  for (const answer of connected) if (!answer.ok) return await refuse(answer);

  const carry: Pipe['carry'] = async (producer, ended) => {
    const transport = down.value.id;
    const rtpCapabilities = capabilities.value;
    // Paused until somebody knows what to do with it: its first picture would be lost.
    const out = await upper.consume({ transport, producer, rtpCapabilities, isPaused: true });
    if (!out.ok) return out;
    const { id: consumer, kind, rtpParameters } = out.value;
    const into = await lower.produce({ transport: up.value.id, kind, rtpParameters });
    if (!into.ok) {
      await upper.closeConsumer({ consumer });
      return into;
    }
    const closeBelow = () => lower.closeProducer({ producer: into.value.id });
    endings.set(consumer, () => {
      endings.delete(consumer);
      void closeBelow();
      ended();
    });
    const resumed = await upper.resumeConsumer({ consumer });
    if (!resumed.ok) {
      // It ended while the way was being made.
      endings.delete(consumer);
      await closeBelow();
      return resumed;
    }
    return ok({
      producer: into.value.id,
      stop: async () => {
        endings.delete(consumer);
        await Promise.all([upper.closeConsumer({ consumer }), closeBelow()]);
      },
    });
  };
  return ok({ carry, close });
}
