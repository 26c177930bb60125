import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { BridgeId } from '../../../domain/ids.ts';
import type { MediaSource, MediaStream } from '../../../domain/wire/media.ts';
import { startEmbeddedEngine } from '../../../server/media/embedded/engine.ts';
import type { ThreadedEngine } from '../../../server/media/engine-thread.ts';
import { hasFfmpeg } from '../../../server/media/hls/encoder.ts';
import { chosenOf, hlsProgram } from '../../../server/media/hls/program.ts';
import { startFfmpegSource } from './ffmpeg-source.ts';

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('nhipcau-hls-'));
const isThere = await hasFfmpeg();
const bridge = BridgeId.parse('01943a00-0000-7000-8000-000000000001');
const stream = (producer: string, source: MediaSource, isMuted = false): MediaStream => ({
  producer,
  bridge,
  source,
  kind: source === 'microphone' ? 'audio' : 'video',
  isMuted,
});

test('slides go before cameras, and nobody waits for who is muted', () => {
  const streams = [
    stream('m2', 'microphone'),
    stream('c', 'camera'),
    stream('s', 'screen'),
    stream('m1', 'microphone'),
    stream('m0', 'microphone', true),
  ];
  expect(chosenOf(streams)).toEqual({ picture: 's', sounds: ['m1', 'm2'] });
  expect(chosenOf([])).toEqual({ picture: null, sounds: [] });
});

describe.skipIf(!isThere)('the program without WebRTC (needs ffmpeg on this machine)', () => {
  let engine: ThreadedEngine;
  const after: (() => unknown)[] = [];
  let foldersBefore: string[];

  beforeEach(async () => {
    foldersBefore = folders();
    const most = { transports: 20, streamsPerTransport: 20 };
    engine = await startEmbeddedEngine({
      listenIp: '127.0.0.1',
      port: 0,
      announced: [{ ip: '127.0.0.1' }],
      most,
    });
    after.push(() => engine.close());
  });
  afterEach(async () => {
    for (const end of after.splice(0).toReversed()) await end();
  });
  const source = async (kind: 'video' | 'audio', port: number): Promise<string> => {
    const { producer, stop } = await startFfmpegSource(engine, kind, port);
    after.push(stop);
    return producer;
  };

  test('is picture and sound that any player reads, goes on with a cut when the program changes, and ends when nobody asks', async () => {
    const picture = await source('video', 47_102);
    const sound = await source('audio', 47_104);
    let streams = [stream(picture, 'camera'), stream(sound, 'microphone')];
    let isEnded = false;
    const hls = hlsProgram({ engine: () => engine, streams: () => streams }, () => (isEnded = true), 3_000);
    after.push(() => hls.end());
    const list = async (): Promise<string> => {
      const answer = await hls.playlist();
      return answer.ok ? answer.value : answer.reason;
    };
    expect(await list()).toContain('parts/1-0.m4s');
    const bytes = Buffer.concat([(await hls.part('1-init.mp4'))!, (await hls.part('1-0.m4s'))!]);
    const read = spawnSync(
      'ffprobe',
      ['-loglevel', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', '-'],
      {
        input: bytes,
        encoding: 'utf8',
      },
    );
    expect(read.stdout.trim().split('\n')).toEqual(['h264', 'aac']);
    expect(await hls.part('../1.sdp')).toBeNull();
    streams = [stream(picture, 'camera')];
    await expect
      .poll(list, { timeout: 15_000, interval: 500 })
      .toMatch(/#EXT-X-DISCONTINUITY\n[^]*parts\/2-0/);
    await expect.poll(() => isEnded, { timeout: 8_000 }).toBe(true);
    await expect.poll(folders).toEqual(foldersBefore);
    await expect.poll(() => pipesOf(engine)).toBe(2);
  });

  test('with nothing on program says so', async () => {
    const hls = hlsProgram({ engine: () => engine, streams: () => [] }, () => undefined);
    after.push(() => hls.end());
    setTimeout(() => void hls.end(), 200);
    expect(await hls.playlist()).toEqual({ ok: false, reason: 'nothing on program' });
  });
});

async function pipesOf(engine: ThreadedEngine): Promise<number> {
  const counted = await engine.statistics();
  return counted.ok ? counted.value.transports : -1;
}
