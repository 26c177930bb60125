import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import {
  EventId,
  type ConferenceId,
  type DeviceId,
  type PersonId,
  type SessionId,
} from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import type { BridgeRow } from '../../domain/wire/bridges.ts';
import { personName } from '../../fixtures/sample/names.ts';
import { choices, type Choices } from '../../fixtures/sample/random.ts';
import type { Line, Visitor } from './visitor.ts';

const MINUTE = 60_000;
/** How often a simulated door sends what it has seen since. */
const SEND_EVERY_MS = 500;

interface Planned {
  readonly at: Instant;
  readonly what: (at: Instant) => AttendanceEvent;
}

interface Setting {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly startsAt: Instant;
  readonly clock: () => Instant;
  readonly newId: () => string;
  /** The machine at all doors. */
  readonly device: DeviceId;
}

/**
 * Plays the doors of all bridges: they open, people come in the half hour before eight, some excuse themselves, some are
 * in no list, one bridge never opens and one only counts heads. Returns when everything has been sent.
 */
export async function playDoors(
  host: Visitor,
  bridges: readonly BridgeRow[],
  setting: Setting,
): Promise<void> {
  const line = await host.connect();
  try {
    const own = choices(81);
    const doors = bridges.filter((_, index) => index !== bridges.length - 2);
    const planned = new Map<BridgeRow, Planned[]>();
    for (const bridge of doors) planned.set(bridge, await planDoor(host, bridge, setting, own));
    await sendAsTimeGoesBy(line, planned, setting);
  } finally {
    line.close();
  }
}

async function planDoor(
  host: Visitor,
  bridge: BridgeRow,
  setting: Setting,
  own: Choices,
): Promise<Planned[]> {
  const { conference, session, startsAt, newId, device } = setting;
  const params = { conference, bridge: bridge.id };
  const { code } = await host.call(api.newPairingCode, { params });
  await host.call(api.pairDevice, { params, body: { code, name: 'Máy của bản dùng thử' } });
  const { items } = await host.call(api.door, {
    params: { ...params, session },
    query: { device, limit: 1000 },
  });
  const common = (at: Instant) => ({
    id: EventId.parse(newId()),
    session,
    bridge: bridge.id,
    device,
    at,
    offset: 0,
  });
  const opens = (startsAt - 38 * MINUTE + own.number(12 * MINUTE)) as Instant;
  const events: Planned[] = [{ at: opens, what: (at) => ({ ...common(at), kind: 'open' }) }];
  // A room without a list of names: the host counts heads (about one commune in thirty).
  if (bridge.class === 'commune' && own.number(30) === 0) {
    const heads = items.length - own.number(6);
    const counts = { partyMember: Math.round(heads * 0.8), other: heads - Math.round(heads * 0.8) };
    const at = (startsAt - 5 * MINUTE) as Instant;
    return [...events, { at, what: (when) => ({ ...common(when), kind: 'count', point: '', counts }) }];
  }
  for (const { person } of items) events.push(...planPerson(person, opens, startsAt, own, common));
  if (own.number(8) === 0) {
    const name = personName(own);
    const at = (startsAt - own.number(15) * MINUTE) as Instant;
    const unit = 'Hội Khuyến học';
    events.push({
      at,
      what: (when) => ({ ...common(when), kind: 'walk-in', name, unit, mode: 'in-person' }),
    });
  }
  return events;
}

function planPerson(
  person: PersonId,
  opens: Instant,
  startsAt: Instant,
  own: Choices,
  common: (at: Instant) => Omit<AttendanceEvent, 'kind'>,
): Planned[] {
  const luck = own.number(100);
  if (luck < 2) {
    const reason = own.pick(['ốm', 'đi công tác', 'việc gia đình']);
    return [{ at: opens, what: (at) => ({ ...common(at), kind: 'excuse', person, reason }) }];
  }
  // Some come late, and a few not at all.
  if (luck > 95) return [];
  const early = own.number(25) + own.number(20);
  const at = Math.max(opens, startsAt + 4 * MINUTE - early * MINUTE - own.number(MINUTE)) as Instant;
  const mode = luck < 4 ? 'online' : 'in-person';
  return [{ at, what: (when) => ({ ...common(when), kind: 'arrive', person, mode }) }];
}

async function sendAsTimeGoesBy(
  line: Line,
  planned: Map<BridgeRow, Planned[]>,
  { conference, session, clock }: Setting,
): Promise<void> {
  while (planned.size > 0) {
    const now = clock();
    for (const [bridge, waiting] of planned) {
      const due = waiting.filter(({ at }) => at <= now);
      const later = waiting.filter(({ at }) => at > now);
      if (later.length === 0) planned.delete(bridge);
      else planned.set(bridge, later);
      if (due.length === 0) continue;
      const answer = await line.ask('attendance:record', {
        conference,
        session,
        bridge: bridge.id,
        events: due.map(({ at, what }) => what(at)),
      });
      if (!answer.ok) throw new Error(answer.message);
    }
    await new Promise((resolve) => setTimeout(resolve, SEND_EVERY_MS));
  }
}
