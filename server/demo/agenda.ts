import type { ConferenceId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import type { Visitor } from './visitor.ts';

const MINUTE = 60_000;
/** How often the desk looks at its clock. */
const LOOK_EVERY_MS = 500;
/** What the desk says, and how many minutes after the start: the second item is drawn out, so that the end moves. */
const SAID = [
  { after: 1, item: 0, step: 'start', minutes: null },
  { after: 4, item: 1, step: 'start', minutes: null },
  { after: 6, item: 1, step: 'extend', minutes: 5 },
  { after: 12, item: 2, step: 'start', minutes: null },
  { after: 34, item: 3, step: 'start', minutes: null },
] as const;

/** Plays the desk that runs the agenda through the beginning of the session. Returns once it has said everything. */
export async function playAgenda(
  organizer: Visitor,
  {
    conference,
    session,
    startsAt,
    clock,
  }: {
    readonly conference: ConferenceId;
    readonly session: SessionId;
    readonly startsAt: Instant;
    readonly clock: () => Instant;
  },
): Promise<void> {
  for (const { after, ...body } of SAID) {
    while (clock() < startsAt + after * MINUTE)
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS).unref());
    await organizer.call(api.stepAgenda, { params: { conference, session }, body });
  }
}
