import { z } from 'zod';

import { BridgeId, ConferenceId, DeviceId, SessionId } from '../ids.ts';
import { Instant } from '../time.ts';
import { DoorHead, DoorMark, DoorRow, NodeFigures, RecordAnswer, RecordBatch } from './attendance.ts';
import type { Scope } from './contract.ts';
import { ControlBoard, ControlChange } from './control.ts';
import { DeviceHello, DeviceProof, DeviceStanding } from './devices.ts';
import { mediaMessages, mediaNotices } from './media.ts';
import { AgendaRun } from './schedule.ts';

/** Every refusal of a socket message. */
export const SocketRefusal = z.object({
  ok: z.literal(false),
  reason: z.enum([
    'malformed',
    'not-signed-in',
    'forbidden',
    'device-revoked',
    'device-unpaired',
    'device-unproven',
    'not-found',
    'too-many-requests',
    'failed',
  ]),
  message: z.string(),
  /** With `too-many-requests`: after how many seconds to come again. What was refused was not taken, and can be sent again. */
  retryAfter: z.int().optional(),
});
export type SocketRefusal = z.infer<typeof SocketRefusal>;

export const Watch = z.object({ conference: ConferenceId, session: SessionId, bridge: BridgeId });
export type Watch = z.infer<typeof Watch>;

/** The agenda of a session: everybody in the conference sees the same. */
export const AgendaWatch = Watch.omit({ bridge: true });
export type AgendaWatch = z.infer<typeof AgendaWatch>;

/** The headcount reports of a bridge and of those below it. */
export const HeadcountWatch = Watch.omit({ session: true });
export type HeadcountWatch = z.infer<typeof HeadcountWatch>;

/** A door, and the machine that shows it: only one that is paired there, has proven itself and is not revoked is let in. */
export const DoorWatch = Watch.extend({ device: DeviceId });
export type DoorWatch = z.infer<typeof DoorWatch>;

/** Messages from a client, each with who may send it and what acknowledges it. One without an acknowledgement is not read. */
export const clientMessages = {
  /** Check people in: single or batch. Acknowledged after the commit that holds the events. */
  'attendance:record': {
    scope: { at: 'bridge', right: 'host' },
    body: RecordBatch.extend({ conference: ConferenceId }),
    answer: z.object({ ok: z.literal(true), items: z.array(RecordAnswer) }),
  },
  /** Receive the figures of a node and of its children as they change. */
  'figures:watch': {
    scope: { at: 'bridge', right: 'read', below: true },
    body: Watch,
    answer: z.object({ ok: z.literal(true), sequence: z.int(), nodes: z.array(NodeFigures) }),
  },
  'figures:unwatch': {
    scope: { at: 'account' },
    body: Watch,
    answer: z.object({ ok: z.literal(true) }),
  },
  /**
   * Receive what other machines record at the same bridge. Whoever comes back after a broken line compares the mark with
   * what they have, and asks for the list again only where it says so.
   */
  'door:watch': {
    scope: { at: 'bridge', right: 'host' },
    body: DoorWatch,
    answer: z.object({ ok: z.literal(true), mark: DoorMark }),
  },
  'door:unwatch': {
    scope: { at: 'account' },
    body: Watch,
    answer: z.object({ ok: z.literal(true) }),
  },
  /**
   * A machine shows whose the line is: the first thing that it sends, once for each line. What comes after it on the line is that
   * machine's.
   */
  'device:prove': {
    scope: { at: 'account' },
    body: DeviceProof,
    answer: z.object({ ok: z.literal(true), device: DeviceId }),
  },
  /**
   * A check-in page announces its machine, and says again how many events wait on it when that has changed: at most every
   * 15 seconds. The answer says how the machine stands.
   */
  'device:hello': {
    scope: { at: 'bridge', right: 'host' },
    body: DeviceHello,
    answer: DeviceStanding.extend({ ok: z.literal(true) }),
  },
  /** Receive the situation of a node and of what is below it, with its alerts, as it changes. */
  'control:watch': {
    scope: { at: 'bridge', right: 'control', below: true },
    body: Watch,
    answer: z.object({ ok: z.literal(true), board: ControlBoard }),
  },
  'control:unwatch': {
    scope: { at: 'account' },
    body: Watch,
    answer: z.object({ ok: z.literal(true) }),
  },
  /** Receive the agenda of a session whenever it is stepped. */
  'agenda:watch': {
    scope: { at: 'conference', right: 'belong' },
    body: AgendaWatch,
    answer: z.object({ ok: z.literal(true), run: AgendaRun }),
  },
  'agenda:unwatch': {
    scope: { at: 'account' },
    body: AgendaWatch,
    answer: z.object({ ok: z.literal(true) }),
  },
  /**
   * Be told whenever something happens to the headcount report of a bridge or of one below it: sent, decided on, reminded of. What
   * it was is asked for by HTTP.
   */
  'headcount:watch': {
    scope: { at: 'bridge', right: 'read' },
    body: HeadcountWatch,
    answer: z.object({ ok: z.literal(true) }),
  },
  'headcount:unwatch': {
    scope: { at: 'account' },
    body: HeadcountWatch,
    answer: z.object({ ok: z.literal(true) }),
  },
  /** The server's clock, for the offset that a device writes into its events. */
  'clock:ask': {
    scope: { at: 'account' },
    body: z.object({}),
    answer: z.object({ ok: z.literal(true), serverTime: Instant }),
  },
  ...mediaMessages,
} as const satisfies Record<string, { scope: Scope; body: z.ZodType; answer: z.ZodType }>;
export type ClientMessage = keyof typeof clientMessages;
export type ClientBody<Name extends ClientMessage> = z.input<(typeof clientMessages)[Name]['body']>;
export type ClientAnswer<Name extends ClientMessage> =
  | z.infer<(typeof clientMessages)[Name]['answer']>
  | SocketRefusal;

/**
 * Messages from the server. Figures are whole, sent volatile with a sequence, at most four times a second for each
 * node that is watched: a lost one is mended by the next. After a reconnect a client asks again.
 */
export const serverMessages = {
  'figures:changed': z.object({
    session: SessionId,
    /** The node that was asked for; `nodes` are itself and those of its children that changed. */
    watched: BridgeId,
    sequence: z.int(),
    asOf: Instant,
    nodes: z.array(NodeFigures),
    /** What is right below, in order, where the session is of other bridges than before. */
    below: z.array(BridgeId).optional(),
  }),
  /** Whose rows changed, and the head of the door as a whole. A socket is not told of what it sent itself. */
  'door:changed': z.object({
    session: SessionId,
    bridge: BridgeId,
    mark: DoorMark,
    people: z.array(DoorRow),
    head: DoorHead,
  }),
  /** What has changed in the situation of a node that is watched; volatile like figures, alerts and curve each as a whole. */
  'control:changed': ControlChange,
  /** The agenda was stepped, or a step was taken back. */
  'agenda:changed': AgendaRun,
  /** Something happened to the report of a bridge that is watched, or of one below it. */
  'headcount:changed': HeadcountWatch,
  /** The machine was revoked just now: it wipes the people of the bridge. Then its line is closed. */
  'device:revoked': z.object({ bridge: BridgeId, device: DeviceId, message: z.string() }),
  /** The server ends, as a rule to come back: what is sent from now on gets no answer, and is for the one after. */
  'server:stopping': z.object({}),
  ...mediaNotices,
} as const;
export type ServerMessage = keyof typeof serverMessages;
export type ServerBody<Name extends ServerMessage> = z.infer<(typeof serverMessages)[Name]>;

/** Types for socket.io on either side. */
export type ClientToServer = {
  [Name in ClientMessage]: (body: ClientBody<Name>, answer: (answer: ClientAnswer<Name>) => void) => void;
};
export type ServerToClient = { [Name in ServerMessage]: (body: ServerBody<Name>) => void };
