import { z } from 'zod';

import { Bridge, BridgeClass, ReadinessItem } from '../bridges/bridge.ts';
import { BridgeId, PersonId, UnitCode } from '../ids.ts';
import { Finding } from './conferences.ts';
import { contract, page, PageQuery, PlaceName } from './contract.ts';

/** A bridge as lists show it. */
export const BridgeRow = Bridge.extend({
  childCount: z.int(),
  /** Bridges below it, at any depth. */
  below: z.int(),
  chairName: z.string().nullable(),
  /** Of the people placed at it. */
  summoned: z.int(),
  invited: z.int(),
});
export type BridgeRow = z.infer<typeof BridgeRow>;

/** A bridge beside the territorial ones: a ministry, a Party bloc, an enterprise, a second room. */
export const ExtraBridge = z.object({
  class: BridgeClass,
  name: z.string().trim().min(1).max(300),
  unit: UnitCode.nullable(),
  organisation: z.string().trim().max(300).nullable(),
  /** Unit whose bridge it hangs under; null hangs it under the centre. */
  under: UnitCode.nullable(),
});

export const bridgeContracts = {
  buildBridges: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/build',
    summary:
      "Build the bridge tree from the plan's classes and the unit tree; bridges that exist keep their ids",
    scope: { at: 'conference', right: 'organize' },
    body: z.object({
      /** Units whose subtree takes part; empty is the whole tree. */
      scope: z.array(UnitCode).max(100).default([]),
      extra: z.array(ExtraBridge).max(2000).default([]),
    }),
    answer: z.object({ added: z.int(), kept: z.int(), total: z.int(), findings: z.array(Finding) }),
  }),
  bridges: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges',
    summary:
      'Bridges of a conference that the caller sees: those below one, or those found by name; in tree order',
    scope: { at: 'conference', right: 'belong' },
    query: PageQuery.extend({
      parent: BridgeId.optional(),
      q: PlaceName.optional(),
      /** Only where the caller's view begins: the root, or the topmost bridges of their roles. */
      tops: z.stringbool().default(false),
    }),
    answer: page(BridgeRow),
    audit: { none: 'the structure; chairs are named in the plan, which is sent to all' },
  }),
  bridge: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}',
    summary: 'One bridge, the way up to the root, and what is missing for it to be ready',
    scope: { at: 'bridge', right: 'read' },
    answer: z.object({
      bridge: BridgeRow,
      path: z.array(z.object({ id: BridgeId, name: z.string() })),
      findings: z.array(Finding),
    }),
  }),
  changeBridge: contract({
    method: 'patch',
    path: '/conferences/{conference}/bridges/{bridge}',
    summary: 'Change what is given of a bridge: name, room, seats, chair, readiness, place in the tree',
    scope: { at: 'bridge', right: 'organize' },
    body: z
      .object({
        name: z.string().trim().min(1).max(300),
        capacity: z.int().min(0).max(100_000).nullable(),
        chair: PersonId.nullable(),
        address: z.string().trim().max(500).nullable(),
        ready: z.array(ReadinessItem),
        parent: BridgeId,
        feedParent: BridgeId.nullable(),
      })
      .partial(),
    answer: BridgeRow,
  }),
  addBridge: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/children',
    summary: 'Hang a new bridge under one: a second room, an enterprise, a village',
    scope: { at: 'bridge', right: 'organize' },
    body: ExtraBridge.omit({ under: true }),
    answer: BridgeRow,
  }),
  removeBridge: contract({
    method: 'delete',
    path: '/conferences/{conference}/bridges/{bridge}',
    summary:
      'Take out a bridge that nobody is seated at, that has not reported and has recorded nothing; for the level above',
    scope: { at: 'bridge', right: 'organize', above: true },
    answer: null,
  }),
};
