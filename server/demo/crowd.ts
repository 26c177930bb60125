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
import type { ClientBody } from '../../domain/wire/sockets.ts';
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

/** The machine of every door is paired to its bridge. */
export async function pairDoors(
  host: Visitor,
  bridges: readonly BridgeRow[],
  { conference }: Pick<Setting, 'conference'>,
): Promise<void> {
  for (const bridge of bridges) {
    const params = { conference, bridge: bridge.id };
    const { code } = await host.call(api.newPairingCode, { params });
    await host.call(api.pairDevice, { params, body: { code, name: 'Máy của bản dùng thử' } });
  }
}

/** Plays the rehearsal of the day before: about two of three come, in their own time; everything is sent at once. */
export async function playRehearsal(
  host: Visitor,
  bridges: readonly BridgeRow[],
  setting: Setting,
): Promise<void> {
  const { conference, session, startsAt, newId, device } = setting;
  const line = await host.connect();
  const own = choices(27);
  try {
    for (const bridge of bridges) {
      const { items } = await host.call(api.door, {
        params: { conference, bridge: bridge.id, session },
        query: { device, limit: 1000 },
      });
      const events = items
        .filter(() => own.number(3) > 0)
        .map(({ person }) => ({
          id: EventId.parse(newId()),
          session,
          bridge: bridge.id,
          device,
          at: (startsAt + 8 * MINUTE - own.number(20) * MINUTE - own.number(20 * MINUTE)) as Instant,
          offset: 0,
          kind: 'arrive' as const,
          person,
          mode: 'in-person' as const,
        }));
      if (events.length > 0) await record(line, { conference, session, bridge: bridge.id, events });
    }
  } finally {
    line.close();
  }
}

/**
 * Plays the doors of all bridges: they open, people come in the half hour before eight, some excuse themselves, some are
 * in no list, one bridge never opens, a few open late, a few lose their line, and one only counts heads. Returns when everything has
 * been sent.
 */
export async function playDoors(
  host: Visitor,
  bridges: readonly BridgeRow[],
  setting: Setting,
): Promise<void> {
  const line = await host.connect();
  const own = choices(81);
  const doors = bridges.filter((_, index) => index !== bridges.length - 2);
  const planned = new Map<BridgeRow, Planned[]>();
  for (const bridge of doors) planned.set(bridge, await planDoor(host, bridge, setting, own));
  const weak = bridges.filter(({ class: of }, index) => of === 'commune' && index % 47 === 11);
  try {
    await announce(
      line,
      doors.filter((bridge) => !weak.includes(bridge)),
      setting,
    );
    await Promise.all([sendAsTimeGoesBy(line, planned, setting), playWeakLines(host, weak, setting)]);
  } finally {
    line.close();
  }
}

/** Says that the machine is at these doors, as a check-in page does. */
async function announce(
  line: Line,
  bridges: readonly BridgeRow[],
  { conference, device }: Setting,
): Promise<void> {
  for (const { id: bridge } of bridges) {
    await line.ask('device:hello', { conference, bridge, device, waiting: 0, waitingSince: null });
  }
}

/** Doors whose line breaks shortly before the start, and comes back for all but the first ten minutes after it. */
async function playWeakLines(host: Visitor, bridges: readonly BridgeRow[], setting: Setting): Promise<void> {
  const { startsAt, clock } = setting;
  const until = async (at: number): Promise<void> => {
    while (clock() < at) await pause();
  };
  await until(startsAt - 30 * MINUTE);
  const line = await host.connect();
  await announce(line, bridges, setting);
  await until(startsAt - 4 * MINUTE);
  line.close();
  await until(startsAt + 10 * MINUTE);
  const again = await host.connect();
  await announce(again, bridges.slice(1), setting);
}

async function planDoor(
  host: Visitor,
  bridge: BridgeRow,
  setting: Setting,
  own: Choices,
): Promise<Planned[]> {
  const { conference, session, startsAt, newId, device } = setting;
  const params = { conference, bridge: bridge.id };
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
  // About one commune in twenty-five opens when the conference has begun.
  const isLate = bridge.class === 'commune' && own.number(25) === 0;
  const usual = startsAt - 38 * MINUTE + own.number(12 * MINUTE);
  const opens = (isLate ? startsAt + MINUTE + own.number(12 * MINUTE) : usual) as Instant;
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
      const events = due.map(({ at, what }) => what(at));
      await record(line, { conference, session, bridge: bridge.id, events });
    }
    await pause();
  }
}

async function record(line: Line, batch: ClientBody<'attendance:record'>): Promise<void> {
  const answer = await line.ask('attendance:record', batch);
  if (!answer.ok) throw new Error(answer.message);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SEND_EVERY_MS));
}
