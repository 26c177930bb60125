import { errors } from 'mediasoup';
import type { Consumer, MediaKind, Producer, RtpParameters } from 'mediasoup/types';

import { ok, type Result } from '../../../domain/result.ts';
import type { Served } from '../engine-thread.ts';
import {
  CONSENT_MS,
  HANDSHAKE_MS,
  type AskedCalls,
  type EngineFailure,
  type EngineNotice,
  type PipeForm,
} from '../engine.ts';
import { endCore, pipeInfo, startCores, type Core, type CoreOptions } from './cores.ts';
import { createCount } from './counting.ts';
import { announcedCandidates, type Browser, type Line, type Pipe, type Sort, type Standing } from './line.ts';

/** After a browser was silent, or its TCP line broke: it may come back by another way. */
const RETURN_MS = 10_000;
/** What a viewer's line is taken to carry before it is known: a picture of the middle size. */
const BITRATE_AT_FIRST = 1_000_000;
/** A camera is asked for a whole picture at most so often, however many come late. */
const KEYFRAME_EVERY_MS = 300;
/** In which one camera sends at once. */
const MOST_SIZES = 3;
/** How the two forms of a pipe are sealed. */
const SUITES = { own: 'AEAD_AES_256_GCM', plain: 'AES_CM_128_HMAC_SHA1_80' } as const;

const notFound = { ok: false, reason: 'not found' } as const;
const tooMany = { ok: false, reason: 'too many' } as const;
const unsupported = { ok: false, reason: 'unsupported' } as const;
const alreadyConnected = { ok: false, reason: 'already connected' } as const;
const gone = { ok: false, reason: 'engine gone' } as const;

type Consumed = Pick<Parameters<AskedCalls['consume']>[0], 'rtpCapabilities' | 'isPaused'>;

interface Source {
  readonly producer: Producer;
  readonly line: Line;
  /** Cores to which it is passed, for those who see it there. */
  readonly passed: Map<Core, Promise<unknown>>;
}
/** What is told of the end of a producer or a consumer. */
interface Closing {
  readonly closed: boolean;
  readonly observer: { once(event: 'close', heard: () => void): unknown };
}

/** Starts the workers and answers for all of them as one engine. */
export async function startRouter(
  options: CoreOptions,
  tell: (notice: EngineNotice) => void,
): Promise<Served> {
  const router = new CoresRouter(options, tell);
  await startCores(options, {
    died: (core) => router.lose(core),
    back: (core) => router.add(core),
  });
  router.isStarted = true;
  return { calls: router.calls, end: () => router.end() };
}

type Call = (input: never) => Promise<unknown>;

/** What a worker refuses or no longer knows is an answer, and no fault of the engine. */
function guarded(call: Call): Call {
  return async (input) => {
    try {
      return await call(input);
    } catch (error) {
      if (error instanceof errors.NotFoundError) return notFound;
      // It died, or was ended, before it answered.
      if (error instanceof errors.WorkerClosedError) return gone;
      return unsupported;
    }
  };
}

/** mediasoup takes a sound that calls itself a picture; whoever consumes it would be told wrong. */
function isOfKind(kind: MediaKind, { codecs, encodings = [] }: RtpParameters): boolean {
  const isOwn = codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`));
  return isOwn && encodings.length <= MOST_SIZES;
}

class CoresRouter {
  /** Before that, a core that comes is no news. */
  isStarted = false;
  readonly calls: AskedCalls;
  readonly #options: CoreOptions;
  readonly #tell: (notice: EngineNotice) => void;
  readonly #cores = new Map<Core, Set<Line>>();
  readonly #lines = new Map<string, Line>();
  readonly #sources = new Map<string, Source>();
  readonly #consumers = new Map<string, Consumer>();
  readonly #count = createCount();
  #opening = 0;

  constructor(options: CoreOptions, tell: (notice: EngineNotice) => void) {
    this.#options = options;
    this.#tell = tell;
    const calls = Object.entries(this.#asked).map(([name, call]) => [name, guarded(call)]);
    this.calls = Object.fromEntries(calls) as AskedCalls;
  }

  add(core: Core): void {
    this.#cores.set(core, new Set());
    if (this.isStarted && this.#cores.size === 1) this.#tell({ notice: 'back' });
  }

  /** Its worker died; mediasoup has closed whatever stood on it. */
  lose(core: Core): void {
    const lines = this.#cores.get(core) ?? [];
    this.#cores.delete(core);
    const isAll = this.#cores.size === 0;
    for (const line of lines) this.#end(line, isAll ? undefined : 'part died');
    if (isAll) this.#tell({ notice: 'gone' });
  }

  async end(): Promise<void> {
    await Promise.all([...this.#cores.keys()].map(endCore));
  }

  /** The core with the fewest lines. */
  #freest(): Core | null {
    let freest: Core | null = null;
    let fewest = Infinity;
    for (const [core, { size }] of this.#cores) {
      if (size >= fewest) continue;
      freest = core;
      fewest = size;
    }
    return freest;
  }

  async #open<One extends Sort>(
    make: (core: Core) => Promise<One>,
  ): Promise<Result<One & Standing, EngineFailure>> {
    const core = this.#freest();
    if (core === null) return gone;
    if (this.#lines.size + this.#opening >= this.#options.most.transports) return tooMany;
    this.#opening += 1;
    try {
      const line = {
        ...(await make(core)),
        core,
        isConnected: false,
        streams: 0,
        waiting: undefined,
      };
      const lines = this.#cores.get(core);
      if (lines === undefined) return gone;
      lines.add(line);
      this.#lines.set(line.transport.id, line);
      return ok(line);
    } finally {
      this.#opening -= 1;
    }
  }

  #end(line: Line, why?: (EngineNotice & { notice: 'transport closed' })['why']): void {
    const { id } = line.transport;
    if (!this.#lines.delete(id)) return;
    this.#cores.get(line.core)?.delete(line);
    clearTimeout(line.waiting);
    line.transport.close();
    if (why !== undefined) this.#tell({ notice: 'transport closed', transport: id, why });
  }

  #watch(line: Browser & Standing): void {
    const { transport } = line;
    const endLater = (afterMs: number, why: 'handshake timeout' | 'line lost'): void => {
      clearTimeout(line.waiting);
      line.waiting = setTimeout(() => this.#end(line, why), afterMs);
    };
    endLater(HANDSHAKE_MS, 'handshake timeout');
    transport.on('dtlsstatechange', (state) => {
      if (state === 'connected') {
        clearTimeout(line.waiting);
        this.#tell({ notice: 'transport connected', transport: transport.id });
      } else if (state === 'failed') this.#end(line, 'handshake refused');
      else if (state === 'closed') this.#end(line, 'closed by peer');
    });
    transport.on('icestatechange', (state) => {
      if (transport.dtlsState !== 'connected') return;
      if (state === 'disconnected') endLater(RETURN_MS, 'line lost');
      else clearTimeout(line.waiting);
    });
  }

  /** Makes a stream on a line, unless it has as many as it may. */
  async #addStream<Stream extends Closing>(
    line: Line,
    make: () => Promise<Stream>,
  ): Promise<Result<Stream, EngineFailure>> {
    if (line.streams >= this.#options.most.streamsPerTransport) return tooMany;
    line.streams += 1;
    let stream: Stream | null = null;
    try {
      stream = await make();
    } finally {
      if (stream === null) line.streams -= 1;
      else stream.observer.once('close', () => void (line.streams -= 1));
    }
    return stream.closed ? notFound : ok(stream);
  }

  /** Passes a source to another core, once for all who see it there; it ends with the source. */
  async #pass({ producer, line, passed }: Source, core: Core): Promise<void> {
    if (line.core === core) return;
    let way = passed.get(core);
    if (way === undefined) {
      way = line.core.router.pipeToRouter({
        producerId: producer.id,
        router: core.router,
        enableSctp: false,
      });
      passed.set(core, way);
    }
    try {
      await way;
    } catch (error) {
      passed.delete(core);
      throw error;
    }
  }

  async #view(line: Line, source: Source, { rtpCapabilities, isPaused }: Consumed): Promise<Consumer> {
    await this.#pass(source, line.core);
    const producerId = source.producer.id;
    if (line.sort !== 'own') {
      return await line.transport.consume({ producerId, rtpCapabilities, paused: isPaused });
    }
    const consumer = await line.transport.consume({ producerId });
    if (isPaused) await consumer.pause();
    return consumer;
  }

  async #openPipe(core: Core, form: PipeForm): Promise<Pipe> {
    const { router } = core;
    const common = { listenInfo: pipeInfo(this.#options), enableSrtp: true, enableSctp: false };
    if (form === 'own') {
      return { sort: form, transport: await router.createPipeTransport({ ...common, enableRtx: true }) };
    }
    const plain = { ...common, rtcpMux: true, comedia: false, srtpCryptoSuite: SUITES.plain };
    return { sort: form, transport: await router.createPlainTransport(plain) };
  }

  async #setPaused(id: string, isPaused: boolean) {
    const consumer = this.#consumers.get(id);
    if (consumer === undefined) return notFound;
    await (isPaused ? consumer.pause() : consumer.resume());
    return ok(null);
  }

  readonly #asked: AskedCalls = {
    capabilities: async () => {
      const core = this.#freest();
      return core === null ? gone : ok(core.router.rtpCapabilities);
    },
    createTransport: async () => {
      const opened = await this.#open(async ({ router, server }) => {
        const transport = await router.createWebRtcTransport({
          webRtcServer: server,
          enableUdp: true,
          enableTcp: true,
          preferUdp: true,
          iceConsentTimeout: (CONSENT_MS - RETURN_MS) / 1_000,
          initialAvailableOutgoingBitrate: BITRATE_AT_FIRST,
        });
        return { sort: 'browser' as const, transport };
      });
      if (!opened.ok) return opened;
      const { transport, core } = opened.value;
      this.#watch(opened.value);
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
      return ok({
        id,
        iceParameters,
        iceCandidates: announcedCandidates(iceCandidates, this.#options.announced, core.at),
        dtlsParameters,
      });
    },
    connectTransport: async ({ transport: id, dtlsParameters }) => {
      const line = this.#lines.get(id);
      if (line?.sort !== 'browser') return notFound;
      if (line.isConnected) return alreadyConnected;
      if (dtlsParameters.role === 'server' || dtlsParameters.fingerprints.length === 0) return unsupported;
      line.isConnected = true;
      try {
        await line.transport.connect({ dtlsParameters });
      } catch (error) {
        line.isConnected = false;
        throw error;
      }
      return ok(null);
    },
    restartIce: async ({ transport: id }) => {
      const line = this.#lines.get(id);
      return line?.sort === 'browser' ? ok(await line.transport.restartIce()) : notFound;
    },
    closeTransport: async ({ transport: id }) => {
      const line = this.#lines.get(id);
      if (line === undefined) return notFound;
      this.#end(line);
      return ok(null);
    },
    produce: async ({ transport: id, kind, rtpParameters }) => {
      const line = this.#lines.get(id);
      if (line === undefined) return notFound;
      if (!isOfKind(kind, rtpParameters)) return unsupported;
      const made = await this.#addStream(line, () =>
        line.transport.produce({ kind, rtpParameters, keyFrameRequestDelay: KEYFRAME_EVERY_MS }),
      );
      if (!made.ok) return made;
      const producer = made.value;
      this.#sources.set(producer.id, { producer, line, passed: new Map() });
      producer.observer.once('close', () => void this.#sources.delete(producer.id));
      return ok({ id: producer.id });
    },
    closeProducer: async ({ producer: id }) => {
      const source = this.#sources.get(id);
      if (source === undefined) return notFound;
      source.producer.close();
      return ok(null);
    },
    consume: async ({ transport: id, producer, ...asked }) => {
      const line = this.#lines.get(id);
      const source = this.#sources.get(producer);
      if (line === undefined || source === undefined) return notFound;
      const made = await this.#addStream(line, () => this.#view(line, source, asked));
      if (!made.ok) return made;
      const consumer = made.value;
      this.#consumers.set(consumer.id, consumer);
      consumer.observer.once('close', () => void this.#consumers.delete(consumer.id));
      consumer.once('producerclose', () => {
        this.#tell({ notice: 'consumer closed', consumer: consumer.id, transport: id });
      });
      return ok({ id: consumer.id, producer, kind: consumer.kind, rtpParameters: consumer.rtpParameters });
    },
    pauseConsumer: ({ consumer }) => this.#setPaused(consumer, true),
    resumeConsumer: ({ consumer }) => this.#setPaused(consumer, false),
    closeConsumer: async ({ consumer: id }) => {
      const consumer = this.#consumers.get(id);
      if (consumer === undefined) return notFound;
      consumer.close();
      return ok(null);
    },
    preferLayers: async ({ consumer: id, spatialLayer }) => {
      const consumer = this.#consumers.get(id);
      if (consumer === undefined) return notFound;
      if (consumer.type === 'simulcast') await consumer.setPreferredLayers({ spatialLayer });
      return ok(null);
    },
    openPipe: async ({ form }) => {
      const opened = await this.#open((core) => this.#openPipe(core, form));
      if (!opened.ok) return opened;
      const { id, tuple, srtpParameters } = opened.value.transport;
      if (srtpParameters === undefined) return unsupported;
      return ok({
        id,
        ip: tuple.localAddress,
        port: tuple.localPort,
        keyBase64: srtpParameters.keyBase64,
      });
    },
    connectPipe: async ({ pipe: id, remote: { ip, port, keyBase64 } }) => {
      const line = this.#lines.get(id);
      if (line === undefined || line.sort === 'browser') return notFound;
      if (line.isConnected) return alreadyConnected;
      line.isConnected = true;
      const srtpParameters = { cryptoSuite: SUITES[line.sort], keyBase64 };
      try {
        await line.transport.connect({ ip, port, srtpParameters });
      } catch (error) {
        line.isConnected = false;
        throw error;
      }
      this.#tell({ notice: 'transport connected', transport: id });
      return ok(null);
    },
    statistics: async () => {
      const producers = [...this.#sources.values()].map(({ producer }) => producer);
      const consumers = [...this.#consumers.values()];
      const counted = await this.#count(producers, consumers);
      return ok({
        transports: this.#lines.size,
        producers: this.#sources.size,
        consumers: this.#consumers.size,
        ...counted,
      });
    },
  };
}
