import type { Flag } from '../../../domain/attendance/event.ts';
import { flagSentence } from '../../../domain/attendance/sentences.ts';
import type { Language } from '../../../domain/text/language.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import { isCode } from './codeRow.ts';
import type { KeptEvent } from './outbox.ts';

/** What a person should look at again, among what the server found out about an event. */
const TO_REVIEW: ReadonlySet<Flag> = new Set<Flag>([
  'present-elsewhere',
  'other-bridge',
  'not-on-list',
  'not-here',
  'clock-off',
  'not-taking-part',
]);

/** Who was answered at once has heard it at the door. Later than this they have gone in. */
const AT_ONCE_MS = 5000;

/**
 * Events of this machine that could not be judged while there was no line, and of which the server has since said that
 * they need a look. Recorded they are all the same.
 */
export function toReview(
  events: readonly KeptEvent[],
  rowOf: (person: PersonId) => DoorRow | undefined,
): KeptEvent[] {
  const undone = new Set(
    events.flatMap(({ event }) => (event.kind === 'void' ? [event.target as string] : [])),
  );
  return events.filter(
    ({ id, state, seen, flags, keptAt, settledAt, event }) =>
      state === 'done' &&
      // Codes have a list of their own.
      !(event.kind === 'arrive' && isCode(rowOf(event.person))) &&
      !seen &&
      !undone.has(id) &&
      settledAt !== null &&
      settledAt - keptAt > AT_ONCE_MS &&
      flags.some((flag) => TO_REVIEW.has(flag)),
  );
}

export function reviewSentence({ flags }: KeptEvent, language: Language): string {
  const told = flags.filter((flag) => TO_REVIEW.has(flag));
  return told.map((flag) => flagSentence(flag, language)).join(' ');
}
