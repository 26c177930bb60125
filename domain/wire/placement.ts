import { z } from 'zod';

import { BridgeId, ClauseId, PersonId } from '../ids.ts';
import { Finding } from './conferences.ts';
import { contract, page, PageQuery } from './contract.ts';

const note = z.string().trim().min(1).max(500);

/** What the plan's words leave to the organizers; every one of them is shown beside the result. */
export const CompositionSettings = z.object({
  lowerLevelMembership: z.enum(['higher bridge first', 'lower bridge first']),
  /** Bridges at which conditional clauses are switched on. */
  extensionAt: z.array(BridgeId).max(50_000),
  fillOrder: z
    .array(z.enum(['precedence', 'name', 'id']))
    .min(1)
    .max(3),
  /** Recorded decisions that name people under a discretionary clause. */
  named: z
    .array(z.object({ bridge: BridgeId, clause: ClauseId, people: z.array(PersonId), decision: note }))
    .max(50_000),
  /** Open seats of a quota clause and who fills them. */
  quota: z
    .array(
      z.object({
        bridge: BridgeId,
        clause: ClauseId,
        seats: z.int().min(0).max(10_000),
        named: z.array(PersonId),
      }),
    )
    .max(50_000),
  /** A person seated by hand, or kept out (`bridge` null), with the reason. */
  pins: z.array(z.object({ person: PersonId, bridge: BridgeId.nullable(), note })).max(50_000),
  /** A clause that names a body seats its head and deputies (true) or its head alone. */
  bodiesIncludeDeputies: z.boolean(),
  /** "trưởng, phó cấp thôn" also seats heads of tổ dân phố. */
  villageHeadsIncludeWards: z.boolean(),
});
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

export const PlacementSummary = z.object({
  people: z.int(),
  seated: z.int(),
  unplaced: z.int(),
  /** Revision of the plan that it was computed for, and whether something has changed since. */
  planRevision: z.int(),
  stale: z.boolean(),
  settings: CompositionSettings,
  clauses: z.array(ClauseInWords),
  findings: z.array(Finding),
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

export const placementContracts = {
  place: contract({
    method: 'post',
    path: '/conferences/{conference}/placement',
    summary: 'Work out who sits where and keep the result',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ settings: CompositionSettings.partial().optional() }),
    answer: PlacementSummary,
  }),
  placement: contract({
    method: 'get',
    path: '/conferences/{conference}/placement',
    summary: 'The placement last kept, its settings, findings and clauses in words',
    scope: { at: 'conference', right: 'organize' },
    answer: PlacementSummary,
  }),
  placements: contract({
    method: 'get',
    path: '/conferences/{conference}/placements',
    summary: 'Each person, where they sit and why; the unplaced where asked for',
    scope: { at: 'conference', right: 'organize' },
    query: PageQuery.extend({
      bridge: BridgeId.optional(),
      unplaced: z.stringbool().optional(),
      q: z.string().max(100).optional(),
    }),
    answer: page(PlacedPerson),
  }),
};
