import type { Bridge } from '../bridges/bridge.ts';
import type { BridgeId, ClauseId, PersonId } from '../ids.ts';
import type { CompiledClause } from './compiled.ts';
import type { Atlas } from './atlas.ts';
import type { OpenSeats, PlacementFinding } from './placement.ts';
import type { ClausePart } from './parts.ts';
import type { Seat } from './seats.ts';
import type { Pin, PlacementSettings } from './settings.ts';

/** What is said of single people: the few whom a setting or a chair names. */
export interface Special {
  readonly chairs: number[];
  /** Seats by decision or for a quota. */
  readonly seats: Seat[];
  pin: Pin | null;
  attended: boolean;
}

/** What the settings and the chairs say of single people, checked. */
export function readSpecials(
  settings: PlacementSettings,
  atlas: Atlas,
  compiled: readonly CompiledClause[],
  parts: readonly ClausePart[],
  seatAt: (part: ClausePart, bridge: number) => Seat,
  findings: PlacementFinding[],
): {
  specials: ReadonlyMap<PersonId, Special>;
  extended: ReadonlySet<number>;
  openSeats: OpenSeats[];
  chairs: readonly { bridge: BridgeId; chair: PersonId }[];
  mentioned: readonly { person: PersonId; in: 'decision' | 'quota' | 'pin' }[];
} {
  const specials = new Map<PersonId, Special>();
  const specialOf = (person: PersonId): Special => {
    let special = specials.get(person);
    if (special === undefined) {
      special = { chairs: [], seats: [], pin: null, attended: false };
      specials.set(person, special);
    }
    return special;
  };
  const clauseIndex = new Map(compiled.map(({ clause }, index) => [clause.id, index]));
  const bridgeOf = (id: BridgeId, where: 'decision' | 'quota' | 'pin' | 'extension'): number => {
    const at = atlas.index.get(id);
    if (at === undefined) findings.push({ kind: 'unknown-bridge', bridge: id, in: where });
    return at ?? -1;
  };
  /** The part that a decision or a quota of a clause means; made up for a clause of which no word was understood. */
  const partOf = (id: ClauseId, bridge: number, where: 'decision' | 'quota'): ClausePart | null => {
    const index = clauseIndex.get(id);
    if (index === undefined) {
      findings.push({ kind: 'unknown-clause', clause: id, in: where });
      return null;
    }
    const { clause } = compiled[index] as CompiledClause;
    const { id: bridgeId, class: own } = atlas.bridges[bridge] as Bridge;
    if (clause.bridgeClass !== own) {
      findings.push({ kind: 'wrong-bridge', clause: id, bridge: bridgeId });
      return null;
    }
    const mine = parts.filter((part) => part.clauseIndex === index);
    const chosen = where === 'quota' ? mine.find((part) => part.quota) : mine[0];
    return chosen ?? mine[0] ?? { ...emptyPart(compiled[index] as CompiledClause, index) };
  };
  const mentioned: { person: PersonId; in: 'decision' | 'quota' | 'pin' }[] = [];

  const chairs: { bridge: BridgeId; chair: PersonId }[] = [];
  for (const [at, { id, chair }] of atlas.bridges.entries()) {
    if (chair === null) continue;
    chairs.push({ bridge: id, chair });
    specialOf(chair).chairs.push(at);
  }
  for (const [person, { chairs: duties }] of specials) {
    if (duties.length > 1) {
      findings.push({
        kind: 'chairs-several',
        person,
        bridges: duties.map((at) => (atlas.bridges[at] as Bridge).id),
      });
    }
  }
  for (const { bridge, clause, people, decision } of settings.named) {
    const at = bridgeOf(bridge, 'decision');
    const part = at === -1 ? null : partOf(clause, at, 'decision');
    for (const person of people) {
      mentioned.push({ person, in: 'decision' });
      if (part === null) continue;
      specialOf(person).seats.push({
        ...seatAt(part, at),
        reason: { kind: 'named-by-decision', clause, decision },
      });
    }
  }
  const openSeats: OpenSeats[] = [];
  const counted = new Set<string>();
  for (const { bridge, clause, seats, named } of settings.quota) {
    const at = bridgeOf(bridge, 'quota');
    const part = at === -1 ? null : partOf(clause, at, 'quota');
    for (const person of named) {
      mentioned.push({ person, in: 'quota' });
      if (part !== null)
        specialOf(person).seats.push({
          ...seatAt(part, at),
          decided: null,
          alone: null,
          reason: { kind: 'named-for-quota', clause, words: part.words },
        });
    }
    if (part === null) continue;
    counted.add(`${clause}\n${at}`);
    const open = Math.max(0, seats - named.length);
    openSeats.push({ bridge, clause, seats, named: named.length, open });
    if (open > 0) findings.push({ kind: 'seats-not-named', bridge, clause, open });
    if (named.length > seats)
      findings.push({ kind: 'too-many-named', bridge, clause, named: named.length, seats });
  }
  for (const { clause, parts: own } of compiled) {
    if (!own.some((part) => part.quota)) continue;
    const unset: BridgeId[] = [];
    for (const at of atlas.ofClass(clause.bridgeClass)) {
      if (counted.has(`${clause.id}\n${at}`)) continue;
      const bridge = (atlas.bridges[at] as Bridge).id;
      // A reader that finds "đại diện" without a number says 0: nobody has said how many.
      const seats = clause.quota === 0 ? null : clause.quota;
      openSeats.push({ bridge, clause: clause.id, seats, named: 0, open: seats ?? 0 });
      if (seats === null) unset.push(bridge);
      else if (seats > 0) findings.push({ kind: 'seats-not-named', bridge, clause: clause.id, open: seats });
    }
    if (unset.length > 0) findings.push({ kind: 'quota-unset', clause: clause.id, bridges: unset });
  }
  for (const pin of settings.pins) {
    mentioned.push({ person: pin.person, in: 'pin' });
    const at = pin.bridge === null ? -1 : bridgeOf(pin.bridge, 'pin');
    if (pin.bridge !== null && at === -1) continue;
    const special = specialOf(pin.person);
    const duty = special.chairs[0];
    if (duty !== undefined && duty !== at) {
      findings.push({
        kind: 'pin-against-chair',
        person: pin.person,
        bridge: (atlas.bridges[duty] as Bridge).id,
      });
    } else special.pin = pin;
  }
  for (const person of settings.attended ?? []) specialOf(person).attended = true;
  for (const id of Object.keys({ ...settings.rules, ...settings.corrections }) as ClauseId[]) {
    if (!clauseIndex.has(id)) findings.push({ kind: 'unknown-clause', clause: id, in: 'rules' });
  }
  const extended = new Set(
    settings.extensionAt.map((id) => bridgeOf(id, 'extension')).filter((at) => at !== -1),
  );
  return { specials, extended, openSeats, chairs, mentioned };
}

function emptyPart({ clause, exclusions }: CompiledClause, clauseIndex: number): ClausePart {
  return {
    clause: clause.id,
    clauseIndex,
    bridgeClass: clause.bridgeClass,
    basis: clause.basis,
    quota: false,
    predicate: {
      rule: { kind: 'others' },
      roles: 0,
      tiers: 0,
      schools: 0,
      ranks: 0,
      bodies: new Set(),
      settlements: new Set(),
      within: [],
    },
    exclusions,
    words: clause.text,
    reason: { kind: 'clause', clause: clause.id, words: clause.text },
    index: -1,
    order: 0,
  };
}
