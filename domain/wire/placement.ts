import { z } from 'zod';

import { PlacementSettings } from '../composition/settings.ts';
import { BridgeId, ClauseId, PersonId } from '../ids.ts';
import { Finding } from './conferences.ts';
import { contract, page, PageBody } from './contract.ts';

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
      q: z.string().max(100).optional(),
    }),
    answer: page(PlacedPerson),
    audit: 'look',
  }),
};
