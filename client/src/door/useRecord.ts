import { useMemo } from 'react';

import { AttendanceEvent, type Mode } from '../../../domain/attendance/event.ts';
import { BridgeId, type EventId, type PersonId, SessionId } from '../../../domain/ids.ts';
import { Instant } from '../../../domain/time.ts';
import { clockOffset } from '../api/socket.ts';
import type { Place } from './database.ts';
import { deviceId, newEventId } from './ids.ts';
import { keepEvents } from './outbox.ts';
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

/** What happened, and whom an undo concerns. */
export interface Noted {
  readonly happening: Happening;
  readonly subject?: PersonId | null;
}

export interface Recorder {
  readonly record: (happening: Happening, subject?: PersonId | null) => Promise<AttendanceEvent>;
  /** For what makes sense only together: all of it is kept, or nothing. */
  readonly recordTogether: (noted: readonly Noted[]) => Promise<readonly AttendanceEvent[]>;
}

/** Writes events into the outbox and sends them on; resolves once they are safe on this device. */
export function useRecord(account: string, place: Place): Recorder {
  const { conference, session, bridge } = place;
  return useMemo(() => {
    const recordTogether = async (noted: readonly Noted[]) => {
      const now = Date.now();
      const made = noted.map(({ happening, subject = null }) => ({
        event: AttendanceEvent.parse({
          id: newEventId(now),
          session: SessionId.parse(session),
          bridge: BridgeId.parse(bridge),
          device: deviceId(),
          at: Instant.parse(now),
          offset: clockOffset(),
          ...happening,
        }),
        subject,
      }));
      await keepEvents(account, { conference, session, bridge }, made);
      send();
      return made.map(({ event }) => event);
    };
    return {
      recordTogether,
      record: async (happening, subject = null) => {
        const [event] = await recordTogether([{ happening, subject }]);
        if (event === undefined) throw new Error('nothing was recorded');
        return event;
      },
    };
  }, [account, conference, session, bridge]);
}
