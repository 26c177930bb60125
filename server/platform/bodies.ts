import express, { type Request, type Response } from 'express';

import type { Sentence } from '../../domain/text/language.ts';
import type { Contract } from '../../domain/wire/contract.ts';
import { noteDigest } from './body-digest.ts';
import type { ConnectionBounds } from './connections.ts';
import { tooMany } from './limits.ts';
import { ProblemError } from './problems.ts';

/** A public route is open to anybody: what it reads into memory is small. */
const PUBLIC_LIMIT = 64 * 1024;
/** The largest body of the API is a document's text of two million letters; a field that is too long is then named. */
const JSON_LIMIT = 16 * 1024 * 1024;
const FILE_LIMIT = 64 * 1024 * 1024;

/** Bytes of bodies that the server holds at once; of one account half of that, so that nobody keeps all others out. */
const MOST_HELD = 256 * 1024 * 1024;
const MOST_HELD_BY_ONE = MOST_HELD / 2;
const COME_AGAIN_SECONDS = 5;

export const NOT_JSON: Sentence = {
  vi: 'Nội dung gửi lên không phải JSON đọc được. Chưa có gì được lưu.',
  en: 'The body is not readable JSON. Nothing was saved.',
};
const TOO_SLOW: Sentence = {
  vi: 'Nội dung gửi lên đến quá chậm nên máy chủ đã ngừng nhận. Chưa có gì được lưu. Hãy thử lại khi đường truyền tốt hơn.',
  en: 'The body came too slowly and the server stopped receiving it. Nothing was saved. Try again on a better line.',
};

/** Reads the body of a request into memory; what is held is let go with the request. */
export type ParseBody = (request: Request, response: Response, account: string | null) => Promise<void>;

/** Memory for bodies, shared by all routes. */
export interface BodyRoom {
  /** Holds so many bytes, or throws `too-many-requests`. Returns what lets them go. */
  hold(bytes: number, account: string): () => void;
}

export function createBodyRoom(most = MOST_HELD, mostOfOne = MOST_HELD_BY_ONE): BodyRoom {
  let held = 0;
  const byAccount = new Map<string, number>();
  return {
    hold(bytes, account) {
      const own = byAccount.get(account) ?? 0;
      if (held + bytes > most || own + bytes > mostOfOne) throw tooMany(COME_AGAIN_SECONDS);
      held += bytes;
      byAccount.set(account, own + bytes);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        held -= bytes;
        const left = (byAccount.get(account) ?? 0) - bytes;
        if (left > 0) byAccount.set(account, left);
        else byAccount.delete(account);
      };
    },
  };
}

/** What reads the body of a contract; null where it has none. */
export function bodyParser(
  { body, scope }: Contract,
  room: BodyRoom,
  bounds: ConnectionBounds,
): ParseBody | null {
  if (body === undefined || body === null) return null;
  const isPublic = scope.at === 'public';
  const limit = body === 'file' ? FILE_LIMIT : isPublic ? PUBLIC_LIMIT : JSON_LIMIT;
  const longestMs = body === 'file' ? bounds.fileBodyMs : isPublic ? bounds.publicBodyMs : bounds.jsonBodyMs;
  // Nobody sends packed bodies; what one unpacks to is not foreseen.
  const options = { limit, inflate: false };
  const parser =
    body === 'file'
      ? express.raw({ type: () => true, ...options })
      : express.json({ ...options, verify: noteDigest });
  return (request, response, account) =>
    new Promise((resolve, reject) => {
      // The reader would first wait for all of it.
      if (Number(request.headers['content-length'] ?? 0) > limit) throw new ProblemError('too-large');
      if (account !== null) response.once('close', room.hold(bytesOf(request, limit), account));
      const patience = setTimeout(() => {
        // The rest of it is not waited for.
        response.setHeader('Connection', 'close');
        reject(new ProblemError('malformed', TOO_SLOW));
      }, longestMs);
      parser(request, response, (error?: unknown) => {
        clearTimeout(patience);
        if (error === undefined) resolve();
        else reject(bodyProblem(error));
      });
    });
}

/** How much memory a body may take: as much as it says, and where it does not say, as much as it may have. */
function bytesOf({ headers }: Request, limit: number): number {
  const said = Number(headers['content-length']);
  return headers['content-length'] !== undefined && said <= limit ? said : limit;
}

/** What the body parser refuses is the sender's doing; it names each kind in `type`. */
function bodyProblem(error: unknown): unknown {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new ProblemError('too-large');
    case undefined:
      return error;
    default:
      return new ProblemError('malformed', NOT_JSON);
  }
}
