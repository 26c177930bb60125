import { z } from 'zod';

import { BridgeId, ConferenceId, SessionId } from '../ids.ts';
import { Instant } from '../time.ts';
import { DoorRow, NodeFigures, RecordAnswer, RecordBatch, TallyFigures } from './attendance.ts';

/** Every refusal of a socket message. */
export const SocketRefusal = z.object({
  ok: z.literal(false),
  reason: z.enum(['malformed', 'not-signed-in', 'forbidden', 'not-found', 'too-many-requests', 'failed']),
  message: z.string(),
});
export type SocketRefusal = z.infer<typeof SocketRefusal>;

export const Watch = z.object({ conference: ConferenceId, session: SessionId, bridge: BridgeId });
export type Watch = z.infer<typeof Watch>;

/** Messages from a client, each with what acknowledges it. One without an acknowledgement is not read. */
export const clientMessages = {
  /** Check people in: single or batch. Acknowledged after the commit that holds the events. */
  'attendance:record': {
    body: RecordBatch.extend({ conference: ConferenceId }),
    answer: z.object({ ok: z.literal(true), items: z.array(RecordAnswer) }),
  },
  /** Receive the figures of a node and of its children as they change. */
  'figures:watch': {
    body: Watch,
    answer: z.object({ ok: z.literal(true), sequence: z.int(), nodes: z.array(NodeFigures) }),
  },
  'figures:unwatch': { body: Watch, answer: z.object({ ok: z.literal(true) }) },
  /** Receive what other devices record at the same bridge. */
  'door:watch': { body: Watch, answer: z.object({ ok: z.literal(true), sequence: z.int() }) },
  'door:unwatch': { body: Watch, answer: z.object({ ok: z.literal(true) }) },
  /** The server's clock, for the offset that a device writes into its events. */
  'clock:ask': { body: z.object({}), answer: z.object({ ok: z.literal(true), serverTime: Instant }) },
} as const;
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
  }),
  'door:changed': z.object({
    session: SessionId,
    bridge: BridgeId,
    sequence: z.int(),
    people: z.array(DoorRow),
    tally: TallyFigures,
  }),
} as const;
export type ServerMessage = keyof typeof serverMessages;
export type ServerBody<Name extends ServerMessage> = z.infer<(typeof serverMessages)[Name]>;

/** Types for socket.io on either side. */
export type ClientToServer = {
  [Name in ClientMessage]: (body: ClientBody<Name>, answer: (answer: ClientAnswer<Name>) => void) => void;
};
export type ServerToClient = { [Name in ServerMessage]: (body: ServerBody<Name>) => void };
