import type { Bridge } from '../../../domain/bridges/bridge.ts';
import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import { BridgeId, ConferenceId, PersonId, SessionId, UnitCode } from '../../../domain/ids.ts';
import type { Booked } from '../../../domain/schedule/conflicts.ts';
import { AgendaEntryId } from '../../../domain/schedule/session.ts';
import type { RunStep } from '../../../domain/schedule/run.ts';
import { Instant, instantOf } from '../../../domain/time.ts';

/** An instant of 13/01/2025, `08:30`. */
export function at(clock: string): Instant {
  const read = instantOf(`2025-01-13T${clock}`);
  if (read === null) throw new Error(`no time: ${clock}`);
  return read;
}

export function minutesAfter(instant: Instant, minutes: number): Instant {
  return Instant.parse(instant + minutes * 60_000);
}

export const person = (id: string) => PersonId.parse(id);
export const bridgeId = (id: string) => BridgeId.parse(id);

type EntryFields = Partial<Omit<Booked, 'id' | 'bridges' | 'conference' | 'chair'>> & {
  readonly conference?: string;
  readonly chair?: string;
  readonly bridges?: readonly string[] | 'all';
  readonly presenters?: readonly string[];
};

/** A session from 08:00 to 11:30 of the conference `c1`, of no bridge. */
export function entry(
  id: string,
  { presenters = [], conference = 'c1', bridges = [], chair, ...fields }: EntryFields = {},
): Booked {
  return {
    kind: 'session',
    startsAt: at('08:00'),
    endsAt: at('11:30'),
    doorsAt: null,
    venue: null,
    ...fields,
    chair: chair === undefined ? null : person(chair),
    id: SessionId.parse(id),
    conference: ConferenceId.parse(conference),
    bridges: bridges === 'all' ? 'all' : bridges.map(bridgeId),
    agenda: presenters.map((presenterPerson) => ({ presenterPerson: person(presenterPerson) })),
  };
}

type BridgeFields = { unit?: string; organisation?: string; chair?: string; address?: string };

export function bridge(id: string, { unit, organisation, chair, address }: BridgeFields = {}): Bridge {
  return {
    id: bridgeId(id),
    class: BridgeClass.parse('province'),
    name: `Điểm cầu ${id}`,
    unit: unit === undefined ? null : UnitCode.parse(unit),
    organisation: organisation ?? null,
    parent: null,
    feedParent: null,
    capacity: null,
    chair: chair === undefined ? null : person(chair),
    address: address ?? null,
    ready: [],
    contacts: { technical: null, organizer: null },
  };
}

export function bridgesOf(
  of: Readonly<Record<string, readonly Bridge[]>>,
): ReadonlyMap<ConferenceId, readonly Bridge[]> {
  return new Map(Object.entries(of).map(([conference, list]) => [ConferenceId.parse(conference), list]));
}

export function step(
  clock: string,
  item: string,
  what: RunStep['step'],
  minutes: number | null = null,
): RunStep {
  return { at: at(clock), item: AgendaEntryId.parse(item), step: what, minutes, undoneAt: null };
}
