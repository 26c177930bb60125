import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  EMPTY_LIST,
  isPartFile,
  withSegments,
  writePlaylist,
  type LiveList,
} from '../../../domain/media/hls.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { MediaStream } from '../../../domain/wire/media.ts';
import type { MediaEngine } from '../engine.ts';
import { startEncoder, type Chosen, type Encoder } from './encoder.ts';

/** Where the program of one session comes from. */
export interface ProgramSource {
  /** Null while none runs. */
  engine(): MediaEngine | null;
  /** What is on program now. */
  streams(): readonly MediaStream[];
}

export type PlaylistFailure =
  /** Nobody is on program, or nothing of it comes. */
  { readonly reason: 'nothing on program' };

/** The program of one session without WebRTC, for as long as somebody asks for it. */
export interface HlsProgram {
  /** Starts the encoder where none runs, and waits for its first segment. */
  playlist(): Promise<Result<string, PlaylistFailure>>;
  /** Null where there is no such part, or no longer. */
  part(name: string): Promise<Buffer<ArrayBuffer> | null>;
  end(): Promise<void>;
}

const LOOK_EVERY_MS = 500;
/** Players ask every few seconds. */
const IDLE_MS = 20_000;
/** From nothing until the first segment is there; measured, three seconds. */
const FIRST_WITHIN_MS = 10_000;
/** One that ended by itself on the same streams is not started at once again. */
const AGAIN_AFTER_MS = 3_000;

/** Pictures of slides go before those of cameras; who is muted is not waited for. */
export function chosenOf(streams: readonly MediaStream[]): Chosen {
  const going = streams.filter(({ isMuted }) => !isMuted);
  const picture = ['screen', 'camera']
    .map((source) => going.find((stream) => stream.source === source && stream.kind === 'video'))
    .find((stream) => stream !== undefined);
  const sounds = going.filter(({ kind }) => kind === 'audio').map(({ producer }) => producer);
  return { picture: picture?.producer ?? null, sounds: sounds.toSorted() };
}

/** Follows what is on program: another choice is another run of the encoder, and a cut in the playlist. `ended` once nobody asks any more. */
export function hlsProgram(source: ProgramSource, ended: () => void, idleMs = IDLE_MS): HlsProgram {
  let folder: Promise<string> | null = null;
  let list: LiveList = EMPTY_LIST;
  let run = 0;
  let current: { readonly key: string; readonly encoder: Encoder } | null = null;
  let before: Encoder | null = null;
  let begun = { key: '', at: -Infinity };
  let askedAt = performance.now();
  let isOver = false;
  let looking: Promise<void> | null = null;
  const waiting = new Set<() => void>();

  const begin = async (into: string): Promise<void> => {
    const engine = source.engine();
    const chosen = chosenOf(source.streams());
    const isSomething = chosen.picture !== null || chosen.sounds.length > 0;
    const key = engine === null || !isSomething ? '' : JSON.stringify(chosen);
    if (current !== null && (current.key !== key || !current.encoder.isRunning())) {
      await before?.end();
      before = current.encoder;
      current = null;
    }
    if (engine === null || !isSomething || current !== null) return;
    const now = performance.now();
    if (begun.key === key && now - begun.at < AGAIN_AFTER_MS) return;
    begun = { key, at: now };
    run += 1;
    const started = await startEncoder(engine, chosen, into, run);
    if (started.ok) current = { key, encoder: started.value };
  };
  const look = async (): Promise<void> => {
    folder ??= mkdtemp(join(tmpdir(), 'nhipcau-hls-'));
    await begin(await folder);
    const found = (await current?.encoder.segments()) ?? [];
    if (found.length === 0) {
      await current?.encoder.askPicture();
      // Until the next one has something to show, the one before does.
      list = withSegments(list, (await before?.segments()) ?? []);
      return;
    }
    await before?.end();
    before = null;
    list = withSegments(list, found);
    for (const tell of waiting) tell();
  };
  const end = async (): Promise<void> => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    await looking;
    await Promise.all([current?.encoder.end(), before?.end()]);
    for (const tell of waiting) tell();
    if (folder !== null) await rm(await folder, { recursive: true, force: true });
  };
  const again = (): void => {
    if (looking !== null || isOver) return;
    if (waiting.size > 0) askedAt = performance.now();
    if (performance.now() - askedAt > idleMs) {
      ended();
      void end();
      return;
    }
    looking = look().finally(() => (looking = null));
  };
  const timer = setInterval(again, LOOK_EVERY_MS);
  again();

  return {
    playlist: async () => {
      askedAt = performance.now();
      if (list.segments.length === 0) {
        await new Promise<void>((resolve) => {
          const timeout = setTimeout(resolve, FIRST_WITHIN_MS);
          const tell = (): void => {
            clearTimeout(timeout);
            waiting.delete(tell);
            resolve();
          };
          waiting.add(tell);
        });
      }
      return list.segments.length === 0
        ? { ok: false, reason: 'nothing on program' }
        : ok(writePlaylist(list));
    },
    part: async (name) => {
      if (!isPartFile(name) || folder === null) return null;
      try {
        return await readFile(join(await folder, name));
      } catch {
        return null;
      }
    },
    end,
  };
}
