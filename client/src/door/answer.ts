import { assertNever } from '../../../domain/result.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import type { Flag } from '../../../domain/attendance/event.ts';
import type { EventId, PersonId } from '../../../domain/ids.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import type { Words } from '../app/language.ts';
import { clockTime } from '../parts/figures.ts';
import type { Instant } from '../../../domain/time.ts';

/** `done` green, `already` and `elsewhere` amber, `unlisted` blue, `changed` plain, `refused` red. */
export type AnswerKind = 'done' | 'already' | 'elsewhere' | 'unlisted' | 'changed' | 'refused';

/** What the door says of the last thing that was done: it fills the width of the page. */
export interface Answer {
  readonly kind: AnswerKind;
  readonly name: string;
  readonly detail: string;
  readonly sentence: string;
  readonly event: EventId;
  readonly person: PersonId | null;
  /** Whether "undo" makes sense for it. */
  readonly undoable: boolean;
}

/** What to say at once of somebody who came in, from what this device knows. */
export function answerToArrival(row: DoorRow, event: EventId, at: Instant, bridge: string, t: Words): Answer {
  const base = { name: row.name, detail: row.position, event, person: row.person, undoable: true };
  const { presence } = row;
  switch (presence.state) {
    case 'present':
      return presence.at === bridge
        ? {
            ...base,
            kind: 'already',
            sentence: t('answer.already', { at: formatTime(presence.since) }),
            undoable: false,
          }
        : { ...base, kind: 'elsewhere', sentence: t('answer.elsewhere', { at: formatTime(presence.since) }) };
    case 'excused':
      return {
        ...base,
        kind: 'done',
        sentence: t('answer.wasExcused', { at: clockTime(at), reason: presence.reason }),
      };
    case 'left':
      return {
        ...base,
        kind: 'done',
        sentence: t('answer.back', { at: clockTime(at), left: formatTime(presence.until) }),
      };
    case 'unmarked':
    case 'absent':
      return row.expectedHere
        ? { ...base, kind: 'done', sentence: t('answer.done', { at: clockTime(at) }) }
        : { ...base, kind: 'unlisted', sentence: t('answer.unlisted', { at: clockTime(at) }) };
    default:
      return assertNever(presence);
  }
}

/** The kind that the ledger's flags make of an answer; null where they say no more than the device knew. */
export function kindByFlags(flags: readonly Flag[]): AnswerKind | null {
  if (flags.includes('already-present')) return 'already';
  if (flags.includes('present-elsewhere') || flags.includes('other-bridge')) return 'elsewhere';
  if (flags.includes('not-on-list')) return 'unlisted';
  return null;
}
