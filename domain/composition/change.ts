import { z } from 'zod';

import { BridgeId, ClauseId, PersonId } from '../ids.ts';
import { assertNever } from '../result.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import { Rule } from './rule.ts';
import { Correction, Pin, PlacementSettings } from './settings.ts';

const note = z.string().trim().min(1).max(500);

/**
 * One deed of an organizer on the composition. Each says only what it changes, so that two organizers at work at once
 * do not undo each other's.
 */
export const CompositionChange = z.discriminatedUnion('kind', [
  /** How a clause is understood; null on either side is as the plan's words say. */
  z.object({
    kind: z.literal('clause'),
    clause: ClauseId,
    rules: z.array(Rule).min(1).max(50).nullable(),
    correction: Correction.nullable(),
  }),
  /** "This person sits here", or nowhere. */
  Pin.extend({ kind: z.literal('pin'), note }),
  z.object({ kind: z.literal('unpin'), person: PersonId }),
  /** "This person comes instead of that one": the seat is theirs, and the other has none. */
  z.object({
    kind: z.literal('substitute'),
    person: PersonId,
    instead: PersonId,
    bridge: BridgeId,
    basis: z.enum(['summoned', 'invited']),
    note,
  }),
  /** Whom a decision names under a clause at a bridge; nobody takes the decision back. */
  z.object({
    kind: z.literal('decision'),
    bridge: BridgeId,
    clause: ClauseId,
    people: z.array(PersonId).max(2000),
    decision: note,
  }),
  /** The seats of a quota at a bridge and whom its unit names for them. */
  z.object({
    kind: z.literal('quota'),
    bridge: BridgeId,
    clause: ClauseId,
    seats: z.int().min(0).max(10_000),
    named: z.array(PersonId).max(2000),
    note,
  }),
  /** Switches conditional clauses on or off at a bridge. */
  z.object({ kind: z.literal('extension'), bridge: BridgeId, on: z.boolean() }),
  z.object({
    kind: z.literal('options'),
    options: PlacementSettings.pick({
      lowerLevelMembership: true,
      bodiesIncludeDeputies: true,
      villageHeadsIncludeWards: true,
      fillOrder: true,
      preferredBridges: true,
    }).partial(),
  }),
]);
export type CompositionChange = z.infer<typeof CompositionChange>;

/** The settings after a change. Undoing is taking the settings from before again. */
export function applyChange(settings: PlacementSettings, change: CompositionChange): PlacementSettings {
  switch (change.kind) {
    case 'clause': {
      const { clause, rules, correction } = change;
      return {
        ...settings,
        rules: withEntry(settings.rules, clause, rules),
        corrections: withEntry(settings.corrections, clause, correction),
      };
    }
    case 'pin': {
      const { person, bridge, note: reason } = change;
      return { ...settings, pins: [...without(settings.pins, person), { person, bridge, note: reason }] };
    }
    case 'unpin':
      return { ...settings, pins: without(settings.pins, change.person) };
    case 'substitute': {
      const { person, instead, bridge, basis, note: reason } = change;
      const others = without(without(settings.pins, person), instead);
      const pins = [
        { person, bridge, basis, note: reason },
        { person: instead, bridge: null, note: reason },
      ];
      return { ...settings, pins: [...others, ...pins] };
    }
    case 'decision': {
      const { bridge, clause, people, decision } = change;
      const others = settings.named.filter((one) => one.bridge !== bridge || one.clause !== clause);
      const now = people.length === 0 ? [] : [{ bridge, clause, people: [...new Set(people)], decision }];
      return { ...settings, named: [...others, ...now] };
    }
    case 'quota': {
      const { bridge, clause, seats, named } = change;
      const others = settings.quota.filter((one) => one.bridge !== bridge || one.clause !== clause);
      return { ...settings, quota: [...others, { bridge, clause, seats, named: [...new Set(named)] }] };
    }
    case 'extension': {
      const others = settings.extensionAt.filter((bridge) => bridge !== change.bridge);
      return { ...settings, extensionAt: change.on ? [...others, change.bridge] : others };
    }
    case 'options':
      return { ...settings, ...given(change.options) };
    default:
      return assertNever(change);
  }
}

function withEntry<Value>(
  record: Readonly<Record<ClauseId, Value>> | undefined,
  clause: ClauseId,
  value: Value | null,
): Record<ClauseId, Value> {
  const { [clause]: _, ...others } = record ?? {};
  return value === null ? others : { ...others, [clause]: value };
}

function without(pins: PlacementSettings['pins'], person: PersonId): PlacementSettings['pins'] {
  return pins.filter((pin) => pin.person !== person);
}

/** What is really given: a field that is there and undefined says nothing. */
function given<Fields extends object>(fields: Fields): { [Key in keyof Fields]: NonNullable<Fields[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** Names for a sentence about a change; whoever is gone is told as such. */
export interface ChangeNames {
  readonly person: (id: PersonId) => string | null;
  readonly bridge: (id: BridgeId) => string | null;
}

/** A change in words, for the list of what was done. */
export function sayChange(change: CompositionChange, names: ChangeNames, language: Language): string {
  const vi = language === 'vi';
  const who = (id: PersonId): string => names.person(id) ?? (vi ? 'người đã bỏ' : 'somebody taken out');
  const at = (id: BridgeId): string => names.bridge(id) ?? (vi ? 'điểm cầu đã bỏ' : 'a bridge taken out');
  const count = (n: number): string => formatNumber(n, language);
  switch (change.kind) {
    case 'clause':
      if (change.rules === null && change.correction === null) {
        return vi
          ? `${change.clause}: hiểu lại theo lời kế hoạch.`
          : `${change.clause}: read by the plan's words again.`;
      }
      return vi ? `${change.clause}: sửa cách hiểu.` : `${change.clause}: understood in another way.`;
    case 'pin':
      if (change.bridge === null) {
        return vi
          ? `Không xếp chỗ cho ${who(change.person)}. Lý do: ${change.note}.`
          : `${who(change.person)} kept without a seat. Reason: ${change.note}.`;
      }
      return vi
        ? `Xếp ${who(change.person)} tại ${at(change.bridge)}. Lý do: ${change.note}.`
        : `${who(change.person)} seated at ${at(change.bridge)}. Reason: ${change.note}.`;
    case 'unpin':
      return vi ? `Bỏ xếp tay ${who(change.person)}.` : `${who(change.person)} no longer seated by hand.`;
    case 'substitute':
      return vi
        ? `${who(change.person)} dự thay ${who(change.instead)} tại ${at(change.bridge)}.`
        : `${who(change.person)} comes instead of ${who(change.instead)} at ${at(change.bridge)}.`;
    case 'decision': {
      const { clause, people, decision } = change;
      if (people.length === 0) {
        return vi
          ? `${clause} tại ${at(change.bridge)}: thôi quyết định nêu tên. Căn cứ: ${decision}.`
          : `${clause} at ${at(change.bridge)}: decision taken back. Ground: ${decision}.`;
      }
      return vi
        ? `${clause} tại ${at(change.bridge)}: triệu tập ${count(people.length)} người theo “${decision}”.`
        : `${clause} at ${at(change.bridge)}: ${count(people.length)} named by “${decision}”.`;
    }
    case 'quota': {
      const { clause, seats, named, note: reason } = change;
      return vi
        ? `${clause} tại ${at(change.bridge)}: ${count(seats)} chỗ đại diện, đã cử ${count(named.length)} người. Căn cứ: ${reason}.`
        : `${clause} at ${at(change.bridge)}: ${count(seats)} seats, ${count(named.length)} named. Ground: ${reason}.`;
    }
    case 'extension':
      if (change.on) {
        return vi ? `${at(change.bridge)} mở rộng thành phần.` : `${at(change.bridge)} extends its list.`;
      }
      return vi
        ? `${at(change.bridge)} thôi mở rộng thành phần.`
        : `${at(change.bridge)} no longer extends its list.`;
    case 'options':
      return vi ? 'Đổi các lựa chọn khi xếp chỗ.' : 'The settings of the placement changed.';
    default:
      return assertNever(change);
  }
}
