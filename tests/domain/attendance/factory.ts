import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import type { Bridge, BridgeTree } from '../../../domain/bridges/bridge.ts';
import { bridgeTree } from '../../../domain/bridges/tree.ts';
import { AttendanceEvent } from '../../../domain/attendance/event.ts';
import type { RecordedEvent } from '../../../domain/attendance/event.ts';
import type { Expected } from '../../../domain/attendance/presence.ts';
import { BridgeId, EventId, PersonId } from '../../../domain/ids.ts';
import { Instant, instantOf } from '../../../domain/time.ts';

/** A bridge of which a test only says what it is about. */
export function aBridge(id: string, parent: string | null, given: Partial<Bridge> = {}): Bridge {
  return {
    id: bridgeId(id),
    class: classOf('commune'),
    name: `Điểm cầu ${id}`,
    unit: null,
    organisation: null,
    parent: parent === null ? null : bridgeId(parent),
    feedParent: null,
    capacity: null,
    chair: null,
    address: null,
    ready: [],
    contacts: { technical: null, organizer: null },
    ...given,
  };
}

/** A tree of bridges, in the order given. */
export function treeOf(bridges: readonly Bridge[]): BridgeTree {
  const tree = bridgeTree(bridges);
  if (!tree.ok) throw new Error(tree.reason);
  return tree.value;
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
    person: personId(person),
    bridge: bridgeId(bridge),
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
  return AttendanceEvent.parse({
    id,
    kind,
    session: 's1',
    bridge,
    device: given.device ?? 'm1',
    at: at(time),
    offset: given.offset ?? 0,
    ...content,
  });
}

/** As received the moment it happened, unless said otherwise. */
export function recorded(
  event: AttendanceEvent,
  receivedAt?: string,
  estimatedOffset?: number,
): RecordedEvent {
  const moment = receivedAt === undefined ? Instant.parse(event.at + event.offset) : at(receivedAt);
  return estimatedOffset === undefined
    ? { event, receivedAt: moment }
    : { event, receivedAt: moment, estimatedOffset };
}

export const personId = (id: string): PersonId => PersonId.parse(id);
export const bridgeId = (id: string): BridgeId => BridgeId.parse(id);
export const eventId = (id: string): EventId => EventId.parse(id);
export const classOf = (id: string): BridgeClass => BridgeClass.parse(id);

/** Every order of a list. */
export function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
