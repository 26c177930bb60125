import type { SessionId } from '../../domain/ids.ts';
import { turnsOf, type Turn } from '../../domain/media/floor.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionOf } from '../schedule/queries.ts';
import { readFloorSteps } from './floor-store.ts';

/** Who had the floor (phát biểu) and who was on program in a session, from when to when; null where the conference has no such session. */
export async function floorTimes(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<{ readonly floor: readonly Turn[]; readonly program: readonly Turn[] } | null> {
  if ((await sessionOf(context, conference, session)) === null) return null;
  return turnsOf(await readFloorSteps(context.database.read, session));
}
