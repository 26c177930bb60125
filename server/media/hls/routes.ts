import { programContracts } from '../../../domain/wire/program.ts';
import { implement, type Document, type Route } from '../../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../../platform/problems.ts';
import { sessionOf } from '../../schedule/queries.ts';
import type { MediaPlane } from '../live.ts';
import type { HlsPrograms } from './programs.ts';
import { NO_FFMPEG, NOTHING_ON_PROGRAM } from './sentences.ts';

/** The program of a session without WebRTC. */
export function programRoutes({
  plane,
  programs,
}: {
  readonly plane: MediaPlane;
  readonly programs: HlsPrograms;
}): Route[] {
  return [
    implement(programContracts.programPlaylist, async ({ scope, params, context }) => {
      const opened = await plane.open(context, scope, params.session);
      if (opened === null) throw new ProblemError('not-found');
      if (programs.addressOf(scope, params.session) === null)
        throw new ProblemError('wrong-state', NO_FFMPEG);
      const streams = () => opened.room.program().value.streams;
      if (plane.engines.origin() === null || streams().length === 0)
        throw new ProblemError('wrong-state', NOTHING_ON_PROGRAM);
      const playlist = await programs.watch(params.session, streams).playlist();
      const text = valueOrProblem(playlist, {
        'nothing on program': () => new ProblemError('wrong-state', NOTHING_ON_PROGRAM),
      });
      return fileOf('application/vnd.apple.mpegurl', 'live.m3u8', Buffer.from(text));
    }),

    implement(programContracts.programPart, async ({ scope, params, context }) => {
      const session = await sessionOf(context, scope, params.session);
      const part = session === null ? null : await programs.watched(params.session)?.part(params.part);
      if (part == null) throw new ProblemError('not-found');
      return fileOf('video/mp4', params.part, part);
    }),
  ];
}

function fileOf(type: string, filename: string, bytes: Buffer): Document {
  return {
    type,
    filename,
    write: (out) => {
      out.end(bytes);
      return Promise.resolve();
    },
  };
}
