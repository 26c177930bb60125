import type { Bridge, BridgeClass, BridgeTree } from '../../../domain/bridges/bridge.ts';
import type { AttendanceEvent, RecordedEvent } from '../../../domain/attendance/event.ts';
import type { Expected } from '../../../domain/attendance/presence.ts';
import type { BridgeId, DeviceId, EventId, PersonId, SessionId } from '../../../domain/ids.ts';
import { instantOf } from '../../../domain/time.ts';
import type { Instant } from '../../../domain/time.ts';

/** A bridge of which a test only says what it is about. */
export function aBridge(id: string, parent: string | null, given: Partial<Bridge> = {}): Bridge {
  return {
    id: id as BridgeId,
    class: 'commune' as BridgeClass,
    name: `Điểm cầu ${id}`,
    unit: null,
    organisation: null,
    parent: parent as BridgeId | null,
    feedParent: null,
    capacity: null,
    chair: null,
    address: null,
    ready: [],
    ...given,
  };
}

/** A tree of bridges given parents first. */
export function treeOf(bridges: readonly Bridge[]): BridgeTree {
  const byId = new Map(bridges.map((bridge) => [bridge.id, bridge]));
  const below = new Map<BridgeId, Bridge[]>();
  for (const bridge of bridges) {
    below.set(bridge.id, []);
    if (bridge.parent !== null) below.get(bridge.parent)?.push(bridge);
  }
  const subtree = (id: BridgeId): readonly Bridge[] => {
    const bridge = byId.get(id);
    return bridge === undefined
      ? []
      : [bridge, ...(below.get(id) ?? []).flatMap((child) => subtree(child.id))];
  };
  const root = bridges[0];
  if (root === undefined) throw new Error('a tree wants a root');
  return {
    root,
    bridges,
    get: (id) => byId.get(id),
    children: (id) => below.get(id) ?? [],
    path: (id) => {
      const path: Bridge[] = [];
      let next = byId.get(id);
      while (next !== undefined) {
        path.push(next);
        next = next.parent === null ? undefined : byId.get(next.parent);
      }
      return path;
    },
    subtree,
  };
}

/** The instant of a time of day on the day of the conference. */
export function at(time: string): Instant {
  const instant = instantOf(`2025-01-13T${time}`);
  if (instant === null) throw new Error(`no time of day: ${time}`);
  return instant;
}

export function expects(
  bridge: string,
  people: readonly string[],
  invited: readonly string[] = [],
): Expected[] {
  return people.map((person) => ({
    person: person as PersonId,
    bridge: bridge as BridgeId,
    basis: invited.includes(person) ? 'invited' : 'summoned',
  }));
}

type Kind = AttendanceEvent['kind'];
type Content<K extends Kind> = Omit<
  Extract<AttendanceEvent, { kind: K }>,
  'id' | 'kind' | 'session' | 'bridge' | 'device' | 'at' | 'offset'
>;

/** An event out of what differs; content in plain strings. */
export function anEvent<K extends Kind>(
  id: string,
  kind: K,
  bridge: string,
  time: string,
  content: { [F in keyof Content<K>]: Content<K>[F] extends string ? string : Content<K>[F] },
  given: { device?: string; offset?: number } = {},
): AttendanceEvent {
  return {
    id: id as EventId,
    kind,
    session: 's1' as SessionId,
    bridge: bridge as BridgeId,
    device: (given.device ?? 'm1') as DeviceId,
    at: at(time),
    offset: given.offset ?? 0,
    ...content,
  } as unknown as AttendanceEvent;
}

/** As received the moment it happened, unless said otherwise. */
export function recorded(
  event: AttendanceEvent,
  receivedAt?: string,
  estimatedOffset?: number,
): RecordedEvent {
  const moment = receivedAt === undefined ? ((event.at + event.offset) as Instant) : at(receivedAt);
  return estimatedOffset === undefined
    ? { event, receivedAt: moment }
    : { event, receivedAt: moment, estimatedOffset };
}

export const personId = (id: string): PersonId => id as PersonId;
export const bridgeId = (id: string): BridgeId => id as BridgeId;
export const eventId = (id: string): EventId => id as EventId;

/** Every order of a list. */
export function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
