import { assertNever } from '../../../domain/result.ts';
import type { PassRefusal } from '../../../domain/passes/check.ts';
import { readCode } from '../../../domain/passes/codes.ts';
import { formatClock, formatDate, formatTime } from '../../../domain/text/dates.ts';
import { postParts } from '../../../domain/text/posts.ts';
import type { EventId, PersonId } from '../../../domain/ids.ts';
import type { DoorRow, RecordAnswer } from '../../../domain/wire/attendance.ts';
import type { Words } from '../app/language.ts';
import { nameOfCode } from '../codes/codes.ts';
import type { Instant } from '../../../domain/time.ts';

/**
 * How the ledger sees it: `done` green, `again` amber, `noted` blue, `look` triangle. `changed` plain: done, and nobody
 * came in. `refused` red. `held`: delivered by a machine that was revoked, and waiting for a person.
 */
export type AnswerKind = RecordAnswer['tone'] | 'changed' | 'refused' | 'held';

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
  /** The page knows more than the ledger can say: its sentence stays where both see the event alike. */
  readonly saysMore?: boolean;
}

/** Position and unit, on which chair, and how somebody is expected: what a host says to find their seat. */
export function detailOf(row: DoorRow, t: Words): string {
  const { position, unit, seatNumber, basis, expectedHere } = row;
  const seat = basis === null ? '' : t(expectedHere ? `seat.${basis}` : 'seat.elsewhere');
  const chair = seatNumber === undefined ? '' : t('door.seatNumber', { number: seatNumber });
  return [...postParts(position, unit ?? null), chair, seat].filter((part) => part !== '').join(' · ');
}

/**
 * What to say at once of somebody who came in, from what this device knows.
 *
 * @param isOwn whether this machine itself checked them in before
 */
export function answerToArrival(
  row: DoorRow,
  event: EventId,
  at: Instant,
  bridge: string,
  isOwn: boolean,
  t: Words,
): Answer {
  const base = { name: row.name, detail: detailOf(row, t), event, person: row.person, undoable: true };
  const { presence } = row;
  switch (presence.state) {
    case 'present':
      return presence.at === bridge
        ? {
            ...base,
            kind: 'again',
            sentence: t(isOwn ? 'answer.alreadyHere' : 'answer.already', {
              at: formatTime(presence.since),
            }),
            undoable: false,
          }
        : { ...base, kind: 'look', sentence: t('answer.elsewhere', { at: formatTime(presence.since) }) };
    case 'excused':
      return {
        ...base,
        kind: 'done',
        sentence: t('answer.wasExcused', { at: formatClock(at), reason: presence.reason }),
      };
    case 'left':
      return {
        ...base,
        kind: 'done',
        sentence: t('answer.back', { at: formatClock(at), left: formatTime(presence.until) }),
      };
    case 'unmarked':
    case 'absent':
      return row.expectedHere
        ? { ...base, kind: 'done', sentence: t('answer.done', { at: formatClock(at) }) }
        : { ...base, kind: 'noted', sentence: t('answer.unlisted', { at: formatClock(at) }) };
    default:
      return assertNever(presence);
  }
}

/** What to say of a scan that checks nobody in: it is kept, and what to do now. */
export function answerToScan(
  refusal: PassRefusal,
  code: PersonId,
  event: EventId,
  at: Instant,
  before: DoorRow | undefined,
  t: Words,
): Answer {
  const { kind } = readCode(code);
  // Of a plain code the ledger may know whose it is: somebody of another bridge.
  const saysMore = kind !== 'code';
  const base = { name: nameOfCode(code, t), detail: '', event, person: code, undoable: true, saysMore };
  if (before?.presence.state === 'present') {
    const since = formatTime(before.presence.since);
    const sentence = t('scan.again', { at: since });
    return { ...base, kind: 'again', sentence, undoable: false, saysMore: true };
  }
  const until = refusal.reason === 'expired' ? formatDate(refusal.until) : '';
  return { ...base, kind: 'noted', sentence: t(`scan.${kind}`, { at: formatClock(at), until }) };
}

/** The answer once the ledger has given its own, which has the last word on how to see what was done. */
export function withLedger(before: Answer, ledger: RecordAnswer): Answer {
  const { outcome, tone, flags, message } = ledger;
  if (outcome === 'quarantined') return { ...before, kind: 'held', sentence: message, undoable: false };
  if (outcome !== 'recorded') return { ...before, kind: 'refused', sentence: message, undoable: false };
  const plain = before.kind === 'done' || before.kind === 'changed';
  // Where both say that it is done, this page says more: that somebody came back, or was excused before.
  if (tone === 'done' && plain && flags.length === 0) return before;
  // Of a code on no list the ledger says just that, also of the second scan.
  const agrees = tone === before.kind || (before.kind === 'again' && flags.includes('already-present'));
  if (before.saysMore === true && agrees) return before;
  return {
    ...before,
    kind: tone === 'done' && before.kind === 'changed' ? 'changed' : tone,
    sentence: message,
    // To undo a second scan would leave the person where the first one put them.
    undoable: tone === 'again' ? false : before.undoable || before.kind === 'again',
  };
}
