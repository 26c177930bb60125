import { z } from 'zod';

import { Bridge, BridgeClass, Contact, ReadinessItem } from '../bridges/bridge.ts';
import { BridgeId, PersonId, UnitCode } from '../ids.ts';
import { Finding } from './conferences.ts';
import { Instant } from '../time.ts';
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

/** Longer texts are a slip; how long a contact may be is for the rule that reads it. */
const ContactInput = Contact.extend({
  name: z.string().trim().max(1000).nullable(),
  phone: z.string().trim().max(1000).nullable(),
  email: z.string().trim().max(1000).nullable().optional(),
}).nullable();
const ContactsInput = z.object({ technical: ContactInput, organizer: ContactInput }).partial();
const Seats = z.int().min(0).max(100_000).nullable();
const Address = z.string().trim().max(500).nullable();

/** A bridge after a change, and under which name the change can be taken back; null where nothing differs. */
export const ChangedBridge = BridgeRow.extend({ change: z.string().nullable() });

const ChangedMany = z.object({ changed: z.int(), change: z.string().nullable() });

/** More bridges than any conference has. */
const Many = z.array(BridgeId).min(1).max(50_000);

/**
 * Every bridge that the caller sees in tree order, by column: a nation's bridges in one answer that a browser reads at
 * once. Places count from 0; a parent stands before its children, -1 where nothing above is seen.
 */
export const BridgeTable = z.object({
  ids: z.array(BridgeId),
  names: z.array(z.string()),
  /** The classes that there are, and for each bridge the place of its own among them. */
  classes: z.array(BridgeClass),
  classOf: z.array(z.int()),
  units: z.array(UnitCode.nullable()),
  parents: z.array(z.int()),
  capacities: z.array(z.int().nullable()),
  chairs: z.array(z.string().nullable()),
  /** Items of the checklist that are ticked, a bit for each in its order. */
  ready: z.array(z.int()),
  /** Accounts that work at the door. */
  hosts: z.array(z.int()),
  /** 1 where somebody is named who can be called. */
  reachable: z.array(z.int()),
  /** How its line stands by its last test: the place in the order of `LINE_STANDINGS`. */
  lines: z.array(z.int()),
  /** People placed at it, summoned and invited. */
  expected: z.array(z.int()),
});
export type BridgeTable = z.infer<typeof BridgeTable>;

/** Tells one state of the table from another: a digest, which says nothing by itself. */
export const TableRevision = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .brand<'TableRevision'>();
export type TableRevision = z.infer<typeof TableRevision>;

/** One change of a conference's bridges, as the list of changes shows it. */
export const BridgeChangeRow = z.object({
  id: z.string(),
  at: Instant,
  byName: z.string().nullable(),
  message: z.string(),
  undone: z.boolean(),
});
export type BridgeChangeRow = z.infer<typeof BridgeChangeRow>;

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
        class: BridgeClass,
        name: z.string().trim().min(1).max(300),
        capacity: Seats,
        chair: PersonId.nullable(),
        address: Address,
        contacts: ContactsInput,
        ready: z.array(ReadinessItem),
        parent: BridgeId,
        feedParent: BridgeId.nullable(),
      })
      .partial(),
    answer: ChangedBridge,
  }),
  addBridge: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/children',
    summary: 'Hang a new bridge under one: a second room, an enterprise, a village',
    scope: { at: 'bridge', right: 'organize' },
    body: ExtraBridge.omit({ under: true }),
    answer: ChangedBridge,
  }),
  removeBridge: contract({
    method: 'delete',
    path: '/conferences/{conference}/bridges/{bridge}',
    summary:
      'Take out a bridge that nobody is seated at, that has not reported and has recorded nothing; for the level above',
    scope: { at: 'bridge', right: 'organize', above: true },
    query: z.object({
      /** Everything below it goes as well; otherwise a bridge with others below it stays. */
      below: z.stringbool().default(false),
    }),
    answer: ChangedMany,
  }),
  bridgeTable: contract({
    method: 'get',
    path: '/conferences/{conference}/bridge-table',
    summary:
      'Every bridge that the caller sees, in one table; nothing but the revision where it is still the same',
    scope: { at: 'conference', right: 'belong' },
    query: z.object({ since: TableRevision.optional() }),
    answer: z.object({ revision: TableRevision, table: BridgeTable.nullable() }),
    audit: { none: 'the structure; chairs are named in the plan, which is sent to all' },
  }),
  changeBridges: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/many',
    summary: 'Change the same of many bridges at or below one, all or none',
    scope: { at: 'bridge', right: 'organize', below: true },
    body: z.object({
      bridges: Many,
      change: z
        .object({
          class: BridgeClass,
          capacity: Seats,
          address: Address,
          contacts: ContactsInput,
          mark: z.array(ReadinessItem),
          unmark: z.array(ReadinessItem),
        })
        .partial(),
    }),
    answer: ChangedMany,
  }),
  removeBridges: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/many/remove',
    summary: 'Take out many bridges below one, all or none; a bridge goes only with everything below it',
    scope: { at: 'bridge', right: 'organize', below: true },
    body: z.object({ bridges: Many }),
    answer: ChangedMany,
  }),
  moveEffect: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/move',
    summary: 'What hanging a bridge under another one would change, in sentences, or why it cannot be',
    scope: { at: 'bridge', right: 'organize' },
    query: z.object({ to: BridgeId }),
    answer: z.object({ refusal: z.string().nullable(), effects: z.array(z.string()) }),
    audit: { none: 'counts of bridges, seats and roles' },
  }),
  bridgeChanges: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/changes',
    summary: 'The latest changes of bridges at or below one, newest first',
    scope: { at: 'bridge', right: 'organize', below: true },
    answer: z.object({ items: z.array(BridgeChangeRow) }),
    audit: { none: 'what the organizers themselves did to the bridges' },
  }),
  undoBridgeChange: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/changes/{change}/undo',
    summary: 'Take a change of bridges back, as far as nobody has changed the same since',
    scope: { at: 'bridge', right: 'organize', below: true },
    answer: ChangedMany.extend({ left: z.int() }),
  }),
};
