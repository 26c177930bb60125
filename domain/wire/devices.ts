import { z } from 'zod';

import { AttendanceEvent } from '../attendance/event.ts';
import { BridgeId, ConferenceId, DeviceId, EventId, SessionId } from '../ids.ts';
import { Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';

/** What a machine is called by the people at its bridge: "cửa 2". */
export const DeviceName = z.string().trim().min(1).max(60);

/** Why a machine was revoked, restored, or an event accepted or refused. */
const Reason = z.string().trim().min(1).max(500);

/** The public half of a machine's key: a point of P-256, 65 bytes in base64url. */
export const DeviceKey = z.string().regex(/^[\w-]{87}$/);
/** ECDSA over SHA-256, 64 bytes in base64url. */
const Signature = z.string().regex(/^[\w-]{86}$/);

/** A machine shows that a line is its own: it signs the line's id, which the server drew for it. */
export const DeviceProof = z.object({ key: DeviceKey, signature: Signature });
export type DeviceProof = z.infer<typeof DeviceProof>;

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
  pairedAt: Instant,
  /** Who typed the code; null where that account is gone. */
  pairedBy: z.string().nullable(),
  /** What the revoked machine is called whose place it takes; null for any other. */
  replaces: z.string().nullable(),
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

/** Why an event is held: `other-machine` brought it, not the one that it names; `unproven`: nobody showed whose it is. */
export const HeldCause = z.enum(['revoked', 'unpaired', 'unproven', 'other-machine']);
export type HeldCause = z.infer<typeof HeldCause>;

/** An event that was not taken into the ledger at once. */
export const HeldRow = z.object({
  id: EventId,
  bridge: BridgeId,
  bridgeName: z.string(),
  session: SessionId,
  device: DeviceId,
  deviceName: z.string(),
  cause: HeldCause,
  /** The cause in words. */
  because: z.string(),
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

/** What somebody typed or scanned; letters that no code has are told apart from a code that is not known. */
export const TypedCode = z.string().trim().min(1).max(300);

/** A code that pairs one machine to a bridge. */
const ShownCode = z.object({
  bridge: BridgeId,
  bridgeName: z.string(),
  /** `KMPT-4X7V` */
  code: z.string(),
  expiresAt: Instant,
});

export const deviceContracts = {
  devices: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/devices',
    summary: 'Check-in machines of a bridge and of all below it, those that need somebody first',
    scope: { at: 'bridge', right: 'devices' },
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
    audit: 'look',
  }),
  newPairingCode: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/pairing-codes',
    summary: 'A code that pairs one machine to a bridge within a quarter of an hour',
    scope: { at: 'bridge', right: 'devices' },
    answer: ShownCode,
  }),
  showPairingCode: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/pairing-codes/of-machine',
    summary: 'The same for a host: asked for and signed by a machine that is paired at the bridge already',
    scope: { at: 'bridge', right: 'host' },
    answer: ShownCode,
  }),
  pairDevice: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/devices',
    summary: 'Pair the machine that signs the request to a bridge, with a code that is used up',
    scope: { at: 'bridge', right: 'host' },
    body: z.object({
      code: TypedCode,
      name: DeviceName.optional(),
      /** The machine that its browser was before it was revoked. */
      replaces: DeviceId.optional(),
    }),
    answer: z.object({ device: DeviceId, name: z.string(), bridgeName: z.string() }),
  }),
  nameDevice: contract({
    method: 'patch',
    path: '/conferences/{conference}/bridges/{bridge}/devices/{device}',
    summary: 'Name a machine at a bridge; null gives it back its number',
    scope: { at: 'bridge', right: 'devices' },
    body: z.object({ name: DeviceName.nullable() }),
    answer: DeviceRow,
  }),
  revokeDevice: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/devices/{device}/revoke',
    summary:
      'Revoke a machine at a bridge and at all below where it is known: no new data, its uploads go to quarantine',
    scope: { at: 'bridge', right: 'devices' },
    body: z.object({ reason: Reason }),
    answer: z.object({ bridges: z.array(BridgeId) }),
  }),
  restoreDevice: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/devices/{device}/restore',
    summary: 'Let a revoked machine work again, at a bridge and at all below where it was revoked',
    scope: { at: 'bridge', right: 'devices' },
    body: z.object({ reason: Reason }),
    answer: z.object({ bridges: z.array(BridgeId) }),
  }),
  quarantine: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/quarantine',
    summary:
      'What is held back from the ledger at a bridge and at all below it, why, and the decisions on it',
    scope: { at: 'bridge', right: 'people', below: true },
    query: PageQuery.extend({
      device: DeviceId.optional(),
      /** `open`: without a decision, or accepted and not yet in the ledger. */
      state: z.enum(['open', 'decided', 'all']).default('open'),
    }),
    answer: page(HeldRow),
    audit: 'look',
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
