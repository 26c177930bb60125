import type { DtlsParameters, IceParameters, RtpCapabilities, RtpParameters } from 'mediasoup/types';

import { ok, type Result } from '../../domain/result.ts';
import type { MediaRefusal, MediaSource, MediaStream } from '../../domain/wire/media.ts';
import type { ConsumerOffer, EngineFailure, MediaEngine, TransportOffer } from './engine.ts';
import type { EngineSet } from './engines.ts';
import type { Member } from './members.ts';

type Answer<Value> = Promise<Result<Value, { readonly reason: MediaRefusal['reason'] }>>;

/** A page has one line each way, and for a moment those that it had before. */
const MOST_TRANSPORTS = 4;
/** The program, and a wall of 64 bridges with its sound. */
const MOST_CONSUMERS = 200;

/** Of three sizes that a camera may send. */
const LARGEST = 2;

const GONE = { ok: false, reason: 'gone' } as const;
const NO_MEDIA = { ok: false, reason: 'no-media' } as const;
const TOO_MANY = { ok: false, reason: 'too-many' } as const;

function refused({ reason }: EngineFailure): { readonly ok: false; readonly reason: MediaRefusal['reason'] } {
  return { ok: false, reason: REASONS[reason] };
}
const REASONS = {
  'not found': 'gone',
  'already connected': 'gone',
  'too many': 'too-many',
  unsupported: 'unsupported',
  'engine gone': 'no-media',
} as const satisfies Record<EngineFailure['reason'], MediaRefusal['reason']>;

/** A line of a member: to the origin where it sends, from the nearest engine where it receives. */
export async function openTransport(
  engines: EngineSet,
  member: Member,
  direction: 'send' | 'receive',
): Answer<TransportOffer> {
  if (member.transports.size >= MOST_TRANSPORTS) return TOO_MANY;
  const engine = direction === 'send' ? engines.origin() : receivesFrom(engines, member);
  if (engine === null) return engines.origin() === null ? NO_MEDIA : TOO_MANY;
  const opened = await engine.createTransport();
  if (!opened.ok) return refused(opened);
  const { id } = opened.value;
  if (member.hasLeft) {
    void engine.closeTransport({ transport: id });
    return GONE;
  }
  member.transports.set(id, { engine, direction, producers: new Set() });
  member.owners.set(id, member);
  return opened;
}

/** Halls receive from what is nearest to them; a control room also sees what is not on program, which only the origin has. */
function receivesFrom(engines: EngineSet, { as, conference, bridge, room }: Member): MediaEngine | null {
  if (as !== 'station' || room === null) return engines.origin();
  return engines.engineFor(conference, bridge, room.tree());
}

export async function connectTransport(
  member: Member,
  transport: string,
  dtlsParameters: DtlsParameters,
): Answer<null> {
  const own = member.transports.get(transport);
  if (own === undefined) return GONE;
  const connected = await own.engine.connectTransport({ transport, dtlsParameters });
  return connected.ok ? connected : refused(connected);
}

export async function restartIce(member: Member, transport: string): Answer<IceParameters> {
  const own = member.transports.get(transport);
  if (own === undefined) return GONE;
  const restarted = await own.engine.restartIce({ transport });
  return restarted.ok ? restarted : refused(restarted);
}

/** A picture from a microphone is no picture. */
const KINDS: Readonly<Record<MediaSource, readonly MediaStream['kind'][]>> = {
  camera: ['video'],
  microphone: ['audio'],
  screen: ['video', 'audio'],
};

/** Begins to send. A source that was sent before is replaced by it. */
export async function produce(
  member: Member,
  sent: {
    readonly transport: string;
    readonly source: MediaSource;
    readonly kind: MediaStream['kind'];
    readonly rtpParameters: RtpParameters;
  },
): Answer<string> {
  const { transport, source, kind, rtpParameters } = sent;
  const own = member.transports.get(transport);
  if (own?.direction !== 'send') return GONE;
  if (!KINDS[source].includes(kind)) return { ok: false, reason: 'unsupported' };
  if (!maySend(member)) return { ok: false, reason: 'not-wanted' };
  const produced = await own.engine.produce({ transport, kind, rtpParameters });
  if (!produced.ok) return refused(produced);
  const { id } = produced.value;
  if (!member.transports.has(transport) || !maySend(member)) {
    void own.engine.closeProducer({ producer: id });
    return member.hasLeft ? GONE : { ok: false, reason: 'not-wanted' };
  }
  const before = [...member.streams.values()].filter(
    (stream) => stream.source === source && stream.kind === kind,
  );
  for (const { producer } of before) endStream(member, producer);
  own.producers.add(id);
  member.streams.set(id, { producer: id, bridge: member.bridge, source, kind, isMuted: false });
  member.room?.streamsChanged(member);
  return ok(id);
}

/** Whoever tests a line is given back what they send, and nobody else sees it. */
function maySend(member: Member): boolean {
  return !member.hasLeft && (member.room === null || member.room.maySend(member));
}

function mayReceive(member: Member, producer: string): boolean {
  if (member.hasLeft) return false;
  return member.room === null ? member.streams.has(producer) : member.room.mayReceive(member, producer);
}

/** Says of a stream whether it rests; the stream itself is rested by its sender. */
export function mute(
  member: Member,
  producer: string,
  isMuted: boolean,
): Result<null, { readonly reason: 'gone' }> {
  const stream = member.streams.get(producer);
  if (stream === undefined) return GONE;
  member.streams.set(producer, { ...stream, isMuted });
  member.room?.streamsChanged(member);
  return ok(null);
}

/** Ends a stream; one that is over already is over. */
export function closeProducer(member: Member, producer: string): void {
  if (!member.streams.has(producer)) return;
  endStream(member, producer);
  member.room?.streamsChanged(member);
}

function endStream(member: Member, producer: string): void {
  member.streams.delete(producer);
  const line = [...member.transports.values()].find(({ producers }) => producers.delete(producer));
  void line?.engine.closeProducer({ producer });
}

/** Begins to receive a stream that the member may see or hear. */
export async function consume(
  member: Member,
  asked: {
    readonly transport: string;
    readonly producer: string;
    readonly rtpCapabilities: RtpCapabilities;
    readonly isPaused: boolean;
  },
): Answer<ConsumerOffer> {
  const { transport, producer, rtpCapabilities, isPaused } = asked;
  const own = member.transports.get(transport);
  if (own?.direction !== 'receive' || !mayReceive(member, producer)) return GONE;
  if (member.consumers.size >= MOST_CONSUMERS) return TOO_MANY;
  const { engine } = own;
  const consumed = await engine.consume({ transport, producer, rtpCapabilities, isPaused });
  if (!consumed.ok) return refused(consumed);
  const { id } = consumed.value;
  // Meanwhile it may have gone off program, or its line may be gone.
  if (!member.transports.has(transport) || !mayReceive(member, producer)) {
    void engine.closeConsumer({ consumer: id });
    return GONE;
  }
  member.consumers.set(id, { engine, transport, producer });
  return consumed;
}

export async function setResting(member: Member, consumer: string, isResting: boolean): Answer<null> {
  const engine = member.consumers.get(consumer)?.engine;
  if (engine === undefined) return GONE;
  const done = await (isResting ? engine.pauseConsumer({ consumer }) : engine.resumeConsumer({ consumer }));
  return done.ok ? done : refused(done);
}

/** Asks for a picture of another size, of those that its sender sends. */
export async function preferSize(member: Member, consumer: string, size: 'small' | 'large'): Answer<null> {
  const engine = member.consumers.get(consumer)?.engine;
  if (engine === undefined) return GONE;
  const done = await engine.preferLayers({ consumer, spatialLayer: size === 'small' ? 0 : LARGEST });
  return done.ok ? done : refused(done);
}

/** Ends what is received; what is over already is over. */
export function closeConsumer(member: Member, consumer: string): void {
  const engine = member.consumers.get(consumer)?.engine;
  member.consumers.delete(consumer);
  void engine?.closeConsumer({ consumer });
}

/** Takes away what the member may no longer see or hear. */
export function closeForbidden(member: Member): void {
  for (const [consumer, { producer }] of member.consumers)
    if (!mayReceive(member, producer)) closeConsumer(member, consumer);
}

/** A line is gone at its engine, with everything on it. Whether the member had it. */
export function forgetTransport(member: Member, transport: string): boolean {
  const own = member.transports.get(transport);
  if (own === undefined) return false;
  member.transports.delete(transport);
  member.owners.delete(transport);
  for (const [consumer, { transport: line }] of member.consumers)
    if (line === transport) member.consumers.delete(consumer);
  for (const producer of own.producers) member.streams.delete(producer);
  if (own.producers.size > 0) member.room?.streamsChanged(member);
  return true;
}

/** Ends everything that the member has at engines. */
export function closeAll(member: Member): void {
  member.hasLeft = true;
  for (const [transport, { engine }] of member.transports) {
    forgetTransport(member, transport);
    void engine.closeTransport({ transport });
  }
}
