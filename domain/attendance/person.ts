import { PersonId } from '../ids.ts';
import type { BridgeId, EventId } from '../ids.ts';
import type { AttendanceEvent } from './event.ts';
import { timeOf } from './order.ts';
import type { Presence } from './presence.ts';
import type { Sighting, Stay } from './stay.ts';
import type { Place, Standing } from './tally.ts';

/** The person of whom an event speaks; of a walk-in, the one that the event itself brings into the ledger. */
export function personIn(event: AttendanceEvent): PersonId | null {
  switch (event.kind) {
    case 'arrive':
    case 'leave':
    case 'excuse':
      return event.person;
    case 'walk-in':
      return walkInOf(event.id);
    default:
      return null;
  }
}

/** The id under which a walk-in stands in the ledger: that of the event; later events may say that they left. */
export function walkInOf(event: EventId): PersonId {
  return PersonId.parse(event);
}

/** An event of a person as `foldStay` reads it; null for one that speaks of nobody. */
export function sightingOf(event: AttendanceEvent): Sighting<BridgeId> | null {
  const { bridge } = event;
  const time = timeOf(event);
  switch (event.kind) {
    case 'arrive':
    case 'walk-in':
      return { kind: 'arrive', bridge, time, mode: event.mode };
    case 'leave':
      return { kind: 'leave', bridge, time };
    case 'excuse':
      return { kind: 'excuse', bridge, time, reason: event.reason };
    default:
      return null;
  }
}

/**
 * Where a person stands, as the figures count it. Who came is present, excused or not. Absence exists only after the
 * person's own bridge closed, and never for a guest.
 *
 * @param closed whether the bridge where the person is expected has closed
 */
export function placeOf(stay: Stay<unknown>, as: Standing, closed: boolean): Place {
  if (stay.at !== null) {
    return { as, state: stay.until === null ? 'in-room' : 'left', online: stay.mode === 'online' };
  }
  const excused = stay.reason !== null;
  if (closed && as === 'summoned') {
    return { as, state: excused ? 'absent-with-reason' : 'absent-without', online: false };
  }
  return { as, state: excused ? 'excused' : 'unmarked', online: false };
}

/** The same, as pages and reports tell it. */
export function presenceOf(stay: Stay<BridgeId>, state: Place['state']): Presence {
  const { at, since, until, mode, reason } = stay;
  if (at !== null) {
    return until === null ? { state: 'present', at, since, mode } : { state: 'left', at, since, until, mode };
  }
  if (state === 'absent-with-reason' || state === 'absent-without') return { state: 'absent', reason };
  return reason === null ? { state: 'unmarked' } : { state: 'excused', reason };
}
