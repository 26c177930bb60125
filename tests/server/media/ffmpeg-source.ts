import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';

import type { MediaKind } from 'mediasoup/types';

import type { MediaEngine } from '../../../server/media/engine.ts';
import { got } from './feed.ts';

const OF = {
  video: {
    input: ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=15'],
    encode: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '200k', '-g', '15'],
    codec: { mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 },
  },
  audio: {
    input: ['-f', 'lavfi', '-i', 'sine=frequency=440'],
    encode: ['-c:a', 'libopus', '-b:a', '24k'],
    codec: { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 },
  },
} as const;
/** It ends by itself, also where a test could not end it. */
const LONGEST_SECONDS = '60';

/** A real picture or sound, sent to an engine through a pipe until it is ended. `port` is free for it. */
export async function startFfmpegSource(engine: MediaEngine, kind: MediaKind, port: number) {
  const { input, encode, codec } = OF[kind];
  const keyBase64 = randomBytes(30).toString('base64');
  const pipe = got(await engine.openPipe({ form: 'plain' }));
  got(await engine.connectPipe({ pipe: pipe.id, remote: { ip: '127.0.0.1', port, keyBase64 } }));
  const rtpParameters = { codecs: [codec], encodings: [{ ssrc: port }] };
  const { id: producer } = got(await engine.produce({ transport: pipe.id, kind, rtpParameters }));
  const child = spawn(
    'ffmpeg',
    [
      ['-loglevel', 'error', '-nostdin', '-re', ...input, '-t', LONGEST_SECONDS, ...encode],
      ['-ssrc', String(port), '-payload_type', String(codec.payloadType), '-f', 'rtp'],
      ['-srtp_out_suite', 'AES_CM_128_HMAC_SHA1_80', '-srtp_out_params', keyBase64],
      [`srtp://127.0.0.1:${pipe.port}?localrtpport=${port}&pkt_size=1200`],
    ].flat(),
    { stdio: 'ignore' },
  );
  return { producer, stop: () => void child.kill('SIGKILL') };
}
