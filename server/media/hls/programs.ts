import type { ConferenceId, SessionId } from '../../../domain/ids.ts';
import type { MediaStream } from '../../../domain/wire/media.ts';
import { programContracts } from '../../../domain/wire/program.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import type { StartJob } from '../../platform/jobs.ts';
import type { MediaEngine } from '../engine.ts';
import { hasFfmpeg } from './encoder.ts';
import { hlsProgram, type HlsProgram } from './program.ts';

/** The programs that somebody views without WebRTC now. */
export interface HlsPrograms {
  /** Where the playlist of a session's program is; null on a machine without ffmpeg. */
  addressOf(conference: ConferenceId, session: SessionId): string | null;
  /** That of a session, which begins where nobody has asked before. */
  watch(session: SessionId, streams: () => readonly MediaStream[]): HlsProgram;
  /** Null where nobody views it. */
  watched(session: SessionId): HlsProgram | null;
  /** Looks whether there is an ffmpeg, and ends all of them with the server. */
  readonly job: StartJob;
}

export function createPrograms(engine: () => MediaEngine | null): HlsPrograms {
  const programs = new Map<SessionId, HlsProgram>();
  let isThere = false;
  return {
    addressOf: (conference, session) => {
      if (!isThere) return null;
      return urlOf(programContracts.programPlaylist, { params: { conference, session } });
    },
    watch(session, streams) {
      const known = programs.get(session);
      if (known !== undefined) return known;
      const begun = hlsProgram({ engine, streams }, () => programs.delete(session));
      programs.set(session, begun);
      return begun;
    },
    watched: (session) => programs.get(session) ?? null,
    job: (context) => {
      const looking = (async () => {
        isThere = await hasFfmpeg();
        if (!isThere) context.log.info('no ffmpeg: the program is to be had by WebRTC alone');
      })();
      return {
        stop: async () => {
          await looking;
          await Promise.all([...programs.values()].map((program) => program.end()));
        },
      };
    },
  };
}
