import { z } from 'zod';

import { CompositionChange } from '../composition/change.ts';
import { UNSEATED } from '../composition/placement.ts';
import { Rule } from '../composition/rule.ts';
import { GivenExclusion, PlacementSettings } from '../composition/settings.ts';
import { BridgeId, ClauseId, PersonId } from '../ids.ts';
import { Basis } from '../plan/plan.ts';
import { Instant } from '../time.ts';
import { Finding } from './conferences.ts';
import { contract, page, PageBody, PageQuery, PlaceName } from './contract.ts';

/** What the plan's words leave to the organizers; every one of them is shown beside the result. */
export const CompositionSettings = PlacementSettings.meta({ id: 'CompositionSettings' });
export type CompositionSettings = z.infer<typeof CompositionSettings>;

export const ClauseInWords = z.object({
  clause: ClauseId,
  bridgeClass: z.string(),
  text: z.string(),
  /** What the program understood it to mean, in words. */
  understood: z.string(),
  matched: z.int(),
  seated: z.int(),
});

export type ClauseInWords = z.infer<typeof ClauseInWords>;

/** What to look at, with what to do about it and where. */
export const PlacementFinding = z.object({
  ...Finding.shape,
  todo: z.string(),
  bridge: BridgeId.nullable(),
  clause: ClauseId.nullable(),
  person: PersonId.nullable(),
});
export type PlacementFinding = z.infer<typeof PlacementFinding>;

export const PlacementSummary = z.object({
  people: z.int(),
  seated: z.int(),
  unplaced: z.int(),
  /** Revision of the plan that it was computed for, and whether something has changed since. */
  planRevision: z.int(),
  stale: z.boolean(),
  settings: CompositionSettings,
  clauses: z.array(ClauseInWords),
  /** At most a hundred of each kind, the worst kinds first; `findingCount` has them all. */
  findings: z.array(PlacementFinding),
  findingCount: z.int(),
  /** Why those without a seat have none, by reason, most frequent first. */
  unseated: z.array(z.object({ reason: z.enum(UNSEATED), words: z.string(), people: z.int() })),
});
export type PlacementSummary = z.infer<typeof PlacementSummary>;

export const PlacedPerson = z.object({
  person: PersonId,
  name: z.string(),
  positions: z.array(z.string()),
  bridge: BridgeId.nullable(),
  bridgeName: z.string().nullable(),
  as: z.enum(['chair', 'delegate']).nullable(),
  basis: z.enum(['summoned', 'invited', 'conditional']).nullable(),
  clause: ClauseId.nullable(),
  /** Why here, or why nowhere, quoting the clause. */
  why: z.string(),
});
export type PlacedPerson = z.infer<typeof PlacedPerson>;

/** A clause of the plan with all that its form needs. */
export const ClauseForm = z.object({
  clause: ClauseId,
  bridgeClass: z.string(),
  text: z.string(),
  /** The exclusions in the plan's words. */
  excluding: z.array(z.string()),
  condition: z.string().nullable(),
  understood: z.string(),
  /** Words that no rule understands. */
  unread: z.array(z.string()),
  /** An organizer has given something in place of the plan's words. */
  given: z.boolean(),
  basis: Basis,
  quota: z.int().nullable(),
  rules: z.array(Rule),
  exclusions: z.array(GivenExclusion),
  /** Of the placement that stands; null before the first, or where the clause came later. */
  counts: z.object({ matched: z.int(), seated: z.int() }).nullable(),
  /** Where the document says it, with some words before and after. */
  passage: z.object({ before: z.string(), words: z.string(), after: z.string() }).nullable(),
});
export type ClauseForm = z.infer<typeof ClauseForm>;

const Place = z.object({ bridge: BridgeId.nullable(), name: z.string().nullable() });

/** What a change would do to the placement that stands; nothing has happened yet. */
export const PlacementEffect = z.object({
  /** What it was worked out from: applying says so, and is refused where something has changed meanwhile. */
  seen: z.string(),
  seatedBefore: z.int(),
  seatedAfter: z.int(),
  changed: z.int(),
  /** Largest first; of each the first people by name. */
  moves: z.array(
    z.object({
      from: Place,
      to: Place,
      count: z.int(),
      people: z.array(z.object({ person: PersonId, name: z.string(), positions: z.array(z.string()) })),
    }),
  ),
  /** Moves in all, where `moves` shows the largest. */
  moveCount: z.int(),
  /** Those that become too full first. */
  rooms: z.array(
    z.object({
      bridge: BridgeId,
      name: z.string(),
      before: z.int(),
      after: z.int(),
      capacity: z.int().nullable(),
      tooFull: z.boolean(),
    }),
  ),
  roomCount: z.int(),
  tooFullCount: z.int(),
  arising: z.array(PlacementFinding),
  settled: z.array(PlacementFinding),
});
export type PlacementEffect = z.infer<typeof PlacementEffect>;

/** How full a room is: more people than seats, all taken, seats left, nobody, or nobody said how many seats there are. */
export const RoomState = z.enum(['over', 'full', 'free', 'empty', 'unknown']);
export type RoomState = z.infer<typeof RoomState>;

export const BridgeRoom = z.object({
  bridge: BridgeId,
  name: z.string(),
  class: z.string(),
  summoned: z.int(),
  invited: z.int(),
  conditional: z.int(),
  capacity: z.int().nullable(),
  state: RoomState,
  /** Seats that a unit has yet to name people for. */
  open: z.int(),
  /** The quota clauses of the bridge; `seats` is null while nobody has said how many. */
  quotas: z.array(z.object({ clause: ClauseId, seats: z.int().nullable(), named: z.int(), open: z.int() })),
});
export type BridgeRoom = z.infer<typeof BridgeRoom>;

const RoomCounts = z.object({
  all: z.int(),
  over: z.int(),
  full: z.int(),
  free: z.int(),
  empty: z.int(),
  unknown: z.int(),
  /** Bridges with seats that are not named yet, or whose number nobody has said. */
  open: z.int(),
});
export type RoomCounts = z.infer<typeof RoomCounts>;

/** One pin, decision or quota, with its people by name. */
export const SettledByHand = z.object({
  clause: ClauseId.nullable(),
  bridge: BridgeId.nullable(),
  bridgeName: z.string().nullable(),
  /** Seats of a quota. */
  seats: z.int().nullable(),
  people: z.array(z.object({ person: PersonId, name: z.string() })),
  /** The reason of a pin, the decision; null where none is kept. */
  words: z.string().nullable(),
});
export type SettledByHand = z.infer<typeof SettledByHand>;

export const CompositionDeed = z.object({
  place: z.int(),
  at: Instant,
  by: z.string(),
  words: z.string(),
  undone: z.boolean(),
});
export type CompositionDeed = z.infer<typeof CompositionDeed>;

export const placementContracts = {
  place: contract({
    method: 'post',
    path: '/conferences/{conference}/placement',
    summary:
      'Work out who sits where and keep the result, with a change of the composition where one is given',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({
      settings: CompositionSettings.partial().optional(),
      change: CompositionChange.optional(),
      /** Of the effect that was looked at: where something has changed since, nothing is done. */
      seen: z.string().max(200).optional(),
    }),
    answer: PlacementSummary,
  }),
  placementEffect: contract({
    method: 'post',
    path: '/conferences/{conference}/placement/effect',
    summary: 'What placing again, or a change of the composition, would do; nothing is kept',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ change: CompositionChange.optional() }),
    answer: PlacementEffect,
    audit: 'look',
  }),
  undoComposition: contract({
    method: 'post',
    path: '/conferences/{conference}/placement/undo',
    summary: 'Take back the last change of the composition and place again',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ place: z.int() }),
    answer: PlacementSummary,
  }),
  compositionChanges: contract({
    method: 'get',
    path: '/conferences/{conference}/placement/changes',
    summary: 'The last changes of the composition, newest first',
    scope: { at: 'conference', right: 'people' },
    answer: z.object({ items: z.array(CompositionDeed) }),
    audit: 'look',
  }),
  clauses: contract({
    method: 'get',
    path: '/conferences/{conference}/clauses',
    summary: 'The clauses of the plan as they are understood, each with its passage',
    scope: { at: 'conference', right: 'read' },
    answer: z.object({ items: z.array(ClauseForm) }),
  }),
  placement: contract({
    method: 'get',
    path: '/conferences/{conference}/placement',
    summary: 'The placement last kept, its settings, findings and clauses in words',
    scope: { at: 'conference', right: 'people' },
    answer: PlacementSummary,
    audit: 'look',
  }),
  placements: contract({
    method: 'post',
    path: '/conferences/{conference}/placements/search',
    summary: 'Each person, where they sit and why; the unplaced where asked for',
    scope: { at: 'conference', right: 'people' },
    body: PageBody.extend({
      bridge: BridgeId.optional(),
      unplaced: z.boolean().optional(),
      /** Those without a seat for one reason. */
      reason: z.enum(UNSEATED).optional(),
      clause: ClauseId.optional(),
      q: z.string().max(100).optional(),
    }),
    answer: page(PlacedPerson),
    audit: 'look',
  }),
  seat: contract({
    method: 'get',
    path: '/conferences/{conference}/people/{person}/seat',
    summary: 'Where one person sits and why; null where nobody was placed since they came',
    scope: { at: 'conference', right: 'people' },
    answer: z.object({ seat: PlacedPerson.nullable() }),
    audit: 'look',
  }),
  rooms: contract({
    method: 'get',
    path: '/conferences/{conference}/placement/rooms',
    summary: 'How full each bridge is, those that need somebody first',
    scope: { at: 'conference', right: 'read' },
    query: PageQuery.extend({
      show: z.enum([...RoomState.options, 'open']).optional(),
      q: PlaceName.optional(),
    }),
    answer: z.object({ ...page(BridgeRoom).shape, counts: RoomCounts }),
  }),
  settledByHand: contract({
    method: 'get',
    path: '/conferences/{conference}/placement/by-hand',
    summary: 'Pins, decisions or quotas, with whom they name',
    scope: { at: 'conference', right: 'people' },
    query: PageQuery.extend({ kind: z.enum(['pin', 'decision', 'quota']) }),
    answer: page(SettledByHand),
    audit: 'look',
  }),
};
