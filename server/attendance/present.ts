import type { Tally } from '../../domain/attendance/presence.ts';
import { postOf } from '../../domain/composition/person.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import { doorAnswer, refusalSentence } from '../../domain/attendance/sentences.ts';
import type { BridgeId, DeviceId, PersonId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type {
  DoorHead,
  DoorMark,
  DoorRow,
  NodeFigures,
  RecordAnswer,
  TallyFigures,
  WalkInRow,
} from '../../domain/wire/attendance.ts';
import type { Recorded } from './commands.ts';
import { lastChangeAt, type LiveSession } from './live.ts';
import type { Absentee, AtDoor, OtherSession, WalkIn } from './queries.ts';

/** Whole figures, as pages get them. */
export function presentTally(tally: Tally): TallyFigures {
  return { ...tally, counted: { ...tally.counted } };
}

/** One node of the live tree, with whole figures. */
export function presentNode({ tree, book }: LiveSession, bridge: Bridge): NodeFigures {
  const { takesPart, state, own, subtree, progress } = book.node(bridge.id);
  return {
    bridge: bridge.id,
    name: bridge.name,
    class: bridge.class,
    parent: bridge.parent,
    childCount: tree.children(bridge.id).length,
    takesPart,
    state,
    own: presentTally(own),
    subtree: presentTally(subtree),
    bridges: progress.bridges,
    opened: progress.opened,
    closed: progress.closed,
  };
}

export function presentAtDoor(shown: AtDoor): DoorRow {
  const { id, person, basis, expectedHere, presence, serial, seatNumber } = shown;
  return {
    person: id,
    // An id that no roster knows is shown as it was scanned: somebody has to find out who it is.
    name: person?.name ?? id,
    ...postOf(person),
    basis,
    expectedHere,
    presence,
    ...(serial !== null && { serial }),
    ...(seatNumber !== null && { seatNumber }),
  };
}

function presentWalkIn({ event, name, unit, since, mode }: WalkIn): WalkInRow {
  return { id: event, name, unit, since, mode };
}

/**
 * What a door shows beside its people.
 *
 * @param others the sessions of a bridge that takes no part in this one; null where it does
 */
export function presentDoorHead(
  live: LiveSession,
  bridge: BridgeId,
  walkIns: readonly WalkIn[],
  others: readonly OtherSession[] | null,
): DoorHead {
  const { state, own } = live.book.node(bridge);
  return {
    state,
    walkIns: walkIns.map(presentWalkIn),
    counted: { ...own.counted },
    tally: presentTally(own),
    others: others && others.map(({ id, title, startsAt }) => ({ id, title, startsAt })),
  };
}

/** @param device whose mark it is: what it wrote itself is no news to it */
export function presentDoorMark(live: LiveSession, bridge: BridgeId, device?: DeviceId): DoorMark {
  const { sequence, reissues, seating } = live;
  const revision = `${live.asked.revision}:${reissues.get(bridge) ?? 0}:${seating.get(bridge) ?? 0}`;
  return { sequence, changedAt: lastChangeAt(live, bridge, device), revision };
}

/**
 * What the door is told of one event.
 *
 * @param called what people call a machine at a bridge; null for one that is not known
 */
export function presentAnswer(
  live: LiveSession,
  item: Recorded,
  language: Language,
  called: (bridge: BridgeId, device: DeviceId) => string | null = () => null,
): RecordAnswer {
  const { id, outcome, reason, receipt, event } = item;
  const facts = outcome === 'recorded' ? live.book.facts(id) : null;
  if (event === null || facts === null) {
    const message = refusalSentence(reason ?? 'malformed', language);
    return { id, outcome, reason, receipt, flags: [], tone: 'look', message };
  }
  const { flags, clash, presence, seat } = facts;
  const { tone, text } = doorAnswer(
    {
      event,
      flags,
      clash,
      presence,
      expectedAt: seat,
      bridgeName: (bridge) => live.whole.get(bridge)?.name ?? bridge,
      deviceName: (device) => called(event.bridge, device),
    },
    language,
  );
  return { id, outcome, reason, receipt, flags: [...flags], tone, message: text };
}

/** Somebody who was not there, for whoever plans the follow-up sessions. */
export function presentAbsentee({ person, bridge }: Absentee): {
  person: PersonId;
  name: string;
  position: string;
  bridge: BridgeId;
  bridgeName: string;
} {
  return {
    person: person.id,
    name: person.name,
    position: postOf(person).position,
    bridge: bridge.id,
    bridgeName: bridge.name,
  };
}
