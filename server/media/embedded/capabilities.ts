import type {
  MediaKind,
  RtpCapabilities,
  RtpCodecCapability,
  RtpCodecParameters,
  RtpHeaderExtension,
  RtpHeaderExtensionUri,
  RtpParameters,
} from 'mediasoup/types';

export const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';
export const ARRIVALS = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

const FEEDBACK = [
  { type: 'nack', parameter: '' },
  { type: 'nack', parameter: 'pli' },
  { type: 'ccm', parameter: 'fir' },
  { type: 'transport-cc', parameter: '' },
];

function repairOf(payloadType: number, repaired: number): RtpCodecCapability {
  return {
    kind: 'video',
    mimeType: 'video/rtx',
    preferredPayloadType: payloadType,
    clockRate: 90_000,
    parameters: { apt: repaired },
    rtcpFeedback: [],
  };
}

function extension(
  kind: MediaKind,
  uri: RtpHeaderExtensionUri,
  preferredId: number,
  direction: 'sendrecv' | 'recvonly',
): RtpHeaderExtension {
  return { kind, uri, preferredId, preferredEncrypt: false, direction };
}

/** What the engine takes in and forwards. Payload types out of it are those of every consumer. */
export const CAPABILITIES: RtpCapabilities & {
  readonly codecs: RtpCodecCapability[];
  readonly headerExtensions: RtpHeaderExtension[];
} = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: 100,
      clockRate: 48_000,
      channels: 2,
      parameters: {},
      rtcpFeedback: [
        { type: 'nack', parameter: '' },
        { type: 'transport-cc', parameter: '' },
      ],
    },
    {
      kind: 'video',
      mimeType: 'video/VP8',
      preferredPayloadType: 101,
      clockRate: 90_000,
      parameters: {},
      rtcpFeedback: FEEDBACK,
    },
    repairOf(102, 101),
    {
      kind: 'video',
      mimeType: 'video/H264',
      preferredPayloadType: 103,
      clockRate: 90_000,
      parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
      rtcpFeedback: FEEDBACK,
    },
    repairOf(104, 103),
  ],
  headerExtensions: [
    extension('audio', MID, 1, 'sendrecv'),
    extension('video', MID, 1, 'sendrecv'),
    // Towards the engine only: nothing here estimates what a viewer's line carries.
    extension('audio', ARRIVALS, 5, 'recvonly'),
    extension('video', ARRIVALS, 5, 'recvonly'),
    extension('audio', 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', 10, 'sendrecv'),
    extension('video', 'urn:3gpp:video-orientation', 11, 'sendrecv'),
  ],
};

function isRepair({ mimeType }: { readonly mimeType: string }): boolean {
  return mimeType.toLowerCase().endsWith('/rtx');
}

function repairs(codec: RtpCodecCapability, repaired: number): boolean {
  return isRepair(codec) && codec.parameters?.['apt'] === repaired;
}

/** The codec of the engine that a producer uses; null where it carries none of them. */
function ownCodec({ mimeType, clockRate, parameters }: RtpCodecParameters): RtpCodecCapability | null {
  const own = CAPABILITIES.codecs.find(
    (codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase() && codec.clockRate === clockRate,
  );
  // Payloads of H264's other mode cannot be looked into for key frames.
  const isOtherMode = own?.mimeType === 'video/H264' && parameters?.['packetization-mode'] !== 1;
  return own === undefined || isOtherMode ? null : own;
}

/** What is to be known of a producer to forward it. */
export interface Produced {
  readonly codec: RtpCodecParameters;
  readonly own: RtpCodecCapability;
  readonly ssrc: number;
  readonly repairSsrc: number | null;
  /** The number under which the sender says arrivals; 0 where it does not. */
  readonly arrivalsId: number;
  /** Extensions that go on to consumers: theirs, ours. */
  readonly forwarded: readonly (readonly [theirs: number, ours: number])[];
}

/** Null for what the engine does not carry: several encodings (simulcast), none with a stream, an unknown codec. */
export function readProduced(
  kind: MediaKind,
  { codecs, encodings = [], headerExtensions = [] }: RtpParameters,
): Produced | null {
  const codec = codecs.find((one) => !isRepair(one));
  const [encoding] = encodings;
  if (codec === undefined || encoding?.ssrc === undefined || encodings.length !== 1) return null;
  const own = ownCodec(codec);
  if (own?.kind !== kind) return null;
  return {
    codec,
    own,
    ssrc: encoding.ssrc,
    repairSsrc: encoding.rtx?.ssrc ?? null,
    arrivalsId: headerExtensions.find(({ uri }) => uri === ARRIVALS)?.id ?? 0,
    forwarded: headerExtensions.flatMap(({ uri, id }) =>
      forwardedExtensions(kind)
        .filter((ours) => ours.uri === uri && uri !== MID)
        .map((ours) => [id, ours.preferredId] as const),
    ),
  };
}

function forwardedExtensions(kind: MediaKind): readonly RtpHeaderExtension[] {
  return CAPABILITIES.headerExtensions.filter((one) => one.kind === kind && one.direction === 'sendrecv');
}

/** What a consumer is told that it will receive; null where its browser cannot. */
export function consumedParameters(
  { codec, own }: Produced,
  cname: string | undefined,
  capabilities: RtpCapabilities,
  stream: { readonly mid: string; readonly ssrc: number; readonly repairSsrc: number },
): RtpParameters | null {
  const theirs = capabilities.codecs ?? [];
  const canReceive = theirs.some(
    ({ mimeType, preferredPayloadType }) =>
      mimeType.toLowerCase() === own.mimeType.toLowerCase() &&
      preferredPayloadType === own.preferredPayloadType,
  );
  if (!canReceive) return null;
  const repair = CAPABILITIES.codecs.find((one) => repairs(one, own.preferredPayloadType));
  const isRepaired = repair !== undefined && theirs.some((one) => repairs(one, own.preferredPayloadType));
  const codecs: RtpCodecParameters[] = [
    {
      mimeType: own.mimeType,
      payloadType: own.preferredPayloadType,
      clockRate: own.clockRate,
      ...(own.channels !== undefined && { channels: own.channels }),
      parameters: codec.parameters ?? {},
      rtcpFeedback: (own.rtcpFeedback ?? []).filter(({ type }) => type !== 'transport-cc'),
    },
  ];
  if (isRepaired) {
    codecs.push({
      mimeType: repair.mimeType,
      payloadType: repair.preferredPayloadType,
      clockRate: repair.clockRate,
      parameters: { apt: own.preferredPayloadType },
      rtcpFeedback: [],
    });
  }
  return {
    mid: stream.mid,
    codecs,
    headerExtensions: forwardedExtensions(own.kind)
      .filter(({ uri }) => capabilities.headerExtensions?.some((one) => one.uri === uri))
      .map(({ uri, preferredId }) => ({ uri, id: preferredId, encrypt: false, parameters: {} })),
    encodings: [{ ssrc: stream.ssrc, ...(isRepaired && { rtx: { ssrc: stream.repairSsrc } }) }],
    rtcp: { ...(cname !== undefined && { cname }), reducedSize: true },
  };
}
