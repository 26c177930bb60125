import { useCallback } from 'react';

import { AttendanceEvent, type Mode } from '../../../domain/attendance/event.ts';
import { BridgeId, type EventId, type PersonId, SessionId } from '../../../domain/ids.ts';
import { Instant } from '../../../domain/time.ts';
import { clockOffset } from '../api/socket.ts';
import type { Place } from './database.ts';
import { deviceId, newEventId } from './ids.ts';
import { keepEvent } from './outbox.ts';
import { send } from './sender.ts';

/** What a door can write down; the rest of an event is who, where and when. */
export type Happening =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'arrive'; readonly person: PersonId; readonly mode: Mode }
  | { readonly kind: 'leave'; readonly person: PersonId }
  | { readonly kind: 'excuse'; readonly person: PersonId; readonly reason: string }
  | { readonly kind: 'walk-in'; readonly name: string; readonly unit: string; readonly mode: Mode }
  | { readonly kind: 'count'; readonly point: string; readonly counts: Record<string, number> }
  | { readonly kind: 'void'; readonly target: EventId; readonly reason: string };

export type RecordEvent = (happening: Happening, subject?: PersonId | null) => Promise<AttendanceEvent>;

/**
 * Writes an event into the outbox and sends it on; resolves once it is safe on this device. `subject`: whom an undo
 * concerns.
 */
export function useRecord(account: string, place: Place): RecordEvent {
  const { conference, session, bridge } = place;
  return useCallback(
    async (happening, subject = null) => {
      const now = Date.now();
      const event = AttendanceEvent.parse({
        id: newEventId(now),
        session: SessionId.parse(session),
        bridge: BridgeId.parse(bridge),
        device: deviceId(),
        at: Instant.parse(now),
        offset: clockOffset(),
        ...happening,
      });
      await keepEvent(account, { conference, session, bridge }, event, subject);
      send();
      return event;
    },
    [account, conference, session, bridge],
  );
}
