import { ok, type Result } from '../../../domain/result.ts';
import type { EngineFailure, EngineNotice, MediaEngine } from '../engine.ts';
import { layPipe, type Carried, type Pipe } from './pipes.ts';

/**
 * One engine in the cascade. Whoever views from it calls streams by their names at the origin (their producers there); what the
 * relay itself calls them stays in here.
 */
export interface Branch {
  /** As the room uses it: transports and consumers are the relay's own, producers the origin's. Nobody sends to it. */
  readonly engine: MediaEngine;
  /** The engine itself, from which pipes are laid: producers by their names there. */
  readonly bare: MediaEngine;
  /** Takes a stream as far as this engine, which keeps it until it is let go as often as it was taken. Answers its name here. */
  take(stream: string): Promise<Result<string, EngineFailure>>;
  letGo(stream: string): void;
  /** From now on the feed comes from there; viewers of what came from elsewhere begin anew. */
  feedFrom(above: Branch | null): void;
  /** The engine is gone, with all that it had. */
  end(): void;
}

/** A stream on its way here, or here. */
interface Held {
  takers: number;
  /** Tells the one above that it is not needed here any more; once. */
  release: () => void;
  carried: Promise<Result<Carried, EngineFailure>>;
}

/** The top of the cascade: its streams are its own. */
export function originBranch(engine: MediaEngine): Branch {
  return {
    engine,
    bare: engine,
    take: (stream) => Promise.resolve(ok(stream)),
    letGo: () => undefined,
    feedFrom: () => undefined,
    end: () => undefined,
  };
}

const GONE = { ok: false, reason: 'engine gone' } as const;

/** A relay in the cascade. It has no feed until it is told from where. */
export function relayBranch(relay: MediaEngine): Branch {
  const listeners = new Set<(notice: EngineNotice) => void>();
  const viewers = new Map<string, Set<string>>();
  const consumers = new Map<string, { readonly stream: string; readonly transport: string }>();
  const held = new Map<string, Held>();
  let above: Branch | null = null;
  let pipe: Promise<Result<Pipe, EngineFailure>> | null = null;

  const tell = (notice: EngineNotice): void => {
    for (const heard of listeners) heard(notice);
  };
  const forgetConsumer = (consumer: string): boolean => {
    const known = consumers.get(consumer);
    if (known === undefined) return false;
    consumers.delete(consumer);
    viewers.get(known.transport)?.delete(consumer);
    letGo(known.stream);
    return true;
  };
  const forgetTransport = (transport: string): boolean => {
    const own = viewers.get(transport);
    if (own === undefined) return false;
    for (const consumer of own) forgetConsumer(consumer);
    return viewers.delete(transport);
  };

  const stopListening = relay.listen((notice) => {
    switch (notice.notice) {
      case 'transport connected':
        if (viewers.has(notice.transport)) tell(notice);
        return;
      case 'transport closed':
        if (forgetTransport(notice.transport)) tell(notice);
        return;
      case 'consumer closed':
        if (forgetConsumer(notice.consumer)) tell(notice);
        return;
      case 'gone':
      case 'back':
        // Whoever keeps the relays says so by `end`.
        return;
    }
  });

  const pipeFrom = async (from: Branch): Promise<Result<Pipe, EngineFailure>> => {
    const own = (pipe ??= layPipe(from.bare, relay, () => feedFrom(above)));
    const laid = await own;
    // The next one who wants something tries again.
    if (!laid.ok && pipe === own) pipe = null;
    return laid;
  };
  /** Fills in `release` as soon as there is something to release. */
  const carry = async (stream: string, from: Branch, own: Held): Promise<Result<Carried, EngineFailure>> => {
    const upper = await from.take(stream);
    if (!upper.ok) return upper;
    own.release = () => {
      own.release = nothing;
      from.letGo(stream);
    };
    const laid = await pipeFrom(from);
    const carried = laid.ok ? await laid.value.carry(upper.value, () => endedAbove(stream, own)) : laid;
    if (!carried.ok) own.release();
    return carried;
  };
  const endedAbove = (stream: string, own: Held): void => {
    if (held.get(stream) === own) held.delete(stream);
    own.release();
  };
  const dismiss = (stream: string, own: Held): void => {
    held.delete(stream);
    const stop = async (): Promise<void> => {
      const carried = await own.carried;
      own.release();
      if (carried.ok) await carried.value.stop();
    };
    void stop();
  };

  const take: Branch['take'] = async (stream) => {
    if (above === null) return GONE;
    let own = held.get(stream);
    if (own === undefined) {
      own = { takers: 0, release: nothing, carried: Promise.resolve(GONE) };
      held.set(stream, own);
      own.carried = carry(stream, above, own);
    }
    own.takers += 1;
    const carried = await own.carried;
    const isHeld = held.get(stream) === own;
    if (carried.ok) return isHeld ? ok(carried.value.producer) : GONE;
    if (isHeld) held.delete(stream);
    return carried;
  };
  const letGo = (stream: string): void => {
    const own = held.get(stream);
    if (own === undefined) return;
    own.takers -= 1;
    if (own.takers === 0) dismiss(stream, own);
  };

  const engine: MediaEngine = {
    ...relay,
    createTransport: async () => {
      const answer = await relay.createTransport();
      if (answer.ok) viewers.set(answer.value.id, new Set());
      return answer;
    },
    closeTransport: async (input) => {
      forgetTransport(input.transport);
      return await relay.closeTransport(input);
    },
    produce: () => Promise.resolve({ ok: false, reason: 'unsupported' }),
    consume: async (input) => {
      const own = await take(input.producer);
      if (!own.ok) return own;
      const answer = await relay.consume({ ...input, producer: own.value });
      const line = viewers.get(input.transport);
      if (!answer.ok || line === undefined) {
        letGo(input.producer);
        return answer.ok ? { ok: false, reason: 'not found' } : answer;
      }
      line.add(answer.value.id);
      consumers.set(answer.value.id, { stream: input.producer, transport: input.transport });
      return ok({ ...answer.value, producer: input.producer });
    },
    closeConsumer: async (input) => {
      forgetConsumer(input.consumer);
      return await relay.closeConsumer(input);
    },
    listen: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
  };

  const feedFrom = (next: Branch | null): void => {
    const [before, old] = [above, pipe];
    above = next;
    pipe = null;
    if (before === null) return;
    for (const [stream, own] of held) dismiss(stream, own);
    void old?.then(async (laid) => laid.ok && (await laid.value.close()));
    for (const transport of viewers.keys()) {
      forgetTransport(transport);
      void relay.closeTransport({ transport });
      tell({ notice: 'transport closed', transport, why: 'line lost' });
    }
  };
  return {
    engine,
    bare: relay,
    take,
    letGo,
    feedFrom,
    end: () => {
      stopListening();
      feedFrom(null);
      tell({ notice: 'gone' });
      listeners.clear();
    },
  };
}

function nothing(): void {
  // There is nothing to let go of.
}
