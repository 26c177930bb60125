import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { OPENS } from '../../../domain/attendance/node.ts';
import { timeOf } from '../../../domain/attendance/order.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { assertNever } from '../../../domain/result.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import type { Roster } from './roster.ts';

/** An event of this machine, and whom it concerns where the event itself does not say. */
export interface OwnEvent {
  readonly event: AttendanceEvent;
  readonly subject: string | null;
}

export interface Applied {
  readonly roster: Roster;
  /** Only the server knows what is left after it: an undo, or a count at a point where others may have counted. */
  readonly unsure: boolean;
}

/**
 * A list as it will be once the server has these events of this machine: what it saw counts at once. Set, never toggled:
 * an event that the list has already changes nothing. The ledger's fold has the last word.
 *
 * @param known every event of this machine at this door, for what an undo takes back and what was counted before
 */
export function withOwn(roster: Roster, events: readonly OwnEvent[], known: readonly OwnEvent[]): Applied {
  if (events.length === 0) return { roster, unsure: false };
  const own = new Map(known.map((one) => [one.event.id, one.event]));
  const undone = new Set(events.flatMap(({ event }) => (event.kind === 'void' ? [event.target] : [])));
  const rows = new Map(roster.people.map((row) => [row.person, row]));
  let { state, walkIns, counted } = roster.head;
  let unsure = false;
  for (const { event, subject } of events) {
    if (event.kind === 'void') {
      const target = own.get(event.target);
      walkIns = walkIns.filter((one) => one.id !== event.target);
      if (target?.kind === 'close') {
        state = 'open';
        for (const row of rows.values()) rows.set(row.person, reopened(row));
      }
      const person =
        target !== undefined && 'person' in target ? target.person : (subject as PersonId | null);
      const row = person === null ? undefined : rows.get(person);
      if (row !== undefined) rows.set(row.person, takenBack(row, event.bridge, state === 'closed'));
      unsure ||= target?.kind !== 'walk-in';
      continue;
    }
    if (undone.has(event.id)) continue;
    if (state === 'unopened' && OPENS.has(event.kind)) state = 'open';
    switch (event.kind) {
      case 'close':
        state = 'closed';
        for (const row of rows.values()) rows.set(row.person, closed(row));
        break;
      case 'walk-in':
        if (!walkIns.some((one) => one.id === event.id)) {
          const { id, name, unit, mode } = event;
          walkIns = [...walkIns, { id, name, unit, since: timeOf(event), mode }];
        }
        break;
      case 'count': {
        const before = countedBefore(event, known);
        unsure ||= before === null && Object.keys(counted).length > 0;
        counted = recounted(counted, before ?? {}, event.counts);
        break;
      }
      case 'arrive':
      case 'leave':
      case 'excuse':
        rows.set(
          event.person,
          after(rows.get(event.person) ?? unknownRow(event.person), event, state === 'closed'),
        );
        break;
      case 'open':
    }
  }
  const head = { ...roster.head, state, walkIns, counted };
  return { roster: { ...roster, people: [...rows.values()], head }, unsure };
}

type Presence = DoorRow['presence'];
type OfPerson = Extract<AttendanceEvent, { kind: 'arrive' | 'leave' | 'excuse' }>;

/** The row of somebody after one event, as `foldStay` would see it. */
function after(row: DoorRow, event: OfPerson, isClosed: boolean): DoorRow {
  const { presence } = row;
  const cameHere =
    (presence.state === 'present' || presence.state === 'left') && presence.at === event.bridge;
  switch (event.kind) {
    case 'arrive': {
      // Coming back does not begin a new stay, and who is here already stays since the first time.
      const since = cameHere ? presence.since : timeOf(event);
      return { ...row, presence: { state: 'present', at: event.bridge, since, mode: event.mode } };
    }
    case 'leave':
      if (!cameHere || presence.state === 'left') return row;
      return { ...row, presence: { ...presence, state: 'left', until: timeOf(event) } };
    case 'excuse': {
      if (presence.state === 'present' || presence.state === 'left') return row;
      const excused: DoorRow = { ...row, presence: { state: 'excused', reason: event.reason } };
      return isClosed ? closed(excused) : excused;
    }
    default:
      return assertNever(event);
  }
}

/** Only now is an unmarked person absent. */
function closed(row: DoorRow): DoorRow {
  const { presence, expectedHere, basis } = row;
  // An invited guest who stays away is not absent.
  if (!expectedHere || basis !== 'summoned') return row;
  if (presence.state === 'unmarked') return { ...row, presence: { state: 'absent', reason: null } };
  if (presence.state !== 'excused') return row;
  return { ...row, presence: { state: 'absent', reason: presence.reason } };
}

function reopened(row: DoorRow): DoorRow {
  const { presence } = row;
  if (presence.state !== 'absent') return row;
  const { reason } = presence;
  return { ...row, presence: reason === null ? { state: 'unmarked' } : { state: 'excused', reason } };
}

/** What an undo most likely leaves: nothing. The server knows better where there was more. */
function takenBack(row: DoorRow, bridge: string, isClosed: boolean): DoorRow {
  const { presence } = row;
  if (presence.state === 'present' && presence.at !== bridge) return row;
  const nothing: Presence = { state: 'unmarked' };
  const left = { ...row, presence: nothing };
  return isClosed ? closed(left) : left;
}

type Count = Extract<AttendanceEvent, { kind: 'count' }>;

/** What this machine last counted at the same point, before an event; null where it never did. */
function countedBefore(event: Count, known: readonly OwnEvent[]): Count['counts'] | null {
  const same = known.flatMap(({ event: one }) =>
    one.kind === 'count' && one.point === event.point && one.id < event.id ? [one] : [],
  );
  return same.at(-1)?.counts ?? null;
}

function recounted(whole: Count['counts'], before: Count['counts'], now: Count['counts']): Count['counts'] {
  const next = { ...whole };
  for (const category of new Set([...Object.keys(before), ...Object.keys(now)])) {
    next[category] = Math.max(0, (next[category] ?? 0) - (before[category] ?? 0) + (now[category] ?? 0));
  }
  return next;
}

/** Somebody whose id no list knows: recorded all the same. */
export function unknownRow(person: PersonId): DoorRow {
  return {
    person,
    name: person,
    position: '',
    unit: null,
    basis: null,
    expectedHere: false,
    presence: { state: 'unmarked' },
  };
}
