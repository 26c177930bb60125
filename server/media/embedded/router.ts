import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

import type { IceCandidate } from 'mediasoup/types';

import { ok } from '../../../domain/result.ts';
import type { EngineCalls, EngineNotice, EngineOptions, EngineStatistics } from '../engine.ts';
import { CAPABILITIES, consumedParameters, readProduced } from './capabilities.ts';
import { Consumer } from './consumer.ts';
import { fingerprintsOf, makeCertificate, type Certificate } from './handshake.ts';
import { Producer } from './producer.ts';
import { COUNTER, GCM, KEY_BYTES, saltBytes, SrtpReceiver, SrtpSender, type SrtpProfile } from './srtp.ts';
import { readBindingRequest } from './stun.ts';
import { Transport, type Address, type Credentials, type Ground } from './transport.ts';

const TICK_MS = 50;
const SOCKET_BYTES = 4 * 1024 * 1024;
/** Of a candidate of the host's own over UDP (RFC 8445, 5.1.2). */
const PRIORITY = 2_130_706_431;
const gone = { ok: false, reason: 'not found' } as const;
const tooMany = { ok: false, reason: 'too many' } as const;
const unsupported = { ok: false, reason: 'unsupported' } as const;

export interface Router {
  readonly calls: EngineCalls;
  /** For tests: a datagram as if it had come. Never throws. */
  receive(datagram: Buffer, from: Address): void;
  close(): void;
}

/** Addresses are numbers already: looking them up would cost a turn of the loop for each packet. */
function asItIs(
  host: string,
  _options: unknown,
  found: (error: NodeJS.ErrnoException | null, address: string, family: number) => void,
): void {
  found(null, host, 4);
}

/** Opens the socket and forwards from then on. */
export async function startRouter(
  options: EngineOptions,
  tell: (notice: EngineNotice) => void,
): Promise<Router> {
  const certificate = await makeCertificate();
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: SOCKET_BYTES,
    sendBufferSize: SOCKET_BYTES,
    lookup: asItIs,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(options.port, options.listenIp, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  // A datagram that cannot be sent (nobody listens there any more) is lost, like others.
  socket.on('error', () => undefined);
  return new UdpRouter(options, socket, certificate, tell);
}

function keyOf({ ip, port }: Address): string {
  return `${ip}:${port}`;
}

function drawText(bytes: number): string {
  // Only what ICE allows in its credentials: letters, digits, + and /.
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}

function drawSsrc(): number {
  return randomInt(1, 0xffff_ffff);
}

/** With what a pipe seals what it sends. */
interface PipeKey {
  readonly bytes: Buffer;
  readonly profile: SrtpProfile;
}

function partsOf({ bytes, profile }: PipeKey) {
  return [bytes.subarray(0, KEY_BYTES), bytes.subarray(KEY_BYTES), profile] as const;
}

class UdpRouter implements Router, Ground {
  readonly certificate: Certificate;
  readonly #options: EngineOptions;
  readonly #socket: Socket;
  readonly #tell: (notice: EngineNotice) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #transports = new Map<string, Transport>();
  readonly #byFragment = new Map<string, Transport>();
  readonly #byAddress = new Map<string, Transport>();
  readonly #producers = new Map<string, { readonly producer: Producer; readonly transport: Transport }>();
  readonly #consumers = new Map<string, { readonly consumer: Consumer; readonly transport: Transport }>();
  readonly #pipeKeys = new Map<string, PipeKey>();
  readonly #counted = {
    packetsIn: 0,
    packetsOut: 0,
    bytesOut: 0,
    retransmitted: 0,
    keyframesAsked: 0,
    refused: 0,
  };

  constructor(
    options: EngineOptions,
    socket: Socket,
    certificate: Certificate,
    tell: (notice: EngineNotice) => void,
  ) {
    this.#options = options;
    this.#socket = socket;
    this.certificate = certificate;
    this.#tell = tell;
    socket.on('message', (datagram, { address, port }) => this.receive(datagram, { ip: address, port }));
    this.#timer = setInterval(() => {
      const now = performance.now();
      for (const transport of this.#transports.values()) transport.tick(now);
    }, TICK_MS);
  }

  receive(datagram: Buffer, from: Address): void {
    const first = datagram[0];
    if (first === undefined) return;
    const now = performance.now();
    this.#counted.packetsIn += 1;
    // RFC 7983: the first octet says what it is.
    if (first < 4) {
      const request = readBindingRequest(datagram);
      if (request !== null) this.#byFragment.get(request.fragment)?.onBinding(request, from, now);
      return;
    }
    const transport = this.#byAddress.get(keyOf(from));
    if (first >= 128 && first < 192) transport?.onMedia(datagram, now);
    else if (first >= 20 && first < 64) transport?.onHandshake(datagram, now);
  }

  transmit(datagram: Buffer, { ip, port }: Address): void {
    this.#counted.packetsOut += 1;
    this.#counted.bytesOut += datagram.length;
    this.#socket.send(datagram, port, ip, ignore);
  }

  claim(from: Address, transport: Transport): void {
    this.#byAddress.set(keyOf(from), transport);
  }

  forget(from: Address, transport: Transport): void {
    if (this.#byAddress.get(keyOf(from)) === transport) this.#byAddress.delete(keyOf(from));
  }

  count(what: 'refused' | 'retransmitted' | 'keyframesAsked'): void {
    this.#counted[what] += 1;
  }

  connected({ id }: Transport): void {
    this.#tell({ notice: 'transport connected', transport: id });
  }

  close(transport?: Transport, why?: (EngineNotice & { notice: 'transport closed' })['why']): void {
    if (transport !== undefined) {
      this.#closeTransport(transport);
      if (why !== undefined) this.#tell({ notice: 'transport closed', transport: transport.id, why });
      return;
    }
    clearInterval(this.#timer);
    for (const one of this.#transports.values()) this.#closeTransport(one);
    this.#socket.close();
  }

  #closeTransport(transport: Transport): void {
    if (!this.#transports.delete(transport.id)) return;
    this.#pipeKeys.delete(transport.id);
    for (const [fragment, owner] of this.#byFragment)
      if (owner === transport) this.#byFragment.delete(fragment);
    for (const producer of transport.producers) this.#closeProducer(producer, transport);
    for (const consumer of transport.consumers.values()) this.#closeConsumer(consumer, transport);
    transport.close();
  }

  #closeProducer(producer: Producer, transport: Transport): void {
    this.#producers.delete(producer.id);
    transport.removeProducer(producer);
    for (const { consumer, transport: line } of this.#consumers.values()) {
      if (consumer.producer !== producer) continue;
      this.#closeConsumer(consumer, line);
      this.#tell({ notice: 'consumer closed', consumer: consumer.id, transport: line.id });
    }
  }

  #closeConsumer(consumer: Consumer, transport: Transport): void {
    this.#consumers.delete(consumer.id);
    transport.consumers.delete(consumer.ssrc);
    consumer.producer.consumers.delete(consumer);
  }

  #addTransport(isPipe = false): Transport | null {
    if (this.#transports.size >= this.#options.most.transports) return null;
    const transport = new Transport(randomUUID(), drawSsrc(), this, performance.now(), isPipe);
    this.#transports.set(transport.id, transport);
    return transport;
  }

  #addCredentials(transport: Transport): Credentials {
    const credentials = { usernameFragment: drawText(9), password: drawText(24) };
    // Those before the last are nobody's any more.
    for (const { usernameFragment } of transport.credentials.slice(0, -1))
      this.#byFragment.delete(usernameFragment);
    transport.credentials = [...transport.credentials.slice(-1), credentials];
    this.#byFragment.set(credentials.usernameFragment, transport);
    return credentials;
  }

  #candidates(): IceCandidate[] {
    return this.#options.announced.map(({ ip, port = this.#socket.address().port }, at) => ({
      foundation: `udp${at}`,
      priority: PRIORITY - at * 256,
      ip,
      address: ip,
      port,
      protocol: 'udp',
      type: 'host',
    }));
  }

  #isFull({ producers, consumers }: Transport): boolean {
    return producers.size + consumers.size >= this.#options.most.streamsPerTransport;
  }

  #statistics(): EngineStatistics {
    return {
      transports: this.#transports.size,
      producers: this.#producers.size,
      consumers: this.#consumers.size,
      ...this.#counted,
    };
  }

  readonly calls: EngineCalls = {
    capabilities: () => ok(CAPABILITIES),
    statistics: () => ok(this.#statistics()),
    createTransport: () => {
      const transport = this.#addTransport();
      if (transport === null) return tooMany;
      return ok({
        id: transport.id,
        iceParameters: { ...this.#addCredentials(transport), iceLite: true },
        iceCandidates: this.#candidates(),
        dtlsParameters: { role: 'server', fingerprints: fingerprintsOf(this.certificate) },
      });
    },
    connectTransport: ({ transport: id, dtlsParameters: { role, fingerprints } }) => {
      const transport = this.#transports.get(id);
      if (transport === undefined) return gone;
      if (transport.isConnected) return { ok: false, reason: 'already connected' };
      if (role === 'server' || fingerprints.length === 0) return unsupported;
      transport.connect(fingerprints);
      return ok(null);
    },
    restartIce: ({ transport: id }) => {
      const transport = this.#transports.get(id);
      return transport === undefined ? gone : ok({ ...this.#addCredentials(transport), iceLite: true });
    },
    closeTransport: ({ transport: id }) => {
      const transport = this.#transports.get(id);
      if (transport === undefined) return gone;
      this.#closeTransport(transport);
      return ok(null);
    },
    produce: ({ transport: id, kind, rtpParameters }) => {
      const transport = this.#transports.get(id);
      if (transport === undefined) return gone;
      if (this.#isFull(transport)) return tooMany;
      const produced = readProduced(kind, rtpParameters);
      if (produced === null || !transport.canProduce(produced)) return unsupported;
      const producer = new Producer(randomUUID(), kind, produced, rtpParameters, transport);
      transport.addProducer(producer);
      this.#producers.set(producer.id, { producer, transport });
      return ok({ id: producer.id });
    },
    closeProducer: ({ producer: id }) => {
      const known = this.#producers.get(id);
      if (known === undefined) return gone;
      this.#closeProducer(known.producer, known.transport);
      return ok(null);
    },
    consume: ({ transport: id, producer: of, rtpCapabilities, isPaused }) => {
      const transport = this.#transports.get(id);
      const producer = this.#producers.get(of)?.producer;
      if (transport === undefined || producer === undefined) return gone;
      if (this.#isFull(transport)) return tooMany;
      const stream = { mid: randomUUID().slice(0, 8), ssrc: drawSsrc(), repairSsrc: drawSsrc() };
      const { produced, cname, kind } = producer;
      const rtpParameters = consumedParameters(produced, cname, rtpCapabilities, stream);
      if (rtpParameters === null) return unsupported;
      const start = { isPaused, before: randomInt(0x8000) };
      const consumer = new Consumer(randomUUID(), producer, rtpParameters, transport, start);
      transport.consumers.set(consumer.ssrc, consumer);
      producer.consumers.add(consumer);
      this.#consumers.set(consumer.id, { consumer, transport });
      consumer.askKeyframe(performance.now());
      return ok({ id: consumer.id, producer: of, kind, rtpParameters });
    },
    pauseConsumer: ({ consumer: id }) => {
      const known = this.#consumers.get(id);
      known?.consumer.pause();
      return known === undefined ? gone : ok(null);
    },
    resumeConsumer: ({ consumer: id }) => {
      const known = this.#consumers.get(id);
      known?.consumer.resume(performance.now());
      return known === undefined ? gone : ok(null);
    },
    closeConsumer: ({ consumer: id }) => {
      const known = this.#consumers.get(id);
      if (known === undefined) return gone;
      this.#closeConsumer(known.consumer, known.transport);
      return ok(null);
    },
    // Each camera sends one size here.
    preferLayers: ({ consumer: id }) => (this.#consumers.has(id) ? ok(null) : gone),
    openPipe: ({ form }) => {
      const [candidate] = this.#candidates();
      const transport = candidate === undefined ? null : this.#addTransport(true);
      if (candidate === undefined || transport === null) return tooMany;
      const profile = form === 'own' ? GCM : COUNTER;
      const key = randomBytes(KEY_BYTES + saltBytes(profile));
      this.#pipeKeys.set(transport.id, { bytes: key, profile });
      return ok({
        id: transport.id,
        ip: candidate.ip,
        port: candidate.port,
        keyBase64: key.toString('base64'),
      });
    },
    connectPipe: ({ pipe, remote }) => {
      const transport = this.#transports.get(pipe);
      const own = this.#pipeKeys.get(pipe);
      if (transport === undefined || own === undefined) return gone;
      if (transport.isConnected) return { ok: false, reason: 'already connected' };
      const theirs = Buffer.from(remote.keyBase64, 'base64');
      if (theirs.length !== own.bytes.length) return unsupported;
      const secured = {
        sender: new SrtpSender(...partsOf(own)),
        receiver: new SrtpReceiver(...partsOf({ bytes: theirs, profile: own.profile })),
      };
      transport.secure(secured, remote);
      return ok(null);
    },
  };
}

function ignore(): void {
  // What was not sent is lost, like what is lost on the way.
}
