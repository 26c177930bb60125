import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { timeOf } from '../../../domain/attendance/order.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';

export type Rows = ReadonlyMap<PersonId, DoorRow>;

/**
 * The rows as they will be once the server has these events: what this device saw counts at once. The server's own
 * rows replace them as they come; the ledger's fold has the last word.
 */
export function withEvents(rows: Rows, events: readonly AttendanceEvent[]): Rows {
  if (events.length === 0) return rows;
  const undone = new Set(events.flatMap((event) => (event.kind === 'void' ? [event.target] : [])));
  const next = new Map(rows);
  for (const event of events) {
    if (!('person' in event) || undone.has(event.id)) continue;
    const row = next.get(event.person) ?? unknownRow(event.person);
    next.set(event.person, after(row, event));
  }
  return next;
}

/** The row of somebody after one event. */
export function after(row: DoorRow, event: AttendanceEvent): DoorRow {
  const { presence } = row;
  const inRoom = presence.state === 'present' && presence.at === event.bridge;
  switch (event.kind) {
    case 'arrive':
      // Set, never toggle: who is here already stays since the first time.
      return {
        ...row,
        presence: {
          state: 'present',
          at: event.bridge,
          since: inRoom ? presence.since : timeOf(event),
          mode: event.mode,
        },
      };
    case 'leave':
      if (!inRoom) return row;
      return { ...row, presence: { ...presence, state: 'left', until: timeOf(event) } };
    case 'excuse':
      if (presence.state === 'present' || presence.state === 'left') return row;
      return { ...row, presence: { state: 'excused', reason: event.reason } };
    default:
      return row;
  }
}

/** Somebody whose id no list knows: recorded all the same. */
function unknownRow(person: PersonId): DoorRow {
  return {
    person,
    name: person,
    position: '',
    unit: null,
    basis: 'invited',
    expectedHere: false,
    presence: { state: 'unmarked' },
  };
}
