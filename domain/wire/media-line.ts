import { z } from 'zod';

/**
 * What browsers and engines say about a line and its streams, in mediasoup's own terms: in so far as any engine uses it, and no more than
 * a browser sends. What is beside it is dropped, what is too long is refused. Other browsers write it into lines of text (SDP): nothing in
 * it may begin a new one.
 */
const Word = z.string().regex(/^[\x20-\x7e]{0,200}$/);
/** Of streams: what stands between spaces. */
const Token = z.string().regex(/^[\w+/=-]{1,64}$/);
const List = <Item extends z.ZodType>(item: Item, most: number) => z.array(item).max(most);
/** Of codecs and header extensions: `apt`, `packetization-mode` and the like. */
const Parameters = z.record(z.string().regex(/^[\w.-]{1,60}$/), z.union([Word, z.number()]));

export const MediaKind = z.enum(['audio', 'video']);

export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: List(
    z.object({
      algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
      value: z.string().regex(/^[\dA-F]{2}(:[\dA-F]{2}){15,63}$/i),
    }),
    8,
  ).min(1),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

export const IceParameters = z.object({
  usernameFragment: Word,
  password: Word,
  iceLite: z.boolean().optional(),
});

export const IceCandidate = z.object({
  foundation: Word,
  priority: z.int(),
  ip: Word,
  address: Word,
  protocol: z.enum(['udp', 'tcp']),
  port: z.int().min(1).max(65_535),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.literal('passive').optional(),
});

/** Where and how a browser reaches its transport. */
export const TransportOffer = z.object({
  id: z.string(),
  iceParameters: IceParameters,
  iceCandidates: z.array(IceCandidate),
  dtlsParameters: DtlsParameters,
});
export type TransportOffer = z.infer<typeof TransportOffer>;

const RtcpFeedback = z.object({ type: Word, parameter: Word.optional() });
const PayloadType = z.int().min(0).max(127);
const MimeType = z.string().regex(/^(audio|video)\/[\w.+-]{1,40}$/i);
const Uri = z.string().regex(/^[\x21-\x7e]{1,200}$/);

export const RtpCapabilities = z.object({
  codecs: List(
    z.object({
      kind: MediaKind,
      mimeType: MimeType,
      preferredPayloadType: PayloadType.optional(),
      clockRate: z.int().min(1),
      channels: z.int().min(1).max(255).optional(),
      parameters: Parameters.optional(),
      rtcpFeedback: List(RtcpFeedback, 20).optional(),
    }),
    200,
  ).optional(),
  headerExtensions: List(
    z.object({
      kind: MediaKind,
      uri: Uri,
      preferredId: z.int().min(1).max(255),
      preferredEncrypt: z.boolean().optional(),
      direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
    }),
    100,
  ).optional(),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

export const RtpParameters = z.object({
  mid: Token.optional(),
  codecs: List(
    z.object({
      mimeType: MimeType,
      payloadType: PayloadType,
      clockRate: z.int().min(1),
      channels: z.int().min(1).max(255).optional(),
      parameters: Parameters.optional(),
      rtcpFeedback: List(RtcpFeedback, 20).optional(),
    }),
    20,
  ).min(1),
  headerExtensions: List(
    z.object({
      uri: Uri,
      id: z.int().min(1).max(255),
      encrypt: z.boolean().optional(),
      parameters: Parameters.optional(),
    }),
    30,
  ).optional(),
  encodings: List(
    z.object({
      ssrc: z.int().min(0).max(0xffffffff).optional(),
      rid: Token.optional(),
      codecPayloadType: PayloadType.optional(),
      rtx: z.object({ ssrc: z.int().min(0).max(0xffffffff) }).optional(),
      dtx: z.boolean().optional(),
      scalabilityMode: Token.optional(),
      scaleResolutionDownBy: z.number().min(1).optional(),
      maxBitrate: z.int().min(0).optional(),
    }),
    8,
  ).optional(),
  rtcp: z
    .object({
      cname: Word.optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
  msid: Word.optional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;
