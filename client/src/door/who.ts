import type { PersonId } from '../../../domain/ids.ts';
import { assertNever } from '../../../domain/result.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import type { Words } from '../app/language.ts';
import type { KeptEvent } from './outbox.ts';

type RowOf = (person: PersonId) => DoorRow | undefined;

/** Whom an event of this machine speaks of, in words. Its own record holds no name: the list has it. */
export function whoOf(kept: KeptEvent, events: readonly KeptEvent[], rowOf: RowOf, t: Words): string {
  const { event, subject } = kept;
  switch (event.kind) {
    case 'arrive':
    case 'leave':
    case 'excuse':
      return rowOf(event.person)?.name ?? event.person;
    case 'walk-in':
      return event.name === '' ? t('walkIn.locked') : event.name;
    case 'void': {
      if (subject !== null) return rowOf(subject as PersonId)?.name ?? subject;
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
