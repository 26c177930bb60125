import type { Request, Response } from 'express';

import type { Entered } from '../../domain/wire/sign-in.ts';
import { cookieName, cookieOptions, ticketIn } from './cookie.ts';
import type { Browser } from './commands.ts';
import type { CameIn } from './opening.ts';

export interface EntranceParts {
  readonly publicUrl: string | null;
  /** Told the key of each sign-in that has ended. */
  readonly onEnded: (signIn: string) => void;
}

/** What every way in has in common: who asks from where, the cookie, and what ends with it. */
export interface Entrance {
  readonly browserOf: (request: Request) => Browser;
  /** Gives the browser its cookie, closes what ended, and says how far the person is. */
  readonly letIn: (request: Request, response: Response, came: CameIn) => Entered;
  readonly end: (response: Response, key: string | null) => void;
  /** Tells of sign-ins that ended elsewhere. */
  readonly ended: (keys: readonly string[]) => void;
  /** The address of this server as the browser has it: `https://nhipcau.tinh.vn`. */
  readonly originOf: (request: Request) => string;
}

/** Whether a cookie is for https only. */
export function isSecure(request: Request, publicUrl: string | null): boolean {
  return request.secure || (publicUrl?.startsWith('https:') ?? false);
}

export function createEntrance({ publicUrl, onEnded }: EntranceParts): Entrance {
  const ended = (keys: readonly string[]): void => {
    for (const key of keys) onEnded(key);
  };
  return {
    browserOf: (request) => ({
      agent: request.headers['user-agent'] ?? '',
      address: request.ip ?? '',
      key: ticketIn(request.headers.cookie)?.key ?? null,
    }),
    letIn: (request, response, came) => {
      const secure = isSecure(request, publicUrl);
      response.cookie(cookieName(secure), came.cookie, cookieOptions(secure));
      ended(came.ended);
      return came.entered;
    },
    end: (response, key) => {
      if (key !== null) ended([key]);
      for (const secure of [true, false]) response.clearCookie(cookieName(secure), { path: '/', secure });
    },
    ended,
    originOf: (request) =>
      publicUrl === null
        ? `${request.secure ? 'https' : 'http'}://${request.headers.host ?? ''}`
        : new URL(publicUrl).origin,
  };
}
