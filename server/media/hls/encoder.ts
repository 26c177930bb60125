import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beginningFile, readSegments, type Segment } from '../../../domain/media/hls.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { EngineFailure, MediaEngine } from '../engine.ts';
import { describeSession, type Incoming } from './session-description.ts';

/** What is to be seen and heard: producers of one engine. */
export interface Chosen {
  readonly picture: string | null;
  readonly sounds: readonly string[];
}

/** One ffmpeg at work. */
export interface Encoder {
  /** What it has written so far and not yet taken away. */
  segments(): Promise<readonly Segment[]>;
  /** Asks the senders for a picture that stands for itself: it may have listened too late for the one before. */
  askPicture(): Promise<void>;
  isRunning(): boolean;
  end(): Promise<void>;
}

/** Whether this machine has ffmpeg. */
export async function hasFfmpeg(): Promise<boolean> {
  const child = spawn('ffmpeg', ['-version'], { stdio: 'ignore' });
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  } catch {
    return false;
  }
}

const SEGMENT_SECONDS = 2;
/** Its own list is longer than the one that viewers read: what they were just told is still there. */
const KEPT_SEGMENTS = 10;
/** It ends by itself where nothing comes: also when the server was killed and cannot end it. */
const SILENT_SECONDS = 10;
const KEY_BYTES = 30;

/** One size for everything: cameras change theirs as they go. */
const PICTURE =
  'scale=1280:720:force_original_aspect_ratio=decrease,pad=1280:720:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=25';

function argumentsOf(folder: string, run: number, { picture, sounds }: Chosen): string[] {
  const filters = [
    ...(picture === null ? [] : [`[0:v]${PICTURE}[picture]`]),
    ...(sounds.length === 0
      ? []
      : [
          `${sounds.map((_, at) => `[0:a:${at}]`).join('')}amix=inputs=${sounds.length}:duration=longest:normalize=0,aresample=async=1000[sound]`,
        ]),
  ];
  const video = ['-map', '[picture]', '-c:v', 'libx264', '-preset', 'superfast', '-pix_fmt', 'yuv420p'];
  const rate = ['-b:v', '1M', '-maxrate', '1200k', '-bufsize', '2M', '-sc_threshold', '0'];
  const cuts = ['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`];
  const audio = ['-map', '[sound]', '-c:a', 'aac', '-b:a', '64k', '-ac', '1'];
  return [
    ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'],
    ['-protocol_whitelist', 'file,udp,rtp,srtp', '-listen_timeout', String(SILENT_SECONDS)],
    ['-analyzeduration', '1500000', '-probesize', '500000', '-fflags', '+genpts'],
    ['-i', join(folder, `${run}.sdp`), '-filter_complex', filters.join(';')],
    picture === null ? [] : [...video, ...rate, ...cuts],
    sounds.length === 0 ? [] : audio,
    ['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_list_size', String(KEPT_SEGMENTS)],
    ['-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', beginningFile(run)],
    ['-hls_flags', 'delete_segments+independent_segments+temp_file'],
    ['-hls_segment_filename', join(folder, `${run}-%d.m4s`), join(folder, `${run}.m3u8`)],
  ].flat();
}

/** A free even UDP port whose neighbour is free too: RTP takes the one, RTCP the other. */
async function freePorts(): Promise<number> {
  for (;;) {
    const [one, two] = [createSocket('udp4'), createSocket('udp4')];
    try {
      one.bind(0, '127.0.0.1');
      await once(one, 'listening');
      const { port } = one.address();
      if (port % 2 === 1) continue;
      two.bind(port + 1, '127.0.0.1');
      await once(two, 'listening');
      return port;
    } catch {
      // Its neighbour is taken: another one is looked for.
    } finally {
      one.close();
      two.close();
    }
  }
}

/**
 * Starts ffmpeg on producers of an engine; it writes segments of two seconds, under the number of this run, into the folder. A pipe for
 * each stream, as ffmpeg takes each on a port of its own.
 */
export async function startEncoder(
  engine: MediaEngine,
  chosen: Chosen,
  folder: string,
  run: number,
): Promise<Result<Encoder, EngineFailure>> {
  const pipes: string[] = [];
  const consumers: string[] = [];
  const closePipes = async (): Promise<void> => {
    await Promise.all(pipes.map((transport) => engine.closeTransport({ transport })));
  };
  const bring = async (producer: string): Promise<Result<Incoming, EngineFailure>> => {
    const capabilities = await engine.capabilities();
    if (!capabilities.ok) return capabilities;
    const pipe = await engine.openPipe({ form: 'plain' });
    if (!pipe.ok) return pipe;
    const { id: transport, keyBase64 } = pipe.value;
    pipes.push(transport);
    const port = await freePorts();
    // ffmpeg says nothing that the engine would have to open.
    const remote = { ip: '127.0.0.1', port, keyBase64: randomBytes(KEY_BYTES).toString('base64') };
    const connected = await engine.connectPipe({ pipe: transport, remote });
    if (!connected.ok) return connected;
    const rtpCapabilities = capabilities.value;
    const consumed = await engine.consume({ transport, producer, rtpCapabilities, isPaused: false });
    if (!consumed.ok) return consumed;
    consumers.push(consumed.value.id);
    return ok({ ...consumed.value, port, keyBase64 });
  };
  const streams: Incoming[] = [];
  for (const producer of [...(chosen.picture === null ? [] : [chosen.picture]), ...chosen.sounds]) {
    const brought = await bring(producer);
    if (!brought.ok) {
      await closePipes();
      return brought;
    }
    streams.push(brought.value);
  }
  await writeFile(join(folder, `${run}.sdp`), describeSession(streams));
  const child = spawn('ffmpeg', argumentsOf(folder, run, chosen), { stdio: 'ignore' });
  let isRunning = true;
  const ended = new Promise<void>((resolve) => {
    const over = (): void => {
      isRunning = false;
      resolve();
    };
    child.once('exit', over);
    child.once('error', over);
  });
  return ok({
    segments: async () => {
      try {
        return readSegments(await readFile(join(folder, `${run}.m3u8`), 'utf8'));
      } catch {
        // There is none before the first segment.
        return [];
      }
    },
    askPicture: async () => {
      for (const consumer of consumers) {
        await engine.pauseConsumer({ consumer });
        await engine.resumeConsumer({ consumer });
      }
    },
    isRunning: () => isRunning,
    end: async () => {
      child.kill('SIGKILL');
      await Promise.all([ended, closePipes()]);
    },
  });
}
