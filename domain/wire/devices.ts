import { z } from 'zod';

import { AttendanceEvent } from '../attendance/event.ts';
import { BridgeId, ConferenceId, DeviceId, EventId, SessionId } from '../ids.ts';
import { Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';

/** What a machine is called by the people at its bridge: "cửa 2". */
export const DeviceName = z.string().trim().min(1).max(60);

/** Why a machine was revoked, restored, or an event accepted or refused. */
const Reason = z.string().trim().min(1).max(500);

/** What a check-in page says of its machine when it comes, and again when what waits on it has changed. */
export const DeviceHello = z.object({
  conference: ConferenceId,
  bridge: BridgeId,
  device: DeviceId,
  /** Given where the host has just named the machine. */
  name: DeviceName.optional(),
  /** Events of this bridge that the server has not acknowledged yet. */
  waiting: z.int().min(0).max(10_000_000),
  /** When the oldest of them happened; null where none waits. */
  waitingSince: Instant.nullable(),
});
export type DeviceHello = z.infer<typeof DeviceHello>;

/** Why a machine is not used any more. */
export const Revocation = z.object({ at: Instant, reason: z.string() });
export type Revocation = z.infer<typeof Revocation>;

/** How a machine stands at its bridge. Where it is revoked it wipes the bridge's people, and shows the sentence. */
export const DeviceStanding = z.object({
  /** As people know it: what somebody named it, else its number ("Máy 2"). */
  name: z.string(),
  revoked: Revocation.nullable(),
  /** A sentence for the host; null where nothing is to be said. */
  message: z.string().nullable(),
});
export type DeviceStanding = z.infer<typeof DeviceStanding>;

/** `connected`: its page is open and on line. `silent`: it is not. */
export const DeviceState = z.enum(['connected', 'silent', 'revoked']);
export type DeviceState = z.infer<typeof DeviceState>;

/** A machine at a bridge, as lists show it. */
export const DeviceRow = z.object({
  device: DeviceId,
  bridge: BridgeId,
  bridgeName: z.string(),
  name: z.string(),
  /** Its browser in plain words: "Chrome trên Windows". */
  browser: z.string(),
  /** Who was signed in at it last; null where nobody is known. */
  account: z.string().nullable(),
  state: DeviceState,
  firstContact: Instant.nullable(),
  lastContact: Instant.nullable(),
  /** Events that it said wait on it, and since when. */
  waiting: z.int(),
  waitingSince: Instant.nullable(),
  revoked: Revocation.extend({ by: z.string().nullable() }).nullable(),
  /** Of its events, those in quarantine that nobody has decided on. */
  held: z.int(),
});
export type DeviceRow = z.infer<typeof DeviceRow>;

/** Where an event in quarantine stands. `accepting`: accepted, and not yet seen in the ledger; accept it once more. */
export const HeldState = z.enum(['waiting', 'accepting', 'accepted', 'refused', 'conflict']);
export type HeldState = z.infer<typeof HeldState>;

/** An event that a revoked machine sent. */
export const HeldRow = z.object({
  id: EventId,
  bridge: BridgeId,
  bridgeName: z.string(),
  session: SessionId,
  device: DeviceId,
  deviceName: z.string(),
  kind: z.enum(AttendanceEvent.options.map((option) => option.shape.kind.value)),
  /** Who and what, in words: "Điểm danh Nguyễn Văn Thử, trực tiếp". */
  says: z.string(),
  /** When it happened by the machine's clock, set right by what it last measured. */
  at: Instant,
  receivedAt: Instant,
  state: HeldState,
  /** The ledger has an event under this id. */
  inLedger: z.boolean(),
  decision: z.object({ at: Instant, by: z.string().nullable(), reason: z.string() }).nullable(),
  /** What people wrote in it was erased: it cannot enter the ledger as itself any more. */
  erased: z.boolean(),
});
export type HeldRow = z.infer<typeof HeldRow>;

/** Which events of a bridge a decision is about: some of them, or all that wait of one machine. */
const Decision = z.object({
  reason: Reason,
  which: z.union([z.object({ events: z.array(EventId).min(1).max(1000) }), z.object({ device: DeviceId })]),
});

/** What a decision came to, in numbers of events. */
export const Decided = z.object({
  accepted: z.int(),
  refused: z.int(),
  /** The ledger has another event under the id. */
  conflict: z.int(),
  /** Left as they were: decided by somebody before, erased, or not in this quarantine. */
  left: z.int(),
});
export type Decided = z.infer<typeof Decided>;

export const deviceContracts = {
  devices: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/devices',
    summary: 'Check-in machines of a bridge and of all below it, those that need somebody first',
    scope: { at: 'bridge', right: 'organize' },
    query: PageQuery,
    answer: page(DeviceRow).extend({
      /** Of the whole list. */
      summary: z.object({
        machines: z.int(),
        connected: z.int(),
        revoked: z.int(),
        /** Machines on which events wait, and how many these are. */
        withWaiting: z.int(),
        waiting: z.int(),
        /** Events in quarantine without a decision. */
        held: z.int(),
      }),
      asOf: Instant,
    }),
  }),
  nameDevice: contract({
    method: 'patch',
    path: '/conferences/{conference}/bridges/{bridge}/devices/{device}',
    summary: 'Name a machine at a bridge; null gives it back its number',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({ name: DeviceName.nullable() }),
    answer: DeviceRow,
  }),
  revokeDevice: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/devices/{device}/revoke',
    summary:
      'Revoke a machine at a bridge and at all below where it is known: no new data, its uploads go to quarantine',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({ reason: Reason }),
    answer: z.object({ bridges: z.array(BridgeId) }),
  }),
  restoreDevice: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/devices/{device}/restore',
    summary: 'Let a revoked machine work again, at a bridge and at all below where it was revoked',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({ reason: Reason }),
    answer: z.object({ bridges: z.array(BridgeId) }),
  }),
  quarantine: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/quarantine',
    summary: 'What revoked machines of a bridge and of all below it sent, with the decisions on it',
    scope: { at: 'bridge', right: 'organize' },
    query: PageQuery.extend({
      device: DeviceId.optional(),
      /** `open`: without a decision, or accepted and not yet in the ledger. */
      state: z.enum(['open', 'decided', 'all']).default('open'),
    }),
    answer: page(HeldRow),
  }),
  acceptHeld: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/quarantine/accept',
    summary: 'Let events of one bridge out of quarantine into the ledger; may be repeated',
    scope: { at: 'bridge', right: 'organize' },
    body: Decision,
    answer: Decided,
  }),
  refuseHeld: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/quarantine/refuse',
    summary: 'Keep events of one bridge out of the ledger; they stay in quarantine with the reason',
    scope: { at: 'bridge', right: 'organize' },
    body: Decision,
    answer: Decided,
  }),
};
