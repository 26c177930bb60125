import type { MediaKind, RtpParameters } from 'mediasoup/types';

import type { Produced } from './capabilities.ts';
import { beginsKeyframe, extensionBlock, type RtpHeader } from './rtp.ts';
import { unwrapped } from './sequence.ts';

/** A packet on its way through: made once, shared by all that receive it. */
export interface Packet {
  /** The producer's number, without wrap-around. */
  readonly number: number;
  readonly isMarked: boolean;
  readonly timestamp: number;
  /** Header extensions under the engine's ids. */
  readonly extensions: Buffer;
  readonly payload: Buffer;
}

/** Whoever the packets of a producer go on to. */
export interface Viewer {
  forward(packet: Packet, startsOver: boolean): void;
  passReport(report: Buffer): void;
}

/** What a producer needs of the transport that it arrives on. */
export interface Upstream {
  askKeyframe(ssrc: number): void;
  tellLost(ssrc: number, numbers: readonly number[]): void;
}

/** Packets kept for those who ask for them again: about eight seconds of a megabit. */
const KEPT = 1024;
/** A hole of this size is not mended but jumped over. */
const LARGEST_HOLE = 300;
const MOST_TRIES = 8;
const RETRY_MS = 60;
/** Key frames are large: not oftener than this, however many join. */
const KEYFRAME_EVERY_MS = 300;
const KEYFRAME_RETRY_MS = 1_000;
const MOST_KEYFRAME_TRIES = 8;

/** One stream that comes in: put in order as far as it has to be, its holes asked for, handed to its consumers. */
export class Producer {
  readonly id: string;
  readonly kind: MediaKind;
  readonly produced: Produced;
  readonly cname: string | undefined;
  readonly consumers = new Set<Viewer>();
  readonly #upstream: Upstream;
  readonly #kept: (Packet | undefined)[] = [];
  readonly #missing = new Map<number, { tries: number; at: number }>();
  #highest = -1;
  #askedAt = -Infinity;
  /** How often a key frame that somebody waits for was asked for; null where nobody waits. */
  #asking: number | null = null;
  #askAgain = false;

  constructor(id: string, kind: MediaKind, produced: Produced, { rtcp }: RtpParameters, upstream: Upstream) {
    this.id = id;
    this.kind = kind;
    this.produced = produced;
    this.cname = rtcp?.cname;
    this.#upstream = upstream;
  }

  /** A packet of the stream itself. `now` in milliseconds, as everywhere here. */
  receive(number: number, header: RtpHeader, payload: Buffer, now: number): void {
    if (header.payloadType === this.produced.codec.payloadType) this.#take(number, header, payload, now);
  }

  /** A packet that was asked for again, under the number that it had. */
  receiveRepaired(sequence: number, header: RtpHeader, payload: Buffer, now: number): void {
    if (this.#highest < 0) return;
    const number = unwrapped(sequence, this.#highest);
    if (this.#missing.has(number)) this.#take(number, header, payload, now);
  }

  #take(number: number, header: RtpHeader, payload: Buffer, now: number): void {
    if (this.kind === 'video') this.#noteHoles(number, now);
    this.#highest = Math.max(this.#highest, number);
    const { forwarded, own } = this.produced;
    const extensions = forwarded.flatMap(([theirs, ours]) => {
      const value = header.extensions.get(theirs);
      return value === undefined ? [] : [[ours, value] as const];
    });
    const packet: Packet = {
      number,
      isMarked: header.isMarked,
      timestamp: header.timestamp,
      extensions: extensionBlock(extensions),
      payload,
    };
    const startsOver = this.kind === 'audio' || beginsKeyframe(own.mimeType, payload);
    if (startsOver && !this.#askAgain) this.#asking = null;
    this.#kept[number % KEPT] = packet;
    for (const consumer of this.consumers) consumer.forward(packet, startsOver);
  }

  #noteHoles(number: number, now: number): void {
    this.#missing.delete(number);
    if (this.#highest < 0 || number <= this.#highest + 1) return;
    if (number - this.#highest > LARGEST_HOLE) {
      this.#missing.clear();
      this.askKeyframe(now);
      return;
    }
    for (let hole = this.#highest + 1; hole < number; hole += 1)
      this.#missing.set(hole, { tries: 0, at: now });
    this.#askMissing(now);
  }

  #askMissing(now: number): void {
    const wanted: number[] = [];
    for (const [number, hole] of this.#missing) {
      if (hole.tries > 0 && now - hole.at < RETRY_MS) continue;
      if (hole.tries >= MOST_TRIES) {
        this.#missing.delete(number);
        this.askKeyframe(now);
        continue;
      }
      hole.tries += 1;
      hole.at = now;
      wanted.push(number);
    }
    if (wanted.length > 0)
      this.#upstream.tellLost(
        this.produced.ssrc,
        wanted.toSorted((a, b) => a - b),
      );
  }

  /** Packet of a number, while it is kept. */
  kept(number: number): Packet | null {
    const packet = number < 0 ? undefined : this.#kept[number % KEPT];
    return packet?.number === number ? packet : null;
  }

  /** Somebody needs a picture that stands for itself. One that was asked for a moment ago may have been too early: it is asked for again then. */
  askKeyframe(now: number): void {
    if (this.kind !== 'video') return;
    this.#asking ??= 0;
    if (now - this.#askedAt < KEYFRAME_EVERY_MS) this.#askAgain = true;
    else this.#ask(now);
  }

  #ask(now: number): void {
    this.#askAgain = false;
    this.#askedAt = now;
    this.#asking = (this.#asking ?? 0) + 1;
    this.#upstream.askKeyframe(this.produced.ssrc);
  }

  /** Called some twenty times a second. */
  tick(now: number): void {
    if (this.#missing.size > 0) this.#askMissing(now);
    if (this.#asking === null || this.#asking > MOST_KEYFRAME_TRIES) return;
    if (now - this.#askedAt >= (this.#askAgain ? KEYFRAME_EVERY_MS : KEYFRAME_RETRY_MS)) this.#ask(now);
  }
}
