import type { Bridge } from '../bridges/bridge.ts';
import type { ClauseId } from '../ids.ts';
import type { Atlas } from './atlas.ts';
import { isNowhere, merged } from './gazetteer.ts';
import type { Person } from './person.ts';
import type { OtherSeat, PlacementReason } from './placement.ts';
import type { ClausePart } from './parts.ts';
import type { Decided, Fits, Seat, SeatOrder } from './seats.ts';
import type { Pin } from './settings.ts';
import type { Special } from './specials.ts';

const NO_OTHERS: readonly OtherSeat[] = [];
const NO_SEATS: readonly Seat[] = [];

/** Every seat that somebody could take, in no order. */
export function seatsOf(
  person: Person,
  all: readonly Fits[],
  special: Special | undefined,
  namedParts: readonly ClausePart[],
  atlas: Atlas,
  seatAt: (part: ClausePart, bridge: number) => Seat,
): readonly Seat[] {
  const seats: Seat[] = [];
  for (const [at, fits] of all.entries()) {
    seats.push(...fits.seats);
    if (person.collectiveLeadership) seats.push(...fits.flagged);
    if (all.length === 1) continue;
    // "Báo cáo viên cấp tỉnh" says no province; "Phó Bí thư Huyện ủy Đại Từ" of the same person does.
    for (const { part, office, nowhere } of fits.lost) {
      if (!nowhere || part.quota || part.basis === 'conditional') continue;
      const location = merged(all.filter((_, other) => other !== at).flatMap((other) => other.locations));
      if (isNowhere(location)) continue;
      const answer = atlas.bridgeFor(location, part.bridgeClass, office);
      if (answer.bridge !== -1) seats.push(seatAt(part, answer.bridge));
    }
  }
  if (person.namedInPlan) seats.push(...namedSeats(person, all, namedParts, atlas, seatAt));
  if (special !== undefined) seats.push(...special.seats);
  return seats;
}

/** A guest whom the plan names: by the clause whose list has the name, else by one for former office, else by the first. */
function namedSeats(
  person: Person,
  all: readonly Fits[],
  namedParts: readonly ClausePart[],
  atlas: Atlas,
  seatAt: (part: ClausePart, bridge: number) => Seat,
): Seat[] {
  const lists = (part: ClausePart): boolean =>
    part.predicate.rule.kind === 'named-in-plan' && part.predicate.rule.names.includes(person.name);
  const chosen = namedParts.filter(lists);
  const location = merged(all.flatMap((fits) => fits.locations));
  for (const part of chosen.length > 0 ? chosen : namedParts) {
    const answer = atlas.bridgeFor(location, part.bridgeClass, null);
    if (answer.bridge !== -1) return [seatAt(part, answer.bridge)];
  }
  return [];
}

export function chairDuty(duty: number, seats: readonly Seat[], atlas: Atlas): Decided {
  const bridge = (atlas.bridges[duty] as Bridge).id;
  const own = seats.filter((seat) => seat.bridge === duty).toSorted((a, b) => a.order - b.order)[0];
  const others = othersOf(seats, duty, atlas, (seat) =>
    seat.exclusions.some((exclusion) => exclusion.kind === 'chairs') ? 'exclusion' : 'chair-duty',
  );
  return { bridge, seat: own ?? unclaused(duty), reason: { kind: 'chair' }, others, waiting: NO_SEATS };
}

export function pinned(pin: Pin, seats: readonly Seat[], atlas: Atlas): Decided {
  const at = pin.bridge === null ? -1 : (atlas.index.get(pin.bridge) as number);
  const others = othersOf(seats, at, atlas, () => 'pin');
  if (pin.bridge === null) {
    return {
      bridge: null,
      seat: null,
      reason: { kind: 'kept-out', note: pin.note },
      others,
      waiting: NO_SEATS,
    };
  }
  const sorted = seats.toSorted((a, b) => a.order - b.order);
  const own = sorted.find((seat) => seat.bridge === at);
  // A guest stays a guest wherever they are seated; who was not asked by any clause is summoned by the pin.
  const basis = pin.basis ?? sorted[0]?.basis ?? 'summoned';
  const seat = own === undefined ? { ...unclaused(at), basis } : { ...own, basis: pin.basis ?? own.basis };
  return { bridge: pin.bridge, seat, reason: { kind: 'pinned', note: pin.note }, others, waiting: NO_SEATS };
}

function unclaused(bridge: number): Seat {
  return {
    bridge,
    order: 0,
    clause: '' as ClauseId,
    clauseIndex: -1,
    basis: 'summoned',
    words: '',
    reason: { kind: 'chair' },
    exclusions: [],
    decided: null,
    alone: null,
  };
}

function othersOf(
  seats: readonly Seat[],
  at: number,
  atlas: Atlas,
  why: (seat: Seat) => OtherSeat['passedOverBy'],
): readonly OtherSeat[] {
  const others: OtherSeat[] = [];
  for (const seat of seats) {
    if (seat.bridge === at) continue;
    const bridge = (atlas.bridges[seat.bridge] as Bridge).id;
    if (others.some((other) => other.bridge === bridge && other.clause === seat.clause)) continue;
    others.push({ bridge, clause: seat.clause, passedOverBy: why(seat) });
  }
  return others.length === 0 ? NO_OTHERS : others;
}

/** Chooses among seats in order, exclusions applied; says why where there is none. */
export function decide(
  seats: readonly Seat[],
  all: readonly Fits[],
  person: Person,
  special: Special | null,
  atlas: Atlas,
  order: SeatOrder,
  extended: ReadonlySet<number>,
): Decided {
  const only = seats.length === 1 ? (seats[0] as Seat) : null;
  if (only !== null && only.exclusions.length === 0) return (only.decided ??= taken(only, NO_OTHERS, atlas));
  const dropped = new Map<Seat, string>();
  for (const seat of seats) {
    for (const exclusion of seat.exclusions) {
      const out =
        (exclusion.kind === 'attended' && special?.attended === true) ||
        (exclusion.kind === 'rules' && all.some((fits) => fits.excluded.includes(seat.clauseIndex)));
      if (out) dropped.set(seat, exclusion.words);
    }
  }
  // Best seat first, so that two clauses which each give way to the other do not both fall.
  for (const seat of seats) {
    for (const exclusion of seat.exclusions) {
      if (exclusion.kind !== 'seated-at' || dropped.has(seat)) continue;
      const elsewhere = seats.some(
        (other) =>
          other.bridge !== seat.bridge &&
          !dropped.has(other) &&
          (exclusion.bridgeClass === null ||
            (atlas.bridges[other.bridge] as Bridge).class === exclusion.bridgeClass),
      );
      if (elsewhere) dropped.set(seat, exclusion.words);
    }
  }
  const chosen = dropped.size === 0 ? seats[0] : seats.find((seat) => !dropped.has(seat));
  if (chosen !== undefined) {
    const others =
      seats.length === 1
        ? NO_OTHERS
        : othersOf(seats, chosen.bridge, atlas, (seat) => {
            if (dropped.has(seat)) return 'exclusion';
            return order.lower(seat.bridge) && order.lower(chosen.bridge)
              ? 'lower-level-setting'
              : 'higher-bridge';
          });
    return taken(chosen, others, atlas);
  }
  const waiting = all.flatMap((fits) => fits.conditional).filter((seat) => extended.has(seat.bridge));
  return {
    bridge: null,
    seat: null,
    reason: noSeat(all, person, dropped, atlas),
    others: NO_OTHERS,
    waiting: waiting.length === 0 ? NO_SEATS : waiting.toSorted((a, b) => a.order - b.order),
  };
}

function taken(seat: Seat, others: readonly OtherSeat[], atlas: Atlas): Decided {
  const bridge = (atlas.bridges[seat.bridge] as Bridge).id;
  return { bridge, seat, reason: seat.reason, others, waiting: NO_SEATS };
}

/** Why somebody has no seat: first what somebody should mend, then what waits for somebody, then what nobody asks. */
function noSeat(
  all: readonly Fits[],
  person: Person,
  dropped: ReadonlyMap<Seat, string>,
  atlas: Atlas,
): PlacementReason {
  const lost = all
    .flatMap((fits) => fits.lost)
    .find(({ part }) => part.basis !== 'conditional' && !part.quota);
  if (lost !== undefined) {
    const among = lost.answer.why === 'ambiguous' ? lost.answer.among : [];
    return {
      kind: 'no-bridge',
      clause: lost.part.clause,
      words: lost.part.words,
      why: lost.answer.why,
      among: among.map((at) => (atlas.bridges[at] as Bridge).id),
    };
  }
  for (const [seat, exclusion] of dropped) return { kind: 'excluded', clause: seat.clause, exclusion };
  const quota = all.flatMap((fits) => fits.quota)[0];
  if (quota !== undefined) return { kind: 'awaits-naming', clause: quota.clause, words: quota.words };
  const conditional = all.flatMap((fits) => fits.conditional)[0];
  if (conditional !== undefined) return { kind: 'condition-off', clause: conditional.clause };
  const open = all.flatMap((fits) => fits.open)[0];
  if (open !== undefined) return { kind: 'awaits-decision', clause: open.clause };
  if (person.positions.length === 0) return { kind: 'no-position' };
  const unread = all.findIndex((fits) => !fits.understood);
  const position = person.positions[unread];
  if (position !== undefined && all.every((fits) => !fits.understood)) {
    return { kind: 'not-understood', position: position.text };
  }
  return { kind: 'no-clause' };
}
