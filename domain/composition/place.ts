import type { Bridge, BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId, ClauseId, PersonId } from '../ids.ts';
import type { Clause } from '../plan/plan.ts';
import type { UnitTree } from '../units/unit.ts';
import { chairDuty, decide, pinned, seatsOf } from './choose.ts';
import { compileClause } from './clause.ts';
import type { CompiledClause } from './compiled.ts';
import { fillRooms, type Candidate } from './fill.ts';
import { atlasOf, type Atlas } from './atlas.ts';
import { tiersOfLevels } from './unit-names.ts';
import type { Person } from './person.ts';
import type { BridgeSeats, Placement, PlacementFinding, PlacementOutcome } from './placement.ts';
import { partsOf } from './parts.ts';
import { seatFinder, seatOrder, type Decided, type Fits } from './seats.ts';
import type { PlacementSettings } from './settings.ts';
import { readSpecials } from './specials.ts';

export interface PlacementInput {
  readonly people: readonly Person[];
  readonly clauses: readonly Clause[];
  readonly bridges: BridgeTree;
  /** The unit tree that the conference is pinned to; without it, places are known by the bridges' names alone. */
  readonly units?: UnitTree | null;
  readonly settings: PlacementSettings;
}

/** The clauses as `place` understands them: to show, to say back with `describe`, to correct with rules of one's own. */
export function compileClauses(
  clauses: readonly Clause[],
  settings: Pick<PlacementSettings, 'rules' | 'corrections'>,
  units: UnitTree | null = null,
): CompiledClause[] {
  const given = new Map(
    Object.entries(settings.rules ?? {}) as [ClauseId, NonNullable<PlacementSettings['rules']>[ClauseId]][],
  );
  const tiers = tiersOfLevels(units);
  return clauses.map((clause) => compileClause(clause, given, tiers, settings.corrections?.[clause.id]));
}

/**
 * Seats each person at most once: at the bridge that they chair; else where they were pinned; else by the clauses that
 * fit their positions, at the bridge that comes first (centre, agencies, then the levels as the setting says). Nobody is
 * turned away for want of room but those whom a conditional clause would bring. The order of the people changes nothing.
 */
export function place(input: PlacementInput): PlacementOutcome {
  const { people, settings } = input;
  const units = input.units ?? null;
  const atlas = atlasOf(input.bridges, units, settings.preferredBridges);
  const compiled = compileClauses(input.clauses, settings, units);
  const parts = partsOf(compiled, settings);
  const order = seatOrder(atlas, settings.lowerLevelMembership);
  const finder = seatFinder(parts, atlas, order);
  const findings: PlacementFinding[] = [];
  const work = readSpecials(settings, atlas, compiled, parts, finder.seatAt, findings);
  const { specials, extended } = work;

  const namedParts = parts.filter((part) => part.predicate.rule.kind === 'named-in-plan');
  const summoned = new Int32Array(atlas.bridges.length);
  const invited = new Int32Array(atlas.bridges.length);
  const conditional = new Int32Array(atlas.bridges.length);
  const matched = new Int32Array(compiled.length);
  const seated = new Int32Array(compiled.length);
  const placements: Placement[] = [];
  const candidates: Candidate[] = [];
  const seen = new Set<PersonId>();
  /** The positions of people with one position and nothing special about them. */
  const plain: Fits[] = [];
  let withoutPosition = 0;
  let withoutBridge = 0;

  const record = (person: Person, decided: Decided, chair: boolean): void => {
    const { seat, reason, others } = decided;
    const { bridge } = decided;
    if (bridge !== null && seat !== null) {
      if (seat.basis === 'invited' && !chair) invited[seat.bridge] = (invited[seat.bridge] as number) + 1;
      else summoned[seat.bridge] = (summoned[seat.bridge] as number) + 1;
      if (seat.clauseIndex >= 0) seated[seat.clauseIndex] = (seated[seat.clauseIndex] as number) + 1;
    }
    placements.push({
      person: person.id,
      bridge,
      as: bridge === null ? null : chair ? 'chair' : 'delegate',
      basis: seat === null ? null : chair ? 'summoned' : seat.basis,
      clause: seat === null || seat.clauseIndex < 0 ? null : seat.clause,
      reason,
      others,
    });
    if (decided.waiting.length > 0) {
      candidates.push({ person, at: placements.length - 1, seats: decided.waiting });
    } else if (reason.kind === 'no-position') withoutPosition++;
    else if (reason.kind === 'no-bridge') withoutBridge++;
  };

  for (const person of people) {
    const before = seen.size;
    if (seen.add(person.id).size === before) {
      findings.push({ kind: 'listed-twice', person: person.id });
      continue;
    }
    const special = specials.size === 0 ? undefined : specials.get(person.id);
    const { positions } = person;
    if (special === undefined && positions.length === 1 && !person.namedInPlan) {
      const fits = finder.fitsOf(positions[0] as Person['positions'][number]);
      if (!person.collectiveLeadership || fits.flagged.length === 0) {
        if (fits.decided === null) {
          fits.decided = decide(fits.seats, [fits], person, null, atlas, order, extended);
          plain.push(fits);
        }
        fits.holders++;
        record(person, fits.decided, false);
        continue;
      }
    }
    const all = positions.map(finder.fitsOf);
    let seats = seatsOf(person, all, special, namedParts, atlas, finder.seatAt);
    const clauses = new Set<number>();
    for (const fits of all) for (const clause of fits.clauses) clauses.add(clause);
    for (const seat of seats) clauses.add(seat.clauseIndex);
    for (const clause of clauses) matched[clause] = (matched[clause] as number) + 1;
    if (special !== undefined && special.chairs.length > 0) {
      record(person, chairDuty(special.chairs[0] as number, seats, atlas), true);
    } else if (special?.pin != null) record(person, pinned(special.pin, seats, atlas), false);
    else {
      seats = seats.length > 1 ? seats.toSorted((a, b) => a.order - b.order) : seats;
      record(person, decide(seats, all, person, special ?? null, atlas, order, extended), false);
    }
  }
  for (const { clauses, holders } of plain) {
    for (const clause of clauses) matched[clause] = (matched[clause] as number) + holders;
  }

  for (const { bridge, chair } of work.chairs) {
    if (!seen.has(chair)) findings.push({ kind: 'chair-unknown', bridge, person: chair });
  }
  for (const { person, in: where } of work.mentioned) {
    if (!seen.has(person)) findings.push({ kind: 'unknown-person', person, in: where });
  }

  const openSeats = work.openSeats;
  fillRooms(candidates, atlas, settings.fillOrder, { summoned, invited, openSeats }, (at, seat, reason) => {
    const placement = placements[at] as Placement;
    if (seat === null) placements[at] = { ...placement, reason };
    else {
      conditional[seat.bridge] = (conditional[seat.bridge] as number) + 1;
      seated[seat.clauseIndex] = (seated[seat.clauseIndex] as number) + 1;
      const bridge = (atlas.bridges[seat.bridge] as Bridge).id;
      placements[at] = {
        ...placement,
        bridge,
        as: 'delegate',
        basis: 'conditional',
        clause: seat.clause,
        reason,
      };
    }
  });

  const byBridge = new Map<BridgeId, BridgeSeats>();
  for (const [at, bridge] of atlas.bridges.entries()) {
    const one = {
      bridge: bridge.id,
      summoned: summoned[at] as number,
      invited: invited[at] as number,
      conditional: conditional[at] as number,
      capacity: bridge.capacity,
    };
    byBridge.set(bridge.id, one);
    if (bridge.chair === null) findings.push({ kind: 'no-chair', bridge: bridge.id });
    if (bridge.capacity !== null && one.summoned + one.invited > bridge.capacity) {
      findings.push({
        kind: 'over-capacity',
        bridge: bridge.id,
        summoned: one.summoned,
        invited: one.invited,
        capacity: bridge.capacity,
      });
    }
    if (bridge.capacity === null && extended.has(at))
      findings.push({ kind: 'capacity-unknown', bridge: bridge.id });
  }
  for (const [index, one] of compiled.entries()) {
    findings.push(...clauseFindings(one, atlas, matched[index] as number, seated[index] as number));
  }
  if (withoutPosition > 0) findings.push({ kind: 'without-position', people: withoutPosition });
  if (withoutBridge > 0) findings.push({ kind: 'without-bridge', people: withoutBridge });

  return {
    placements,
    findings: inOrder(findings),
    openSeats,
    byBridge,
    clauses: compiled.map(({ clause }, index) => ({
      clause: clause.id,
      matched: matched[index] as number,
      seated: seated[index] as number,
    })),
  };
}

/** Findings do not follow the order of the people. */
function inOrder(findings: readonly PlacementFinding[]): PlacementFinding[] {
  return findings
    .map((finding) => ({ finding, key: 'person' in finding ? finding.person : '' }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ finding }) => finding);
}

function clauseFindings(
  { clause, parts, unread, unreadExclusions }: CompiledClause,
  atlas: Atlas,
  matched: number,
  seated: number,
): PlacementFinding[] {
  const found: PlacementFinding[] = [];
  for (const words of unread) found.push({ kind: 'clause-not-understood', clause: clause.id, words });
  for (const words of unreadExclusions)
    found.push({ kind: 'exclusion-not-understood', clause: clause.id, words });
  if (atlas.ofClass(clause.bridgeClass).length === 0) {
    found.push({ kind: 'clause-without-bridge', clause: clause.id });
  } else if (matched === 0 && seated === 0 && unread.length === 0) {
    const byWords = parts.some(
      (part) => !part.quota && part.rule.kind !== 'others' && part.rule.kind !== 'listed',
    );
    if (byWords && clause.basis !== 'discretionary')
      found.push({ kind: 'clause-matches-nobody', clause: clause.id });
  }
  return found;
}
