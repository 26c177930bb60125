import type { RtpParameters } from 'mediasoup/types';

import type { Packet, Producer } from './producer.ts';
import { senderReportFor } from './rtcp.ts';
import { writeRtpHeader } from './rtp.ts';
import { unwrapped } from './sequence.ts';
import type { SrtpSender } from './srtp.ts';

/** What a consumer needs of the transport that it leaves by. */
export interface Downstream {
  /** Null until both sides know each other. */
  readonly sender: SrtpSender | null;
  transmit(datagram: Buffer): void;
  countRetransmitted(): void;
}

/** One stream that goes out to one viewer, under names and numbers of its own. */
export class Consumer {
  readonly id: string;
  readonly producer: Producer;
  readonly rtpParameters: RtpParameters;
  readonly ssrc: number;
  readonly #downstream: Downstream;
  readonly #repairSsrc: number | null;
  readonly #payloadType: number;
  readonly #repairPayloadType: number;
  #isPaused: boolean;
  /** What is added to the producer's numbers, which have a gap where it was paused; null until the next packet that it can begin with. */
  #shift: number | null = null;
  #firstSince = 0;
  #last: number;
  #nextRepair = 1;
  #packets = 0;
  #octets = 0;

  /** `before` is the number that its first packet follows, below 65,536. */
  constructor(
    id: string,
    producer: Producer,
    rtpParameters: RtpParameters,
    downstream: Downstream,
    { isPaused, before }: { readonly isPaused: boolean; readonly before: number },
  ) {
    this.id = id;
    this.producer = producer;
    this.rtpParameters = rtpParameters;
    this.#downstream = downstream;
    this.#isPaused = isPaused;
    this.#last = before;
    const [encoding] = rtpParameters.encodings ?? [];
    this.ssrc = encoding?.ssrc ?? 0;
    this.#repairSsrc = encoding?.rtx?.ssrc ?? null;
    this.#payloadType = rtpParameters.codecs[0]?.payloadType ?? 0;
    this.#repairPayloadType = rtpParameters.codecs[1]?.payloadType ?? 0;
  }

  pause(): void {
    this.#isPaused = true;
    this.#shift = null;
  }

  resume(now: number): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.askKeyframe(now);
  }

  /** Before the transport is secured a key frame would be lost; the transport asks for one as soon as it is. */
  askKeyframe(now: number): void {
    if (!this.#isPaused && this.#downstream.sender !== null) this.producer.askKeyframe(now);
  }

  /** `startsOver`: a viewer who has seen nothing before can begin here. */
  forward(packet: Packet, startsOver: boolean): void {
    const { sender } = this.#downstream;
    if (this.#isPaused || sender === null) return;
    if (this.#shift === null) {
      if (!startsOver) return;
      this.#firstSince = this.#last + 1;
      this.#shift = this.#firstSince - packet.number;
    }
    const number = packet.number + this.#shift;
    if (number < this.#firstSince) return;
    this.#last = Math.max(this.#last, number);
    this.#packets += 1;
    this.#octets += packet.payload.length;
    this.#send(sender, packet, number);
  }

  #send(sender: SrtpSender, packet: Packet, number: number): void {
    const header = this.#header(packet, this.ssrc, this.#payloadType, number);
    this.#downstream.transmit(sender.rtp(header, packet.payload, this.ssrc, number));
  }

  #header(packet: Packet, ssrc: number, payloadType: number, number: number): Buffer {
    const { isMarked, timestamp, extensions } = packet;
    return writeRtpHeader({ payloadType, isMarked, sequence: number & 0xffff, timestamp, ssrc }, extensions);
  }

  /** Sends again what the viewer says that it did not get, as far as it is kept. */
  retransmit(sequences: readonly number[]): void {
    const { sender } = this.#downstream;
    if (sender === null || this.#shift === null) return;
    for (const sequence of sequences) {
      const number = unwrapped(sequence, this.#last);
      const packet = number < this.#firstSince ? null : this.producer.kept(number - this.#shift);
      if (packet === null) continue;
      this.#downstream.countRetransmitted();
      if (this.#repairSsrc === null) this.#send(sender, packet, number);
      else this.#repair(sender, this.#repairSsrc, packet, sequence);
    }
  }

  /** RFC 4588: a stream of its own, whose payload begins with the number that was lost. */
  #repair(sender: SrtpSender, ssrc: number, packet: Packet, lost: number): void {
    const number = this.#nextRepair++;
    const payload = Buffer.allocUnsafe(2 + packet.payload.length);
    payload.writeUInt16BE(lost, 0);
    packet.payload.copy(payload, 2);
    const header = this.#header(packet, ssrc, this.#repairPayloadType, number);
    this.#downstream.transmit(sender.rtp(header, payload, ssrc, number));
  }

  /** Passes the producer's clock on, by which sound and picture are kept together. */
  passReport(report: Buffer): void {
    const { sender } = this.#downstream;
    if (sender === null || this.#packets === 0 || this.#isPaused) return;
    this.#downstream.transmit(sender.rtcp(senderReportFor(report, this.ssrc, this.#packets, this.#octets)));
  }
}
