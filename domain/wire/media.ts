import { z } from 'zod';

import { BridgeId, ConferenceId, SessionId } from '../ids.ts';
import { FloorState } from '../media/floor.ts';
import { QualityLevel, QualitySample } from '../media/quality.ts';
import { Instant } from '../time.ts';
import type { Scope } from './contract.ts';
import {
  DtlsParameters,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  TransportOffer,
} from './media-line.ts';

/** What is sent from a bridge. `screen`: slides, or what else a computer shows. */
export const MediaSource = z.enum(['camera', 'microphone', 'screen']);
export type MediaSource = z.infer<typeof MediaSource>;

/** Of transports, producers and consumers: drawn by an engine. */
const EngineId = z.string().regex(/^[\w-]{1,64}$/);

/** One stream that somebody sends: who wants it asks for it by `producer`. */
export const MediaStream = z.object({
  producer: EngineId,
  bridge: BridgeId,
  source: MediaSource,
  kind: MediaKind,
  /** The bridge rests it (camera covered, microphone off): nothing comes until it goes on. */
  isMuted: z.boolean(),
});
export type MediaStream = z.infer<typeof MediaStream>;

/** Which engine runs, and what it can carry; null where the server has none. */
export const MediaEngineInfo = z.object({
  name: z.enum(['embedded', 'mediasoup']),
  simulcast: z.boolean(),
  tcp: z.boolean(),
  ipv6: z.boolean(),
  /** How many see the program from it at once, at one megabit a second, by what was measured. */
  viewers: z.int(),
  /** False while it is down and begins anew. */
  isRunning: z.boolean(),
});
export type MediaEngineInfo = z.infer<typeof MediaEngineInfo>;

/** What everybody in the room is told: who is on program, and the streams of it that may be asked for. */
export const Program = z.object({
  session: SessionId,
  bridge: BridgeId.nullable(),
  bridgeName: z.string().nullable(),
  /** Pictures of the bridge on program, and the sound of everybody who is to be heard. */
  streams: z.array(MediaStream),
  /** The same program without WebRTC, where it can be had. */
  hls: z.string().nullable(),
});
export type Program = z.infer<typeof Program>;

/** What a station is told of itself. */
export const StationOrders = z.object({
  session: SessionId,
  bridge: BridgeId,
  /** Its camera and its sound are asked for: on program, with the floor, in a director's preview or on a wall. */
  isWanted: z.boolean(),
  /** Another machine came later as station of the bridge, and sends in its place: this one shows the program alone. */
  isReplaced: z.boolean(),
  isOnProgram: z.boolean(),
  /** It has the floor: its sound goes out. */
  hasFloor: z.boolean(),
  /** Its place among those who ask, from 1; null where it does not ask. */
  place: z.int().nullable(),
});
export type StationOrders = z.infer<typeof StationOrders>;

/** One bridge's station, as directors and walls see it. */
export const Station = z.object({
  bridge: BridgeId,
  name: z.string(),
  /** Since when its line stands; null where it is not there. */
  since: Instant.nullable(),
  streams: z.array(MediaStream),
  quality: QualityLevel.nullable(),
});
export type Station = z.infer<typeof Station>;

/** The floor as control rooms see it: of those who ask only the first, as far as anybody could look at them. */
export const FloorShown = FloorState.extend({
  /** How many ask, with those who are not listed. */
  askingInAll: z.int(),
});
export type FloorShown = z.infer<typeof FloorShown>;

/** What a control room is given when it comes; later only what changed. */
export const MediaBoard = z.object({
  session: SessionId,
  floor: FloorShown,
  /** Of the bridges that the one who asks sees: those that are or were there. */
  stations: z.array(Station),
  /** Whether they may put bridges on program and grant the floor. */
  directs: z.boolean(),
});
export type MediaBoard = z.infer<typeof MediaBoard>;

const Room = z.object({ conference: ConferenceId, session: SessionId });
const Node = Room.extend({ bridge: BridgeId });
const Done = z.object({ ok: z.literal(true) });
/**
 * `no-media`: the server runs without an engine, or it is down just now. `gone`: no such transport, stream or consumer (any more), or none
 * of theirs; the page begins anew. `too-many`: the engine's limit, or that of one page. `unsupported`: a codec that it does not carry.
 * `not-wanted`: nobody asks for the camera and the sound of this machine. `not-asking` and `not-holding`: of the floor.
 */
export const MediaRefusal = z.object({
  ok: z.literal(false),
  reason: z.enum([
    'no-media',
    'gone',
    'too-many',
    'unsupported',
    'not-wanted',
    'not-asking',
    'not-holding',
    'not-joined',
  ]),
  message: z.string(),
});
export type MediaRefusal = z.infer<typeof MediaRefusal>;
const orRefused = <Answer extends z.ZodType>(answer: Answer) => z.union([answer, MediaRefusal]);

/** The engine as pages are told of it. */
export const EngineNow = z.object({
  engine: MediaEngineInfo.nullable(),
  /** For `Device.load`; null without an engine, and until it runs. */
  rtpCapabilities: RtpCapabilities.nullable(),
});
export type EngineNow = z.infer<typeof EngineNow>;

const Joined = EngineNow.extend({ ok: z.literal(true), program: Program });

/**
 * Messages of the video plane. A socket joins a room (the session of a conference) once as a station of a bridge, as a control room over a
 * bridge and what is below it, or alone to test its line; everything after is of that joining and is over when the socket closes.
 */
export const mediaMessages = {
  'media:join-station': {
    scope: { at: 'bridge', right: 'host' },
    body: Node,
    answer: Joined.extend({ orders: StationOrders }),
  },
  'media:join-control': {
    scope: { at: 'bridge', right: 'control', below: true },
    body: Node,
    answer: Joined.extend({ board: MediaBoard }),
  },
  /** Alone: it is given back what it sends, and nobody else sees it. */
  'media:join-test': {
    scope: { at: 'bridge', right: 'host' },
    body: Node.omit({ session: true }),
    answer: Joined.omit({ program: true }),
  },
  'media:leave': { scope: { at: 'account' }, body: z.object({}), answer: Done },
  'media:transport': {
    scope: { at: 'account' },
    body: z.object({ direction: z.enum(['send', 'receive']) }),
    answer: orRefused(z.object({ ok: z.literal(true), transport: TransportOffer })),
  },
  'media:connect': {
    scope: { at: 'account' },
    body: z.object({ transport: EngineId, dtlsParameters: DtlsParameters }),
    answer: orRefused(Done),
  },
  'media:restart-ice': {
    scope: { at: 'account' },
    body: z.object({ transport: EngineId }),
    answer: orRefused(z.object({ ok: z.literal(true), iceParameters: IceParameters })),
  },
  'media:produce': {
    scope: { at: 'account' },
    body: z.object({
      transport: EngineId,
      source: MediaSource,
      kind: MediaKind,
      rtpParameters: RtpParameters,
    }),
    answer: orRefused(z.object({ ok: z.literal(true), producer: EngineId })),
  },
  'media:mute': {
    scope: { at: 'account' },
    body: z.object({ producer: EngineId, isMuted: z.boolean() }),
    answer: orRefused(Done),
  },
  'media:close-producer': {
    scope: { at: 'account' },
    body: z.object({ producer: EngineId }),
    answer: orRefused(Done),
  },
  /** Begins paused where it says so; a picture is asked for from its sender as soon as it goes on. */
  'media:consume': {
    scope: { at: 'account' },
    body: z.object({
      transport: EngineId,
      producer: EngineId,
      rtpCapabilities: RtpCapabilities,
      isPaused: z.boolean(),
    }),
    answer: orRefused(
      z.object({ ok: z.literal(true), consumer: EngineId, kind: MediaKind, rtpParameters: RtpParameters }),
    ),
  },
  'media:pause': {
    scope: { at: 'account' },
    body: z.object({ consumer: EngineId }),
    answer: orRefused(Done),
  },
  'media:resume': {
    scope: { at: 'account' },
    body: z.object({ consumer: EngineId }),
    answer: orRefused(Done),
  },
  'media:close-consumer': {
    scope: { at: 'account' },
    body: z.object({ consumer: EngineId }),
    answer: orRefused(Done),
  },
  /** How large a picture is wanted, where its sender sends several sizes and the engine can choose; without effect elsewhere. */
  'media:prefer': {
    scope: { at: 'account' },
    body: z.object({ consumer: EngineId, size: z.enum(['small', 'large']) }),
    answer: orRefused(Done),
  },
  /** A station asks for the floor (xin phát biểu), takes that back, or gives the floor back. */
  'media:floor': {
    scope: { at: 'account' },
    body: z.object({ step: z.enum(['ask', 'withdraw', 'give back']) }),
    answer: orRefused(Done.extend({ orders: StationOrders })),
  },
  /** A director (đạo diễn hình) puts a bridge on program, grants the floor or takes it back. */
  'media:direct': {
    scope: { at: 'conference', right: 'control' },
    body: Node.extend({ step: z.enum(['put', 'grant', 'take']) }),
    answer: orRefused(Done.extend({ floor: FloorShown })),
  },
  /** Whose cameras a control room shows now, in its preview and on its wall: the others of them rest. */
  'media:want': {
    scope: { at: 'account' },
    body: z.object({ bridges: z.array(BridgeId).max(64) }),
    answer: orRefused(Done),
  },
  /** How the program arrives at a station, every five seconds. */
  'media:quality': {
    scope: { at: 'account' },
    body: QualitySample.omit({ at: true }),
    answer: orRefused(Done),
  },
} as const satisfies Record<string, { scope: Scope; body: z.ZodType; answer: z.ZodType }>;

/** What the server says unasked, to those who have joined: the engine came or went, what everybody sees, what a station is to do. */
export const mediaNotices = {
  'media:engine': EngineNow,
  /** A consumer of a stream that is not among these any more is over for whoever may see the program alone, without a notice of its own. */
  'media:program': Program,
  'media:orders': StationOrders,
  /** To control rooms: the floor as a whole, and stations that changed. */
  'media:board': MediaBoard.omit({ directs: true }),
  /** Its stream ended: whoever shows it takes it away. */
  'media:consumer-closed': z.object({ consumer: EngineId }),
  /** Its line is gone for good (the engine or a relay died, or the handshake failed): the page makes a new one. */
  'media:transport-closed': z.object({ transport: EngineId }),
} as const;
