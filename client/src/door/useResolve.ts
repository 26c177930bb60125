import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';

import { timeOf } from '../../../domain/attendance/order.ts';
import { BridgeId, PersonId, SessionId } from '../../../domain/ids.ts';
import { readCode } from '../../../domain/passes/codes.ts';
import { type CodeArrival, type Resolution, resolveCode } from '../../../domain/passes/resolve.ts';
import { Instant } from '../../../domain/time.ts';
import { codeContracts, type UnknownCodeRow } from '../../../domain/wire/codes.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import { useLine } from '../api/line.ts';
import { call } from '../api/call.ts';
import { everyPage } from '../api/everyPage.ts';
import { clockOffset } from '../api/socket.ts';
import { useWords } from '../app/language.ts';
import { type CodeToResolve, reasonOf } from '../codes/codes.ts';
import { isCode } from './codeRow.ts';
import type { Place } from './database.ts';
import { deviceId, newEventId } from './ids.ts';
import { type KeptEvent, keepEvents } from './outbox.ts';
import { send } from './sender.ts';
import type { Door } from './useDoor.ts';

const PAGE = 1000;
/** After an answer that did not come. */
const AGAIN_MS = 5000;
const ABOUT_CODES: ReadonlySet<string> = new Set(['arrive', 'void']);

/** Whom a machine let in by a good pass: somebody of the roster, whether or not this door's list has them. */
function bearersIn(events: readonly KeptEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap(({ event, subject }) =>
      event.kind === 'arrive' && subject === event.person ? [event.person] : [],
    ),
  );
}

/** The rows of people: without codes, and with a word for whoever is known by their pass alone. */
export function peopleIn(
  rows: readonly DoorRow[],
  events: readonly KeptEvent[],
  bearer: string,
): readonly DoorRow[] {
  const bearers = bearersIn(events);
  return rows.flatMap((row) =>
    !isCode(row) ? [row] : bearers.has(row.person) ? [{ ...row, name: bearer }] : [],
  );
}

function isCodeHere(row: DoorRow): boolean {
  return isCode(row) && row.presence.state === 'present';
}

function isKnown(row: DoorRow | undefined): boolean {
  return row !== undefined && !isCode(row);
}

/** The codes of a door that somebody has to resolve, and the way to do so; with or without a line. */
export function useResolve(account: string, place: Place, door: Door) {
  const { t } = useWords();
  const line = useLine(false);
  const { events, rows, rowOf, reload } = door;
  const { conference, session, bridge } = place;

  // What the server lists changes with the codes in sight, and with what it has acknowledged of them.
  const inSight = useMemo(() => rows.filter(isCodeHere).map(({ person }) => person), [rows]);
  const settled = useMemo(
    () => events.filter(({ state, event }) => state === 'done' && ABOUT_CODES.has(event.kind)).length,
    [events],
  );
  const listed = useQuery({
    queryKey: ['conference', conference, 'door-codes', session, bridge, inSight.join(' '), settled],
    queryFn: async ({ signal }) => {
      const params = { conference, session, bridge };
      const items = await everyPage((cursor) =>
        call(codeContracts.codesToResolve, { params, query: { limit: PAGE, cursor } }, signal),
      );
      // What was scanned below is for other doors.
      return items.filter((item) => item.bridge === bridge);
    },
    // Nearly every door has none, and asks for none.
    enabled: line === 'connected' && inSight.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
    retry: false,
  });

  // Somebody of the roster whom this door's list did not have has a name from now on.
  const told = useRef(new Set<string>());
  useEffect(() => {
    const news = events.filter(
      ({ id, state, event }) =>
        state === 'done' && event.kind === 'arrive' && !told.current.has(id) && !isKnown(rowOf(event.person)),
    );
    if (news.length === 0 || line !== 'connected') return;
    for (const { id } of news) told.current.add(id);
    reload();
  }, [events, rowOf, reload, line]);

  const codes = useMemo(
    () => codesOf({ listed: listed.data ?? [], knownAt: listed.dataUpdatedAt, events, rows, rowOf }),
    [listed.data, listed.dataUpdatedAt, events, rows, rowOf],
  );

  const resolve = useCallback(
    async (code: CodeToResolve, resolution: Resolution, name: string) => {
      const now = Date.now();
      const made = resolveCode(code.arrivals, resolution, reasonOf(resolution, name, t), {
        session: SessionId.parse(session),
        bridge: BridgeId.parse(bridge),
        device: deviceId(),
        now: Instant.parse(now),
        offset: clockOffset(),
        newId: () => newEventId(now),
      });
      const kept = made.map((event) => ({
        event,
        subject: event.kind === 'void' ? code.code : event.kind === 'arrive' ? event.person : null,
      }));
      await keepEvents(account, { conference, session, bridge }, kept);
      send();
    },
    [account, conference, session, bridge, t],
  );
  return { codes, resolve };
}

type Arrive = Extract<KeptEvent['event'], { kind: 'arrive' }>;

interface Known {
  readonly listed: readonly UnknownCodeRow[];
  /** When the server listed them, by this machine's clock; 0 while it has not. */
  readonly knownAt: number;
  readonly events: readonly KeptEvent[];
  readonly rows: readonly DoorRow[];
  readonly rowOf: (person: PersonId) => DoorRow | undefined;
}

/** What the server lists, and what this machine has scanned since; without what was undone meanwhile. */
function codesOf({ listed, knownAt, events, rows, rowOf }: Known): CodeToResolve[] {
  const undone = new Set(
    events.flatMap(({ event, state }) =>
      event.kind === 'void' && state !== 'refused' ? [event.target as string] : [],
    ),
  );
  const scans = new Map<PersonId, Map<string, CodeArrival>>();
  const add = (code: PersonId, arrival: CodeArrival) => {
    const own = scans.get(code) ?? new Map<string, CodeArrival>();
    scans.set(code, own.set(arrival.event, arrival));
  };
  /** As far as this door knows it was undone, here or elsewhere. */
  const isGone = (code: PersonId) => {
    const row = rowOf(code);
    return row !== undefined && row.presence.state !== 'present';
  };
  for (const { code, arrivals } of listed) {
    if (isGone(code)) continue;
    for (const arrival of arrivals) if (!undone.has(arrival.event)) add(code, arrival);
  }
  for (const { event, state, subject, settledAt, id } of events) {
    // Somebody whose pass was good has themselves as the subject.
    if (event.kind !== 'arrive' || subject !== null || undone.has(id)) continue;
    if (isKnown(rowOf(event.person))) continue;
    // Once the server has listed what it knows, it knows better what an acknowledged scan was.
    const isUnheard = state === 'done' && (settledAt ?? 0) >= knownAt && !isGone(event.person);
    if (state === 'waiting' || isUnheard) add(event.person, arrivalOf(event));
  }
  const proposed = new Map(listed.map((row) => [row.code, row.proposed]));
  const found = [...scans].map(([code, own]): CodeToResolve => {
    const arrivals = [...own.values()].toSorted((a, b) => a.time - b.time);
    const first = arrivals[0]?.time ?? Instant.parse(0);
    const proposal = proposed.get(code) ?? proposalOf(code, rowOf);
    return { code, bridge: '', bridgeName: '', first, times: arrivals.length, arrivals, proposed: proposal };
  });
  // Scanned by another machine, while the server could not be asked for more than the row.
  const certain = bearersIn(events);
  for (const row of knownAt > 0 ? [] : rows.filter(isCodeHere)) {
    const { person: code, presence } = row;
    if (scans.has(code) || certain.has(code) || presence.state !== 'present') continue;
    const base = { code, bridge: '', bridgeName: '', first: presence.since, times: 1 };
    found.push({ ...base, arrivals: [], proposed: proposalOf(code, rowOf) });
  }
  return found.toSorted((a, b) => a.first - b.first);
}

function arrivalOf(event: Arrive): CodeArrival {
  return { event: event.id, time: timeOf(event), mode: event.mode };
}

function proposalOf(code: PersonId, rowOf: Known['rowOf']): CodeToResolve['proposed'] {
  const { person } = readCode(code);
  const row = person === null ? undefined : rowOf(person);
  return row === undefined ? null : { person: row.person, name: row.name, position: row.position };
}
