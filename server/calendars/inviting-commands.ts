import { createHash } from 'node:crypto';

import {
  invitingEvent,
  materialOf,
  type Inviting,
  type InvitingMethod,
} from '../../domain/calendar/inviting.ts';
import type { Context } from '../platform/context.ts';
import type { Connection } from '../platform/database.ts';
import { readTold, writeTold } from './inviting-store.ts';
import { writeCalendar } from './writer.ts';

/** A calendar that goes along with a letter. */
export interface CalendarPart {
  readonly method: InvitingMethod;
  readonly content: string;
}

/**
 * The calendar that goes along with a letter, in the transaction that queues it. SEQUENCE rises with everything that is material and
 * never falls; the same told again has the same one. Null where there is nothing to call off: nothing was ever called, or it is
 * called off already.
 */
export async function calendarPart(
  db: Connection,
  { clock }: Pick<Context, 'clock'>,
  inviting: Inviting,
  method: InvitingMethod,
): Promise<CalendarPart | null> {
  const told = await readTold(db, inviting.id);
  if (method === 'CANCEL' && told?.method !== 'REQUEST') return null;
  const digest = createHash('sha256').update(materialOf(inviting, method)).digest('hex');
  const sequence = told === null ? 0 : told.sequence + (told.digest === digest ? 0 : 1);
  await writeTold(db, inviting.id, { sequence, digest, method, address: inviting.attendee.address });
  // Offices write Vietnamese, whatever somebody's page speaks.
  const event = invitingEvent(inviting, method, sequence, 'vi');
  return { method, content: await writeCalendar({ method, name: null, events: [event], stamp: clock() }) };
}
