import { z } from 'zod';

import { AttendanceEvent, Flag, Mode, Outcome } from '../attendance/event.ts';
import { BridgeId, DeviceId, EventId, PersonId, SessionId } from '../ids.ts';
import { SeatNumber } from '../seating/number.ts';
import { Instant } from '../time.ts';
import { Language } from '../text/language.ts';
import { contract, page, PageBody, PageQuery } from './contract.ts';

/** Where a person stands, as pages show it. */
export const PresenceRow = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unmarked') }),
  z.object({ state: z.literal('excused'), reason: z.string() }),
  z.object({ state: z.literal('present'), at: BridgeId, since: Instant, mode: Mode }),
  z.object({ state: z.literal('left'), at: BridgeId, since: Instant, until: Instant, mode: Mode }),
  z.object({ state: z.literal('absent'), reason: z.string().nullable() }),
]);
export type PresenceRow = z.infer<typeof PresenceRow>;

export const TallyFigures = z.object({
  summoned: z.int(),
  invited: z.int(),
  attended: z.int(),
  inRoom: z.int(),
  online: z.int(),
  walkIn: z.int(),
  named: z.int(),
  ofExpected: z.int(),
  ofInvited: z.int(),
  attendedElsewhere: z.int(),
  excused: z.int(),
  absentWithReason: z.int(),
  absentWithout: z.int(),
  unmarked: z.int(),
  toResolve: z.int(),
  counted: z.record(z.string(), z.int()),
});
export type TallyFigures = z.infer<typeof TallyFigures>;

/** `unopened` chưa mở, `open` đã mở, `closed` đã đóng. */
export const BridgeState = z.enum(['unopened', 'open', 'closed']);
export type BridgeState = z.infer<typeof BridgeState>;

/** One node of the live tree: its own bridge and the whole subtree, and how much of it has spoken. */
export const NodeFigures = z.object({
  bridge: BridgeId,
  name: z.string(),
  class: z.string(),
  parent: BridgeId.nullable(),
  childCount: z.int(),
  /** Whether the session is one of this bridge, or only of some below it. */
  takesPart: z.boolean(),
  state: BridgeState,
  own: TallyFigures,
  subtree: TallyFigures,
  /** Bridges of the subtree, those opened and those closed: the age of a total. */
  bridges: z.int(),
  opened: z.int(),
  closed: z.int(),
});
export type NodeFigures = z.infer<typeof NodeFigures>;

/** Where an event stands in its bridge's chain: written with the event, and given again byte for byte on a replay. */
export const Receipt = z.object({
  place: z.int(),
  /** Head of the chain after this event, SHA-256 in hexadecimal. A device keeps it: a history cut or made anew shows. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  receivedAt: Instant,
});
export type Receipt = z.infer<typeof Receipt>;

/** What the door is told of one event. */
export const RecordAnswer = z.object({
  id: EventId,
  outcome: Outcome,
  /** Why it was refused, conflicts or waits in quarantine; null when recorded. */
  reason: z
    .enum([
      'other-content',
      'other-bridge',
      'no-such-session',
      'malformed',
      'device-revoked',
      'device-unpaired',
      'device-unproven',
    ])
    .nullable(),
  /** Null unless recorded. */
  receipt: Receipt.nullable(),
  flags: z.array(Flag),
  /** `done` green, `again` amber, `noted` blue, `look` needs a look. */
  tone: z.enum(['done', 'again', 'noted', 'look']),
  /** A sentence for the person at the door. */
  message: z.string(),
});
export type RecordAnswer = z.infer<typeof RecordAnswer>;

/** A batch from one device. Each event is answered for itself; a bad one spoils no other. */
export const RecordBatch = z.object({
  session: SessionId,
  bridge: BridgeId,
  language: Language.default('vi'),
  events: z.array(z.unknown()).min(1).max(1000),
});
export type RecordBatch = z.infer<typeof RecordBatch>;

/** One person at the door of a bridge. */
export const DoorRow = z.object({
  person: PersonId,
  name: z.string(),
  position: z.string(),
  /** Short name of the unit or organisation by which the door groups people (Xóm 1, Trường THCS); null where none is known. */
  unit: z.string().nullable().optional(),
  /** Null for somebody who has a seat nowhere. */
  basis: z.enum(['summoned', 'invited']).nullable(),
  /** False for one who is expected elsewhere but came here. */
  expectedHere: z.boolean(),
  presence: PresenceRow,
  /** Current serial of their pass, where it was issued again: one with an earlier serial is good no more. */
  serial: z.int().optional(),
  /** Where they sit (số ghế), where they are expected here and have a number. */
  seatNumber: SeatNumber.optional(),
});
export type DoorRow = z.infer<typeof DoorRow>;

/** Somebody of no list at the door of a bridge. */
export const WalkInRow = z.object({
  id: EventId,
  name: z.string(),
  unit: z.string(),
  since: Instant,
  mode: Mode,
});
export type WalkInRow = z.infer<typeof WalkInRow>;

/** What a door shows beside its people. */
export const DoorHead = z.object({
  state: BridgeState,
  walkIns: z.array(WalkInRow),
  counted: z.record(z.string(), z.int()),
  tally: TallyFigures,
  /** Of a bridge that takes no part: the sessions in which it does, by start. Null where it takes part. */
  others: z
    .array(z.object({ id: SessionId, title: z.string(), startsAt: Instant }))
    .nullable()
    .default(null),
});
export type DoorHead = z.infer<typeof DoorHead>;

/** How far a door's knowledge reaches, and whether that is still all. */
export const DoorMark = z.object({
  sequence: z.int(),
  /** Sequence of the last event that changed anything this door shows, beside what the asking machine wrote; 0 where there is none. */
  changedAt: z.int(),
  /** Changes whenever seats, roster or bridges do: what was known before is to be asked for anew. */
  revision: z.string(),
});
export type DoorMark = z.infer<typeof DoorMark>;

/** Who was not there (vắng): `none` at no session, `incomplete` missed one or more. */
const Missed = z.enum(['none', 'incomplete']).default('none');

export const attendanceContracts = {
  door: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/door',
    summary: 'Everything a check-in page needs: who is expected, who is here, the figures',
    scope: { at: 'bridge', right: 'host' },
    /** The machine that asks, and that signs the request: only one that is paired at the bridge and not revoked is answered. */
    query: PageQuery.extend({ device: DeviceId }),
    answer: page(DoorRow).extend({
      bridge: z.object({ id: BridgeId, name: z.string() }),
      head: DoorHead,
      mark: DoorMark,
      /** Key that passes are held against: 32 bytes of Ed25519 in base64url. */
      passKey: z.string(),
      serverTime: Instant,
    }),
    audit: 'look',
  }),
  record: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/attendance',
    summary:
      'Record a batch of events of one bridge; the same as the socket message, for uploads without a socket',
    scope: { at: 'bridge', right: 'host' },
    body: RecordBatch,
    answer: z.object({ items: z.array(RecordAnswer) }),
    audit: { none: 'it is in the ledger of its bridge, with machine and hour' },
  }),
  figures: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/figures',
    summary: 'Figures of a node and of its children, and the sequence they reflect',
    scope: { at: 'bridge', right: 'read', below: true },
    answer: z.object({ sequence: z.int(), asOf: Instant, node: NodeFigures, children: z.array(NodeFigures) }),
  }),
  events: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/events',
    summary: 'Every event of a bridge as recorded, in the order of receipt, with its flags',
    scope: { at: 'bridge', right: 'people' },
    query: PageQuery,
    answer: page(
      z.object({ sequence: z.int(), event: AttendanceEvent, receivedAt: Instant, flags: z.array(Flag) }),
    ),
    audit: 'look',
  }),
  exportReport: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/attendance-report',
    summary: 'The attendance report of a subtree as a file, written as it is read',
    scope: { at: 'bridge', right: 'people', below: true },
    query: z.object({
      format: z.enum(['xlsx', 'csv', 'json']),
      by: z.enum(['bridge', 'level', 'person']).default('bridge'),
      language: Language.default('vi'),
    }),
    answer: 'stream',
    streams: [
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'text/csv',
      'application/json',
    ],
    audit: 'look',
  }),
  conferenceAttendance: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/attendance',
    summary: 'Attendance of a subtree over all sessions: present at any of them, present at all of them',
    scope: { at: 'bridge', right: 'read', below: true },
    answer: z.object({
      sessions: z.int(),
      summoned: z.int(),
      presentAtAny: z.int(),
      presentAtAll: z.int(),
      presentAtNone: z.int(),
      presentElsewhere: z.int(),
      attendedAny: z.int(),
      attendedAll: z.int(),
    }),
  }),
  followUp: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/follow-up/search',
    summary: 'Summoned people of a subtree who were not there: the audience of the follow-up sessions',
    scope: { at: 'bridge', right: 'people', below: true },
    body: PageBody.extend({
      missed: Missed,
      /** False for those of the bridge alone. */
      below: z.boolean().default(true),
      /** Words of name, position or bridge, marks set aside. */
      q: z.string().max(100).optional(),
    }),
    answer: page(
      z.object({
        person: PersonId,
        name: z.string(),
        position: z.string(),
        bridge: BridgeId,
        bridgeName: z.string(),
      }),
    ).extend({
      /** On all pages together. */
      total: z.int(),
    }),
    audit: 'look',
  }),
  exportFollowUp: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/follow-up-file',
    summary: 'The same as a file, for whoever calls them to a follow-up session',
    scope: { at: 'bridge', right: 'people', below: true },
    query: z.object({
      missed: Missed,
      below: z.stringbool().default(true),
      format: z.enum(['xlsx', 'csv']),
      language: Language.default('vi'),
    }),
    answer: 'stream',
    streams: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    audit: 'look',
  }),
};
