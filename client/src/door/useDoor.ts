import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { comparePeople } from '../../../domain/text/names.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { call } from '../api/call.ts';
import { useLine, useServerMessage } from '../api/line.ts';
import { ask, watchOf } from '../api/socket.ts';
import {
  type KeptEvent,
  keepSnapshot,
  type Place,
  placeKey,
  readSnapshot,
  type Snapshot,
  watchEvents,
} from './outbox.ts';
import { type Rows, withEvents } from './overlay.ts';
import { onAcknowledged, send } from './sender.ts';

/** Asked for again this long after others changed something, for what a change does not carry. */
const HEAD_AGAIN_MS = 800;
const PAGE = 1000;

export interface Door {
  /** Null while neither the server nor this device has said anything. */
  readonly snapshot: Snapshot | null;
  /** Why the server did not answer, where it did not; the snapshot may be an older one then. */
  readonly error: unknown;
  /** People as this device sees them, in the order of official lists. */
  readonly rows: readonly DoorRow[];
  readonly rowOf: (person: PersonId) => DoorRow | undefined;
  readonly events: readonly KeptEvent[];
  readonly reload: () => void;
}

/** Everything a door shows: what the server last said, what others change meanwhile, and what waits on this device. */
export function useDoor(place: Place): Door {
  const line = useLine();
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [events, setEvents] = useState<readonly KeptEvent[]>([]);
  const { conference, session, bridge } = place;
  const key = placeKey(place);

  // The last whole list, and what came since it was read. A change tells only of whom it names: it goes on top of a
  // whole list, and one that was under way meanwhile is still needed for what was before.
  const whole = useRef(-1);
  const changes = useRef<ServerBody<'door:changed'>[]>([]);
  const load = useCallback(async () => {
    try {
      const fresh = await fetchDoor({ conference, session, bridge });
      setError(null);
      if (fresh.sequence < whole.current) return;
      whole.current = fresh.sequence;
      changes.current = changes.current.filter((change) => change.sequence > fresh.sequence);
      setSnapshot(changes.current.reduce(withChange, fresh));
    } catch (failure) {
      setError(failure);
    }
  }, [conference, session, bridge]);

  useEffect(() => {
    const at = { conference, session, bridge };
    let standing = true;
    whole.current = -1;
    changes.current = [];
    const restore = async () => {
      const kept = await readSnapshot(at);
      if (standing && kept !== undefined) setSnapshot((before) => before ?? kept);
    };
    // The device's own memory first: it answers also without a line.
    void restore().finally(() => void load());
    void navigator.storage?.persist?.();
    const stop = watchEvents(at, setEvents);
    send();
    return () => {
      standing = false;
      stop();
    };
  }, [conference, session, bridge, load]);

  useEffect(() => {
    if (line !== 'connected') return undefined;
    const watch = watchOf({ conference, session, bridge });
    ask('door:watch', watch)
      .then(() => load())
      .catch(() => undefined);
    return () => void ask('door:unwatch', watch).catch(() => undefined);
  }, [line, conference, session, bridge, load]);

  useEffect(() => {
    if (snapshot !== null) void keepSnapshot(snapshot);
  }, [snapshot]);

  const again = useRef<ReturnType<typeof setTimeout>>(undefined);
  const headAgain = useCallback(() => {
    clearTimeout(again.current);
    again.current = setTimeout(() => {
      fetchHead({ conference, session, bridge })
        .then((head) => setSnapshot((before) => (before === null ? before : { ...before, ...head })))
        .catch(() => undefined);
    }, HEAD_AGAIN_MS);
  }, [conference, session, bridge]);

  // What was acknowledged becomes part of what is known, until the server's own rows come.
  useEffect(
    () =>
      onAcknowledged((batch, answers) => {
        const recorded = new Set(
          answers.flatMap((one) => (one.outcome === 'recorded' ? [one.id as string] : [])),
        );
        const own = batch.filter((kept) => kept.place === key && recorded.has(kept.id));
        setSnapshot((before) => (before === null ? before : withAcknowledged(before, own)));
        headAgain();
      }),
    [key, headAgain],
  );

  const onDoor = useCallback(
    (change: ServerBody<'door:changed'>) => {
      if (change.session !== session || change.bridge !== bridge) return;
      changes.current.push(change);
      setSnapshot((before) => (before === null ? before : withChange(before, change)));
      headAgain();
    },
    [session, bridge, headAgain],
  );
  useServerMessage('door:changed', onDoor);

  const waiting = useMemo(
    () => events.filter((kept) => kept.state === 'waiting').map((kept) => kept.event),
    [events],
  );
  const map: Rows = useMemo(() => {
    const known = new Map((snapshot?.people ?? []).map((row) => [row.person, row]));
    return withEvents(known, waiting);
  }, [snapshot, waiting]);
  const rows = useMemo(() => [...map.values()], [map]);
  return { snapshot, error, rows, rowOf: (person) => map.get(person), events, reload: () => void load() };
}

/** Walk-ins, counts and the bridge's state, without the people. */
async function fetchHead(place: Place) {
  const { conference, session, bridge } = place;
  const params = { conference, session, bridge };
  const head = await call(api.door, { params, query: { limit: 1 } });
  return headOf(head);
}

function headOf(head: {
  bridge: { name: string; state: Snapshot['bridgeState'] };
  walkIns: Snapshot['walkIns'];
  counted: Snapshot['counted'];
  tally: NonNullable<Snapshot['tally']>;
  serverTime: Snapshot['at'];
}) {
  return {
    bridgeName: head.bridge.name,
    bridgeState: head.bridge.state,
    walkIns: head.walkIns,
    counted: head.counted,
    tally: head.tally,
    at: head.serverTime,
  };
}

async function fetchDoor(place: Place): Promise<Snapshot> {
  const { conference, session, bridge } = place;
  const params = { conference, session, bridge };
  const first = await call(api.door, { params, query: { limit: PAGE } });
  const people = [...first.items];
  for (let cursor = first.next; cursor !== null;) {
    const page = await call(api.door, { params, query: { limit: PAGE, cursor } });
    people.push(...page.items);
    cursor = page.next;
  }
  return { place: placeKey(place), ...headOf(first), people, sequence: first.sequence };
}

function withChange(before: Snapshot, change: ServerBody<'door:changed'>): Snapshot {
  if (change.sequence < before.sequence) return before;
  const changed = new Map(change.people.map((row) => [row.person, row]));
  const people = before.people.map((row) => {
    const next = changed.get(row.person);
    changed.delete(row.person);
    return next ?? row;
  });
  const added = [...changed.values()].toSorted(comparePeople);
  return { ...before, people: [...people, ...added], tally: change.tally, sequence: change.sequence };
}

function withAcknowledged(before: Snapshot, own: readonly KeptEvent[]): Snapshot {
  if (own.length === 0) return before;
  const rows = withEvents(
    new Map(before.people.map((row) => [row.person, row])),
    own.map((kept) => kept.event),
  );
  let { bridgeState, walkIns } = before;
  const undone = new Set<string>();
  for (const { event } of own) {
    if (event.kind === 'open') bridgeState = 'open';
    if (event.kind === 'close') bridgeState = 'closed';
    if (event.kind === 'void') undone.add(event.target);
    if (event.kind === 'walk-in' && !walkIns.some((one) => one.id === event.id)) {
      walkIns = [...walkIns, { id: event.id, name: event.name, unit: event.unit, since: event.at }];
    }
  }
  walkIns = walkIns.filter((one) => !undone.has(one.id));
  return { ...before, people: [...rows.values()], bridgeState, walkIns };
}
