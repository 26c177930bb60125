import type { SessionId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { readSession, readSessions, type SessionRecord } from './store.ts';

export type { SessionRecord } from './store.ts';

/** One session of a conference; null where the conference has none of this id. */
export function sessionOf(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<SessionRecord | null> {
  return readSession(context.database.read, conference, session);
}

/** All sessions, rehearsals, line tests and follow-up sessions of a conference, by start. */
export function sessionsOf(context: Context, conference: AuthorizedConferenceId): Promise<SessionRecord[]> {
  return readSessions(context.database.read, conference);
}
