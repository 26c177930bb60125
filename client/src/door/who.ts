import type { PersonId } from '../../../domain/ids.ts';
import { assertNever } from '../../../domain/result.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import type { Words } from '../app/language.ts';
import { nameOfCode } from '../codes/codes.ts';
import { isCode } from './codeRow.ts';
import type { KeptEvent } from './outbox.ts';

type RowOf = (person: PersonId) => DoorRow | undefined;

/** Whom an event of this machine speaks of, in words. Its own record holds no name: the list has it. */
export function whoOf(kept: KeptEvent, events: readonly KeptEvent[], rowOf: RowOf, t: Words): string {
  const { event, subject } = kept;
  switch (event.kind) {
    case 'arrive':
    case 'leave':
    case 'excuse':
      return nameOf(event.person, subject === event.person, rowOf, t);
    case 'walk-in':
      return event.name === '' ? t('walkIn.locked') : event.name;
    case 'void': {
      if (subject !== null) return nameOf(subject as PersonId, false, rowOf, t);
      const target = events.find(({ id }) => id === event.target);
      return target === undefined || target.event.kind === 'void'
        ? t('door.undo')
        : whoOf(target, events, rowOf, t);
    }
    case 'count':
      return t('count.title');
    case 'open':
    case 'close':
      return t('door.bridge');
    default:
      return assertNever(event);
  }
}

/** A code is called what it is, and whoever has a good pass and no name here a bearer of one. */
function nameOf(person: PersonId, bearsPass: boolean, rowOf: RowOf, t: Words): string {
  const row = rowOf(person);
  if (row !== undefined && !isCode(row)) return row.name;
  return bearsPass ? t('scan.bearer') : nameOfCode(person, t);
}
