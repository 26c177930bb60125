import type { MediaKind, RtpParameters } from 'mediasoup/types';

/** A stream that another program on this machine is to receive. */
export interface Incoming {
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  /** Where it listens. */
  readonly port: number;
  /** With what the engine seals the stream. */
  readonly keyBase64: string;
}

/** Tells a program what will come, where, and how to open it (SDP, RFC 8866 and 4568). */
export function describeSession(streams: readonly Incoming[]): string {
  const lines = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
  for (const { kind, rtpParameters, port, keyBase64 } of streams) {
    const [codec] = rtpParameters.codecs;
    if (codec === undefined) continue;
    const { payloadType, mimeType, clockRate, channels, parameters = {} } = codec;
    const name = mimeType.slice(mimeType.indexOf('/') + 1);
    const format = Object.entries(parameters).map(([key, value]) => `${key}=${String(value)}`);
    lines.push(
      `m=${kind} ${port} RTP/SAVPF ${payloadType}`,
      `a=rtpmap:${payloadType} ${name}/${clockRate}${channels === undefined ? '' : `/${channels}`}`,
      ...(format.length > 0 ? [`a=fmtp:${payloadType} ${format.join(';')}`] : []),
      `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${keyBase64}`,
      'a=recvonly',
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}
