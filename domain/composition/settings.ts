import { z } from 'zod';

import { BridgeClass } from '../bridges/bridge.ts';
import { BridgeId, ClauseId, PersonId } from '../ids.ts';
import { Basis } from '../plan/plan.ts';
import type { FillKey, LowerLevelMembership } from './placement.ts';
import { Rule } from './rule.ts';

const note = z.string().min(1).max(500);

/** A recorded decision that names people under a clause ("do cấp tỉnh triệu tập", or a list that an office makes). */
export const Decision = z.object({
  bridge: BridgeId,
  clause: ClauseId,
  people: z.array(PersonId),
  decision: note,
});
export type Decision = z.infer<typeof Decision>;

/** The seats of a quota clause ("đại diện") at one bridge, and whom its unit has named for them. */
export const Quota = z.object({
  bridge: BridgeId,
  clause: ClauseId,
  seats: z.int().min(0),
  named: z.array(PersonId),
});
export type Quota = z.infer<typeof Quota>;

/** A person seated by hand, or kept out where `bridge` is null, with the reason. */
export const Pin = z.object({
  person: PersonId,
  bridge: BridgeId.nullable(),
  note,
  /** As what they are expected there, where that is not left to the clauses: who comes instead of a guest is a guest. */
  basis: z.enum(['summoned', 'invited']).optional(),
});
export type Pin = z.infer<typeof Pin>;

/** What a clause takes away again, as an organizer gives it in place of the plan's words. */
export const GivenExclusion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chairs') }),
  /** Null is any other bridge. */
  z.object({ kind: z.literal('seated-at'), bridgeClass: BridgeClass.nullable() }),
  z.object({ kind: z.literal('attended') }),
  z.object({ kind: z.literal('rules'), rules: z.array(Rule).min(1).max(20) }),
]);
export type GivenExclusion = z.infer<typeof GivenExclusion>;

/** What an organizer corrects of a clause beside its rules; what is left out stays as the plan has it. */
export const Correction = z.object({
  basis: Basis.optional(),
  /** Seats at each bridge that the unit fills; null takes the clause for none of that kind. */
  quota: z.int().min(0).max(10_000).nullable().optional(),
  exclusions: z.array(GivenExclusion).max(20).optional(),
});
export type Correction = z.infer<typeof Correction>;

/** What the plan's words leave to the organizers. All of it is shown beside the result. */
export const PlacementSettings = z.object({
  lowerLevelMembership: z.enum([
    'higher bridge first',
    'lower bridge first',
  ]) satisfies z.ZodType<LowerLevelMembership>,
  /** Bridges at which conditional clauses are switched on. */
  extensionAt: z.array(BridgeId),
  fillOrder: z.array(z.enum(['precedence', 'name', 'id']) satisfies z.ZodType<FillKey>).min(1),
  named: z.array(Decision),
  quota: z.array(Quota),
  pins: z.array(Pin),
  /** A clause that names bodies and no role (C13, C14) brings their deputies too, besides their heads. */
  bodiesIncludeDeputies: z.boolean(),
  /** "trưởng, phó cấp thôn" also seats heads of tổ dân phố, khu phố and the like. */
  villageHeadsIncludeWards: z.boolean(),
  /** Rules in place of a clause's words. */
  rules: z.record(ClauseId, z.array(Rule)).optional(),
  /** Ground, seats and exclusions in place of those that the plan states. */
  corrections: z.record(ClauseId, Correction).optional(),
  /** Of several bridges of one class for one unit: the one that takes the unit's people. */
  preferredBridges: z.array(BridgeId).optional(),
  /** Who attended the earlier conference that an exclusion speaks of ("không bao gồm các đồng chí đã tham gia ..."). */
  attended: z.array(PersonId).optional(),
});
export type PlacementSettings = z.infer<typeof PlacementSettings>;

/** Before anybody has chosen. */
export const DEFAULT_SETTINGS: PlacementSettings = {
  lowerLevelMembership: 'higher bridge first',
  extensionAt: [],
  fillOrder: ['precedence', 'name', 'id'],
  named: [],
  quota: [],
  pins: [],
  bodiesIncludeDeputies: true,
  villageHeadsIncludeWards: false,
};
