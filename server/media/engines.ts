import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import { feedOf } from '../../domain/bridges/tree.ts';
import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { EngineNow } from '../../domain/wire/media.ts';
import type { MediaSettings } from '../platform/media-settings.ts';
import type { Context } from '../platform/context.ts';
import type { Check } from '../platform/health.ts';
import { again, type RunningJob, type StartJob } from '../platform/jobs.ts';
import type { EngineNotice, MediaEngine } from './engine.ts';
import { openCascades, type Cascades, type Standing } from './relay/cascade.ts';
import type { Pool } from './relay/pool.ts';
import { startEngine, viewersOf } from './start-engine.ts';

/** The engines of this server: the origin, to which everybody sends, and those that pass its streams on. */
export interface EngineSet {
  /** What pages are told. */
  now(): EngineNow;
  /** Null while none runs. */
  origin(): MediaEngine | null;
  /**
   * From which one a bridge receives: the nearest above it that has room. It knows streams by what the origin calls them. Null while none
   * runs, or where none has room. The bridge keeps its place until it leaves.
   */
  engineFor(conference: ConferenceId, bridge: BridgeId, tree: BridgeTree | null): MediaEngine | null;
  leave(conference: ConferenceId, bridge: BridgeId): void;
  /** Who feeds whom in a conference; null while none runs. */
  standing(conference: ConferenceId): Standing | null;
  /** Hears what any of them tells, and `back` when one has started; gives back how to hear no more. */
  listen(heard: (engine: MediaEngine, notice: EngineNotice) => void): () => void;
  /** Starts the origin, and ends all of them with the server. */
  readonly run: StartJob;
  readonly check: Check;
}

/** A port that is taken may be free a moment later. */
const TRY_AGAIN_MS = 2000;
const MOST = { transports: 2000, streamsPerTransport: 300 };

/** Starts the engine that the settings name. Throws where its port cannot be had. */
export function startOrigin({ engine, listen, port, announced }: MediaSettings): Promise<MediaEngine> {
  return startEngine(engine, { listenIp: listen, port, announced, most: MOST });
}

/** No engine runs before `run`, and nothing waits for one: what else the server does needs none. */
export function createEngines(settings: MediaSettings | null, relays: Pool, start = startOrigin): EngineSet {
  const listeners = new Set<(engine: MediaEngine, notice: EngineNotice) => void>();
  let origin: MediaEngine | null = null;
  let rtpCapabilities: EngineNow['rtpCapabilities'] = null;
  let cascades: Cascades | null = null;
  let isRunning = false;
  /** Relays that are heard; each that comes back is another. */
  const followed = new WeakSet<MediaEngine>();

  function heard(engine: MediaEngine, notice: EngineNotice): void {
    if (engine === origin && notice.notice === 'gone') isRunning = false;
    if (engine === origin && notice.notice === 'back') isRunning = true;
    for (const listener of listeners) listener(engine, notice);
  }

  async function begin(own: MediaSettings): Promise<void> {
    const started = await start(own);
    const found = await started.capabilities();
    if (!found.ok) {
      await started.close();
      throw new Error(`the media engine does not say what it carries: ${found.reason}`);
    }
    origin = started;
    cascades = openCascades({ origin, capacity: viewersOf(origin.name), pool: relays });
    // The same, in the words of the library, whose parameters of codecs may be anything.
    rtpCapabilities = found.value as EngineNow['rtpCapabilities'];
    follow(started);
    heard(started, { notice: 'back' });
  }

  function follow(engine: MediaEngine): MediaEngine {
    if (followed.has(engine)) return engine;
    followed.add(engine);
    engine.listen((notice) => heard(engine, notice));
    return engine;
  }

  function run(context: Context): RunningJob {
    if (settings === null) return { stop: async () => undefined };
    const { log } = context;
    let isTold = false;
    const starting = again(
      async () => {
        await begin(settings);
        log.info({ engine: origin?.name, port: settings.port }, 'media engine started');
        return Infinity;
      },
      TRY_AGAIN_MS,
      (error) => {
        // Once: what is wrong stays wrong until somebody mends it.
        if (!isTold)
          log.error(
            { err: error, port: settings.port },
            'no pictures and no sound: the media engine did not start',
          );
        isTold = true;
      },
    );
    return {
      async stop() {
        await starting.stop();
        cascades?.close();
        await origin?.close();
      },
    };
  }

  return {
    now: () => ({
      engine:
        origin === null
          ? null
          : { name: origin.name, ...origin.carries, viewers: viewersOf(origin.name), isRunning },
      rtpCapabilities,
    }),
    origin: () => (isRunning ? origin : null),
    engineFor(conference, bridge, tree) {
      if (!isRunning || origin === null) return null;
      const parents = tree === null ? null : feedParents(tree);
      if (parents === null || cascades === null) return origin;
      const nearest = cascades.join(conference, bridge, parents);
      return nearest === null ? null : follow(nearest);
    },
    leave: (conference, bridge) => cascades?.leave(conference, bridge),
    standing: (conference) => cascades?.standing(conference) ?? null,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    run,
    check: {
      name: 'media',
      // Nobody is checked in less well without an engine.
      async look() {
        const engine = origin?.name ?? (settings === null ? 'off' : 'none');
        const counted = isRunning ? await origin?.statistics() : undefined;
        return { ok: true, engine, running: isRunning, ...(counted?.ok === true && counted.value) };
      },
    },
  };
}

const parentsOf = new WeakMap<BridgeTree, ReadonlyMap<BridgeId, BridgeId | null>>();

/** From where each bridge of a tree takes its picture: the same map for the same tree, by which it is seen that nothing has changed. */
function feedParents(tree: BridgeTree): ReadonlyMap<BridgeId, BridgeId | null> {
  const known = parentsOf.get(tree);
  if (known !== undefined) return known;
  const made = new Map(tree.bridges.map((bridge) => [bridge.id, feedOf(bridge)]));
  parentsOf.set(tree, made);
  return made;
}
