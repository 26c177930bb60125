import { z } from 'zod';

import { IceParameters, MediaKind, RtpCapabilities, RtpParameters, TransportOffer } from './media-line.ts';

/** Where relays (máy chuyển tiếp) come to: a namespace of its own, into which no page and no cookie leads. */
export const RELAYS = '/relays';
/** All that somebody is told who may not come in. */
export const UNKNOWN_RELAY = 'unknown relay';

/** What a relay says of itself as it comes; it proves by its token whose it is. */
export const RelayHello = z.object({
  token: z.string().min(20).max(100),
  /** Drawn by its process when its engine began: whoever comes back with it has all that they had. */
  run: z.string().min(8).max(64),
  engine: z.enum(['embedded', 'mediasoup']),
  carries: z.object({ simulcast: z.boolean(), tcp: z.boolean(), ipv6: z.boolean() }),
  /** How many it can feed at one megabit a second, relays below it and viewers together. */
  capacity: z.int().min(1).max(100_000),
});
export type RelayHello = z.infer<typeof RelayHello>;

const Refused = z.object({
  ok: z.literal(false),
  reason: z.enum(['not found', 'too many', 'unsupported', 'already connected', 'engine gone']),
});
const answered = <Value extends z.ZodType>(value: Value) =>
  z.union([z.object({ ok: z.literal(true), value }), Refused]);
const Id = z.string().min(1).max(64);
const done = answered(z.null());
const Count = z.number().min(0);

/** What a relay may answer to each thing that its engine is asked for. */
export const relayAnswers = {
  capabilities: answered(RtpCapabilities),
  createTransport: answered(TransportOffer),
  connectTransport: done,
  restartIce: answered(IceParameters),
  closeTransport: done,
  produce: answered(z.object({ id: Id })),
  closeProducer: done,
  consume: answered(z.object({ id: Id, producer: Id, kind: MediaKind, rtpParameters: RtpParameters })),
  pauseConsumer: done,
  resumeConsumer: done,
  closeConsumer: done,
  preferLayers: done,
  openPipe: answered(
    z.object({ id: Id, ip: z.string().max(60), port: z.int().min(1).max(65_535), keyBase64: z.base64() }),
  ),
  connectPipe: done,
  statistics: answered(
    z.object({
      transports: Count,
      producers: Count,
      consumers: Count,
      packetsIn: Count,
      packetsOut: Count,
      bytesOut: Count,
      retransmitted: Count,
      keyframesAsked: Count,
      refused: Count,
    }),
  ),
} as const;
export type RelayCall = keyof typeof relayAnswers;

/** What a relay's engine tells unasked. */
export const RelayNotice = z.discriminatedUnion('notice', [
  z.object({
    notice: z.literal('transport closed'),
    transport: Id,
    why: z.enum(['handshake timeout', 'handshake refused', 'line lost', 'closed by peer', 'part died']),
  }),
  z.object({ notice: z.literal('transport connected'), transport: Id }),
  z.object({ notice: z.literal('consumer closed'), consumer: Id, transport: Id }),
  z.object({ notice: z.literal('gone') }),
  z.object({ notice: z.literal('back') }),
]);
export type RelayNotice = z.infer<typeof RelayNotice>;

/** Events from a relay to the server. */
export interface RelayToServer {
  notice: (notice: RelayNotice) => void;
}

/** Events from the server to a relay. */
export interface ServerToRelay {
  /** Whether the server knows what this run has; where not, it begins anew before it is asked for anything. */
  welcome: (said: { readonly isKnown: boolean; readonly bridgeName: string }) => void;
  /** Its line is cut for good: its token is no longer good, or another process has come with it. */
  ended: (said: { readonly why: 'revoked' | 'replaced' }) => void;
  call: (call: RelayCall, input: unknown, answer: (answer: unknown) => void) => void;
}
