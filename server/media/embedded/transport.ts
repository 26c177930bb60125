import { CONSENT_MS, HANDSHAKE_MS, type EngineNotice } from '../engine.ts';
import { Allowance } from './allowance.ts';
import { Arrivals } from './arrivals.ts';
import type { Consumer } from './consumer.ts';
import { Handshake, type Certificate, type Secured } from './handshake.ts';
import type { Producer } from './producer.ts';
import { Reception } from './reception.ts';
import { askKeyframe, readRtcp, receiverReport, tellLost } from './rtcp.ts';
import { readRtp, unpadded, type RtpHeader } from './rtp.ts';
import type { SrtpSender } from './srtp.ts';
import { bindingAnswer, isGenuine, roleConflict, type BindingRequest } from './stun.ts';
import type { DtlsParameters } from 'mediasoup/types';

export interface Address {
  readonly ip: string;
  readonly port: number;
}

export interface Credentials {
  readonly usernameFragment: string;
  readonly password: string;
}

/** What a transport needs of the router that it belongs to. */
export interface Ground {
  readonly certificate: Certificate;
  transmit(datagram: Buffer, to: Address): void;
  /** From now on what comes from there is this transport's; `forget` ends it. */
  claim(from: Address, transport: Transport): void;
  forget(from: Address, transport: Transport): void;
  count(what: 'refused' | 'retransmitted' | 'keyframesAsked'): void;
  close(transport: Transport, why: (EngineNotice & { notice: 'transport closed' })['why']): void;
  connected(transport: Transport): void;
}

type Route = { readonly producer: Producer; readonly reception: Reception; readonly isRepair: boolean };

const RTCP_TYPES = { from: 192, to: 223 };
const REPORT_EVERY_MS = 1_000;
const MOST_ADDRESSES = 8;
/** A camera of three megabits sends 400 packets a second; a wall of viewers' reports less. */
const PACKETS = { perSecond: 3_000, burst: 6_000 };
/** Before anybody is known: a handshake takes some twenty. */
const GREETINGS = { perSecond: 100, burst: 200 };

/** One browser's line to the engine, or one end of a pipe to another engine. */
export class Transport {
  readonly id: string;
  readonly ssrc: number;
  readonly producers = new Set<Producer>();
  readonly consumers = new Map<number, Consumer>();
  /** Of the sender's side; ICE restarted adds new ones, and the old hold until those are used. */
  credentials: Credentials[] = [];
  readonly #ground: Ground;
  readonly #routes = new Map<number, Route>();
  readonly #arrivals = new Arrivals();
  readonly #packets = new Allowance(PACKETS.perSecond, PACKETS.burst);
  readonly #greetings = new Allowance(GREETINGS.perSecond, GREETINGS.burst);
  readonly #isPipe: boolean;
  #arrivalsId = 0;
  #addresses: Address[] = [];
  #address: Address | null = null;
  #handshake: Handshake | null = null;
  #secured: Secured | null = null;
  #madeAt: number;
  #heardAt: number;
  #reportedAt = -Infinity;

  constructor(id: string, ssrc: number, ground: Ground, now: number, isPipe = false) {
    this.id = id;
    this.ssrc = ssrc;
    this.#ground = ground;
    this.#madeAt = now;
    this.#heardAt = now;
    this.#isPipe = isPipe;
  }

  get sender(): SrtpSender | null {
    return this.#secured?.sender ?? null;
  }

  get isConnected(): boolean {
    return this.#handshake !== null || this.#secured !== null;
  }

  transmit(datagram: Buffer): void {
    if (this.#address !== null) this.#ground.transmit(datagram, this.#address);
  }

  countRetransmitted(): void {
    this.#ground.count('retransmitted');
  }

  /** Begins to answer the handshake of whoever has a certificate with one of these fingerprints. */
  connect(fingerprints: DtlsParameters['fingerprints']): void {
    this.#handshake = new Handshake(this.#ground.certificate, fingerprints, {
      send: (datagram) => this.transmit(datagram),
      onSecured: (secured) => this.secure(secured),
      onRefused: () => this.#ground.close(this, 'handshake refused'),
      onClosed: () => this.#ground.close(this, 'closed by peer'),
    });
  }

  /** A pipe knows its keys and its peer from the signalling. */
  secure(secured: Secured, peer: Address | null = null): void {
    this.#secured = secured;
    if (peer !== null) {
      this.#address = peer;
      this.#remember(peer);
    }
    this.#ground.connected(this);
    const now = performance.now();
    for (const consumer of this.consumers.values()) consumer.askKeyframe(now);
  }

  /** What comes from there is this transport's. Of too many the oldest goes, never the one in use. */
  #remember(address: Address): void {
    if (this.#addresses.some((known) => isSame(known, address))) return;
    this.#addresses.push(address);
    this.#ground.claim(address, this);
    if (this.#addresses.length <= MOST_ADDRESSES) return;
    const at = this.#addresses.findIndex((known) => this.#address === null || !isSame(known, this.#address));
    for (const old of this.#addresses.splice(at, 1)) this.#ground.forget(old, this);
  }

  onBinding(request: BindingRequest, from: Address, now: number): void {
    if (!this.#greetings.take(now)) return;
    const own = this.credentials.find(({ usernameFragment }) => usernameFragment === request.fragment);
    if (own === undefined || !isGenuine(request, own.password)) {
      this.#ground.count('refused');
      return;
    }
    if (request.isControlled) {
      this.#ground.transmit(roleConflict(request, own.password), from);
      return;
    }
    this.#heardAt = now;
    if (own === this.credentials.at(-1)) this.credentials = [own];
    // A way that is only tried carries nothing, but its first packet may come before it is chosen.
    if (this.#address === null || request.isNominating) this.#address = from;
    this.#remember(from);
    this.#ground.transmit(bindingAnswer(request, own.password, from.ip, from.port), from);
  }

  onHandshake(datagram: Buffer, now: number): void {
    if (this.#secured === null && !this.#greetings.take(now)) return;
    this.#handshake?.receive(datagram);
  }

  onMedia(datagram: Buffer, now: number): void {
    if (this.#secured === null || !this.#packets.take(now)) return;
    const second = datagram[1] ?? 0;
    if (second >= RTCP_TYPES.from && second <= RTCP_TYPES.to) this.#onRtcp(datagram, this.#secured, now);
    else this.#onRtp(datagram, this.#secured, now);
  }

  #onRtp(datagram: Buffer, { receiver }: Secured, now: number): void {
    const header = readRtp(datagram);
    const open = header === null ? null : receiver.rtp(datagram, header.length);
    if (header === null || open === null) {
      this.#ground.count('refused');
      return;
    }
    this.#noteArrival(header, now);
    const route = this.#routes.get(header.ssrc);
    const payload = unpadded(open.payload, header.isPadded);
    if (route === undefined || payload === null) return;
    route.reception.note(open.number, header.timestamp, now);
    if (!route.isRepair) route.producer.receive(open.number, header, payload, now);
    else if (payload.length >= 2) {
      route.producer.receiveRepaired(payload.readUInt16BE(0), header, payload.subarray(2), now);
    }
  }

  #noteArrival({ extensions, ssrc }: RtpHeader, now: number): void {
    const value = extensions.get(this.#arrivalsId);
    if (value === undefined || value.length < 2) return;
    if (this.#arrivals.note(value.readUInt16BE(0), ssrc, now)) this.#tellArrivals();
  }

  #tellArrivals(): void {
    const report = this.#arrivals.report(this.ssrc);
    if (report !== null) this.#tell(report);
  }

  #onRtcp(datagram: Buffer, { receiver }: Secured, now: number): void {
    const compound = receiver.rtcp(datagram);
    if (compound === null) {
      this.#ground.count('refused');
      return;
    }
    this.#heardAt = now;
    for (const message of readRtcp(compound)) {
      if (message.kind === 'sender report') {
        const route = this.#routes.get(message.ssrc);
        if (route === undefined || route.isRepair) continue;
        route.reception.noteReport(message.packet, now);
        for (const viewer of route.producer.consumers) viewer.passReport(message.packet);
      } else if (message.kind === 'keyframe asked') this.consumers.get(message.ssrc)?.askKeyframe(now);
      else this.consumers.get(message.ssrc)?.retransmit(message.sequences);
    }
  }

  #tell(packet: Buffer): void {
    if (this.#secured !== null) this.transmit(this.#secured.sender.rtcp(packet));
  }

  askKeyframe(ssrc: number): void {
    this.#ground.count('keyframesAsked');
    this.#tell(askKeyframe(this.ssrc, ssrc));
  }

  tellLost(ssrc: number, numbers: readonly number[]): void {
    this.#tell(tellLost(this.ssrc, ssrc, numbers));
  }

  /** Whether a stream of these names is free on this line. */
  canProduce({ ssrc, repairSsrc }: Producer['produced']): boolean {
    return !this.#routes.has(ssrc) && (repairSsrc === null || !this.#routes.has(repairSsrc));
  }

  addProducer(producer: Producer): void {
    const { ssrc, repairSsrc, arrivalsId, own } = producer.produced;
    this.producers.add(producer);
    this.#routes.set(ssrc, { producer, reception: new Reception(ssrc, own.clockRate), isRepair: false });
    if (repairSsrc !== null) {
      const reception = new Reception(repairSsrc, own.clockRate);
      this.#routes.set(repairSsrc, { producer, reception, isRepair: true });
    }
    if (arrivalsId > 0) this.#arrivalsId = arrivalsId;
  }

  removeProducer(producer: Producer): void {
    this.producers.delete(producer);
    for (const [ssrc, route] of this.#routes) if (route.producer === producer) this.#routes.delete(ssrc);
  }

  /** Some twenty times a second. */
  tick(now: number): void {
    if (this.#secured === null) {
      if (now - this.#madeAt > HANDSHAKE_MS && !this.#isPipe) this.#ground.close(this, 'handshake timeout');
      return;
    }
    if (!this.#isPipe && now - this.#heardAt > CONSENT_MS) {
      this.#ground.close(this, 'line lost');
      return;
    }
    this.#tellArrivals();
    for (const producer of this.producers) producer.tick(now);
    if (now - this.#reportedAt < REPORT_EVERY_MS || this.#routes.size === 0) return;
    this.#reportedAt = now;
    const blocks = [...this.#routes.values()].flatMap(({ reception }) => reception.block(now) ?? []);
    if (blocks.length > 0) this.#tell(receiverReport(this.ssrc, blocks));
  }

  close(): void {
    this.#handshake?.close();
    for (const address of this.#addresses) this.#ground.forget(address, this);
    this.#addresses = [];
    this.#address = null;
    this.#secured = null;
  }
}

function isSame(a: Address, b: Address): boolean {
  return a.ip === b.ip && a.port === b.port;
}
